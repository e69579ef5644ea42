"""The physical lines of a list, which can be looked at ahead and read again."""

from collections import deque
from collections.abc import Iterator


class HeldLines:
    """Lines with those of the record at hand held back, to be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self.held: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.held.append(line)
        return line

    def read_again_from_the_second(self) -> None:
        self._again.extendleft(reversed(self.held[1:]))
        del self.held[1:]

    def taken(self) -> int:
        """How many lines the record had; the next begins."""
        count = len(self.held)
        self.held = []
        return count
