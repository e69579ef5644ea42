"""The host of a web site, and whether it identifies whose site it is."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from tldextract import TLDExtract

from services.identifiers.shared_hosts import is_shared
from services.identifiers.spelling import plain

_split = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
"""By the public suffix list that the library brings, its private part too; never the network."""

_RESERVED = ("example", "test")
"""RFC 2606: in no list, and meant for examples like our sample."""
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


@lru_cache(maxsize=4096)  # one company's is asked for several times in a row
def host_of(website: str) -> str:
    """The host of a web address, without `www.`, in ASCII; '' when there is none."""
    first = (plain(website).split() or [""])[0].rstrip(",;")
    if "@" in first and "//" not in first:
        return ""
    try:
        name = urlsplit(first if "//" in first else f"//{first}").hostname or ""
        host = name.rstrip(".").encode("idna").decode().lower().removeprefix("www.")
    except ValueError:  # UnicodeError is one: no such host can exist
        return ""
    return host if _is_public(host) else ""


def normalise_domain(website: str) -> str:
    """The host of a web site that is one company's as a whole; '' where strangers have pages (a
    directory, a site builder's own host, a public suffix) and where there is none."""
    host = host_of(website)
    return "" if not host or is_shared(host) or _is_suffix(host) else host


def registered_domain(host: str) -> str:
    """What somebody registered: `boutique.exemple.fr` → `exemple.fr`."""
    found = _split(host)
    return ".".join(filter(None, (found.domain, found.suffix)))


def _is_public(host: str) -> bool:
    labels = host.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    return labels[-1] in _RESERVED or bool(_split(host).suffix)


def _is_suffix(host: str) -> bool:
    return host.split(".")[-1] not in _RESERVED and not _split(host).domain
