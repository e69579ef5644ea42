"""Which column means what, from headers in French or English and from what stands below them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.identifiers.spelling import plain
from services.sources.csv.fields import Field
from services.sources.csv.synonyms import SYNONYMS
from services.sources.csv.values import fits

IDENTIFYING: frozenset[Field] = frozenset({"siren", "name", "website", "email"})

_ARTICLE_WORDS = "a au aux d de des du et l la le les n no nr num numero o of the"
_ARTICLES = frozenset(_ARTICLE_WORDS.split())
_WHOSE_WORDS = (
    "company contact dirigeant direct entreprise etablissement generique legale lead person "
    "principal principale pro professionnel professionnelle siege societe unite work "
    "address adresse billing bureau business current hq mailing prefere primary shipping"
)
_WHOSE = frozenset(_WHOSE_WORDS.split())
_OF_THE_COMPANY_WORDS = "account company entreprise etablissement siege societe siret"
_OF_THE_COMPANY = frozenset(_OF_THE_COMPANY_WORDS.split())
_NUMBERING_WORDS = "code id identifiant key n no nr num numero number record ref reference uid uuid"
_NUMBERING = frozenset(_NUMBERING_WORDS.split())
"""`N° client` is no client, `Numéro compte` no company."""
_ELSEWHERE = frozenset(("activity", "affaire", "deal", "opportunity", "owner", "task"))
"""`Deal - Title` is no job."""
_PERSONAL = re.compile(r"naissance|birth|nationalit")
_BRACKETS = re.compile(r"[(\[].*?[)\]]")


def _joined(words: Sequence[str], without: frozenset[str] = frozenset()) -> str:
    return "".join(word for word in words if word not in without)


_BY_NAME: dict[str, Field] = {
    _joined(synonym.split(), _ARTICLES): field
    for field, synonyms in SYNONYMS.items()
    for synonym in synonyms.split(", ")
}
_AMBIGUOUS_WORDS = "account business client compte etablissement intitule structure tiers"
_AMBIGUOUS = frozenset(_AMBIGUOUS_WORDS.split())
"""They may name a company, or say of one what it is to us."""
_PERSON_OR_COMPANY: dict[str, Field] = {
    "nom": "lastName", "name": "contact", "nomcomplet": "contact", "noms": "lastName",
    "displayname": "contact", "nomaffiche": "contact",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column stands for, and how sure that is: of two the lower `rank` is asked first."""

    field: Field | None
    rank: int = 0
    corrected: bool = False
    """Whether a person said so."""


Corrections = Mapping[str, Field | None]
"""What people said that columns mean, by `normal_form` of their headers."""
NOTHING_CORRECTED: Corrections = {}
_FIRST = -100
"""The rank of a column that a person chose."""


def normal_form(header: str) -> str:
    """What a header and the same header in another file have in common."""
    return " ".join(plain(header).casefold().split())


def recognise(
    headers: Sequence[str],
    samples: Sequence[Sequence[str]] = (),
    corrections: Corrections = NOTHING_CORRECTED,
) -> list[Meaning]:
    """The meaning of each column, from its header and the values in it (`samples` are the first
    records). A bare « Nom » is the person's where the company or a first name has its own column,
    else the company's. What a person said counts, but for what is never kept of people."""
    keys = [_keys(header) for header in headers]
    values = [[row[at] for row in samples if at < len(row)] for at in range(len(headers))]
    meanings = [
        _corrected(header, _meaning(header, candidates, below), corrections)
        for header, candidates, below in zip(headers, keys, values, strict=True)
    ]
    of_people = bool({"name", "firstName"} & {meaning.field for meaning in meanings})
    for at, candidates in enumerate(keys):
        person = next((f for key in candidates if (f := _PERSON_OR_COMPANY.get(key))), None)
        if meanings[at] == Meaning(None) and person and not _is_reference(_words(headers[at])):
            meanings[at] = Meaning(person if of_people else "name", 2)
            of_people = True
    return meanings


def _corrected(header: str, meaning: Meaning, corrections: Corrections) -> Meaning:
    name = normal_form(header)
    if not name or name not in corrections or meaning.field == "dropped":
        return meaning
    return Meaning(corrections[name], _FIRST, corrected=True)


def grouped(above: Sequence[str], headers: Sequence[str]) -> tuple[str, ...]:
    """Bare names with the heading of their group, in a row `above` that has gaps."""
    if not above or all(above) or not any(above):
        return tuple(headers)
    group, named = "", []
    for at, header in enumerate(headers):
        group = (above[at] if at < len(above) else "") or group
        bare_name = _joined(_words(header), _ARTICLES) in _PERSON_OR_COMPANY
        named.append(f"{group} {header}" if group and bare_name else header)
    return tuple(named)


def is_coded(header: str) -> bool:
    """Whether a headcount column holds INSEE's codes rather than numbers of people."""
    return bool({"tranche", "band", "code"} & {*_words(header)})


def header_words(header: str) -> str:
    """The header's words as one, without articles."""
    return _joined(_words(header), _ARTICLES)


def _meaning(header: str, keys: Sequence[str], values: Sequence[str]) -> Meaning:
    if any(_PERSONAL.search(key) for key in keys):
        return Meaning("dropped")
    words = _words(header)
    for rank, key in enumerate(keys):
        field = _BY_NAME.get(key)
        if field is None or (field == "recordId" and rank > 1):  # « Identifiant professionnel 3 »
            continue
        if field in ("name", "contact") and _is_reference(words):
            return Meaning("recordId", rank + 2)
        if (key in _AMBIGUOUS or field in ("contact", "title")) and not fits(field, values):
            return Meaning(None)
        if field in ("city", "postalCode"):
            rank -= 10 * bool(_OF_THE_COMPANY & {*words})  # the person's own is another place
        return Meaning(field, rank)
    return Meaning(None)


def _is_reference(words: Sequence[str]) -> bool:
    return bool(_NUMBERING & {*words})


def _keys(header: str) -> list[str]:
    """What the header may be called, the most literal reading first."""
    inside = re.findall(r"[(\[](?:\w+\.)?(\w+)[)\]]", header)
    outside = _words(_BRACKETS.sub(" ", header))
    unnumbered = [word for word in outside if not word.isdigit()]
    readings = [
        _joined(_words(header), _ARTICLES),
        _joined(outside, _ARTICLES),
        _joined(outside, _ARTICLES | _WHOSE),
        *([_joined(unnumbered, _ARTICLES)] if len(unnumbered) < len(outside) else []),
        *(_joined(_words(name)) for name in inside),
        *_joined_path(header),
    ]
    return [re.sub(r"\d+$", "", reading) for reading in readings]


def _joined_path(header: str) -> list[str]:
    """`Domain Name / Link URL` is a domain name, `Address / City` a city, `Phone 1 - Value` a
    phone."""
    parts = [_words(part) for part in re.split(r" [/-] ", header)]
    if len(parts) < 2 or _ELSEWHERE & {*parts[0]}:
        return []
    whole, last = _joined(parts[0], _ARTICLES), _joined(parts[-1], _ARTICLES)
    return [whole] if last in ("linkurl", "url", "value", "primary") else [last]


def _words(header: str) -> list[str]:
    spaced = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])|(?<=[a-zà-ÿ]\d)(?=[A-Z][a-z])", " ", header)
    plain = unicodedata.normalize("NFKD", spaced.replace("°", " ")).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", kept)
