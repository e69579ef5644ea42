"""E-mail addresses."""

import re

from services.identifiers.spelling import plain

_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9-]+\.)+[a-z][a-z0-9-]+")


def normalise_email(text: str) -> str:
    """The first address in a cell, in lower case; '' when there is none."""
    for part in re.split(r"[\s,;<>()]+", plain(text).lower()):
        address = part.removeprefix("mailto:")
        if _EMAIL.fullmatch(address) and ".." not in address:
            return address
    return ""
