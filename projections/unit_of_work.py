"""The rows that one batch of events touches: read once, folded in memory, written once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from sqlalchemy import Connection, Table, and_, delete, select, tuple_

from events.agent import ActivityReported, AgentFact
from events.campaign import CampaignFact
from events.fact import Event, Value
from events.prospect import ProspectFact
from events.subjects import Address
from projections import agents as agents_panel
from projections import campaigns as campaigns_page
from projections import prospects as prospects_table
from projections.agents import AgentView
from projections.campaigns import CampaignView
from projections.prospects import ProspectView
from projections.rows import Row, agent_row, campaign_row, prospect_row
from projections.tables import agents, campaigns, prospects
from services.database import upsert

V = TypeVar("V", bound=Value)
RowKey = tuple[str, str]
"""Organisation and id."""

_CHUNK = 500


class TouchedRows(Generic[V]):
    """The touched rows of one table."""

    def __init__(self, table: Table, view: type[V]) -> None:
        self._table, self._view = table, view
        self._rows: dict[RowKey, V | None] = {}
        self.changed: set[RowKey] = set()

    def load(self, connection: Connection, keys: Iterable[RowKey]) -> None:
        wanted = sorted(set(keys))
        columns = self._table.c
        for start in range(0, len(wanted), _CHUNK):
            chosen = tuple_(columns.org, columns.id).in_(wanted[start : start + _CHUNK])
            for org, id, view in connection.execute(
                select(columns.org, columns.id, columns.view).where(chosen)
            ):
                self._rows[org, id] = self._view.model_validate_json(view)

    def get(self, key: RowKey) -> V | None:
        return self._rows.get(key)

    def put(self, key: RowKey, view: V | None) -> None:
        if view is not self._rows.get(key):
            self._rows[key] = view
            self.changed.add(key)

    def present(self) -> list[tuple[RowKey, V]]:
        """The changed rows that are (still) there."""
        return [(key, view) for key in self.changed if (view := self._rows[key]) is not None]

    def written_as(self, row: Callable[[str, V], Row]) -> list[Row]:
        return [row(org, view) for (org, _), view in self.present()]

    def gone(self) -> list[RowKey]:
        return [key for key in self.changed if self._rows[key] is None]


class UnitOfWork:
    """Folds a batch of events into the read models, inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._campaigns = TouchedRows(campaigns, CampaignView)
        self._prospects = TouchedRows(prospects, ProspectView)
        self._agents = TouchedRows(agents, AgentView)
        self.deleted = False
        """Whether a row went: a rebuild meets erasures whose rows were never there."""

    def work(self, events: Sequence[Event]) -> list[tuple[str, CampaignView]]:
        """The campaigns that changed, with their organisations."""
        self._load([Address.parse(event.originator_id) for event in events])
        for event in events:
            self._fold(event)
        self._save()
        return [(org, view) for (org, _), view in self._campaigns.present()]

    def _load(self, addresses: Sequence[Address]) -> None:
        self._campaigns.load(self._connection, {(a.org, a.campaign) for a in addresses})
        of_prospects = {(a.org, a.id) for a in addresses if a.kind == "prospect"}
        self._prospects.load(self._connection, of_prospects)
        of_agents = {(a.org, a.id) for a in addresses if a.kind in ("agent", "activity")}
        self._agents.load(self._connection, of_agents)

    def _fold(self, event: Event) -> None:
        address = Address.parse(event.originator_id)
        key = (address.org, address.id)
        fact = event.fact
        if isinstance(fact, CampaignFact):
            self._campaigns.put(key, campaigns_page.project(self._campaigns.get(key), event, fact))
        elif isinstance(fact, ProspectFact):
            self._fold_prospect(event, address, fact)
        elif isinstance(fact, AgentFact | ActivityReported):
            self._agents.put(key, agents_panel.project(self._agents.get(key), event, fact))

    def _fold_prospect(self, event: Event, address: Address, fact: ProspectFact) -> None:
        key = (address.org, address.id)
        before = self._prospects.get(key)
        after = prospects_table.project(before, event, fact)
        self._prospects.put(key, after)
        campaign = self._campaigns.get((address.org, address.campaign))
        if campaign is None:
            return
        metrics = campaigns_page.count(campaign.metrics, before, after)
        if metrics != campaign.metrics:
            changed = campaign.model_copy(update={"metrics": metrics})
            self._campaigns.put((address.org, address.campaign), changed)

    def _save(self) -> None:
        connection = self._connection
        upsert(
            connection,
            campaigns,
            [campaign_row(org, v) for (org, _), v in self._campaigns.present()],
        )
        upsert(
            connection,
            prospects,
            [prospect_row(org, v) for (org, _), v in self._prospects.present()],
        )
        upsert(connection, agents, [agent_row(org, v) for (org, _), v in self._agents.present()])
        for org, id in self._prospects.gone():
            self.deleted = True
            gone = and_(prospects.c.org == org, prospects.c.id == id)
            connection.execute(delete(prospects).where(gone))
