"""One text with its parameters, made ready once so that saying it costs little.

A parameter is `{name}`, said as it is, or `{name:how}`: `how` is a format of `formats.py`, or ends
in a full stop and is the beginning of a code: `{source:source.}` says the words for `source.csv`.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from string import Formatter

from babel import Locale

from services.wording.formats import format_named
from services.wording.languages import Language

Spell = Callable[[object], str]
Lookup = Callable[[str], str | None]
"""The words for a code, if it has any."""


class Text:
    """One grammatical form."""

    __slots__ = ("_spelled", "formats", "parameters", "pattern", "source")

    def __init__(self, source: str, language: Language, lookup: Lookup) -> None:
        self.source = typeset(source, language)
        """As it is written, for whoever fills it in elsewhere."""
        parts = list(Formatter().parse(self.source))
        self.parameters = frozenset(name for _, name, _, _ in parts if name)
        self.formats = frozenset(how for _, name, how, _ in parts if name and how)
        self._spelled = tuple(
            (name, _spell(how, language, lookup)) for _, name, how, _ in parts if name and how
        )
        self.pattern = re.sub(r"\{(\w+):[^}]+\}", r"{\1}", self.source)

    def say(self, params: Mapping[str, object]) -> str:
        if not self.parameters:
            return self.pattern
        words = _Blank(params)
        for name, spell in self._spelled:
            if name in words:
                words[name] = spell(words[name])
        return self.pattern.format_map(words)


class Sentence:
    """A text, or the singular and plural of one, chosen by the parameter `counter`."""

    __slots__ = ("_language", "comment", "counter", "forms")

    def __init__(
        self, forms: tuple[Text, ...], counter: str | None, comment: str, language: Language
    ) -> None:
        self.forms, self.counter, self.comment = forms, counter, comment
        self._language = language

    @property
    def parameters(self) -> frozenset[str]:
        return frozenset().union(*(form.parameters for form in self.forms))

    @property
    def formats(self) -> frozenset[str]:
        return frozenset().union(*(form.formats for form in self.forms))

    def say(self, params: Mapping[str, object]) -> str:
        if self.counter is None:
            return self.forms[0].say(params)
        return self.forms[self._plural(str(params.get(self.counter, "")))].say(params)

    def _plural(self, count: str) -> int:
        """The singular is for what the language's rule calls *one* (in French zero too)."""
        return 0 if _is_one(count, self._language) else len(self.forms) - 1


@lru_cache(maxsize=4096)
def _is_one(count: str, language: Language) -> bool:
    return count.isdecimal() and Locale(language).plural_form(int(count)) == "one"


def typeset(text: str, language: Language) -> str:
    """French spaces that must not break: before : ; ? ! % » and after «."""
    if language != "fr":
        return text
    wide = re.sub(r" (?=[:»])|(?<=«) ", "\u00a0", text)
    return re.sub(r" (?=[;?!%])", "\u202f", wide)


def _spell(how: str, language: Language, lookup: Lookup) -> Spell:
    if how.endswith("."):
        return lambda value: _coded(how, str(value), lookup)
    spell = format_named(how)
    return lambda value: spell(value, language)


def _coded(prefix: str, value: str, lookup: Lookup) -> str:
    """The words for a code, or for several, comma-separated; what is no code is said as it is."""
    if (said := lookup(prefix + value)) is not None:
        return said
    parts = [lookup(prefix + part) for part in value.split(",")]
    return value if None in parts else ", ".join(filter(None, parts))


class _Blank(dict[str, object]):
    """A parameter that was not given reads as an ellipsis rather than failing a reader."""

    def __missing__(self, key: str) -> str:
        return "…"
