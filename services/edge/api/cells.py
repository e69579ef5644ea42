"""Cells that a spreadsheet takes for the text that they are, and carries nothing out of."""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat

from services.identifiers.phones import normalise_phone

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet would carry out."""
_PHONE = re.compile(r"\+[\d\s().-]+")
_RANGE = re.compile(r"(\d{1,5})-(\d{1,5})")
"""`11-50`, which would be a day in November."""


def safe(cell: str) -> str:
    """As text even where it looks like a formula, a telephone number or a range of numbers."""
    if _PHONE.fullmatch(cell):
        cell = phone_cell(cell)
    cell = _RANGE.sub(r"\1–\2", cell) if _RANGE.fullmatch(cell) else cell
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def phone_cell(phone: str) -> str:
    """`01 99 00 12 34`, `(+32) 9 555 12 12`: neither a formula, whatever the program, nor a number
    that loses its zero, and read back as the same. As it was where it is no one number."""
    number = normalise_phone(phone)
    if not number:
        return phone
    parsed = phonenumbers.parse(number)
    if parsed.country_code == _FRANCE:
        return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    written = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    return re.sub(r"^(\+\d+) ", r"(\1) ", written)


_FRANCE = 33
