"""Names that a register writes in capitals, as people write them."""

import re
import unicodedata
from collections.abc import Callable

_LINKS = {"de", "du", "des", "d", "et", "en", "sur", "sous", "au", "aux", "a", "les", "lez"}
"""Small within a name. `l'` and `la` only after one of these: `Café de la Gare`, `Chez La Mère`."""
_ARTICLES = {"la", "le", "l"}
_LEGAL_FORMS = {
    "SARL", "EURL", "SASU", "SELARL", "SELAS", "SELAFA", "SCOP", "SCIC", "EARL", "GAEC", "SCEA",
    "SICA", "CUMA", "SARLU", "EIRL", "SPRL", "SCPI", "GMBH",
}  # fmt: skip
_SHORT_WORDS = {
    "air", "ami", "ane", "art", "bac", "bal", "bar", "bas", "bec", "bel", "bio", "bis",
    "bon", "bus", "but", "cap", "car", "cle", "cru", "duo", "eau", "eco", "ecu", "fer",
    "feu", "fil", "for", "gaz", "gel", "gym", "ile", "jeu", "jus", "lac", "les",
    "lin", "lis", "lit", "lys", "mer", "mon", "nef", "net", "nid", "nom", "nos", "oie",
    "one", "pro", "pub", "roi", "rue", "sea", "sel", "ski", "sol", "son",
    "spa", "sud", "sun", "tel", "the", "tom", "ton", "top", "val", "via", "vie", "vif",
    "vin", "vos", "web", "zen", "cie", "ets", "st", "ste", "or", "arc", "oui",
    "and", "new", "old", "red", "big", "sky", "box", "fun", "our",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


def titled_company(name: str, acronym: str = "") -> str:
    """`L'ATELIER DU BOIS SAS` → `L'Atelier du Bois SAS`; what has small letters stays as it is.

    Short words that are no words of a language, legal forms and its own `acronym` keep their
    capitals: EDF, 3D, SARL."""
    return _titled(name, lambda word: word == acronym.upper() or _is_acronym(word))


def titled(name: str) -> str:
    """Of a person or a town: `AIX-EN-PROVENCE` → `Aix-en-Provence`."""
    return _titled(name, lambda word: False)


def _titled(name: str, keeps: Callable[[str], bool]) -> str:
    if not name.isupper():
        return name
    before = ""

    def cased(match: re.Match[str]) -> str:
        nonlocal before
        word, last, before = match[0], before, _key(match[0])
        first = match.start() == 0
        if not first and (before in _LINKS or (before in _ARTICLES and last in _LINKS)):
            return word.lower()
        return word if keeps(word) else word.capitalize()

    return _WORD.sub(cased, name)


def _is_acronym(word: str) -> bool:
    if word in _LEGAL_FORMS or any(char.isdigit() for char in word):
        return True
    key = _key(word)
    if not re.search("[aeiouy]", key):
        return len(word) > 1
    return len(word) <= 3 and len(word) > 1 and key not in _SHORT_WORDS | _ARTICLES | _LINKS


def _key(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(char for char in letters if not unicodedata.combining(char))
