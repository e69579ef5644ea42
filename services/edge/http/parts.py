"""What one edge process holds; made when it starts, handed to each call that asks for it."""

from dataclasses import dataclass
from typing import Annotated, Protocol

from fastapi import Depends
from sqlalchemy import Engine
from starlette.requests import Request

from projections.queries import ReadModels
from services.accounts import Accounts, Sessions
from services.accounts.hashing import HashingPool
from services.accounts.throttle import Throttle
from services.edge.http.consistency import Consistency
from services.edge.http.under_way import CommandsUnderWay
from services.edge.settings import EdgeSettings
from services.log import Log
from services.prospecting.identity import Identity


class StreamHealth(Protocol):
    """What HTTP asks of the event stream's hub, which it does not import."""

    draining: bool
    """Whether browsers are being sent to another edge."""
    stuck: bool
    """Whether the log holds a fact that this edge can't read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of an edge; `app.state.parts` is the one of this process."""

    settings: EdgeSettings
    log: Log
    engine: Engine
    """The SQL database: accounts, kept answers, read models."""
    read_models: ReadModels
    consistency: Consistency
    accounts: Accounts
    sessions: Sessions
    throttle: Throttle
    hashing: HashingPool
    identity: Identity
    """The key that names prospects."""
    under_way: CommandsUnderWay
    hub: StreamHealth


def parts_of(request: Request) -> Parts:
    """Those of the process that serves this request."""
    parts: Parts = request.app.state.parts
    return parts


EdgeParts = Annotated[Parts, Depends(parts_of)]
"""As a parameter of a route or of another dependency."""
