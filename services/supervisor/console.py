"""One terminal for many processes: each line says whose it is."""

import asyncio
from collections.abc import Mapping
from typing import TextIO

from services.wording import Language, render

COLOURS = (36, 33, 35, 32, 34, 95, 96, 93)
LONGEST_LINE = 65536
"""Bytes; a longer line is printed in pieces, so that memory stays bounded."""


class Console:
    """Prefixed, coloured on a terminal (never with NO_COLOR), silent once nobody reads it."""

    def __init__(self, out: TextIO, language: Language, environment: Mapping[str, str]) -> None:
        self._out = out
        self._language = language
        self._coloured = out.isatty() and not environment.get("NO_COLOR")
        self._names: list[str] = []
        self._heard = True

    def say(self, code: str, **params: object) -> None:
        """A sentence of the supervisor's own."""
        sentence = self.phrase(code, **params)
        self._print(f"\033[1m{sentence}\033[0m" if self._coloured else sentence)

    def phrase(self, code: str, **params: object) -> str:
        return render(f"supervisor.{code}", params, self._language)

    def line(self, name: str, text: str) -> None:
        """A line that the process `name` wrote."""
        if name not in self._names:
            self._names.append(name)
        colour = COLOURS[self._names.index(name) % len(COLOURS)]
        prefix = f"{name:<9} |"
        self._print(
            f"\033[{colour}m{prefix}\033[0m {text}" if self._coloured else f"{prefix} {text}"
        )

    def _print(self, text: str) -> None:
        if not self._heard:
            return
        try:
            print(text, file=self._out, flush=True)
        except OSError:
            # Whoever read the output is gone (`filon up | head`); the processes go on.
            self._heard = False


async def relay(name: str, stream: asyncio.StreamReader, console: Console) -> None:
    """Print what a process writes, line by line, until it closes its output."""
    pending = b""
    while chunk := await stream.read(LONGEST_LINE):
        *lines, pending = (pending + chunk).split(b"\n")
        if len(pending) > LONGEST_LINE:
            lines, pending = [*lines, pending], b""
        for line in lines:
            console.line(name, line.decode(errors="replace").rstrip("\r"))
    if pending:
        console.line(name, pending.decode(errors="replace"))
