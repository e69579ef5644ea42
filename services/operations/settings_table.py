"""The README's table of settings; `python -m services.operations.settings_table` renews it."""

import re
from pathlib import Path

from services.operations.settings import everything, variables
from services.settings import About

BEGIN = "<!-- settings: written by python -m services.operations.settings_table -->"
END = "<!-- end of settings -->"
README = Path(__file__).parents[2] / "README.md"


def table() -> str:
    """In Markdown, a line a setting."""
    rows = [_row(name, *known) for name, known in variables(everything()).items()]
    return "\n".join(("| setting | what it is | default |", "|---|---|---|", *rows))


def _row(name: str, about: About, default: object) -> str:
    return f"| `{name}` | {about.meaning} | {about.default or f'`{default}`'} |"


def renewed(text: str) -> str:
    """`text` with the table as it must be between the marks."""
    between = re.compile(f"(?<={BEGIN}\n).*?(?=\n{END})", re.DOTALL)
    return between.sub(lambda _: table(), text)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text()))
