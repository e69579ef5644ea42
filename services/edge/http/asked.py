"""What a request's body may hold: facts are read leniently, wishes are not."""

from pydantic import ConfigDict

from events.fact import Value


class Asked(Value):
    """A body in which a field that we do not know is refused: it was meant to do something."""

    model_config = ConfigDict(extra="forbid")
