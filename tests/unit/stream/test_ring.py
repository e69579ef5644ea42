"""The ring: everything after its floor, within its bounds."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from events.agent import ActivityReported
from events.fact import Event
from events.subjects import activity_address
from services.edge.stream.ring import EVENT_BYTES, Bounds, Item, Ring

ORGS = ("acme", "globex", "initech")


def item(org: str, sequence: int) -> Item:
    id = uuid4()
    event = Event(
        originator_id=str(activity_address(org, "c-1", "qualifier-c-1")),
        originator_version=0,
        fact=ActivityReported(code="activity.scored", params={"score": "1"}, status="running"),
        id=id,
        at=datetime(2026, 11, 24, tzinfo=UTC),
        command_id=id,
        correlation_id=id,
        causation_id=id,
        sequence=sequence,
    )
    made = Item.of(event, "epoch")
    assert made is not None
    return made


def pages(ring: Ring, org: str, after: int, size: int) -> Iterator[Item]:
    while page := ring.after(org, after, size):
        yield from page
        after = page[-1].sequence


@given(
    st.lists(st.tuples(st.sampled_from(ORGS), st.integers(1, 5)), max_size=120),
    st.integers(1, 40),
    st.integers(1, 7),
    st.integers(0, 300),
)
def test_it_holds_everything_after_its_floor_and_nothing_else(
    arriving: list[tuple[str, int]], most: int, page: int, behind: int
) -> None:
    ring = Ring(0, Bounds(items=most))
    told: list[tuple[str, int]] = []
    sequence = 0
    for org, step in arriving:
        sequence += step
        ring.add(item(org, sequence))
        told.append((org, sequence))
    after = max(ring.floor, sequence - behind)
    for org in ORGS:
        expected = [at for whose, at in told if whose == org and at > after]
        assert [each.sequence for each in pages(ring, org, after, page)] == expected
    assert sum(at > ring.floor for _, at in told) == min(most, len(told))


def test_it_is_bounded_in_bytes() -> None:
    ring = Ring(0, Bounds(items=1000, bytes=10 * EVENT_BYTES))
    for sequence in range(1, 101):
        ring.add(item("acme", sequence))
    assert 90 <= ring.floor < 100


def test_a_fact_is_put_into_words_once_for_each_language() -> None:
    one = item("acme", 1)
    assert one.text("fr") is one.text("fr")
    assert b"Scored a prospect" in one.text("en").json
    assert "A noté un prospect".encode() in one.text("fr").json
    assert one.text("fr").cursor == one.text("en").cursor
