"""Why a command is refused, in words that its reader can act on.

The docstring of each class is what developers read; people read the catalogue of
`services.wording`, under the class's name.
"""


class Refused(Exception):
    """The command can't be carried out as things stand."""

    def __init__(self, **params: str) -> None:
        super().__init__(self.code, params)
        self.params = params

    @property
    def code(self) -> str:
        return type(self).__name__


class NotFound(Refused):
    """There is nothing under that id."""


class CampaignNotFound(NotFound):
    """There is no such campaign; check its id."""


class ProspectNotFound(NotFound):
    """There is no such prospect; check its id."""


class AgentNotFound(NotFound):
    """There is no such agent; check its id."""


class Stale(Refused):
    """Somebody else changed this campaign first; read it again."""


class AlreadyStarted(Refused):
    """The campaign was started before; pause, resume or cancel it instead."""


class NothingToRead(Refused):
    """No list was imported yet, and the campaign has no other source."""


class NoSource(Refused):
    """The campaign names no source; choose one before it starts."""


class NotActive(Refused):
    """Only an active campaign can do that."""


class NotPaused(Refused):
    """Only a paused campaign can be resumed."""


class CampaignEnded(Refused):
    """The campaign is completed or cancelled."""


class NotADraft(Refused):
    """Sources can be changed while the campaign is a draft only."""


class NotFailed(Refused):
    """Only a failed prospect can be retried."""


class AgentAlreadyRunning(Refused):
    """The agent is at work."""


class AgentNotRunning(Refused):
    """The agent is not at work."""


class TooManyConflicts(Refused):
    """Others kept changing this at the same moment; try again."""
