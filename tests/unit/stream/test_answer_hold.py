"""What a command caused waits for its answer, and what follows it in its organisation waits too."""

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4

from events.agent import ActivityReported
from events.campaign import CampaignPaused
from events.fact import Fact
from events.subjects import campaign_address
from services.edge.stream.fanout.answer_hold import AnswerHold
from services.edge.stream.fanout.replay_buffer import Item
from tests.events import event_at

NEVER_S = 3600.0
NARRATED = ActivityReported(code="activity.scored", params={"score": "1"}, status="running")


class Told:
    """What the hold lets go, by sequence."""

    def __init__(self, bound_s: float = NEVER_S) -> None:
        self.sequences: list[int] = []
        self.hold = AnswerHold(self._take, bound_s, 0.0)

    def read(self, *items: Item) -> None:
        self._take(self.hold.pass_on(items))

    def _take(self, items: Sequence[Item]) -> None:
        self.sequences += [item.sequence for item in items]


def caused(sequence: int, command: UUID, org: str = "acme") -> Item:
    return _item(org, sequence, CampaignPaused(), command, causation=command)


def narrated(sequence: int, org: str = "acme") -> Item:
    return _item(org, sequence, NARRATED, uuid4(), causation=uuid4())


def _item(org: str, sequence: int, fact: Fact, command: UUID, causation: UUID) -> Item:
    address = campaign_address(org, "c-1")
    made = Item.of(event_at(address, sequence, fact, command, causation), "epoch")
    assert made is not None
    return made


async def test_what_follows_in_the_organisation_waits_and_nobody_else_does() -> None:
    told, command = Told(), uuid4()
    told.read(narrated(1), caused(2, command), narrated(3), narrated(4, "globex"))
    assert told.sequences == [1, 4]
    assert (told.hold.first("acme"), told.hold.first("globex")) == (2, None)
    told.hold.answered("acme", command)
    assert told.sequences == [1, 4, 2, 3]
    assert told.hold.first("acme") is None


async def test_all_goes_up_to_the_next_command_that_is_not_answered() -> None:
    told, first, second = Told(), uuid4(), uuid4()
    told.read(caused(1, first), narrated(2), caused(3, second), narrated(4))
    told.hold.answered("acme", second)
    assert told.sequences == []
    told.hold.answered("acme", first)
    assert told.sequences == [1, 2, 3, 4]
    assert told.hold.first("acme") is None


async def test_an_answer_that_left_before_its_facts_were_read_holds_nothing() -> None:
    told, command = Told(), uuid4()
    told.hold.answered("acme", command)
    told.read(caused(1, command), narrated(2))
    assert told.sequences == [1, 2]


async def test_what_agents_do_is_never_held_by_itself() -> None:
    told = Told()
    told.read(*(narrated(sequence) for sequence in range(1, 100)))
    assert told.sequences == [*range(1, 100)]


async def test_an_answer_that_never_comes_is_not_waited_for_without_end() -> None:
    told = Told(bound_s=0.01)
    told.read(caused(1, uuid4()), narrated(2))
    while told.sequences != [1, 2]:  # noqa: ASYNC110  # a timer has no event to wait on
        await asyncio.sleep(0)


async def test_what_the_replay_buffer_drops_is_let_go() -> None:
    told = Told()
    told.read(caused(5, uuid4()), narrated(6))
    told.hold.keep_above(4)
    assert told.sequences == []
    told.hold.keep_above(5)
    assert told.sequences == [5, 6]


async def test_what_waits_is_forgotten_when_the_log_is_another_one() -> None:
    told = Told()
    told.read(caused(1, uuid4()))
    told.hold.clear()
    told.read(narrated(2))
    assert told.sequences == [2]
