"""Sends the page's files and words, with headers that let nothing else in."""

import hashlib
import json
from functools import cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from services.wording import Language, known, texts

_FILES = StaticFiles(directory=Path(__file__).parent / "static")

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Always asked again, answered 304 while nothing changed: an upgrade never mixes two versions.
    "Cache-Control": "no-cache",
}

router = APIRouter(include_in_schema=False)


@router.get("/")
async def page(request: Request) -> Response:
    return await _file("index.html", request)


@router.get("/assets/words.{language}.json")
async def words(language: str, request: Request) -> Response:
    """The page's texts in one language, by their keys; raises 404 for another language."""
    if (spoken := known(language)) is None:
        raise HTTPException(404)
    body, etag = _words(spoken)
    headers = {**HEADERS, "ETag": etag}
    if request.headers.get("if-none-match") == etag:
        return Response(None, 304, headers)
    return Response(body, headers=headers, media_type="application/json")


@cache
def _words(language: Language) -> tuple[bytes, str]:
    body = json.dumps(texts("page.", language), ensure_ascii=False).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'


@router.get("/assets/{path:path}")
async def asset(path: str, request: Request) -> Response:
    return await _file(path, request)


async def _file(path: str, request: Request) -> Response:
    """The file, or 304; raises 404 for what is not there or lies outside."""
    response = await _FILES.get_response(path, request.scope)
    response.headers.update(HEADERS)
    return response
