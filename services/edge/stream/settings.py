"""What an operator may tune of the event stream."""

import os
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamSettings:
    """Bounds and paces; seconds and bytes unless said otherwise."""

    per_user: int = 50
    """Connections that one account may hold; more are closed with 4429."""
    queue_bytes: int = 1024 * 1024
    """What may wait for one slow connection before it is evicted with 4409."""
    ring_items: int = 20_000
    ring_bytes: int = 128 * 1024 * 1024
    preload: int = 5_000
    """Positions of the log that are read at the start, for those who come back at once."""
    heartbeat: int = 25
    silence: float = 75
    """A WebSocket that answered no ping for so long is gone."""
    auth_within: float = 10
    expiry_warning: float = 60
    stalled: float = 30
    """A connection that takes nothing for so long is given up."""
    settling: float = 0.2
    """How long a new WebSocket may take to say `SUBSCRIBE` before facts flow."""
    hold_s: float = 1.5
    """How long a fact that a command caused waits at most for the command's answer to leave."""
    after_answer_s: float = 0.05
    """How long it waits from then on: an answer has another way to the browser."""
    attempts: int = 500
    """Connections without good credentials that one address may open at once, and a tenth of that
    a second; behind a proxy many people share one."""
    drain: int = 1
    """How long a process that stops answers 503 on `/readyz` before it refuses connections, and
    sends its browsers away one after the other, so that they don't all come back at once."""

    @classmethod
    def from_env(cls) -> Self:
        """`FILON_STREAM_PER_USER`, `FILON_STREAM_QUEUE_BYTES`, `FILON_STREAM_RING_ITEMS`,
        `FILON_STREAM_RING_BYTES`, `FILON_STREAM_DRAIN`."""
        chosen = {
            name: int(value)
            for name in ("per_user", "queue_bytes", "ring_items", "ring_bytes", "drain")
            if (value := os.environ.get(f"FILON_STREAM_{name.upper()}"))
        }
        return cls(**chosen)
