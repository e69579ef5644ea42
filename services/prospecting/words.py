"""Texts compared by their words, in any script."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"""Letters of their own that people type as others; casefolding makes `ß` `ss`."""
_MARKS = re.compile("[\u0300-\u036f]")
"""Accents of Latin, Greek and Cyrillic; the marks of other scripts tell words apart."""


def folded(text: str) -> str:
    """Without case, accents and odd forms of letters; `Œuvres` is `oeuvres`, other scripts stay."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFKC", bare).casefold().translate(_LETTERS)


def words_in(text: str) -> list[str]:
    """Its words in their order, folded, without punctuation."""
    return "".join(c if c.isalnum() or _is_mark(c) else " " for c in folded(text)).split()


def words_of(text: str) -> frozenset[str]:
    """Its words, folded, without punctuation."""
    return frozenset(words_in(text))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc")
