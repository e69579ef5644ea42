"""Texts compared by their words."""

import unicodedata


def words_of(text: str) -> frozenset[str]:
    """Its words, without accents, case or punctuation."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return frozenset("".join(c if c.isalnum() else " " for c in plain).split())
