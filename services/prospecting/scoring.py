"""Rubric version 1: code scores what the evidence says, the same way every time.

Activity 30, headcount 20, place 20, role 20, reachability 10. What the targeting does not ask
drops out, and the rest is rescaled to 100 by largest remainder, so that the factors' maxima, all
whole numbers, add up to exactly 100.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from events.company import Evidence
from events.prospect import Factor
from events.targeting import HEADCOUNT_BANDS, Targeting
from services.french.activities import Fit, asks_activity, fit
from services.french.places import departement_of, region_of
from services.prospecting.people import Verdict, best

RUBRIC = 1

Rule = Literal["activity", "headcount", "place", "role", "reachability"]
WEIGHTS: dict[Rule, int] = {
    "activity": 30,
    "headcount": 20,
    "place": 20,
    "role": 20,
    "reachability": 10,
}

_BANDS = list(HEADCOUNT_BANDS)
_FITS: dict[Fit, tuple[Fraction, str]] = {
    "match": (Fraction(1), "score.activity.match"),
    "section": (Fraction(1), "score.activity.section"),
    "perhaps": (Fraction(1, 2), "score.activity.perhaps"),
    "division": (Fraction(1, 2), "score.activity.division"),
    "other": (Fraction(0), "score.activity.other"),
}


def score(targeting: Targeting, evidence: Sequence[Evidence]) -> tuple[Factor, ...]:
    """The factors of a score; their points, which are whole numbers, add up to it."""
    known: dict[str, str] = {}
    for item in evidence:  # what the record holds comes first, and what contradicts it is shown
        if not item.person:
            known.setdefault(item.field, item.value)
    contact = best(targeting, evidence, known, WEIGHTS["role"], WEIGHTS["reachability"])
    verdicts = {
        "activity": _activity(targeting, known),
        "headcount": _headcount(targeting, known),
        "place": _place(targeting, known),
        "role": contact.role,
        "reachability": contact.reachability,
    }
    asked: dict[Rule, Verdict] = {
        rule: verdict for rule in WEIGHTS if (verdict := verdicts[rule]) is not None
    }
    return tuple(
        Factor(
            rule=rule,
            points=round_half_up(most * asked[rule].share),
            max=most,
            code=asked[rule].code,
            params=asked[rule].params,
        )
        for rule, most in _rescale([*asked]).items()
    )


def round_half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def _rescale(rules: list[Rule]) -> dict[Rule, int]:
    total = sum(WEIGHTS[rule] for rule in rules)
    exact = {rule: Fraction(100 * WEIGHTS[rule], total) for rule in rules}
    whole = {rule: int(value) for rule, value in exact.items()}
    by_remainder = sorted(rules, key=lambda rule: whole[rule] - exact[rule])
    for rule in by_remainder[: 100 - sum(whole.values())]:
        whole[rule] += 1
    return whole


def _activity(targeting: Targeting, known: Mapping[str, str]) -> Verdict | None:
    if not asks_activity(targeting):
        return None
    found = known.get("activity", "")
    params = {"activity": found}
    if not found:
        return Verdict(Fraction(0), "score.activity.unknown")
    share, code = _FITS[fit(found, targeting)]
    return Verdict(share, code, params)


def _headcount(targeting: Targeting, known: Mapping[str, str]) -> Verdict | None:
    if not targeting.headcount_bands:
        return None
    band = known.get("headcountBand", "")
    if band not in HEADCOUNT_BANDS:
        return Verdict(Fraction(0), "score.headcount.unknown")
    params = {"headcount": HEADCOUNT_BANDS[band]}
    away = min(abs(_BANDS.index(band) - _BANDS.index(b)) for b in targeting.headcount_bands)
    if away == 0:
        return Verdict(Fraction(1), "score.headcount.match", params)
    if away == 1:
        return Verdict(Fraction(1, 2), "score.headcount.near", params)
    return Verdict(Fraction(0), "score.headcount.other", params)


def _place(targeting: Targeting, known: Mapping[str, str]) -> Verdict | None:
    if not (targeting.postal_codes or targeting.departements or targeting.regions):
        return None
    postal_code = known.get("postalCode", "")
    departement = departement_of(postal_code)
    if not departement:
        return Verdict(Fraction(0), "score.place.unknown")
    params = {"postalCode": postal_code}
    if (
        postal_code in targeting.postal_codes
        or departement in targeting.departements
        or region_of(departement) in targeting.regions
    ):
        return Verdict(Fraction(1), "score.place.match", params)
    asked_departements = {departement_of(code) for code in targeting.postal_codes}
    asked_regions = {region_of(d) for d in (*targeting.departements, *asked_departements)}
    region = region_of(departement)  # none overseas, where no place is near another
    if departement in asked_departements or (region and region in asked_regions):
        return Verdict(Fraction(1, 2), "score.place.near", params)
    return Verdict(Fraction(0), "score.place.other", params)
