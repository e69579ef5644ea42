"""Encodings from before Unicode, told apart by which of them makes French of the bytes."""

import codecs
import re

CODECS = {"windows-1252": "cp1252", "macintosh": "mac_roman", "cp850": "cp850"}
"""Windows, the Mac, and DOS; in doubt the first."""

_LOWER = "àâäæçèéêëîïñôöùûüÿœáíóúß"
_UPPER = _LOWER.upper().replace("SS", "")
_SIGNS = "’‘“”–—…«»°€\u00a0º²"
_BROKEN = re.compile(rf"[a-z{_LOWER}][{_UPPER}]|[{_UPPER}]{{2}}[a-z]")
"""Capitals do not stand within a word."""


def legacy_encoding_of(sample: bytes) -> str:
    """The name, in `CODECS`, of the encoding in which these bytes look most like French."""
    return max(CODECS, key=lambda name: _plausibility(decode_legacy(sample, name)))


def decode_legacy(raw: bytes, name: str) -> str:
    """What is valid UTF-8 among Windows-1252 stays that: files are glued together."""
    if name != "windows-1252":
        return raw.decode(CODECS[name], "replace")
    return raw.decode("utf-8", "filon.windows-1252")


def _plausibility(text: str) -> int:
    beyond = [c for c in text if c > "\x7f"]
    good = sum(2 if c in _LOWER or c in _UPPER else 1 if c in _SIGNS else -3 for c in beyond)
    return good - 3 * len(_BROKEN.findall(text))


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("filon.windows-1252", _as_windows_1252)
