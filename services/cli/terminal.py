"""What the commands say, in the terminal's language."""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

    from services.settings import UnusableSetting
    from services.wording import Language


def language() -> "Language":
    from services.wording import of_terminal

    return of_terminal(os.environ)


def sentence(code: str, **params: object) -> str:
    from services.wording import render

    return render(code, params, language())


def unusable(refusal: "UnusableSetting") -> str:
    """What is wrong with the setting, and what would be right."""
    expected = sentence(refusal.expected, **refusal.params)
    code = "setting.unusable-hidden" if refusal.value is None else "setting.unusable"
    return sentence(code, setting=refusal.setting, value=refusal.value, expected=expected)


def reason(error: "DBAPIError") -> str:
    """What the database's driver says, without the hints that take lines of their own."""
    return str(error.orig).partition("\n")[0]


def say(code: str, **params: object) -> None:
    print(sentence(code, **params))


def refuse(code: str, **params: object) -> int:
    """Says why not; returns the exit status."""
    print(sentence(code, **params), file=sys.stderr)
    return 1
