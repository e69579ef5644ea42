"""The `eventsourcing` library's own cases, unaltered, each on a fresh server.

Nothing is skipped. Its cases for projections that keep decisions outside aggregates (DCB) belong
to another interface (`DCBRecorder`) than a persistence module of aggregates has.
"""

import os
from collections.abc import Iterator
from typing import ClassVar

import pytest
from eventsourcing.persistence import Tracking
from eventsourcing.tests import application, persistence, projection
from eventsourcing.utils import Environment

from services.log.eventsourcing.factory import LogFactory
from services.log.eventsourcing.recorder import (
    LogAggregateRecorder,
    LogApplicationRecorder,
    LogProcessRecorder,
    LogTrackingRecorder,
)
from tests.integration.log.counters import LogEventCounters


class OnFreshServer:
    """A server of each test's own, named in the environment as an application finds it."""

    @pytest.fixture(autouse=True)
    def fresh(self, nats_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setenv("PERSISTENCE_MODULE", "services.log.eventsourcing")
        monkeypatch.setenv("LOG_NATS_URL", nats_url)
        self.factory = LogFactory(Environment("Cases", dict(os.environ)))
        yield
        self.factory.close()


class TestAggregateRecorder(OnFreshServer, persistence.AggregateRecorderTestCase):
    def create_recorder(self) -> LogAggregateRecorder:
        recorder = self.factory.aggregate_recorder()
        assert isinstance(recorder, LogAggregateRecorder)
        return recorder


class TestSnapshotRecorder(OnFreshServer, persistence.AggregateRecorderTestCase):
    def create_recorder(self) -> LogAggregateRecorder:
        recorder = self.factory.aggregate_recorder("snapshots")
        assert isinstance(recorder, LogAggregateRecorder)
        return recorder


class TestApplicationRecorder(
    OnFreshServer, persistence.ApplicationRecorderTestCase[LogApplicationRecorder]
):
    def create_recorder(self) -> LogApplicationRecorder:
        recorder = self.factory.application_recorder()
        assert isinstance(recorder, LogApplicationRecorder)
        return recorder

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestApplicationRecorderOfTexts(TestApplicationRecorder):
    def new_originator_id(self) -> str:
        return f"compte/é.*>-{super().new_originator_id()}"


class TestTrackingRecorder(OnFreshServer, persistence.TrackingRecorderTestCase):
    def create_recorder(self) -> LogTrackingRecorder:
        return self.factory.tracking_recorder()


class TestProcessRecorder(OnFreshServer, persistence.ProcessRecorderTestCase):
    def create_recorder(self) -> LogProcessRecorder:
        recorder = self.factory.process_recorder()
        assert isinstance(recorder, LogProcessRecorder)
        return recorder


class TestNonInterleaving(OnFreshServer, persistence.NonInterleavingNotificationIDsBaseCase):
    def create_recorder(self) -> LogApplicationRecorder:
        recorder = self.factory.application_recorder()
        assert isinstance(recorder, LogApplicationRecorder)
        return recorder


class OtherTrackingRecorder(LogTrackingRecorder):
    """A recorder that an application names in its environment."""


class TestFactory(persistence.InfrastructureFactoryTestCase[LogFactory]):
    @pytest.fixture(autouse=True)
    def environment(self, nats_url: str) -> None:
        # Runs before `setUp`, which constructs the factory from it.
        variables = {"PERSISTENCE_MODULE": "services.log.eventsourcing", "LOG_NATS_URL": nats_url}
        self.env = Environment("TestCase", variables)

    def expected_factory_class(self) -> type[LogFactory]:
        return LogFactory

    def expected_aggregate_recorder_class(self) -> type[LogAggregateRecorder]:
        return LogAggregateRecorder

    def expected_application_recorder_class(self) -> type[LogApplicationRecorder]:
        return LogApplicationRecorder

    def expected_tracking_recorder_class(self) -> type[LogTrackingRecorder]:
        return LogTrackingRecorder

    def tracking_recorder_subclass(self) -> type[LogTrackingRecorder]:
        return OtherTrackingRecorder

    def expected_process_recorder_class(self) -> type[LogProcessRecorder]:
        return LogProcessRecorder


class TestExampleApplication(OnFreshServer, application.ExampleApplicationTestCase):
    expected_factory_topic = "services.log.eventsourcing.factory:LogFactory"


class TestApplication(OnFreshServer, application.ApplicationTestCase):
    pass


class TestEventCountersView(OnFreshServer, projection.EventCountersViewTestCase):
    def construct_event_counters_view(self) -> projection.EventCountersView:
        view = self.factory.tracking_recorder(LogEventCounters)
        assert isinstance(view, LogEventCounters)
        return view


class TestProjection(OnFreshServer, projection.AggregateEventCountersProjectionTestCase):
    view_class = LogEventCounters
    env: ClassVar[dict[str, str]] = {}


class TestEventSourcedProjection(OnFreshServer, projection.EventSourcedProjectionTestCase):
    env: ClassVar[dict[str, str]] = {}


def test_tracking_and_events_are_one(nats_url: str) -> None:
    factory = LogFactory({"LOG_NATS_URL": nats_url, "LOG_STREAM": "one"})
    recorder = factory.process_recorder()
    recorder.insert_events([], tracking=Tracking("upstream", 5))
    assert recorder.max_tracking_id("upstream") == 5
    assert recorder.max_notification_id() is None
    factory.close()
