"""Each message that a test sees is held to what `/asyncapi` says of it."""

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from services.edge.api.asyncapi import description


@cache
def _validator(type: str) -> Draft202012Validator:
    """The document itself is the schema's root, so that what its parts refer to is found."""
    return Draft202012Validator(
        {
            "$ref": f"#/components/messages/{type}/payload",
            "components": _document()["components"],
        },
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


_document = cache(description)


def fits(message: dict[str, Any]) -> None:
    """Fails for a message that contradicts its description, or has none."""
    type = message["type"]
    assert type in _document()["components"]["messages"], f"{type} is described nowhere"
    _validator(type).validate(message)
