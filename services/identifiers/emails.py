"""E-mail addresses."""

import re
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from services.identifiers.spelling import plain

_AROUND = "'\"`.:|<>[]"
"""What exports leave around an address."""


def normalise_email(text: str) -> str:
    """The first address in a cell, in lower case; '' when there is none."""
    return next(iter(normalise_emails(text)), "")


def normalise_emails(text: str) -> list[str]:
    """The addresses in a cell, each once."""
    parts = (part for part in re.split(r"[\s,;<>()|]+", plain(text).lower()) if "@" in part)
    return [*dict.fromkeys(filter(None, map(_address, parts)))]


@lru_cache(maxsize=4096)  # one company's is asked for several times in a row
def _address(part: str) -> str:
    address = part.strip(_AROUND).removeprefix("mailto:").partition("?")[0]
    try:
        return validate_email(address, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return ""
