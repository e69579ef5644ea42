"""The texts of one language, read from its gettext catalogue (`locales/<language>/…/filon.po`).

A `msgid` is a code, and `msgid_plural` names the parameter that chooses between its forms.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from services.wording.languages import Language
from services.wording.template import Sentence, Text

LOCALES = Path(__file__).parent / "locales"


@cache
def catalogue(language: Language) -> Mapping[str, Sentence]:
    """Every sentence by its code; read at the first use, and once."""
    sentences: dict[str, Sentence] = {}

    def lookup(code: str) -> str | None:
        found = sentences.get(code)
        return found.say({}) if found else None

    with po_file(language).open("rb") as file:
        for message in read_po(file, locale=language, abort_invalid=True):
            code, counter = _key(message)
            if code:
                texts = tuple(Text(form, language, lookup) for form in _forms(message))
                comment = " ".join(message.auto_comments)
                sentences[code] = Sentence(texts, counter, comment, language)
    return sentences


def po_file(language: Language) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "filon.po"


def _key(message: Message) -> tuple[str, str | None]:
    """The code, and the parameter that counts."""
    if isinstance(message.id, str):
        return message.id, None
    code, counter = message.id
    return code, counter


def _forms(message: Message) -> tuple[str, ...]:
    """One, or singular and plural."""
    text = message.string or ""
    return (text,) if isinstance(text, str) else tuple(text)
