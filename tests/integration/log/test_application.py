"""An application of the `eventsourcing` library: old events, snapshots, conflicts."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import IntegrityError

LONG = 3000


class Cellar(Aggregate):
    """Bottles, counted."""

    class Opened(Aggregate.Created):
        place: str

        class_version = 2

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            state["place"] = state.pop("city")

    class Filled(Aggregate.Event):
        bottles: int

    @event(Opened)
    def __init__(self, place: str) -> None:
        self.place = place
        self.bottles = 0

    @event(Filled)
    def fill(self, bottles: int) -> None:
        self.bottles += bottles


class Cellars(Application[UUID]):
    snapshotting_intervals = {Cellar: 1000}


@pytest.fixture
def cellars(nats_url: str) -> Iterator[Cellars]:
    with Cellars(
        {"PERSISTENCE_MODULE": "services.log.eventsourcing", "LOG_NATS_URL": nats_url}
    ) as app:
        yield app
        app.close()


def test_a_long_aggregate_is_loaded_from_its_last_snapshot(cellars: Cellars) -> None:
    cellar = Cellar("Beaune")
    while cellar.version < LONG:
        for _ in range(500):
            cellar.fill(1)
        cellars.save(cellar)
    assert cellars.snapshots is not None
    taken = [snapshot.originator_version for snapshot in cellars.snapshots.get(cellar.id)]
    assert taken[-1] > LONG - 1000
    loaded: Cellar = cellars.repository.get(cellar.id)
    assert (loaded.bottles, loaded.version) == (cellar.bottles, cellar.version)
    before: Cellar = cellars.repository.get(cellar.id, version=700)
    assert before.bottles == 699


def test_an_old_event_is_lifted_by_its_class(
    cellars: Cellars, monkeypatch: pytest.MonkeyPatch
) -> None:
    cellar = Cellar("Beaune")
    opened = cellar.collect_events()
    old = cellars.mapper.to_stored_event(opened[0])
    first_version = old.state.replace(b'"place"', b'"city"').replace(b',"class_version":2', b"")
    assert first_version != old.state
    stored = type(old)(old.originator_id, old.originator_version, old.topic, first_version)
    cellars.recorder.insert_events([stored])
    loaded: Cellar = cellars.repository.get(cellar.id)
    assert loaded.place == "Beaune"


def test_two_writers_of_one_aggregate_conflict(cellars: Cellars) -> None:
    cellar = Cellar("Beaune")
    cellars.save(cellar)
    one: Cellar = cellars.repository.get(cellar.id)
    two: Cellar = cellars.repository.get(cellar.id)
    one.fill(1)
    two.fill(2)
    cellars.save(one)
    with pytest.raises(IntegrityError):
        cellars.save(two)
    with pytest.raises(AggregateNotFoundError):
        cellars.repository.get(UUID(int=0))
