"""Fact ↔ subject: the one place that knows the taxonomy."""

import re
from typing import NamedTuple

ROOT = "filon"
LIVE_ROOT = "filon-live"
WHOLE_ORGANISATION = "_"
NARRATED = frozenset({"activity", "run"})
"""Kinds that are no aggregates: no version, no expectation."""

_TOKEN = re.compile(r"[A-Za-z0-9-]{1,64}")


class InvalidSubjectToken(ValueError):
    """A subject token is 1 to 64 letters, digits or hyphens."""


class Address(NamedTuple):
    """Where a fact belongs; joined by `/` it is the event's `originator_id`."""

    org: str
    campaign: str
    kind: str
    id: str

    def __str__(self) -> str:
        return "/".join(self)

    @classmethod
    def parse(cls, originator_id: str) -> "Address":
        return cls(*originator_id.split("/"))


def campaign_address(org: str, campaign: str) -> Address:
    return Address(org, campaign, "campaign", campaign)


def agent_address(org: str, campaign: str, agent: str) -> Address:
    return Address(org, campaign, "agent", agent)


def prospect_address(org: str, campaign: str, prospect: str) -> Address:
    return Address(org, campaign, "prospect", prospect)


def activity_address(org: str, campaign: str, agent: str) -> Address:
    return Address(org, campaign, "activity", agent)


def run_address(org: str, campaign: str, run: str) -> Address:
    return Address(org, campaign, "run", run)


def subject(address: Address, event_type: str) -> str:
    """`filon.<org>.<campaign>.<kind>.<id>.<EventType>`; raises `InvalidSubjectToken`."""
    checked = (address.org, *address[1:], event_type)
    for token in checked:
        _check(token)
    return ".".join((ROOT, *checked))


def _check(token: str) -> None:
    if token != WHOLE_ORGANISATION and not _TOKEN.fullmatch(token):
        raise InvalidSubjectToken(f"{token!r}: {InvalidSubjectToken.__doc__}")


def parse_subject(text: str) -> tuple[Address, str]:
    """The inverse of `subject`."""
    _, org, campaign, kind, id, event_type = text.split(".")
    return Address(org, campaign, kind, id), event_type


def everything(org: str = "*", campaign: str = "*", kind: str = "*", event_type: str = "*") -> str:
    """A filter for the stream: every fact that fits what is named."""
    return ".".join((ROOT, org, campaign, kind, "*", event_type))


def facts_about(org: str, campaign: str, kind: str, id: str) -> str:
    """A filter for all that was said of one id; `campaign` may be `*`, for an id that does not tell
    its campaign. Raises `InvalidSubjectToken`."""
    for token in (org, id) if campaign == "*" else (org, campaign, id):
        _check(token)
    return ".".join((ROOT, org, campaign, kind, id, "*"))


def live_subject(org: str, campaign: str, name: str) -> str:
    """Core NATS, never stored: signals that are not facts."""
    return ".".join((LIVE_ROOT, org, campaign, name))
