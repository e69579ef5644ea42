"""One request to the company search, repeated until it is answered or that is hopeless."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from pydantic import ValidationError

from services.sources.companies.breaker import Breaker
from services.sources.companies.schema import Answer, Refusal
from services.sources.source import SourceFailed, SourceRejected

_ATTEMPTS = 4
LONGEST_SAID_CHARS = 300
_LONGEST_WAIT = 60.0
"""Seconds; whoever asks for more patience is left alone until then."""


@dataclass(frozen=True, slots=True)
class _Again:
    reason: str
    after: float | None = None


class SearchApi:
    """Calls `GET /search`, paced by `take_slot`."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        take_slot: Callable[[], Awaitable[None]],
        breaker: Breaker,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._http = http
        self._take_slot = take_slot
        self._breaker = breaker
        self._sleep = sleep

    async def close(self) -> None:
        await self._http.aclose()

    async def search(self, params: Mapping[str, str]) -> Answer:
        """Raises SourceFailed, once this question failed; others' failures are waited out."""
        attempt = 1
        while True:
            await self._wait_for_turn()
            await self._take_slot()
            outcome = await self._ask(params)
            if isinstance(outcome, Answer):
                self._breaker.succeeded()
                return outcome
            wait = outcome.after if outcome.after is not None else _backoff(attempt)
            if attempt == _ATTEMPTS or wait > _LONGEST_WAIT:
                raise SourceFailed(outcome.reason, wait)
            await self._sleep(wait)
            attempt += 1

    async def _wait_for_turn(self) -> None:
        """What kept failing failed others: whoever comes meanwhile waits, and has not failed."""
        while wait := self._breaker.turn_in():
            await self._sleep(wait)

    async def _ask(self, params: Mapping[str, str]) -> Answer | _Again:
        try:
            response = await self._http.get("/search", params=params)
        except httpx.TransportError as error:
            self._breaker.failed()
            return _Again(type(error).__name__)
        if response.status_code == 429:
            return _Again("HTTP 429", _retry_after(response))
        if response.status_code >= 500:
            self._breaker.failed()
            return _Again(f"HTTP {response.status_code}", _retry_after(response))
        if response.status_code >= 400:
            raise SourceRejected(_said(response))
        return self._answer(response)

    def _answer(self, response: httpx.Response) -> Answer | _Again:
        try:
            return Answer.model_validate_json(response.content)
        except ValidationError:
            self._breaker.failed()
            return _Again("an answer of another shape")


def _said(response: httpx.Response) -> str:
    """The service's own words, without the hundreds of values that it lists after them."""
    try:
        text = Refusal.model_validate_json(response.content).erreur
    except ValidationError:
        return f"HTTP {response.status_code}"
    return text.partition(" Les valeurs valides")[0][:LONGEST_SAID_CHARS]


def _backoff(attempt: int) -> float:
    """Seconds: half, one, two…, spread so that workers do not come back all at once."""
    return float(2 ** (attempt - 2)) * random.uniform(0.8, 1.2)


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds or a date (RFC 9110, 10.2.3)."""
    text = response.headers.get("Retry-After", "")
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
