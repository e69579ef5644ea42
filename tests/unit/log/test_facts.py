"""An event and the message that keeps it."""

from uuid import UUID

from events.agent import ActivityReported
from events.campaign import CampaignPaused
from services.log import to_event
from services.log.cloudevents import pattern_of, to_draft
from services.log.jetstream.message import parse_headers, status_of
from tests.unit.prospecting.shelf import event

MESSAGE = """\
Nats-Msg-Id: {id}
ce-specversion: 1.0
ce-id: {id}
ce-type: filon.CampaignPaused.v1
ce-source: /filon/acme/c-1
ce-subject: campaign/c-1
ce-time: 2026-11-24T09:30:00+00:00
ce-dataschema: urn:filon:CampaignPaused:v1
ce-datacontenttype: application/json
ce-aggregateversion: 4
ce-correlationid: 8c6e0f9e-6a1b-4f3e-9d53-1d2f3a4b5c6d
ce-causationid: 8c6e0f9e-6a1b-4f3e-9d53-1d2f3a4b5c6d
ce-commandid: 8c6e0f9e-6a1b-4f3e-9d53-1d2f3a4b5c6d
""".replace("\n", "\r\n")

PAUSED = event("acme/c-1/campaign/c-1", 4, CampaignPaused())


def test_an_event_is_a_cloud_event_in_binary_mode() -> None:
    draft = to_draft(PAUSED)
    assert draft.subject == "filon.acme.c-1.campaign.c-1.CampaignPaused"
    assert draft.headers == MESSAGE.format(id=PAUSED.id)
    assert draft.data == b"{}"
    assert UUID(draft.id) == PAUSED.id


def test_the_message_is_read_back_as_the_event_that_it_was() -> None:
    draft = to_draft(PAUSED)
    headers = parse_headers(f"NATS/1.0\r\n{draft.headers}\r\n".encode())
    read = to_event(draft.subject, headers, draft.data, 17)
    assert read == PAUSED
    assert read.sequence == 17


def test_narration_alone_expires() -> None:
    said = event("acme/c-1/activity/a", 0, ActivityReported(code="x", status="idle"))
    assert "Nats-TTL: 720h\r\n" in to_draft(said).headers
    assert "Nats-TTL" not in to_draft(PAUSED).headers


def test_all_writers_expect_the_same_pattern() -> None:
    assert pattern_of("acme/c-1/campaign/c-1") == "filon.acme.c-1.campaign.c-1.*"


def test_a_status_is_told_from_a_stored_message() -> None:
    assert status_of(b"NATS/1.0 204 EOB\r\n\r\n") == 204
    assert status_of(b"NATS/1.0 100 Idle Heartbeat\r\nA: b\r\n\r\n") == 100
    assert status_of(b"NATS/1.0\r\nA: b\r\n\r\n") == 0
    assert status_of(b"") == 0


def test_headers_of_other_clients_are_read_too() -> None:
    block = b"NATS/1.0\r\nNats-Msg-Id:one\r\nce-type: two\r\nempty: \r\n\r\n"
    assert parse_headers(block) == {"Nats-Msg-Id": "one", "ce-type": "two", "empty": ""}
