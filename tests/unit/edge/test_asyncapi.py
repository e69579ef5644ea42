"""The description of the event stream, held to itself and to the frames that it describes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import reduce
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from events.prospect import ProspectErased, ProspectFailed, ProspectMerged, PublicProspect
from services.edge.api.asyncapi import description
from services.edge.stream.frames import NAMES, Place, ShownFact, frame_of
from tests.asyncapi_messages import fits

DOCUMENT = description()
AT = "2026-11-24T09:30:00Z"
PROSPECT = PublicProspect(
    id="p1-1", campaign_id="c-1", name="Ada", company="Imaginaire", status="failed",
    found_at=datetime(2026, 11, 24, tzinfo=UTC),
)  # fmt: skip


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(reference := part.get("$ref"), str):
            yield reference
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def test_every_reference_leads_somewhere() -> None:
    for reference in set(references(DOCUMENT)):
        root, *path = reference.split("/")
        assert root == "#"
        reduce(lambda part, name: part[name], path, DOCUMENT)


def test_every_message_is_a_valid_schema_that_says_what_is_required() -> None:
    for name, message in DOCUMENT["components"]["messages"].items():
        Draft202012Validator.check_schema(message["payload"])
        assert "type" in message["payload"]["required"], name
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_frame_and_every_signal_is_described() -> None:
    assert set(DOCUMENT["components"]["messages"]) >= NAMES | {"READY", "RESET", "SUBSCRIBE"}


@pytest.mark.parametrize(
    "fact",
    [
        ProspectFailed(prospect=PROSPECT, code="failure.model", params={"reason": "?"}),
        ProspectErased(),
        ProspectMerged(into="p1-2"),
    ],
)
def test_a_prospect_without_a_score_fits_its_description(fact: ShownFact) -> None:
    frame = frame_of(fact, Place("c-1", "p1-1", "fr"))
    assert frame is not None
    fits({"type": frame.type, "payload": frame.payload, "cursor": "x", "at": AT})


def test_what_lacks_a_part_does_not_fit() -> None:
    with pytest.raises(ValidationError):
        fits({"type": "READY", "payload": {"cursor": "x"}, "cursor": "x", "at": AT})
