"""Sends the page's files and words, with headers that let nothing else in."""

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from services.dashboard import files

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

_FOR_EVER = "public, max-age=31536000, immutable"

router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=["GET", "HEAD"])
async def page(request: Request) -> Response:
    return _sent(request, files.page(), HEADERS)


@router.get("/assets/{name}")
async def asset(name: str, request: Request) -> Response:
    """Asked again each time; raises 404 for what is not there."""
    return _sent(request, _found(name), HEADERS)


@router.get("/assets/{version}/{name}")
async def versioned(version: str, name: str, request: Request) -> Response:
    """Kept by the browser where it is this version's. Raises 404 for what is not there.

    In a rolling update a page of the other version may ask: what there is does for the moment.
    """
    kept = {"Cache-Control": _FOR_EVER} if version == files.version() else {}
    return _sent(request, _found(name), HEADERS | kept)


def _found(name: str) -> files.Asset:
    asset = files.assets().get(name)
    if asset is None or name == "index.html":
        raise HTTPException(404)
    return asset


def _sent(request: Request, asset: files.Asset, headers: dict[str, str]) -> Response:
    """Compressed for whoever takes it; 304 for whoever has it."""
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    etag = f'"{asset.etag}-gzip"' if zipped else f'"{asset.etag}"'
    headers = headers | {"ETag": etag, "Vary": "Accept-Encoding"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(None, 304, headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(asset.gzipped if zipped else asset.body, 200, headers, asset.media_type)
