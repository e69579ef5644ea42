"""French places and activities: which département, region and NAF section a code lies in."""

from services.sources.places import REGIONS

_REGION_OF = {departement: region for region, those in REGIONS.items() for departement in those}

_SECTIONS = (
    ("A", 1, 3), ("B", 5, 9), ("C", 10, 33), ("D", 35, 35), ("E", 36, 39), ("F", 41, 43),
    ("G", 45, 47), ("H", 49, 53), ("I", 55, 56), ("J", 58, 63), ("K", 64, 66), ("L", 68, 68),
    ("M", 69, 75), ("N", 77, 82), ("O", 84, 84), ("P", 85, 85), ("Q", 86, 88), ("R", 90, 93),
    ("S", 94, 96), ("T", 97, 98), ("U", 99, 99),
)  # fmt: skip
"""NAF rév. 2: section, first and last division."""


def departement_of(postal_code: str) -> str:
    """`75011` → `75`, `97400` → `974`, `20200` → `2B`; empty for what is no postal code."""
    if len(postal_code) != 5 or not postal_code.isdigit():
        return ""
    if postal_code.startswith("97"):
        return postal_code[:3]
    if postal_code.startswith("20"):
        return "2A" if postal_code[:3] in ("200", "201") else "2B"
    return postal_code[:2]


def region_of(departement: str) -> str:
    """INSEE region code; empty where none is known."""
    return _REGION_OF.get(departement, "")


def section_of(activity: str) -> str:
    """`62.01Z` → `J`; empty for what is no NAF code."""
    if not activity[:2].isdigit():
        return ""
    division = int(activity[:2])
    return next((name for name, first, last in _SECTIONS if first <= division <= last), "")
