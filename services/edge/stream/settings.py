"""What an operator may tune of the event stream."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.settings import About, Settings

Positive = Annotated[int, Field(ge=1)]


class StreamSettings(Settings):
    """Bounds and paces; seconds and bytes unless said otherwise."""

    model_config = SettingsConfigDict(env_prefix="FILON_STREAM_")

    per_user: Annotated[
        Positive,
        About(
            "connections that one account may hold; more are closed with 4429",
            expects="setting.a-whole-number",
        ),
    ] = 50
    queue_bytes: Annotated[
        Positive,
        About(
            "bytes that may wait for one slow connection before it is closed with 4409",
            expects="setting.a-whole-number",
            default="`1048576` (1 MiB)",
        ),
    ] = 1024 * 1024
    ring_items: Annotated[
        Positive,
        About("facts kept at hand for those who come back", expects="setting.a-whole-number"),
    ] = 20_000
    ring_bytes: Annotated[
        Positive,
        About(
            "and the bytes that they may take",
            expects="setting.a-whole-number",
            default="`134217728` (128 MiB)",
        ),
    ] = 128 * 1024 * 1024
    drain: Annotated[
        int,
        Field(ge=0, le=3600),
        About(
            "seconds in which an edge that stops answers 503 on `/readyz` and sends its browsers "
            "away one after the other: as long as your load balancer takes to notice",
            expects="setting.seconds",
        ),
    ] = 1

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
