"""A file that a person sends: spooled to disk as it comes, and refused once it is too large."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import BinaryIO

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from services.edge.http.languages import of as language_of
from services.edge.http.problems import Problem
from services.edge.http.validation import FieldError
from services.wording import render

FIELD = "file"
LARGEST_FILE_BYTES = 100 * 1024 * 1024
_MULTIPART_BYTES = 64 * 1024
"""What multipart adds to the file at most."""
_BLOCK_BYTES = 1024 * 1024
OPENAPI = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {FIELD: {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


@asynccontextmanager
async def uploaded(request: Request) -> AsyncIterator[BinaryIO]:
    """The whole file of the field `file`, at its beginning; whatever was cut never gets here.

    Raises `Problem`: 415, 413, 422, or 400 for a body that is no multipart.
    """
    _refuse_early(request)
    bounded = Request(request.scope, _Bounded(request).receive)
    try:
        form = await bounded.form(max_files=1, max_fields=20)
    except (HTTPException, ClientDisconnect) as error:
        raise Problem(400, "BrokenUpload") from error
    try:
        yield _file(form, request)
    finally:
        await form.close()


def _file(form: FormData, request: Request) -> BinaryIO:
    file = form.get(FIELD)
    if isinstance(file, UploadFile):
        return file.file
    message = render("invalid.fileMissing", {}, language_of(request))
    error = FieldError(field=FIELD, message=message)
    raise Problem(422, "InvalidFields", {"fields": FIELD}, errors=[error])


async def digest(file: BinaryIO) -> str:
    """SHA-256 of the file, which is at its beginning again afterwards."""

    def read() -> str:
        made = hashlib.sha256()
        while block := file.read(_BLOCK_BYTES):
            made.update(block)
        file.seek(0)
        return made.hexdigest()

    return await asyncio.to_thread(read)


class _Bounded:
    """Counts what comes in; its `receive` raises `Problem` 413 once that is too much."""

    def __init__(self, request: Request) -> None:
        self._receive = request.receive
        self._read = 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > LARGEST_FILE_BYTES + _MULTIPART_BYTES:
            raise Problem(413, "TooLarge", {"limit": str(LARGEST_FILE_BYTES)})
        return message


def _refuse_early(request: Request) -> None:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "multipart/form-data":
        raise Problem(415, "MultipartExpected")
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > LARGEST_FILE_BYTES + _MULTIPART_BYTES:
        raise Problem(413, "TooLarge", {"limit": str(LARGEST_FILE_BYTES)})
