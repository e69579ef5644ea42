"""The ring: everything after its floor, within its bounds."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from events.agent import ActivityReported
from events.fact import Event, Fact
from events.prospect import ProspectErased, ProspectFailed, PublicProspect
from events.subjects import Address, activity_address, prospect_address
from services.edge.stream.fanout.replay_buffer import ITEM_BYTES, Bounds, Item, ReplayBuffer
from services.edge.stream.fanout.subscriptions import Interest
from services.edge.stream.wire.encoding import Transport

ORGS = ("acme", "globex", "initech")


def item(org: str, sequence: int) -> Item:
    scored = ActivityReported(code="activity.scored", params={"score": "1"}, status="running")
    return of_fact(activity_address(org, "c-1", "qualifier-c-1"), sequence, scored)


def of_fact(address: Address, sequence: int, fact: Fact) -> Item:
    id = uuid4()
    event = Event(
        originator_id=str(address),
        originator_version=0,
        fact=fact,
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


def pages(ring: ReplayBuffer, org: str, after: int, size: int) -> Iterator[Item]:
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
    ring = ReplayBuffer(0, Bounds(items=most))
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
    ring = ReplayBuffer(0, Bounds(items=1000, bytes=10 * ITEM_BYTES))
    for sequence in range(1, 101):
        ring.add(item("acme", sequence))
    assert 90 <= ring.floor < 100


def test_a_fact_is_put_into_words_once_for_each_language() -> None:
    one = item("acme", 1)
    assert one.text("fr").json is one.text("fr").json
    assert b"Scored a prospect" in one.text("en").json
    assert "A noté un prospect".encode() in one.text("fr").json
    assert one.text("fr").cursor == one.text("en").cursor


def test_what_told_of_an_erased_prospect_is_told_to_nobody_any_more() -> None:
    ring = ReplayBuffer(0, Bounds())
    for sequence, id in enumerate(("p1-a", "p1-b"), 1):
        ring.add(of_fact(prospect_address("acme", "c-1", id), sequence, failed(id)))
    ring.add(of_fact(prospect_address("acme", "c-1", "p1-a"), 3, ProspectErased()))
    everything = Interest("acme", None, None, "fr", Transport.WEBSOCKET)
    told = [i.sequence for i in ring.after("acme", 0, 10) if everything.wants(i)]
    assert told == [2, 3]


def failed(id: str) -> ProspectFailed:
    shown = PublicProspect(
        id=id, campaign_id="c-1", name="Ada", company="Imaginaire", status="failed",
        found_at=datetime(2026, 11, 24, tzinfo=UTC),
    )  # fmt: skip
    return ProspectFailed(code="model.failed", prospect=shown)
