"""What a targeting names and nobody knows, told before a source refuses it."""

from collections.abc import Iterator

from events.targeting import Targeting
from services.edge.http.validation import FieldError
from services.french.naf import codes_under
from services.french.place_names import REGION_NAMES
from services.french.places import normalise_postal_code
from services.wording import Language, render

_MOST_EXAMPLES = 5


def unknown_values(targeting: Targeting, language: Language) -> Iterator[FieldError]:
    """Each such value, and what would be right."""
    for at, code in enumerate(targeting.activities):
        if not codes_under([code]):
            near = ", ".join(codes_under([code[:2]])[:_MOST_EXAMPLES] or ["62", "62.01Z", "62.10Y"])
            told = render("invalid.noSuchActivity", {"code": code, "near": near}, language)
            yield FieldError(field=f"targeting.activities.{at}", message=told)
    for at, code in enumerate(targeting.regions):
        if code not in REGION_NAMES:
            regions = ", ".join(f"{known} {name}" for known, name in REGION_NAMES.items())
            told = render("invalid.noSuchRegion", {"code": code, "regions": regions}, language)
            yield FieldError(field=f"targeting.regions.{at}", message=told)
    for at, code in enumerate(targeting.postal_codes):
        if normalise_postal_code(code) != code:
            told = render("invalid.noSuchPostalCode", {"code": code}, language)
            yield FieldError(field=f"targeting.postalCodes.{at}", message=told)
