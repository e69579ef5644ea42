"""What became of an append whose acknowledgement was lost, or that the server refused."""

from services.log.errors import Conflict
from services.log.jetstream.api import Answer, get_from_leader
from services.log.jetstream.append import Append, is_refusal
from services.log.jetstream.connection import NatsConnection


async def read_back(nc: NatsConnection, stream: str, append: Append, answer: Answer) -> int | None:
    """Where this very command was stored before its acknowledgement was lost, or earlier still.

    Raises `Conflict` when somebody else's message is where one of its own would be, and none of
    its own is anywhere (of what it appended some may be erased since); with none there, the
    write that it met is still under way, or it was refused for another reason.
    """
    foreign = False
    for index, expected in append.expectations.items():
        ask = {"next_by_subj": expected.pattern, "seq": expected.sequence + 1}
        found = await get_from_leader(nc, stream, ask)
        if found is not None and found.id == append.drafts[index].id:
            return found.sequence - index
        foreign = foreign or found is not None
    if foreign and is_refusal(answer):
        raise Conflict(Conflict.__doc__)
    return None
