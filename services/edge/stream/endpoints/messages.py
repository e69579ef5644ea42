"""What browsers may say on the WebSocket."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from services.edge.stream.close_codes import Closing, Code
from services.edge.stream.frames import NAMES


class Said(NamedTuple):
    """One message, not looked into yet."""

    type: str
    payload: dict[str, Any]


class Subscribe(BaseModel):
    """Which facts, and from where on; everything, and from now on, when nothing is said."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)

    campaign_id: str | None = Field(None, max_length=64)
    types: frozenset[str] | None = Field(None, max_length=len(NAMES))
    after: str | None = Field(None, max_length=200)


class Unusable(ValueError):
    """The message can't be carried out; the text says why."""


def heard(text: str) -> Said:
    """Raises `Closing` for what is no message at all."""
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Closing(Code.BAD_MESSAGE, "A message is a JSON object.") from error
    if not isinstance(said, dict) or not isinstance(said.get("type"), str):
        raise Closing(Code.BAD_MESSAGE, 'A message is {"type": "…", "payload": {…}}.')
    payload = said.get("payload") or {}
    if not isinstance(payload, dict):
        raise Closing(Code.BAD_MESSAGE, "A message's payload is a JSON object.")
    return Said(said["type"], payload)


def subscription(payload: Mapping[str, object]) -> Subscribe:
    """Raises `Unusable`."""
    try:
        request = Subscribe.model_validate(payload)
    except ValidationError as error:
        first = error.errors()[0]
        raise Unusable(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    if request.types is not None and (unknown := request.types - NAMES):
        known = ", ".join(sorted(NAMES))
        raise Unusable(f"types: {', '.join(sorted(unknown))[:100]} is none of {known}")
    return request
