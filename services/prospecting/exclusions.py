"""Whom a campaign does not want."""

from events.company import Company
from events.targeting import Targeting
from services.identifiers.domains import normalise_domain


def is_excluded(company: Company, targeting: Targeting) -> bool:
    """Whether the targeting names this company, or the domain of its web site, as unwanted."""
    if company.siren and company.siren in targeting.exclude_sirens:
        return True
    domain = normalise_domain(company.website)
    return bool(domain) and domain in {normalise_domain(d) for d in targeting.exclude_domains}
