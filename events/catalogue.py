"""Stored name ↔ class: which facts exist, in which schema version, and how old ones are read."""

import json
from collections.abc import Callable
from typing import Any, get_args

from pydantic import TypeAdapter

from events.agent import AgentFact, Narration
from events.campaign import CampaignFact
from events.fact import Fact
from events.prospect import ProspectFact

Payload = dict[str, Any]
Upcaster = Callable[[Payload], Payload]

FACTS: dict[str, type[Fact]] = {
    cls.__name__: cls
    for union in (CampaignFact, AgentFact, ProspectFact, Narration)
    for cls in get_args(union)
}

UPCASTERS: dict[str, tuple[Upcaster, ...]] = {}
"""For each name, the functions that lift a payload from version 1 to 2, from 2 to 3, …"""

_ADAPTERS = {name: TypeAdapter(cls) for name, cls in FACTS.items()}


class UnknownFact(LookupError):
    """This version of Filon does not know that fact; a newer one wrote it."""


def version(name: str) -> int:
    """The schema version that is written today."""
    return 1 + len(UPCASTERS.get(name, ()))


def stored_type(name: str) -> str:
    """The CloudEvents type: `filon.ProspectScored.v1`."""
    return f"filon.{name}.v{version(name)}"


def encode(fact: Fact) -> bytes:
    """Its JSON payload, in camelCase."""
    return fact.model_dump_json(by_alias=True).encode()


def decode(stored: str, payload: bytes) -> Fact:
    """The fact that `stored` (`filon.ProspectScored.v1`) and its payload hold, upcast to today's
    shape; raises `UnknownFact`, or pydantic's `ValidationError` for bytes that do not fit."""
    _, name, written = stored.split(".")
    adapter = _ADAPTERS.get(name)
    old = int(written.removeprefix("v"))
    if adapter is None or old > version(name):
        raise UnknownFact(f"{stored}: {UnknownFact.__doc__}")
    if old == version(name):
        return adapter.validate_json(payload)
    return adapter.validate_python(_upcast(name, old, payload))


def _upcast(name: str, old: int, payload: bytes) -> Payload:
    data: Payload = json.loads(payload)
    for lift in UPCASTERS[name][old - 1 :]:
        data = lift(data)
    return data
