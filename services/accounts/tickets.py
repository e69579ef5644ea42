"""Single-use tickets for WebSocket URLs, where no header can be set."""

import hashlib
import json
import secrets
import time
from dataclasses import asdict

from sqlalchemy import Engine, delete, insert

from services.accounts.principal import InvalidToken, Principal
from services.accounts.tables import tickets

LIFETIME_S = 30


def issue(engine: Engine, principal: Principal) -> str:
    """A ticket that stands for the principal once, at any edge; only its digest is kept."""
    ticket = secrets.token_urlsafe(24)
    now = time.time()
    row = {
        "digest": _digest(ticket),
        "principal": json.dumps(asdict(principal)),
        "expires_at": now + LIFETIME_S,
    }
    with engine.begin() as connection:
        connection.execute(delete(tickets).where(tickets.c.expires_at < now))
        connection.execute(insert(tickets).values(row))
    return ticket


def redeem(engine: Engine, ticket: str) -> Principal:
    """Raises `InvalidToken` for one that was used, is older than 30 s, or never was.

    One statement takes it: whoever comes second finds nothing.
    """
    taken = (
        delete(tickets)
        .where(tickets.c.digest == _digest(ticket))
        .returning(tickets.c.principal, tickets.c.expires_at)
    )
    with engine.begin() as connection:
        row = connection.execute(taken).one_or_none()
    if row is None:
        raise InvalidToken("invalid")
    if row.expires_at < time.time():
        raise InvalidToken("expired")
    return Principal(**json.loads(row.principal))


def _digest(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()
