"""Messages of the log that are no facts of Filon's: passed over, counted, and named.

Whatever can write to the stream can leave what nobody can ever read: without the headers of a fact,
under a subject that belongs to none, with numbers that no database takes. That must not stop those
whom it does not concern. What a *newer* Filon wrote is another thing: it is skipped only by
explicit word (`filon log quarantine`), since read models without it would be wrong.
"""

import json
import logging
import math
import re
from collections import OrderedDict
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple, get_args

from events.agent import AgentFact, Narration
from events.campaign import CampaignFact
from events.catalogue import UnknownFact
from events.fact import Event
from events.prospect import ProspectFact
from events.subjects import NARRATED, parse_subject
from services.log.cloudevents import event_of
from services.log.jetstream.message import Message

_log = logging.getLogger(__name__)

_REMEMBERED = 1000
_LARGEST = 2**63 - 1
"""What a database takes."""
_SUSPICIOUS = re.compile(rb"[0-9]{17}|[0-9][eE][+-]?[0-9]{2}|NaN|Infinity")
_OF = {
    "campaign": get_args(CampaignFact),
    "agent": get_args(AgentFact),
    "prospect": get_args(ProspectFact),
    **dict.fromkeys(NARRATED, get_args(Narration)),
}


class Unreadable(NamedTuple):
    """Where it is and what is wrong, without a word of its content."""

    sequence: int
    subject: str
    why: str


class Malformed(ValueError):
    """It is no fact of Filon's."""


class Quarantine:
    """What one reader of the log passed over; the newest thousand are remembered."""

    def __init__(self) -> None:
        self.count = 0
        self._found: OrderedDict[int, Unreadable] = OrderedDict()

    def __iter__(self) -> Iterator[Unreadable]:
        return iter([*self._found.values()])

    def readable(self, messages: Iterable[Message], passed_over: Container[int]) -> list[Event]:
        """The events among them; raises `UnknownFact` for what a newer Filon wrote and nobody gave
        word to pass over."""
        events: list[Event] = []
        for message in messages:
            try:
                events.append(_checked(message))
            except UnknownFact:
                if message.sequence not in passed_over:
                    raise
                self._note(message, "newer")
            except (LookupError, ValueError, TypeError, OverflowError) as error:
                self._note(message, type(error).__name__)
        return events

    def _note(self, message: Message, why: str) -> None:
        if message.sequence in self._found:
            return
        self.count += 1
        self._found[message.sequence] = Unreadable(message.sequence, message.subject, why)
        if len(self._found) > _REMEMBERED:
            self._found.popitem(last=False)
        _log.warning(
            "log.unreadable sequence=%s subject=%s why=%s", message.sequence, message.subject, why
        )


def _checked(message: Message) -> Event:
    """Raises `UnknownFact`, or any of what parsing raises for what is malformed."""
    address, name = parse_subject(message.subject)
    event = event_of(message)
    if not isinstance(event.fact, _OF[address.kind]) or type(event.fact).__name__ != name:
        raise Malformed(name)
    if not 0 <= event.originator_version <= _LARGEST or event.at.tzinfo is None:
        raise Malformed(name)
    if _SUSPICIOUS.search(message.data):
        _check_numbers(json.loads(message.data))
    return event


def _check_numbers(value: object) -> None:
    match value:
        case dict():
            for each in value.values():
                _check_numbers(each)
        case list():
            for each in value:
                _check_numbers(each)
        case int() if abs(value) > _LARGEST:
            raise Malformed
        case float() if not math.isfinite(value):
            raise Malformed
        case _:
            pass
