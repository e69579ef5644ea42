"""SIREN and SIRET, INSEE's numbers of companies and establishments."""

import re

from services.identifiers.spelling import plain

LA_POSTE = "356000000"
"""Its thousands of establishments outgrew the check digit: theirs must sum to a multiple of 5."""

_VAT = re.compile(r"FR[0-9A-Z]{2}(\d{9})")
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)


class InvalidSiren(ValueError):
    """This is no SIREN or SIRET; `code` and `params` say why (`services.wording`)."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def normalise_siren(text: str) -> str:
    """Nine digits from a SIREN, SIRET or French VAT number as people write them; '' from nothing.

    Leading zeros that a spreadsheet ate come back. Raises InvalidSiren.
    """
    given = plain(text)
    if not given:
        return ""
    if _SCIENTIFIC.fullmatch(given):
        raise InvalidSiren("siren.scientific", value=given)
    compact = re.sub(r"[\s.\-_/'’]", "", re.sub(r"[.,]0{1,2}$", "", given)).upper()
    if vat := _VAT.fullmatch(compact):
        compact = vat[1]
    if not re.fullmatch(r"\d{6,14}", compact, re.ASCII):
        raise InvalidSiren("siren.digits", value=given)
    number = compact.zfill(9 if len(compact) <= 9 else 14)
    if not _has_valid_check_digit(number):
        raise InvalidSiren("siren.check", value=given)
    return number[:9]


def _has_valid_check_digit(number: str) -> bool:
    siren = number[:9]
    if siren == "000000000" or not passes_luhn(siren):
        return False
    if siren == LA_POSTE and len(number) == 14:
        return passes_luhn(number) or sum(map(int, number)) % 5 == 0
    return passes_luhn(number)


def passes_luhn(digits: str) -> bool:
    """Every second digit from the right counts double, and the whole is a multiple of ten."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
