"""Our pure folds as the library's projector functions."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from events.fact import Event
from events.subjects import Address
from services.prospecting import agent, campaign, prospect

FOLDS: Mapping[str, Callable[[Any, Any], Any]] = {
    "campaign": campaign.fold,
    "prospect": prospect.fold,
    "agent": agent.fold,
}
"""By kind of aggregate: state and fact → state."""


class NoFold(LookupError):
    """Filon folds no aggregate of that kind; give `repository.get` a `projector_func`."""


def replay(state: Any, events: Iterable[Event]) -> Any:
    """The `Campaign`, `Prospect` (or what became of it) or `Agent` that its events leave; None
    without events. Raises `NoFold`."""
    for event in events:
        kind = Address.parse(event.originator_id).kind
        if kind not in FOLDS:
            raise NoFold(f"{kind}: {NoFold.__doc__}")
        state = FOLDS[kind](state, event.fact)
    return state
