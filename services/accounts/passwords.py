"""Passwords as argon2id digests."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_CHARACTERS = 12
LONGEST_CHARACTERS = 256
_HASHER = PasswordHasher()
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$aEfRfyWiJ2HfcSHDPhev7A$"
    "mhpAzgduTXzT8n1ySu1x/fUIwFMi+5RjWjAAwaIjdAE"
)
"""Of a password that nobody has, as costly as the others; written down, because to make it takes
64 MiB and a moment at the start of every process."""


class WeakPassword(ValueError):
    """A password has 12 to 256 characters, and not just a few different ones."""


def digest(password: str) -> str:
    """What is kept in place of the password. Raises `WeakPassword`."""
    if not SHORTEST_CHARACTERS <= len(password) <= LONGEST_CHARACTERS or len(set(password)) < 5:
        raise WeakPassword(WeakPassword.__doc__)
    return _HASHER.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Takes as long when there is no such account, so that nobody learns who has one."""
    try:
        _HASHER.verify(kept or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None
