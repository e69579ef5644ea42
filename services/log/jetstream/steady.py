"""nats-py's client, where it gives up, waits for ever, or says nothing."""

import asyncio
from typing import Any

from nats.aio.client import Client
from nats.errors import Error
from nats.errors import TimeoutError as NatsTimeout

from services.log.errors import CredentialsRefused
from services.log.jetstream.waiting import FIRST_WORD_S, Waiting
from services.settings.nats import addresses, without_password

_PING_EVERY_S = 3
"""A server that leaves two pings unanswered counts as lost."""
_CLOSE_S = 2.0
"""Seconds that a server has to take what was sent last."""
_REFUSED = ("authorization", "authentication")


class SteadyClient(Client):
    """Connects, and connects anew, for as long as it is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.trouble = "no server has answered yet"
        """Why it is not connected, in the words of whoever refused; holds no credentials."""

    async def open(self, url: str, name: str) -> None:
        """Connects and keeps reconnecting for ever; the first time it waits for the server too, and
        says why after a second and then every 30. Raises `CredentialsRefused`."""
        connecting = asyncio.create_task(self._keep_connecting(addresses(url), name))
        waiting = Waiting(f"nats.waiting servers={without_password(url)}")
        try:
            while not (await asyncio.wait([connecting], timeout=FIRST_WORD_S))[0]:
                waiting.because(self.trouble)
                if self.refused:
                    raise CredentialsRefused(f"{CredentialsRefused.__doc__} ({self.trouble})")
            await connecting
            self.trouble = ""
        finally:
            connecting.cancel()

    async def _keep_connecting(self, servers: list[str], name: str) -> None:
        while True:
            try:
                return await self.connect(
                    servers,
                    name=name,
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=0.1,  # type: ignore[arg-type]  # seconds; typed int, slept as float
                    ping_interval=_PING_EVERY_S,
                    connect_timeout=2,
                    error_cb=self._note,
                    disconnected_cb=self._give_up,
                    reconnected_cb=self._back,
                )
            except (OSError, NatsTimeout, TimeoutError) as error:
                await self._note(error)
                await asyncio.sleep(0.2)

    @property
    def refused(self) -> bool:
        """Whether the server lets these credentials in no more."""
        return not self.is_connected and any(word in self.trouble.lower() for word in _REFUSED)

    async def close(self) -> None:
        """Waits for no server that hangs, and for none that has just gone."""
        try:
            async with asyncio.timeout(_CLOSE_S):
                await super().close()
        except OSError:  # a `TimeoutError` is one
            self._cut()

    async def _process_err(self, err_msg: str) -> None:
        """nats-py closes a connection for good at nearly every `-ERR`; the server means this one
        connection, and takes another where its reason has gone."""
        await self._note(Error(f"nats: {err_msg}"))
        if "permissions violation" not in err_msg.lower():
            await self._process_op_err(Error(err_msg))

    async def _process_op_err(self, e: Exception) -> None:
        """Before nats-py connects anew: it would wait until a server that hangs takes what was
        sent last."""
        await self._note(e)
        if not (self.is_closed or self.is_reconnecting):
            self._cut()
        await super()._process_op_err(e)

    async def _flush_pending(self, force_flush: bool = False) -> Any:
        """nats-py swallows a cancellation here, and who set a limit in time would wait on."""
        task = asyncio.current_task()
        before = task.cancelling() if task else 0
        flushed = await super()._flush_pending(force_flush)
        if task and task.cancelling() > before:
            raise asyncio.CancelledError
        return flushed

    def _cut(self) -> None:
        writer = getattr(self._transport, "_io_writer", None)  # a WebSocket has none
        if writer is not None:
            writer.transport.abort()

    async def _note(self, error: Exception) -> None:
        """A lost connection comes back by itself; requests that it cost fail on their own."""
        self.trouble = str(error) or type(error).__name__

    async def _back(self) -> None:
        self.trouble = ""

    async def _give_up(self) -> None:
        """The connection was lost."""
