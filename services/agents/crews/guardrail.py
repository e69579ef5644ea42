"""What a model claims must stand in what it read: each quote word for word, and each value in its
quote."""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from pydantic import BaseModel, Field

from events.targeting import HEADCOUNT_BANDS
from services.french.headcount import headcount_band
from services.identifiers.domains import normalise_domain

FieldName = Literal[
    "activity", "headcountBand", "postalCode", "jobTitle", "email", "phone", "website"
]


class QuotedFact(BaseModel):
    """One field's value, and the words of the document that prove it."""

    field: FieldName
    value: str = Field(min_length=1, max_length=200)
    quote: str = Field(min_length=1, max_length=500)
    confidence: float = Field(ge=0, le=1)


class Assessment(BaseModel):
    """What a company's document says of it."""

    facts: list[QuotedFact] = Field(max_length=50)


class Kept(BaseModel):
    """A company of the page that the campaign should look at."""

    number: int
    quote: str = Field(min_length=1, max_length=500)


class Selection(BaseModel):
    """Which companies of a page to keep, and by which of its words."""

    kept: list[Kept] = Field(max_length=1000)


def objections_to_assessment(assessment: Assessment, document: str) -> list[str]:
    """What the model is told to correct; nothing where each fact is proved."""
    said = []
    for number, fact in enumerate(assessment.facts, 1):
        if fact.quote not in document:
            said.append(f"fact {number}: the quote is not in the document, copy it word for word")
        elif not _CONSISTENT[fact.field](fact.value, fact.quote):
            said.append(f"fact {number}: the quote does not say that {fact.field} is that value")
    return said


def objections_to_selection(selection: Selection, lines: Sequence[str]) -> list[str]:
    said = []
    for kept in selection.kept:
        if not 1 <= kept.number <= len(lines):
            said.append(f"there is no company number {kept.number}")
        elif kept.quote not in lines[kept.number - 1]:
            said.append(f"company {kept.number}: the quote is not in its line, copy it")
    if len({kept.number for kept in selection.kept}) < len(selection.kept):
        said.append("name each company once")
    return said


def _activity(value: str, quote: str) -> bool:
    return bool(re.fullmatch(r"\d\d(\.\d{1,2}[A-Z]?)?", value)) and _plain(value) in _plain(quote)


def _headcount(value: str, quote: str) -> bool:
    if value not in HEADCOUNT_BANDS:
        return False
    if coded := re.search(r"tranche (NN|\d\d)\b", quote):
        return coded[1] == value
    numbers = re.findall(r"\d+", re.sub(r"(?<=\d)[\s  .](?=\d{3}\b)", "", quote))
    return headcount_band(quote) == value or value in map(headcount_band, numbers)


def _postal_code(value: str, quote: str) -> bool:
    return bool(re.fullmatch(r"\d{5}", value)) and value in quote.replace(" ", "")


def _words(value: str, quote: str) -> bool:
    return value.casefold() in quote.casefold()


def _email(value: str, quote: str) -> bool:
    return bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value)) and _words(value, quote)


def _phone(value: str, quote: str) -> bool:
    """The national number's nine digits, however they are grouped."""
    digits = re.sub(r"\D", "", value)
    return len(digits) >= 9 and digits[-9:] in re.sub(r"\D", "", quote)


def _website(value: str, quote: str) -> bool:
    domain = normalise_domain(value)
    return _words(domain, quote) if domain else _words(value, quote)


def _plain(text: str) -> str:
    return re.sub(r"[.\s]", "", text).upper()


_CONSISTENT: dict[str, Callable[[str, str], bool]] = {
    "activity": _activity,
    "headcountBand": _headcount,
    "postalCode": _postal_code,
    "jobTitle": _words,
    "email": _email,
    "phone": _phone,
    "website": _website,
}
