"""SIRENs with a right check digit."""

from services.french.siren import passes_luhn


def siren_of(body: int) -> str:
    """The SIREN that begins with these eight digits."""
    return next(s for n in range(10) if passes_luhn(s := f"{body:08d}{n}"))
