"""A file that a person sends: spooled to disk as it comes, and refused once it is too large."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
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
COLUMNS = "columns"
LINES = "lines"
LARGEST_FILE_BYTES = 100 * 1024 * 1024
_MULTIPART_BYTES = 64 * 1024
"""What multipart adds to the file at most."""
_BLOCK_BYTES = 1024 * 1024
_FILE = {"type": "string", "format": "binary"}


def described(**fields: object) -> dict[str, object]:
    """For the API's description: the file, and such further fields."""
    schema = {"type": "object", "required": [FIELD], "properties": {FIELD: _FILE, **fields}}
    content = {"multipart/form-data": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


@dataclass(frozen=True, slots=True)
class Upload:
    """What a form brought."""

    file: BinaryIO
    """The whole of it, at its beginning."""
    fields: Mapping[str, str]


@asynccontextmanager
async def uploaded(request: Request) -> AsyncIterator[Upload]:
    """The form with its field `file`; whatever was cut never gets here.

    Raises `Problem`: 415, 413, 422, or 400 for a body that is no multipart.
    """
    _refuse_early(request)
    bounded = Request(request.scope, _Bounded(request).receive)
    try:
        form = await bounded.form(max_files=1, max_fields=20)
    except (HTTPException, ClientDisconnect) as error:
        raise Problem(400, "BrokenUpload") from error
    try:
        fields = {name: said for name, said in form.items() if isinstance(said, str)}
        yield Upload(_file(form, request), fields)
    finally:
        await form.close()


def _file(form: FormData, request: Request) -> BinaryIO:
    file = form.get(FIELD)
    if isinstance(file, UploadFile):
        return file.file
    message = render("invalid.fileMissing", {}, language_of(request))
    error = FieldError(field=FIELD, message=message)
    raise Problem(422, "InvalidFields", {"fields": FIELD}, errors=[error])


async def digest(upload: Upload) -> str:
    """SHA-256 of fields and file, which is at its beginning again afterwards."""
    file = upload.file

    def read() -> str:
        made = hashlib.sha256(json.dumps(dict(upload.fields), sort_keys=True).encode())
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
