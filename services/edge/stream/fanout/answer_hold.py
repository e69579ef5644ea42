"""Facts that a command caused wait for its answer: who awaits the answer subscribes only then.

Holding one fact holds what follows it in its organisation, so that order and cursors stay true.
All edges hear when the answer has left, by a signal; where none comes, a bound ends the waiting.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from uuid import UUID

from services.edge.stream.fanout.replay_buffer import Item

_REMEMBERED = 10_000
"""Commands of which is known when their facts may go: an answer may leave before they are read."""


class AnswerHold:
    """What waits, by organisation; the first that waits of each was caused by a command."""

    def __init__(
        self, release: Callable[[Sequence[Item]], None], bound_s: float, after_answer_s: float
    ) -> None:
        self._release = release
        self._bound_s, self.after_answer_s = bound_s, after_answer_s
        self._waiting: dict[str, deque[Item]] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._due: OrderedDict[UUID, float] = OrderedDict()
        """Loop time from which a command's facts may be handed out."""

    def pass_on(self, items: Sequence[Item]) -> Sequence[Item]:
        """Those that need not wait; the others are released later."""
        if not self._waiting and all(item.command is None for item in items):
            return items
        return [item for item in items if not self._waits(item)]

    def first(self, org: str) -> int | None:
        """The sequence of the organisation's first fact that waits."""
        waiting = self._waiting.get(org)
        return waiting[0].sequence if waiting else None

    def answered(self, org: str, command: UUID) -> None:
        """The command's answer has left."""
        due = _now() + self.after_answer_s
        self._note(command, min(due, self._due.get(command, due)))
        if org in self._waiting:
            self._let_go(org)

    def keep_above(self, floor: int) -> None:
        """Releases what the replay buffer has dropped: who resumes could not be told of it."""
        for org, waiting in tuple(self._waiting.items()):
            if waiting[0].sequence <= floor:
                self._take(org, len(waiting))

    def clear(self) -> None:
        """Forgets what waits."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._waiting.clear()

    def _waits(self, item: Item) -> bool:
        """Takes what must wait."""
        if item.command is not None and item.command not in self._due:
            self._note(item.command, _now() + self._bound_s)
        if item.org in self._waiting:
            self._waiting[item.org].append(item)
            return True
        if item.command is None or self._due[item.command] <= _now():
            return False
        self._waiting[item.org] = deque([item])
        self._timers[item.org] = _at(self._due[item.command], self._let_go, item.org)
        return True

    def _note(self, command: UUID, due: float) -> None:
        self._due[command] = due
        if len(self._due) > _REMEMBERED:
            self._due.popitem(last=False)

    def _let_go(self, org: str) -> None:
        """Releases all before the next one whose command is not answered."""
        waiting, now = self._waiting[org], _now()
        count, due = len(waiting), 0.0
        for index, item in enumerate(waiting):
            due = self._due.get(item.command, 0.0) if item.command else 0.0
            if due > now:
                count = index
                break
        self._take(org, count)
        if org in self._waiting:
            self._timers[org] = _at(due, self._let_go, org)

    def _take(self, org: str, count: int) -> None:
        self._timers.pop(org).cancel()
        waiting = self._waiting[org]
        items = [waiting.popleft() for _ in range(count)]
        if not waiting:
            del self._waiting[org]
        self._release(items)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _at(when: float, call: Callable[[str], None], org: str) -> asyncio.TimerHandle:
    return asyncio.get_running_loop().call_at(when, call, org)
