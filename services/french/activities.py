"""What a targeting asks of activities, against companies coded in either nomenclature."""

from collections.abc import Iterable, Sequence
from typing import Literal

from events.company import Nomenclature
from events.targeting import Targeting
from services.french.naf import (
    NAF_2025_CODES,
    NAF_CODES,
    codes_under,
    counterparts,
    nomenclature_of,
    section_of,
)

Fit = Literal["match", "section", "perhaps", "division", "other"]
"""`match` and `section`: all of this activity was asked. `perhaps`: the code was split or merged in
the other nomenclature, and a part of it was asked. `division`: the same division was."""


def asks_activity(targeting: Targeting) -> bool:
    return bool(targeting.activities or targeting.sections or targeting.sections_2025)


def fit(activity: str, targeting: Targeting) -> Fit:
    """How a company's activity fits, directly or through INSEE's correspondence."""
    if (asked := _directly(activity, targeting)) != "other":
        return asked
    through = [_directly(code, targeting) for code in counterparts(activity)]
    if through and "other" not in through:
        return "match" if "match" in through else "section"
    if any(asked != "other" for asked in through):
        return "perhaps"
    if any(activity[:2] == start[:2] for start in targeting.activities):
        return "division"
    return "other"


def _directly(activity: str, targeting: Targeting) -> Literal["match", "section", "other"]:
    nomenclature = nomenclature_of(activity)
    starts = (s for s in targeting.activities if nomenclature_of(s) == nomenclature)
    if any(activity.startswith(start) for start in starts):
        return "match"
    sections: Sequence[str] = (
        targeting.sections_2025 if nomenclature == "NAF2025" else targeting.sections
    )
    return "section" if section_of(activity) in sections else "other"


def codes_asked(targeting: Targeting, nomenclature: Nomenclature) -> list[str]:
    """The whole codes of this nomenclature that a company which fits may have, without those that
    are asked by a section of rév. 2."""
    of_2025 = (code for code in NAF_2025_CODES if section_of(code) in targeting.sections_2025)
    return in_nomenclature((*codes_under(targeting.activities), *of_2025), nomenclature)


def codes_of_sections(sections: Iterable[str]) -> list[str]:
    """Of NAF rév. 2."""
    wanted = {*sections}
    return [code for code in NAF_CODES if section_of(code) in wanted]


def in_nomenclature(codes: Iterable[str], nomenclature: Nomenclature) -> list[str]:
    """The codes, those of the other nomenclature by all that they correspond to; each once."""
    translated = (
        each
        for code in codes
        for each in ((code,) if nomenclature_of(code) == nomenclature else counterparts(code))
    )
    return [*dict.fromkeys(translated)]
