"""Up to where the read models hold the log, and whether this is the log that they came from."""

from typing import NamedTuple

from sqlalchemy import Connection, Engine, insert, select

from projections.tables import positions
from projections.versions import make_anew
from services.database import alone
from services.log import Head

NAME = "read-models"
_RESTORED = 2
"""A log of another epoch that is shorter than one part in so many is no restored one."""


class Position(NamedTuple):
    """Up to where the read models hold the log."""

    epoch: str
    sequence: int


class ForeignLog(RuntimeError):
    """The read models hold more than this log does: it was lost, or is another one."""

    def __init__(self, at: Position, head: Head) -> None:
        super().__init__(at, head)
        self.params = {
            "held": f"{at.epoch}/{at.sequence}",
            "found": f"{head.epoch}/{head.last}",
        }
        """Epoch and sequence, of the read models and of the log."""


def position(connection: Connection) -> Position | None:
    """None before the first projector began."""
    row = connection.execute(
        select(positions.c.epoch, positions.c.sequence).where(positions.c.name == NAME)
    ).one_or_none()
    return Position(*row) if row else None


def stored(engine: Engine) -> Position | None:
    """The same, on a connection of its own."""
    with engine.connect() as connection:
        return position(connection)


def begin(engine: Engine, at: Position | None, head: Head) -> Position:
    """Where to go on, given a position that was read *before* the head: from nothing when the log
    has begun a new epoch. Raises `ForeignLog` rather than throw away what this log can't give
    back."""
    if at is None:
        return clear(engine, head.epoch)
    if at.epoch == head.epoch and at.sequence <= head.last:
        return at
    if at.epoch == head.epoch or head.last * _RESTORED < at.sequence:
        raise ForeignLog(at, head)
    return clear(engine, head.epoch)


def clear(engine: Engine, epoch: str) -> Position:
    """Empties the read models; accounts are none and stay."""
    with alone(engine) as connection:
        make_anew(connection)
        connection.execute(insert(positions).values(name=NAME, epoch=epoch, sequence=0))
    return Position(epoch, 0)
