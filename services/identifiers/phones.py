"""Telephone numbers."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from services.identifiers.spelling import plain

_SHORT = re.compile(r"(?:0?8\d\d|3\d{3}|10\d\d|118\d{3})")
"""French numbers of four or six digits (`3635`)."""


def normalise_phone(text: str, region: str = "FR") -> str:
    """E.164 (`+33199001234`), for comparing; '' for what nobody could dial. Without a country code
    it is read as one of `region`."""
    given = re.sub(r"[.,]0$", "", plain(text))
    try:
        number = phonenumbers.parse(given, region)
    except NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def written_phone(text: str) -> str:
    """The number as it was written, but for the zero that a spreadsheet takes from a French one;
    '' for what holds no number."""
    given = " ".join(plain(text).split())
    if re.fullmatch(r"[1-9]\d{8}([.,]0)?", given):
        return f"0{given[:9]}"
    digits = re.sub(r"\D", "", given)
    if normalise_phone(given) or (_SHORT.fullmatch(digits) and len(given) < 12):
        return given
    return given if any(phonenumbers.PhoneNumberMatcher(given, "FR")) else ""
