"""Everything that a person reads, in French and in English: a code and parameters become words.

A new sentence is an entry in both `locales/*/LC_MESSAGES/filon.po`; decision 0040 says how.
"""

from collections.abc import Iterable, Mapping

from services.wording.catalogue import catalogue
from services.wording.languages import DEFAULT, LANGUAGES, Language, known, of_terminal, preferred

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "Language",
    "codes",
    "known",
    "of_terminal",
    "pattern",
    "preferred",
    "render",
    "texts",
]  # fmt: skip

_NOTHING: Mapping[str, object] = {}


def render(code: str, params: Mapping[str, object] = _NOTHING, language: Language = DEFAULT) -> str:
    """The words for a code; a code that a newer version wrote is shown as it is."""
    sentence = catalogue(language).get(code)
    return sentence.say(params) if sentence else code


def codes() -> Iterable[str]:
    """Every code that has words."""
    return catalogue(DEFAULT)


def pattern(code: str, language: Language) -> str:
    """The text of a code, its parameters named and not filled in."""
    return catalogue(language)[code].forms[-1].pattern


def texts(prefix: str, language: Language) -> dict[str, str | list[str]]:
    """The texts under a prefix, which their keys lose, for a page that fills them in by itself:
    one text, or the name of the parameter that counts, the singular and the plural."""
    return {
        code.removeprefix(prefix): (
            [sentence.counter, *(form.source for form in sentence.forms)]
            if sentence.counter
            else sentence.forms[0].source
        )
        for code, sentence in catalogue(language).items()
        if code.startswith(prefix)
    }
