"""What operators ask of the process: is it alive, may it be sent work, how does it do."""

import asyncio
from typing import Literal

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from events.fact import Value
from services.edge.http.consistency import ReadModelProgress
from services.edge.http.problems import Problem
from services.edge.http.responses import problems
from services.log import Log

router = APIRouter(tags=["operation"])
BEHIND = 5.0
"""Seconds that the read models may take to catch up with where the log was."""


class Alive(Value):
    status: Literal["ok"] = "ok"


class Ready(Value):
    status: Literal["ready"] = "ready"


@router.get("/healthz")
async def alive() -> Alive:
    """The process answers."""
    return Alive()


@router.get("/readyz", responses=problems(503))
async def ready(request: Request) -> Ready:
    """NATS answers, every fact can be read, and the read models hold what the log held a moment
    ago."""
    state = request.app.state
    if state.hub.draining:
        raise Problem(503, "Draining", headers={"Retry-After": "2"})
    if state.hub.stuck:
        raise Problem(503, "StreamStopped", headers={"Retry-After": "5"})
    log: Log = state.log
    positions: ReadModelProgress = state.positions
    async with asyncio.timeout(BEHIND):
        head = await log.head()
    if head.epoch != positions.epoch or not await positions.reached(head.last, 1.5):
        raise Problem(503, "ReadModelsBehind", headers={"Retry-After": "1"})
    if not positions.known:
        raise Problem(503, "ReadModelsUnavailable", headers={"Retry-After": "1"})
    return Ready()


@router.get("/metrics", include_in_schema=False)
async def metrics() -> Response:
    """For Prometheus."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
