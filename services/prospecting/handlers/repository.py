"""Loading an aggregate, and saving what was decided about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from events.fact import Event
from events.subjects import Address
from services.log import Conflict, Log
from services.prospecting.context import Changes, Context
from services.prospecting.errors import NotFound, TooManyConflicts

S = TypeVar("S")
ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Loaded(Generic[S]):
    """An aggregate's state, and the events that it comes from."""

    state: S
    events: Sequence[Event]

    @property
    def version(self) -> int:
        return self.events[-1].originator_version

    @property
    def sequence(self) -> int:
        return self.events[-1].sequence

    def written_by(self, ctx: Context) -> int | None:
        """Where this very command was carried out before, if it was."""
        own = [event.sequence for event in self.events if event.command_id == ctx.command_id]
        return max(own, default=None)


@dataclass(frozen=True, slots=True)
class Saved(Generic[S]):
    """Where a command's facts are in the log, and the state that it was decided on."""

    sequence: int
    before: S


async def load(
    log: Log,
    address: Address,
    fold: Callable[[S | None, Any], S],
    missing: type[NotFound],
) -> Loaded[S]:
    """The aggregate as its facts make it; raises `missing` where it has none."""
    events = await log.load(str(address))
    state: S | None = None
    for event in events:
        state = fold(state, event.fact)
    if state is None:
        raise missing(id=address.id)
    return Loaded(state, events)


async def carry_out(
    log: Log,
    ctx: Context,
    read: Callable[[], Any],
    decide: Callable[[Loaded[S], Changes], None],
) -> Saved[S]:
    """Reads, decides and appends, anew whenever somebody else was first.

    A command that was carried out before is not carried out again. Raises what `decide` raises,
    and `TooManyConflicts`.
    """
    for _ in range(ATTEMPTS):
        loaded: Loaded[S] = await read()
        if (done := loaded.written_by(ctx)) is not None:
            return Saved(done, loaded.state)
        changes = Changes(ctx)
        decide(loaded, changes)
        if not len(changes):
            return Saved(loaded.sequence, loaded.state)
        try:
            return Saved(await log.append(*changes), loaded.state)
        except Conflict:
            continue
    raise TooManyConflicts()
