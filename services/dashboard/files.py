"""The page's files as they are sent: compressed, and for ever where their address says which.

`/assets/<version>/main.js` imports `./api.js` from beside it, so that a page is of one version, and
a browser that has it asks for nothing again.
"""

import gzip
import hashlib
import json
import mimetypes
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from services.wording import LANGUAGES, texts

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Asset:
    """One file in memory."""

    body: bytes
    media_type: str
    gzipped: bytes = field(default=b"", init=False)
    etag: str = field(default="", init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "gzipped", gzip.compress(self.body, mtime=0))
        object.__setattr__(self, "etag", hashlib.sha256(self.body).hexdigest()[:16])


@cache
def assets() -> dict[str, Asset]:
    """Each by its name; read once."""
    found = {path.name: _file(path) for path in sorted(STATIC.iterdir()) if path.is_file()}
    for language in LANGUAGES:
        words = json.dumps(texts("page.", language), ensure_ascii=False).encode()
        found[f"words.{language}.json"] = Asset(words, "application/json")
    return found


@cache
def version() -> str:
    """Of all files together."""
    whole = "".join(asset.etag for asset in assets().values())
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


@cache
def page() -> Asset:
    """Names each file by this version, and every script at once: a browser need not read one to
    learn of the next."""
    scripts = sorted(name for name in assets() if name.endswith(".js"))
    preloads = "\n    ".join(
        f'<link rel="modulepreload" href="/assets/{name}">' for name in scripts
    )
    html = (STATIC / "index.html").read_text("utf-8").replace("<!-- scripts -->", preloads)
    return Asset(html.replace("/assets/", f"/assets/{version()}/").encode(), "text/html")


def _file(path: Path) -> Asset:
    return Asset(path.read_bytes(), mimetypes.guess_type(path.name)[0] or "text/plain")
