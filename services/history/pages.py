"""What a campaign's and a prospect's page showed at a moment of the past.

The same folds as the read models have, over the same facts, so that the past of a page is what it
showed then. What was erased since is not told: neither its name, nor in any count.
"""

from collections.abc import Iterator
from itertools import takewhile

from events.campaign import CampaignFact
from events.fact import Event
from events.prospect import ProspectErased, ProspectFact, ProspectStatus
from events.subjects import Address
from projections import campaigns as campaigns_page
from projections import prospects as prospects_table
from projections.campaigns import CampaignView, Metrics
from projections.prospects import ProspectView
from services.history.application import FilonHistory
from services.history.moment import Moment


def campaign_page(
    history: FilonHistory, org: str, campaign: str, moment: Moment
) -> CampaignView | None:
    """The campaign with its counts; None before it was created. Raises `InvalidSubjectToken`.

    Reads the whole campaign; holds one word for each prospect.
    """
    view: CampaignView | None = None
    counts = _Counts()
    for event in history.read(org, campaign, moment=moment):
        if isinstance(event.fact, CampaignFact):
            view = campaigns_page.project(view, event, event.fact)
        elif isinstance(event.fact, ProspectFact):
            counts.count(event, event.fact)
    return view and view.model_copy(update={"metrics": counts.metrics})


def prospect_page(history: FilonHistory, org: str, id: str, moment: Moment) -> ProspectView | None:
    """None before it was found, and for whoever was merged by then, or erased at any time. Raises
    `InvalidSubjectToken`."""
    originator_id = history.recorder.locate(org, "prospect", id)
    if originator_id is None:
        return None
    events = [event for event in history.events.get(originator_id) if isinstance(event, Event)]
    if any(isinstance(event.fact, ProspectErased) for event in events):
        return None  # its earlier facts may still be there, for a moment
    return _fold(takewhile(moment.includes, events))


def _fold(events: Iterator[Event]) -> ProspectView | None:
    view: ProspectView | None = None
    for event in events:
        if isinstance(event.fact, ProspectFact):
            view = prospects_table.project(view, event, event.fact)
    return view


class _Counts:
    """A campaign's metrics, fact by fact, by the fold of the prospects' table; of each prospect
    only its status is kept."""

    def __init__(self) -> None:
        self.metrics = Metrics()
        self._statuses: dict[str, ProspectStatus] = {}
        self._examples: dict[ProspectStatus, ProspectView] = {}
        """One view of each status, which stands for all."""

    def count(self, event: Event, fact: ProspectFact) -> None:
        id = Address.parse(event.originator_id).id
        status = self._statuses.get(id)
        before = self._examples[status] if status else None
        after = prospects_table.project(before, event, fact)
        self.metrics = campaigns_page.count(self.metrics, before, after)
        if after is None:
            self._statuses.pop(id, None)
        else:
            self._statuses[id] = after.status
            self._examples.setdefault(after.status, after)
