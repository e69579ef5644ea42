"""Reading the log up to a sequence that is known, without a consumer on the server.

The server refuses a stream's 1,001st consumer, to everybody: only who follows for long has one.
Batched direct gets are answered by any replica; where one ends too early, the leader says what
comes next, so that nothing is left out.
"""

from collections.abc import AsyncGenerator, Sequence

from services.log.jetstream.connection import NatsConnection
from services.log.jetstream.current import CurrentReader
from services.log.jetstream.message import Message, MessagePage
from services.log.jetstream.reader import DirectReader, matches


async def read(
    nc: NatsConnection, stream: str, after: int, filters: Sequence[str], until: int
) -> AsyncGenerator[MessagePage, None]:
    """All that fits a filter after `after` and up to `until`, which the log has reached; the last
    page's position is `until`. Raises `Unavailable`."""
    pattern = _covering(filters)
    replicas, leader = DirectReader(nc, stream), CurrentReader(nc, stream)
    position = after
    while position < until:
        async for page in replicas.pages(pattern, position):
            within = [message for message in page if message.sequence <= until]
            if within:
                position = within[-1].sequence
                yield MessagePage(_only(within, filters), position)
            if len(within) < len(page):
                break
        following = await leader.next(pattern, position)
        if following is None or following.sequence > until:
            yield MessagePage([], until)
            return
        position = following.sequence
        yield MessagePage(_only([following], filters), position)


def _only(messages: list[Message], filters: Sequence[str]) -> list[Message]:
    if len(filters) == 1:
        return messages
    return [m for m in messages if any(matches(each, m.subject) for each in filters)]


def _covering(filters: Sequence[str]) -> str:
    """One pattern that lets through whatever one of them does."""
    first, *others = [each.split(".") for each in filters]
    if any(len(other) != len(first) for other in others):
        return ">"
    return ".".join(
        token if all(other[i] == token for other in others) else ">" if token == ">" else "*"
        for i, token in enumerate(first)
    )
