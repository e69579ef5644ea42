"""Files that are no lists of companies, refused in words."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request

from services.edge.http.languages import of as language_of
from services.edge.http.problems import Problem
from services.edge.http.validation import FieldError
from services.sources.csv import NotCsv
from services.wording import render

_NO_TEXT = ("csv.spreadsheet", "csv.pdf", "csv.archive", "csv.image", "csv.binary")


@asynccontextmanager
async def only_lists(request: Request) -> AsyncIterator[None]:
    """Raises `Problem` for a file that is no list of companies: 415 for another format."""
    try:
        yield
    except NotCsv as refused:
        message = render(refused.code, refused.params, language_of(request))
        status = 415 if refused.code in _NO_TEXT else 422
        error = FieldError(field="file", message=message)
        raise Problem(status, refused.code, refused.params, errors=[error]) from refused
