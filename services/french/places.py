"""French places: postal codes, départements and regions."""

import re

from services.french.place_names import COLLECTIVITY_NAMES, DEPARTEMENT_NAMES
from services.identifiers.spelling import plain

REGIONS = {
    "01": ("971",), "02": ("972",), "03": ("973",), "04": ("974",), "06": ("976",),
    "11": ("75", "77", "78", "91", "92", "93", "94", "95"),
    "24": ("18", "28", "36", "37", "41", "45"),
    "27": ("21", "25", "39", "58", "70", "71", "89", "90"),
    "28": ("14", "27", "50", "61", "76"),
    "32": ("02", "59", "60", "62", "80"),
    "44": ("08", "10", "51", "52", "54", "55", "57", "67", "68", "88"),
    "52": ("44", "49", "53", "72", "85"),
    "53": ("22", "29", "35", "56"),
    "75": ("16", "17", "19", "23", "24", "33", "40", "47", "64", "79", "86", "87"),
    "76": ("09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82"),
    "84": ("01", "03", "07", "15", "26", "38", "42", "43", "63", "69", "73", "74"),
    "93": ("04", "05", "06", "13", "83", "84"),
    "94": ("2A", "2B"),
}  # fmt: skip
"""INSEE region code → its départements (Code officiel géographique)."""

_POSTAL_CODE = re.compile(r"(?:FR?[-\s]*)?(\d\d\s?\d{3}|\d{4})(?:[.,]0+)?(?:\s+CEDEX.*)?", re.I)
_WITHIN_GUADELOUPE = {"97133": "977", "97150": "978"}
"""Saint-Barthélemy and Saint-Martin kept the postal codes from when they belonged to it."""
_OVERSEAS = {code for code in DEPARTEMENT_NAMES | COLLECTIVITY_NAMES if len(code) == 3}
_REGION_OF = {departement: region for region, those in REGIONS.items() for departement in those}


def departement_of(postal_code: str) -> str:
    """`75011` → `75`, `97400` → `974`, `20200` → `2B`; collectivities overseas are named like them
    (`98800` → `988`). Empty for what is no postal code of France, Monaco's among them."""
    if len(postal_code) != 5 or not postal_code.isdigit():
        return ""
    if postal_code.startswith(("97", "98")):
        overseas = _WITHIN_GUADELOUPE.get(postal_code, postal_code[:3])
        return overseas if overseas in _OVERSEAS else ""
    if postal_code.startswith("20"):
        return "2A" if postal_code[:3] in ("200", "201") else "2B"
    return postal_code[:2]


def region_of(departement: str) -> str:
    """INSEE region code; empty where none is known."""
    return _REGION_OF.get(departement, "")


def normalise_postal_code(text: str) -> str:
    """Five digits, `1000` being `01000`; '' for what is no French postal code."""
    match = _POSTAL_CODE.fullmatch(plain(text))
    code = re.sub(r"\s", "", match[1]).zfill(5) if match else ""
    return code if "01" <= code[:2] <= "98" and code[:2] != "96" else ""
