"""How many people work there, as INSEE's band."""

import re
from math import isqrt

from events.targeting import HEADCOUNT_BANDS

_FLOORS = [
    (10_000, "53"), (5_000, "52"), (2_000, "51"), (1_000, "42"), (500, "41"), (250, "32"),
    (200, "31"), (100, "22"), (50, "21"), (20, "12"), (10, "11"), (6, "03"), (3, "02"), (1, "01"),
]  # fmt: skip
_UNMISTAKABLE = {"NN", "00", "01", "02", "03"}
_MOST = 10_000_000
_GROUPED = re.compile(r"(?<=\d)[\s.,'](?=\d{3}(?!\d))")
_DECIMALS = re.compile(r"(?<=\d)[.,]\d{1,2}(?!\d)")
_MONTH = re.compile(
    r"(?<![A-Z])(JAN(V(IER)?|UARY)?|F[EÉ]V(R(IER)?)?|FEB(RUARY)?|MAR(S|CH)?|AVR(IL)?|APR(IL)?|MAI|MAY|"
    r"JUI?N|JUNE|JUIL(LET)?|JULY?|AO[UÛ]T|AUG(UST)?|SEPT?(EMBRE|EMBER)?|OCT(OBRE|OBER)?|"
    r"NOV(EMBRE|EMBER)?|D[EÉ]C(EMBRE|EMBER)?)(?![A-Z])"
)
"""A spreadsheet makes dates of ranges: `nov-50` was 11-50, but might have been another day."""
_FEWER = re.compile(r"moins|<|less|under|fewer", re.IGNORECASE)


def headcount_band(text: str, *, coded: bool = False) -> str:
    """INSEE's band for a code, a number (`37`) or a range (`20 à 49 salariés`); '' when unclear.

    `12` is twelve people, or, where the column holds INSEE's codes (`coded`), twenty to forty-nine.
    """
    plain = text.strip().upper()
    if _MONTH.search(plain):
        return ""
    if plain in _UNMISTAKABLE:
        return plain
    if coded and plain.zfill(2) in HEADCOUNT_BANDS:
        return plain.zfill(2)
    numbers = [int(n) for n in re.findall(r"\d+", _DECIMALS.sub("", _GROUPED.sub("", plain)))]
    match numbers:
        case [one]:
            return _band(one - 1 if one and _FEWER.search(plain) else one)
        case [low, high] if low < high:
            return _band(isqrt(low * high))  # LinkedIn's 11-50 is mostly INSEE's 20-49
    return ""


def _band(people: int) -> str:
    if people > _MOST:
        return ""
    return next((code for floor, code in _FLOORS if people >= floor), "00")
