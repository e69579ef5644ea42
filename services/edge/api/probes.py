"""What operators ask of the process: is it alive, may it be sent work, how does it do."""

import asyncio
from typing import Literal

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response

from events.fact import Value
from services.edge.http.consistency import behind
from services.edge.http.parts import EdgeParts
from services.edge.http.problems import Problem
from services.edge.http.responses import problems

router = APIRouter(tags=["operation"])
LOG_ANSWERS_WITHIN_S = 5.0
READ_MODELS_FOLLOW_WITHIN_S = 1.5
"""The read models may be so far behind where the log was when it was asked."""


class Alive(Value):
    status: Literal["ok"] = "ok"


class Ready(Value):
    status: Literal["ready"] = "ready"


@router.get("/healthz")
async def get_health() -> Alive:
    """The process answers."""
    return Alive()


@router.get("/readyz", responses=problems(503))
async def get_readiness(parts: EdgeParts) -> Ready:
    """NATS answers, every fact can be read, and the read models hold what the log held a moment
    ago. Raises `Problem` 503, `Unavailable`."""
    if parts.hub.draining:
        raise Problem(503, "Draining", headers={"Retry-After": "2"})
    if parts.hub.stuck:
        raise Problem(503, "StreamStopped", headers={"Retry-After": "5"})
    consistency = parts.consistency
    async with asyncio.timeout(LOG_ANSWERS_WITHIN_S):
        head = await parts.log.head()
    if head.epoch != consistency.epoch:
        raise behind()
    if not await consistency.reached(head.last, READ_MODELS_FOLLOW_WITHIN_S):
        raise behind()
    if not consistency.known:
        raise Problem(503, "ReadModelsUnavailable", headers={"Retry-After": "1"})
    return Ready()


@router.get("/metrics", include_in_schema=False)
async def metrics() -> Response:
    """For Prometheus."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
