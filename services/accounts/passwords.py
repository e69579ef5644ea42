"""Passwords as argon2id digests, and which of them are too easy to guess."""

import re
from collections.abc import Iterable
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_CHARACTERS = 12
LONGEST_CHARACTERS = 256
_FEWEST_DIFFERENT = 6
_FEWEST_UNEXPECTED = 7
"""Characters that belong to nothing that a guesser tries first."""
_HASHER = PasswordHasher()
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$aEfRfyWiJ2HfcSHDPhev7A$"
    "mhpAzgduTXzT8n1ySu1x/fUIwFMi+5RjWjAAwaIjdAE"
)
"""Of a password that nobody has, as costly as the others; written down, because to make it takes
64 MiB and a moment at the start of every process."""

_COMMON = (
    "motdepasse", "password", "passwort", "passe", "pass", "admin", "administrateur",
    "administrator", "azerty", "qwerty", "qwertz", "wxcvbn", "zxcvbn", "bonjour", "soleil",
    "chocolat", "doudou", "loulou", "marseille", "jetaime", "iloveyou", "welcome", "bienvenue",
    "letmein", "dragon", "monkey", "football", "baseball", "sunshine", "princess", "master",
    "shadow", "superman", "batman", "trustno", "changeme", "changezmoi", "secret", "default",
    "user", "root", "test", "temp", "filon", "prospect", "campagne", "campaign", "sales",
    "vente", "commercial", "france", "paris",
)  # fmt: skip
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "azertyuiop", "qsdfghjklm", "qwertyuiop",
         "asdfghjkl", "zxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "1a2z3e4r5t6y7u8i9o0p")  # fmt: skip
_RUN_LENGTH = 4
_PLAIN = str.maketrans("04135@$!7", "oaiesasit")
"""« P@ssw0rd » is no better than what it stands for."""

Weakness = Literal[
    "invalid.password.length", "invalid.password.monotonous", "invalid.password.guessable"
]


class WeakPassword(ValueError):
    """The password is too short, too long, of few characters or among the first to be guessed."""

    def __init__(self, code: Weakness) -> None:
        super().__init__(code)
        self.code = code


def digest(password: str, known: Iterable[str] = ()) -> str:
    """What is kept in place of the password. `known` is what anybody knows of its owner: address,
    organisation. Raises `WeakPassword`."""
    if not SHORTEST_CHARACTERS <= len(password) <= LONGEST_CHARACTERS:
        raise WeakPassword("invalid.password.length")
    if len(set(password)) < _FEWEST_DIFFERENT:
        raise WeakPassword("invalid.password.monotonous")
    if _unexpected(password, known) < _FEWEST_UNEXPECTED:
        raise WeakPassword("invalid.password.guessable")
    return _HASHER.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Takes as long when there is no such account, so that nobody learns who has one."""
    try:
        _HASHER.verify(kept or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def _unexpected(password: str, known: Iterable[str]) -> int:
    """How many characters are left without what a guesser tries first: words of the owner, common
    words, neighbours on a keyboard, years, repetitions."""
    text = password.casefold()
    pieces = sorted({*_parts(known), *_COMMON}, key=len, reverse=True)
    fewest = len(text)
    for spelt in (text, text.translate(_PLAIN)):
        left = re.sub(r"(.{2,})\1+", r"\1", spelt)
        for piece in pieces:
            left = left.replace(piece, " ")
        left = re.sub(r"(19|20)\d\d", " ", _without_runs(left))
        fewest = min(fewest, len(re.sub(r"(.)\1{2,}|[\W_]", "", left)))
    return fewest


def _parts(known: Iterable[str]) -> Iterable[str]:
    """The words of an address or an id, and the whole of it; short ones prove nothing."""
    for text in known:
        yield from (part for part in (text.casefold(), *re.split(r"[\W_]+", text.casefold()))
                    if len(part) > 2)  # fmt: skip


def _without_runs(text: str) -> str:
    for run in (*_RUNS, *(run[::-1] for run in _RUNS)):
        for length in range(len(run), _RUN_LENGTH - 1, -1):
            for start in range(len(run) - length + 1):
                text = text.replace(run[start : start + length], " ")
    return text
