"""The past, for synchronous programs: the log as an `eventsourcing` application."""

from services.history.application import FilonHistory
from services.history.folds import NoFold, replay
from services.history.moment import Moment

__all__ = ["FilonHistory", "Moment", "NoFold", "replay"]
