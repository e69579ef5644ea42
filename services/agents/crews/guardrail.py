"""What a model claims must stand in what it read: each quote word for word, and each value in its
quote."""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from pydantic import BaseModel, Field, ValidationError

from events.targeting import HEADCOUNT_BANDS
from services.agents.crews.answers import NoJson, items
from services.french.headcount import headcount_band
from services.identifiers.domains import normalise_domain

FieldName = Literal[
    "activity", "headcountBand", "postalCode", "jobTitle", "email", "phone", "website"
]
MOST_FACTS = 50


class QuotedFact(BaseModel):
    """One field's value, and the words of the document that prove it."""

    field: FieldName
    value: str = Field(min_length=1, max_length=200)
    quote: str = Field(min_length=1, max_length=500)
    confidence: float = Field(1, ge=0, le=1)


class Judgement(NamedTuple):
    """What of an answer is proved, and what the model is told of the rest."""

    facts: list[QuotedFact]
    objections: list[str]


def judge(answer: str, document: str) -> Judgement:
    """An answer without the JSON that was asked for proves nothing."""
    try:
        claims = items(answer, "facts")[:MOST_FACTS]
    except NoJson:
        return Judgement([], ['answer with JSON in the given shape: {"facts": [...]}'])
    facts, said = [], []
    for number, claim in enumerate(claims, 1):
        try:
            fact = QuotedFact.model_validate(claim)
        except ValidationError as error:
            where = ", ".join(str(e["loc"][-1]) for e in error.errors() if e["loc"])
            said.append(f"fact {number}: not in the given shape ({where})")
            continue
        if objection := _objection(fact, document):
            said.append(f"fact {number}: {objection}")
        else:
            facts.append(fact)
    return Judgement(facts, said)


def _objection(fact: QuotedFact, document: str) -> str | None:
    if fact.quote not in document:
        return "the quote is not in the document, copy it word for word"
    if not _CONSISTENT[fact.field](fact.value, fact.quote):
        return f"the quote does not say that {fact.field} is that value"
    return None


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
