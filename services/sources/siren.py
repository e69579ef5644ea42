"""What identifies a French company, in the one spelling that two sources agree on."""

import re
import unicodedata
from urllib.parse import urlsplit

LA_POSTE = "356000000"
"""Its thousands of establishments outgrew the check digit: theirs must sum to a multiple of 5."""

SHARED_HOSTS = (
    "facebook.com", "google.com", "instagram.com", "linkedin.com", "linktr.ee", "pagesjaunes.fr",
    "pappers.fr", "societe.com", "tiktok.com", "twitter.com", "x.com", "youtube.com",
)  # fmt: skip
"""A page there says nothing of who owns the domain: taking it would merge strangers."""

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9-]+\.)+[a-z][a-z0-9-]+")
_POSTAL_CODE = re.compile(r"(?:FR?[-\s]*)?(\d\d\s?\d{3}|\d{4})(?:[.,]0+)?(?:\s+CEDEX.*)?", re.I)
_NAF = re.compile(r"(\d{1,2})[.\s]?(\d\d)\s?([A-Z])(?![A-Z0-9])|(\d\d)[.\s]?(\d\d?)?(?![\dA-Z])")
_VAT = re.compile(r"FR[0-9A-Z]{2}(\d{9})")
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)


class InvalidSiren(ValueError):
    """This is no SIREN or SIRET; `code` and `params` say why (`services.sources.csv.WORDING`)."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def normalise_siren(text: str) -> str:
    """Nine digits from a SIREN, SIRET or French VAT number as people write them; '' from nothing.

    Leading zeros that a spreadsheet ate come back. Raises InvalidSiren.
    """
    given = _plain(text)
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


def normalise_domain(website: str) -> str:
    """The domain of a web site, without `www.`, in ASCII; '' when there is none of its own."""
    first = (_plain(website).split() or [""])[0].rstrip(",;")
    try:
        host = urlsplit(first if "//" in first else f"//{first}").hostname or ""
        domain = host.rstrip(".").encode("idna").decode().lower()
    except ValueError:  # UnicodeError is one: no such host can exist
        return ""
    if "@" in first and "//" not in first:
        return ""
    domain = domain.removeprefix("www.")
    if domain.endswith(tuple(f".{shared}" for shared in SHARED_HOSTS)) or domain in SHARED_HOSTS:
        return ""
    return domain if _is_domain(domain) else ""


def _is_domain(domain: str) -> bool:
    *labels, top = domain.split(".")
    named = bool(labels) and all(_LABEL.fullmatch(label) for label in labels)
    return named and len(top) > 1 and top[0].isalpha() and bool(_LABEL.fullmatch(top))


def normalise_email(text: str) -> str:
    """The first address in a cell, in lower case; '' when there is none."""
    for part in re.split(r"[\s,;<>()]+", _plain(text).lower()):
        address = part.removeprefix("mailto:")
        if _EMAIL.fullmatch(address) and ".." not in address:
            return address
    return ""


def normalise_postal_code(text: str) -> str:
    """Five digits, `1000` being `01000`; '' for what is no French postal code."""
    match = _POSTAL_CODE.fullmatch(_plain(text))
    code = re.sub(r"\s", "", match[1]).zfill(5) if match else ""
    return code if "01" <= code[:2] <= "98" and code[:2] != "96" else ""


def normalise_naf(text: str) -> str:
    """A NAF code with its dot, `62.01Z`, or the start of one, `62`; '' when there is none."""
    match = _NAF.match(_plain(text).upper())
    if not match:
        return ""
    division, rest, letter, bare, start = match.groups()
    if letter:
        return f"{division.zfill(2)}.{rest}{letter}"
    return f"{bare}.{start}" if start else str(bare)


def _plain(text: str) -> str:
    """Odd spaces and full-width forms as ordinary ones, nothing invisible around them."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if unicodedata.category(c) != "Cf").strip()
