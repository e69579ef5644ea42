"""A long list is read in the memory of a short one."""

import io
import tracemalloc
from collections.abc import Iterator

from services.prospecting.lists import AcceptedLine
from services.sources.csv import read_companies
from tests.unit.sources.sirens import siren_of

BLOCK = "".join(
    f"{siren_of(n)};Société {n};62.01Z;37;75011;Paris;Ada Exemple;Gérante;a{n}@b.example;note\n"
    for n in range(1, 1001)
).encode()


class Generated(io.RawIOBase):
    """A list of any length that is never in memory as a whole."""

    def __init__(self, blocks: int) -> None:
        self._parts = self._generate(blocks)
        self._left = b""

    @staticmethod
    def _generate(blocks: int) -> Iterator[bytes]:
        yield "SIREN;Société;NAF;Effectif;CP;Ville;Contact;Fonction;E-mail;Divers\n".encode()
        for _ in range(blocks):
            yield BLOCK

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what is passed
        self._left = self._left or next(self._parts, b"")
        taken = self._left[: len(buffer)]
        buffer[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)


def peak_of(blocks: int) -> int:
    tracemalloc.start()
    try:
        rows = read_companies(io.BufferedReader(Generated(blocks)))
        assert sum(isinstance(row, AcceptedLine) for row in rows) == blocks * 1000
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_fifty_times_the_lines_take_no_more_memory() -> None:
    """Held, the lines would take over a hundred megabytes; a few are garbage not yet collected,
    which the tests that ran before in this process may delay."""
    assert peak_of(50) < peak_of(1) + 5_000_000
