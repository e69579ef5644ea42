"""SIREN and SIRET, INSEE's numbers of companies and establishments."""

import re

from stdnum.fr import siren, siret

from services.identifiers.spelling import plain

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
    if number.startswith("000000000") or not _is_valid(number):
        raise InvalidSiren("siren.check", value=given)
    return number[:9]


def _is_valid(number: str) -> bool:
    """La Poste's establishments, which outgrew the check digit, follow the library's own rule."""
    return bool(siret.is_valid(number) if len(number) == 14 else siren.is_valid(number))
