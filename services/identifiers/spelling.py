"""Text without what only its look consists of."""

import unicodedata


def plain(text: str) -> str:
    """Odd spaces and full-width forms as ordinary ones, nothing invisible around them."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if unicodedata.category(c) != "Cf").strip()
