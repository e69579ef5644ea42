"""The `eventsourcing` library (9.5) on Filon's log: its recorder, its mapper, its factory."""

from services.log.eventsourcing.factory import FilonFactory

__all__ = ["FilonFactory"]
