"""The `eventsourcing` library's own cases for recorders, on Filon's log, each on a fresh server.

Its cases of tracking and process recorders, of factories and of applications with aggregates of
their own need what Filon's log does not keep (decision 0022); what stands in their place is in
`test_recorder.py` and in `tests/integration/history`.
"""

from collections.abc import Iterator

import pytest
from eventsourcing.tests import persistence

from services.log.eventsourcing.bridge import OwnThread
from tests.integration.log.translated import TranslatedAggregateRecorder, TranslatedRecorder


class OnFreshServer:
    """A server of each test's own; versions begin where the cases' smallest one is."""

    INITIAL_VERSION = 0

    @pytest.fixture(autouse=True)
    def fresh(self, nats_url: str) -> Iterator[None]:
        self.bridge = OwnThread(nats_url)
        yield
        self.bridge.close()


class TestAggregateRecorder(OnFreshServer, persistence.AggregateRecorderTestCase):
    def create_recorder(self) -> TranslatedAggregateRecorder:
        return TranslatedAggregateRecorder(self.bridge)


class TestApplicationRecorder(
    OnFreshServer, persistence.ApplicationRecorderTestCase[TranslatedRecorder]
):
    def create_recorder(self) -> TranslatedRecorder:
        return TranslatedRecorder(self.bridge)

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestNonInterleaving(OnFreshServer, persistence.NonInterleavingNotificationIDsBaseCase):
    def create_recorder(self) -> TranslatedRecorder:
        return TranslatedRecorder(self.bridge)
