"""The same work with nats-py alone: the same messages, ready-made, and nothing checked after."""

import asyncio
import json
from collections.abc import Sequence
from itertools import count

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg

from events.fact import Event
from services.log.cloudevents import pattern_of, to_draft

Prepared = tuple[str, bytes, dict[str, str]]


def prepared(event: Event, *, first: bool = True) -> Prepared:
    """Subject, data and headers, with the expectation that the first of an aggregate carries."""
    draft = to_draft(event)
    headers = dict(line.split(": ", 1) for line in draft.headers.split("\r\n") if line)
    if first:
        headers["Nats-Expected-Last-Subject-Sequence"] = str(event.originator_version - 1)
        headers["Nats-Expected-Last-Subject-Sequence-Subject"] = pattern_of(event.originator_id)
    return draft.subject, draft.data, headers


class Raw:
    """A nats-py client as its documentation shows it."""

    def __init__(self, nc: Client) -> None:
        self._nc = nc
        self._number = count()
        self._replies: asyncio.Queue[Msg] = asyncio.Queue()

    @classmethod
    async def connect(cls, url: str) -> "Raw":
        raw = cls(await nats.connect(url))
        await raw._nc.subscribe("raw.reply", cb=raw._replies.put)
        return raw

    async def close(self) -> None:
        await self._nc.close()

    async def append(self, message: Prepared) -> None:
        subject, data, headers = message
        answer = await self._nc.request(subject, data, timeout=10, headers=headers)
        assert "seq" in json.loads(answer.data), answer.data

    async def append_batch(self, messages: Sequence[Prepared]) -> None:
        batch = f"raw-{next(self._number)}"
        for number, (subject, data, headers) in enumerate(messages, 1):
            headers = headers | {"Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(number)}
            if number < len(messages):
                await self._nc.publish(subject, data, headers=headers)
        headers["Nats-Batch-Commit"] = "1"
        answer = await self._nc.request(subject, data, timeout=10, headers=headers)
        assert json.loads(answer.data).get("count") == len(messages), answer.data

    async def load(self, pattern: str, size: int) -> int:
        """Batched direct get; how many messages came."""
        ask = {"next_by_subj": pattern, "seq": 1, "batch": size}
        subject = "$JS.API.DIRECT.GET.FILON"
        await self._nc.publish(subject, json.dumps(ask).encode(), reply="raw.reply")
        came = 0
        while "Status" not in ((await self._replies.get()).headers or {}):
            came += 1
        return came

    async def read(self, last: int) -> int:
        """Ordered push consumer; how many messages came up to sequence `last`."""
        came, ended = 0, asyncio.Event()

        async def take(message: Msg) -> None:
            nonlocal came
            came += 1
            if came == last:
                ended.set()

        subscription = await self._nc.jetstream().subscribe(
            "filon.>",
            stream="FILON",
            ordered_consumer=True,
            cb=take,
            pending_msgs_limit=-1,
            pending_bytes_limit=-1,
        )
        await asyncio.wait_for(ended.wait(), 300)
        await subscription.unsubscribe()
        return came
