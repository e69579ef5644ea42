"""What the commands say, in the terminal's language."""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.settings import UnusableSetting
    from services.wording import Language


def language() -> "Language":
    from services.wording import of_terminal

    return of_terminal(os.environ)


def sentence(code: str, **params: object) -> str:
    """The words for a code of the catalogue."""
    from services.wording import render

    return render(code, params, language())


def say(code: str, **params: object) -> None:
    print(sentence(code, **params))


def refuse(code: str, **params: object) -> int:
    """Says why not; returns the exit status."""
    print(sentence(code, **params), file=sys.stderr)
    return 1


def unusable(refusal: "UnusableSetting", language: "Language") -> str:
    """What is wrong with a setting, and what would be right."""
    from services.wording import render

    expected = render(f"setting.{refusal.expected}", refusal.params, language)
    said = {"setting": refusal.setting, "value": refusal.value, "expected": expected}
    return render("setting.hidden" if refusal.value is None else "setting.refused", said, language)
