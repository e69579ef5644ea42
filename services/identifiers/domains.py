"""The domain of a web site, as far as it identifies whose site it is."""

import re
from urllib.parse import urlsplit

from services.identifiers.spelling import plain

SHARED_HOSTS = (
    "facebook.com", "google.com", "instagram.com", "linkedin.com", "linktr.ee", "pagesjaunes.fr",
    "pappers.fr", "societe.com", "tiktok.com", "twitter.com", "x.com", "youtube.com",
)  # fmt: skip
"""A page there says nothing of who owns the domain: taking it would merge strangers."""

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def normalise_domain(website: str) -> str:
    """The domain of a web site, without `www.`, in ASCII; '' when there is none of its own."""
    first = (plain(website).split() or [""])[0].rstrip(",;")
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
