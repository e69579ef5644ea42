"""Whom a campaign does not want."""

from collections.abc import Iterator
from functools import lru_cache

from events.company import Company
from events.targeting import Targeting
from services.identifiers.domains import host_of


def is_excluded(company: Company, targeting: Targeting) -> bool:
    """Whether the targeting names this company as unwanted, or a domain that its web site or an
    e-mail of its people is in."""
    if company.siren and company.siren in targeting.exclude_sirens:
        return True
    if not targeting.exclude_domains:
        return False
    unwanted = _hosts(targeting.exclude_domains)
    return any(not unwanted.isdisjoint(_with_parents(host)) for host in _hosts_of(company))


@lru_cache(maxsize=16)
def _hosts(domains: tuple[str, ...]) -> frozenset[str]:
    return frozenset(filter(None, map(host_of, domains)))


def _hosts_of(company: Company) -> Iterator[str]:
    yield host_of(company.website)
    for contact in company.contacts:
        yield host_of(contact.email.rpartition("@")[2])


def _with_parents(host: str) -> list[str]:
    """`boutique.exemple.fr` → itself, `exemple.fr` and `fr`."""
    labels = host.split(".")
    return [".".join(labels[at:]) for at in range(len(labels))]
