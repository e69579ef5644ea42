"""What people said that columns of their lists mean: with this call, or with a list before."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, TypeVar, get_args

from annotated_types import MaxLen
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request

from services.accounts.column_meanings import ColumnMeanings
from services.edge.http.languages import of as language_of
from services.edge.http.parts import Parts
from services.edge.http.problems import Problem
from services.edge.http.uploads import COLUMNS, Upload
from services.edge.http.validation import field_errors
from services.sources.csv import Corrections, Field, normal_form

T = TypeVar("T")
FIELDS: tuple[Field, ...] = get_args(Field)
Header = Annotated[str, MaxLen(1000)]
_SAID: TypeAdapter[dict[str, Field | None]] = TypeAdapter(
    Annotated[dict[Header, Field | None], MaxLen(500)]
)
OPENAPI = {
    "type": "string",
    "contentMediaType": "application/json",
    "description": "What columns mean, where it is not what the preview says: "
    "header → field, or null for what is kept as it is. "
    "An import remembers it for the organisation's next lists.",
    "example": '{"Raison": "name", "Remarque": null}',
}


def said(upload: Upload, request: Request) -> Corrections:
    """By the form's `columns`. Raises `Problem` 422."""
    found = parsed(_SAID, COLUMNS, upload.fields, request)
    return {normal_form(header): field for header, field in (found or {}).items()}


def parsed(
    kind: TypeAdapter[T], name: str, fields: Mapping[str, str], request: Request
) -> T | None:
    """The JSON in a form's field, None where it is left out. Raises `Problem` 422."""
    if not (text := fields.get(name)):
        return None
    try:
        return kind.validate_json(text)
    except ValidationError as error:
        found = [{**each, "loc": (name, *each["loc"])} for each in error.errors()]
        errors = field_errors(found, language_of(request))
        raise Problem(422, "InvalidFields", {"fields": name}, errors=errors) from error


async def known(parts: Parts, org: str) -> Corrections:
    """What the organisation said before."""
    held = await asyncio.to_thread(ColumnMeanings(parts.engine).of, org)
    return {h: field for h, field in held.items() if field is None or field in FIELDS}


async def remember(parts: Parts, org: str, corrections: Corrections) -> None:
    if corrections:
        await asyncio.to_thread(ColumnMeanings(parts.engine).remember, org, corrections)
