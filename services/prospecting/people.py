"""Whom to write to at a company: the contact whose role is asked for and who can be reached."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from events.company import Evidence
from events.targeting import Targeting
from services.prospecting.words import words_of

SENIORITY_WORDS = {
    "founder": ("fondateur", "fondatrice", "founder", "cofondateur", "cofondatrice", "cofounder"),
    "executive": ("president", "presidente", "ceo", "pdg", "dg", "general", "generale", "gerant",
                  "gerante", "chief", "cto", "cfo", "coo", "cmo", "dsi", "daf", "drh", "associe"),
    "director": ("directeur", "directrice", "director", "vp", "head"),
    "manager": ("responsable", "manager", "chef", "cheffe", "lead"),
    "staff": (),
}  # fmt: skip
_PERSONAL = ("jobTitle", "email", "phone")
_REACH = (("email", Fraction(6, 10)), ("phone", Fraction(2, 10)), ("website", Fraction(2, 10)))


NAMED = {
    "score.role.match": "score.role.match-of",
    "score.role.seniority": "score.role.seniority-of",
    "score.role.other": "score.role.other-of",
}
"""The same reasons where the contact has a name to be said."""


class Verdict(NamedTuple):
    """How far one rule is met, 0 to 1, and why."""

    share: Fraction
    code: str
    params: dict[str, str] = {}


class Best(NamedTuple):
    """The verdicts on the contact to write to; none on a role that nobody asked for."""

    role: Verdict | None
    reachability: Verdict


def best(
    targeting: Targeting,
    evidence: Sequence[Evidence],
    company: Mapping[str, str],
    role_weighs: int,
    reach_weighs: int,
) -> Best:
    """Of the contacts, each with title, e-mail and phone of their own; the first of equals.
    `company` holds what is known of no person."""
    candidates = [
        Best(_role(targeting, known, name), _reachability({**company, **known}))
        for name, known in _people(evidence, company)
    ]
    return max(
        candidates,
        key=lambda c: (
            role_weighs * (c.role.share if c.role else 0) + reach_weighs * c.reachability.share
        ),
    )


def _people(
    evidence: Sequence[Evidence], company: Mapping[str, str]
) -> list[tuple[str, dict[str, str]]]:
    people: dict[str, dict[str, str]] = {}
    for item in evidence:
        if item.person and item.field in _PERSONAL:
            people.setdefault(item.person, {}).setdefault(item.field, item.value)
    nameless = {field: company[field] for field in _PERSONAL if field in company}
    return [*people.items(), *([("", nameless)] if nameless or not people else [])]


def _role(targeting: Targeting, known: Mapping[str, str], name: str) -> Verdict | None:
    if not targeting.job_titles and not targeting.seniorities:
        return None
    title = known.get("jobTitle", "")
    if not title:
        return Verdict(Fraction(0), "score.role.unknown")
    share, code = _fit(targeting, title)
    if not name:
        return Verdict(share, code, {"title": title})
    return Verdict(share, NAMED[code], {"title": title, "contact": name})


def _fit(targeting: Targeting, title: str) -> tuple[Fraction, str]:
    words = words_of(title)
    if any(words_of(asked) <= words for asked in targeting.job_titles):
        return Fraction(1), "score.role.match"
    if seniority_of(title) in targeting.seniorities:
        return Fraction(1, 2) if targeting.job_titles else Fraction(1), "score.role.seniority"
    return Fraction(0), "score.role.other"


def _reachability(known: Mapping[str, str]) -> Verdict:
    ways = [way for way, _ in _REACH if known.get(way)]
    if not ways:
        return Verdict(Fraction(0), "score.reachability.none")
    share = sum((part for way, part in _REACH if way in ways), Fraction(0))
    return Verdict(share, "score.reachability.ways", {"ways": ",".join(ways)})


def seniority_of(title: str) -> str:
    """The highest seniority that a job title's words, French or English, speak of."""
    words = words_of(title)
    return next((name for name, those in SENIORITY_WORDS.items() if words & {*those}), "staff")
