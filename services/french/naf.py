"""The codes of the French nomenclatures of activities: NAF rév. 2, and NAF 2025, which becomes the
reference on 2027-01-01.

A whole code says which it is of by its letter: A to F and Z are rév. 2's, G to Y are 2025's.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from events.company import Nomenclature
from services.identifiers.spelling import plain


def _read_table() -> list[list[str]]:
    lines = Path(__file__).with_name("naf_correspondence.txt").read_text().splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


_TABLE = _read_table()
_NONE = "-"

NAF_CODES = tuple(code for code, *_ in _TABLE if code != _NONE)
"""NAF rév. 2."""
NAF_2025_CODES = tuple(sorted({code for _, *those in _TABLE for code in those}))

SECTIONS: tuple[tuple[str, int, int], ...] = (
    ("A", 1, 3), ("B", 5, 9), ("C", 10, 33), ("D", 35, 35), ("E", 36, 39), ("F", 41, 43),
    ("G", 45, 47), ("H", 49, 53), ("I", 55, 56), ("J", 58, 63), ("K", 64, 66), ("L", 68, 68),
    ("M", 69, 75), ("N", 77, 82), ("O", 84, 84), ("P", 85, 85), ("Q", 86, 88), ("R", 90, 93),
    ("S", 94, 96), ("T", 97, 98), ("U", 99, 99),
)  # fmt: skip
"""NAF rév. 2: section, first and last division."""
SECTIONS_2025: tuple[tuple[str, int, int], ...] = (
    ("A", 1, 3), ("B", 5, 9), ("C", 10, 33), ("D", 35, 35), ("E", 36, 39), ("F", 41, 43),
    ("G", 46, 47), ("H", 49, 53), ("I", 55, 56), ("J", 58, 60), ("K", 61, 63), ("L", 64, 66),
    ("M", 68, 68), ("N", 69, 75), ("O", 77, 82), ("P", 84, 84), ("Q", 85, 85), ("R", 86, 88),
    ("S", 90, 93), ("T", 94, 96), ("U", 97, 98), ("V", 99, 99),
)  # fmt: skip
"""NAF 2025: the same, with other letters from J on."""

_WHOLE = re.compile(r"(\d\d)[.\s]?(\d\d)\s?([A-Z])(?![A-Z0-9])")
_WITHOUT_ZERO = re.compile(r"(\d)[.\s]?(\d\d)\s?([A-Z])(?![A-Z0-9])")
"""`111Z`, from a spreadsheet that took `0111Z` for a number; or `722Z`, of NAF 1993."""
_OLDER = re.compile(r"\d\d[.\s]?\d\s?[A-Z](?![A-Z0-9])")
"""NAF 1993 and NAF rév. 1: three digits and a letter, `72.2Z`."""
_START = re.compile(r"(\d\d)(?:[.\s]?(\d\d?))?(?![\dA-Z])")


def nomenclature_of(code: str) -> Nomenclature:
    """Of a start without a letter: rév. 2's where that has such codes, else 2025's."""
    if len(code) == len("62.01Z"):
        return "NAFRev2" if code[-1] in "ABCDEFZ" else "NAF2025"
    return nomenclature_of(under[0]) if (under := _under(code)) else "NAFRev2"


def counterparts(code: str) -> tuple[str, ...]:
    """The codes of the other nomenclature that share something with this whole code."""
    return _COUNTERPARTS.get(code, ())


def _both_ways() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for code, *those in _TABLE:
        if code != _NONE:
            known[code] = tuple(those)
            known |= {other: (*known.get(other, ()), code) for other in those}
    return known


_COUNTERPARTS = _both_ways()


def codes_under(starts: Iterable[str]) -> list[str]:
    """The whole codes that these are the start of, each once, of the nomenclature that the start is
    of: rév. 2 where that has such codes, else 2025. Nothing comes of a start of neither."""
    wanted = [code for start in starts for code in _under(start)]
    return [*dict.fromkeys(wanted)]


@lru_cache(maxsize=4096)
def _under(start: str) -> list[str]:
    return [code for code in NAF_CODES if code.startswith(start)] or [
        code for code in NAF_2025_CODES if code.startswith(start)
    ]


def section_of(activity: str) -> str:
    """`62.01Z` → `J`, `62.10Y` → `K`; empty for what is no NAF code."""
    if not activity[:2].isdigit():
        return ""
    sections = SECTIONS_2025 if nomenclature_of(activity) == "NAF2025" else SECTIONS
    division = int(activity[:2])
    return next((name for name, first, last in sections if first <= division <= last), "")


def normalise_naf(text: str) -> str:
    """A NAF code with its dot, `62.01Z` or `62.10Y`, or the start of one, `62`; '' when there is
    none, as in a code of an older nomenclature."""
    said = plain(text).upper()
    if match := _WHOLE.match(said):
        return "{}.{}{}".format(*match.groups())
    if match := _WITHOUT_ZERO.match(said):
        code = "0{}.{}{}".format(*match.groups())
        return code if code in _COUNTERPARTS else ""
    if _OLDER.match(said) or not (match := _START.match(said)):
        return ""
    division, rest = match.groups()
    return f"{division}.{rest}" if rest else division
