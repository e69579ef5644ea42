"""Filon's log as an `Application` of the `eventsourcing` library."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from eventsourcing.application import Application, Repository
from eventsourcing.utils import Environment, EnvType

from events.fact import Event
from services.history.folds import replay
from services.history.moment import Moment
from services.log import Log
from services.log.eventsourcing.bridge import OnLoop
from services.log.eventsourcing.factory import FilonFactory
from services.log.eventsourcing.recorder import LogRecorder

S = TypeVar("S")


class HistoryRepository(Repository[str]):
    """Aggregates from their events, by our folds."""

    def get(
        self,
        aggregate_id: str,
        *,
        version: int | None = None,
        projector_func: Callable[[Any, Iterable[Any]], Any] = replay,
        fastforward_skipping: bool = False,
        deepcopy_from_cache: bool = True,
    ) -> Any:
        """The state of `org/campaign/kind/id` at that version, else at its last.

        Raises the library's `AggregateNotFoundError` where there was nothing at that version.
        """
        return super().get(aggregate_id, version=version, projector_func=projector_func)


class FilonHistory(Application[str]):
    """Loads campaigns, prospects and agents at any version, reads all facts in order, follows them.

    `FilonHistory({"FILON_NATS_URL": "nats://…"})`, else what the environment says. In a program
    that has a log on its event loop, `FilonHistory(log=log)` shares its connection: make it on the
    loop, and ask it in threads.
    """

    name = "Filon"
    """Under which others keep how far they have read it."""
    log_section_size = 1000

    def __init__(self, env: EnvType | None = None, *, log: Log | None = None) -> None:
        self._bridge = OnLoop(log, asyncio.get_running_loop()) if log else None
        super().__init__(env)
        self.recorder: LogRecorder

    def construct_factory(self, env: Environment) -> FilonFactory:
        """Always ours: `PERSISTENCE_MODULE` then says where a projection keeps its view."""
        return FilonFactory(env, self._bridge)

    def construct_repository(self) -> HistoryRepository:
        return HistoryRepository(self.events)

    @property
    def repository(self) -> HistoryRepository:
        assert isinstance(self._repository, HistoryRepository)
        return self._repository

    def read(
        self, org: str | None = None, campaign: str | None = None, *, moment: Moment | None = None
    ) -> Iterator[Event]:
        """All facts (of one organisation, one campaign) up to a moment, else up to now, in the
        order of the log.

        Raises `InvalidSubjectToken`, and `UnknownFact` for what a newer Filon wrote.
        """
        moment = moment or Moment()
        last = self.recorder.max_notification_id() or 0
        stop = last if moment.sequence is None else min(moment.sequence, last)
        events = map(self.mapper.to_domain_event, self.recorder.read(org, campaign, stop=stop))
        return (event for event in events if isinstance(event, Event) and moment.includes(event))
