"""SIRENs with a right check digit."""

from stdnum import luhn


def siren_of(body: int) -> str:
    """The SIREN that begins with these eight digits."""
    return f"{body:08d}{luhn.calc_check_digit(f'{body:08d}')}"
