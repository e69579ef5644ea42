"""Pages of tables, in Markdown."""

from collections.abc import Iterable

_NOTICE = "Written by `make references`; a test holds it to the code."


def page(title: str, *parts: str) -> str:
    """Parts are paragraphs, tables and headings."""
    return "\n\n".join((f"# {title}", _NOTICE, *parts)) + "\n"


def table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A line a row; what a cell can't hold is escaped."""
    names = tuple(columns)
    lines = (names, ("---",) * len(names), *rows)
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def code(text: object) -> str:
    return f"`{text}`"


def _cell(value: object) -> str:
    return str(value).replace("|", r"\|").replace("\n", " ")
