"""What becomes of a piece of work: done, tried again later, or given up where everybody sees it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from faststream import BaseMiddleware
from faststream.nats import NatsMessage
from opentelemetry.trace import StatusCode, get_current_span

from events.fact import Event
from services.agents.crews.running import ModelFailed
from services.agents.outages import AWAY
from services.agents.roles.role import NotNow, Role, WorkFailure
from services.agents.settings import WorkSettings
from services.agents.sources import SourceUnreadable
from services.agents.telemetry import queue_of
from services.log import to_event
from services.prospecting.errors import Refused

_log = logging.getLogger(__name__)

CRASHES = 50
"""Deliveries beyond the attempts after which the work itself is taken to kill its workers."""
PATIENT_DELIVERIES = 10
"""Deliveries after which a log that is still away is asked less often."""
SOON_S, LATER_S = 1, 10
"""Before the next attempt while the log is away: at first, and after `PATIENT_DELIVERIES`."""


async def decode(message: NatsMessage) -> Event:
    """The event that a queue delivers."""
    raw = message.raw_message
    return to_event(raw.subject, raw.headers or {}, raw.data, raw.metadata.sequence.stream)


class RetryMiddleware(BaseMiddleware[Any, Any]):
    """Acknowledges what is done, and has what failed delivered again after a growing delay.

    After the last attempt the queue's role records the failure, and the message is rejected.
    """

    def __init__(
        self,
        msg: Any,
        /,
        *,
        context: Any,
        settings: WorkSettings,
        roles: Mapping[str, Role],
    ) -> None:
        super().__init__(msg, context=context)
        self._settings = settings
        self._roles = roles

    async def consume_scope(self, call_next: Callable[[Any], Awaitable[Any]], msg: Any) -> Any:
        deliveries = _deliveries(msg)
        async with _signs_of_life(msg, self._settings.heartbeat):
            try:
                if deliveries > self._settings.attempts + CRASHES:
                    await self._end(msg, WorkFailure("failure.unexpected", {"reason": "crash"}))
                else:
                    await call_next(msg)
                    await msg.ack()
            except NotNow:
                await msg.nack(delay=SOON_S)
            except AWAY as error:
                delay = SOON_S if deliveries < PATIENT_DELIVERIES else LATER_S
                await self._again(msg, error, delay)
            except Exception as error:  # noqa: BLE001  # the worker's outermost edge
                await self._failed(msg, error, deliveries)

    async def _failed(self, msg: NatsMessage, error: Exception, deliveries: int) -> None:
        final = _is_final(error)
        if deliveries < self._settings.attempts and not final:
            asked = error.retry_after if isinstance(error, SourceUnreadable) else 0
            delay = max(asked, self._settings.delay(deliveries))
            await self._again(msg, error, delay)
            with suppress(*AWAY, Refused):
                await self._role(msg).tell_retry(await decode(msg), deliveries, delay)
            return
        try:
            await self._end(msg, failure_of(error))
        except (*AWAY, Refused) as trouble:
            await self._again(msg, trouble, self._settings.delays[-1])

    async def _end(self, msg: NatsMessage, failure: WorkFailure) -> None:
        event = await decode(msg)
        _log.warning("work.given-up about=%s code=%s", event.originator_id, failure.code)
        await self._role(msg).give_up(event, failure)
        get_current_span().set_status(StatusCode.ERROR, failure.code)
        await msg.reject()

    def _role(self, msg: NatsMessage) -> Role:
        return self._roles[queue_of(msg)]

    async def _again(self, msg: NatsMessage, error: Exception, delay_s: float) -> None:
        known = isinstance(error, (ModelFailed, SourceUnreadable, *AWAY))
        _log.warning(
            "work.failed subject=%s attempt=%s error=%s again_in=%s",
            msg.raw_message.subject,
            _deliveries(msg),
            type(error).__name__,
            delay_s,
            exc_info=None if known else error,
        )
        # The type alone: a model's or source's words may hold personal data.
        get_current_span().set_status(StatusCode.ERROR, type(error).__name__)
        await msg.nack(delay=delay_s)


def failure_of(error: Exception) -> WorkFailure:
    """The code and parameters that a person is shown."""
    match error:
        case ModelFailed():
            return WorkFailure("failure.model", {"reason": error.reason})
        case SourceUnreadable(said=str(said)):
            params = {"source": error.source, "reason": error.reason, "said": said}
            return WorkFailure("failure.source-refused", params)
        case SourceUnreadable():
            return WorkFailure("failure.source", {"source": error.source, "reason": error.reason})
        case _:
            return WorkFailure("failure.unexpected", {"reason": type(error).__name__})


def _is_final(error: Exception) -> bool:
    """Whether asking again would be answered in the same way."""
    match error:
        case ModelFailed():
            return bool(error.fault.answer)
        case SourceUnreadable():
            return error.said is not None
        case _:
            return False


def _deliveries(msg: NatsMessage) -> int:
    return msg.raw_message.metadata.num_delivered or 1


@asynccontextmanager
async def _signs_of_life(msg: NatsMessage, every_s: float) -> AsyncIterator[None]:
    """The server keeps the work here for as long as it hears of it."""

    async def tell() -> None:
        while True:
            await asyncio.sleep(every_s)
            with suppress(*AWAY):
                await msg.in_progress()

    telling = asyncio.create_task(tell())
    try:
        yield
    finally:
        telling.cancel()
