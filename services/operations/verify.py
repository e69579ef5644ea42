"""Whether the read models are what the log says: folded anew, and compared row by row.

The folds are the read models' own, but one fact after another and in memory: what is checked is all
that stands between a fact and its row (batches, transactions, restarts, an older version's folds,
hands in the database). Holds every row twice, some kilobytes for each prospect.
"""

import asyncio
import json
from collections.abc import Mapping
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Table, select

from events.agent import AgentFact
from events.campaign import CampaignFact
from events.fact import Event
from events.prospect import ProspectFact
from events.subjects import Address
from projections import agents as agents_panel
from projections import campaigns as campaigns_page
from projections import prospects as prospects_table
from projections.agents import AgentView
from projections.campaigns import CampaignView
from projections.positions import Position, position
from projections.prospects import ProspectView
from projections.rows import agent_row, campaign_row, prospect_row
from projections.tables import agents, campaigns, prospects
from services.history import FilonHistory, Moment
from services.log import Log

Row = Mapping[str, Any]
RowKey = tuple[str, str, str]
"""Table, organisation and id."""
Rows = dict[RowKey, Row]

_NARRATED = frozenset({"task"})
"""Fields that rest on narration, which the log forgets after a month: not compared."""
_LOOKS = 3
"""Times that a difference is looked at again while the read models move on: an erasure under way
has left the log and not yet them."""


class OtherLog(RuntimeError):
    """The read models are not of this log, or there are none; run `filon rebuild`."""


class Difference(NamedTuple):
    """One row that is not what the log says; holds no personal data."""

    table: str
    org: str
    id: str
    what: str
    """`missing`, `unknown to the log`, or the first field that differs."""


async def verify(log: Log, engine: Engine) -> list[Difference]:
    """All differences, at the position where the read models are, by table, organisation and id;
    none is what should be. Raises `OtherLog`, `Unavailable`, and SQLAlchemy's errors.

    Reads the whole log and all rows; both may go on being written meanwhile.
    """
    history = FilonHistory(log=log)
    differences: list[Difference] = []
    for _ in range(_LOOKS):
        head = await log.head()
        at, found = await asyncio.to_thread(_stored, engine)
        if at is None or at.epoch != head.epoch or at.sequence > head.last:
            raise OtherLog(OtherLog.__doc__)
        told = await asyncio.to_thread(_told, history, at.sequence)
        differences = compare(found, told)
        if not differences or await asyncio.to_thread(_position, engine) == at:
            break
    return differences


def compare(found: Rows, told: Rows) -> list[Difference]:
    """What is found against what the log tells."""
    keys = sorted(found.keys() | told.keys())
    said = ((key, _difference(found.get(key), told.get(key))) for key in keys)
    return [Difference(*key, what) for key, what in said if what]


def _difference(found: Row | None, told: Row | None) -> str | None:
    if told is None:
        return "unknown to the log"
    if found is None:
        return "missing"
    one, two = _fields(found), _fields(told)
    names = dict.fromkeys(chain(two, one))
    return next((n for n in names if n not in _NARRATED and one.get(n) != two.get(n)), None)


def _fields(row: Row) -> dict[str, Any]:
    """The view's own first, then the columns that questions filter and sort by."""
    view: dict[str, Any] = json.loads(row["view"])
    return view | {f"column {name}": value for name, value in row.items() if name != "view"}


def _position(engine: Engine) -> Position | None:
    with engine.connect() as connection:
        return position(connection)


def _stored(engine: Engine) -> tuple[Position | None, Rows]:
    """The position and its rows, as one transaction sees both."""
    postgresql = engine.dialect.name == "postgresql"
    level = {"isolation_level": "REPEATABLE READ"} if postgresql else {}
    with engine.connect().execution_options(**level) as connection:
        if not postgresql:  # Python's driver for SQLite begins none for what only reads
            connection.exec_driver_sql("BEGIN")
        at = position(connection)
        tables = (campaigns, prospects, agents)
        return at, dict(chain.from_iterable(_rows(connection, table) for table in tables))


def _rows(connection: Connection, table: Table) -> list[tuple[RowKey, Row]]:
    found = connection.execute(select(table)).mappings()
    return [((table.name, row["org"], row["id"]), dict(row)) for row in found]


def _told(history: FilonHistory, sequence: int) -> Rows:
    """The rows as the log up to there makes them."""
    views = _Views()
    for event in history.read(moment=Moment(sequence=sequence)):
        views.take(event)
    return views.rows()


class _Views:
    """All read models in memory, by organisation and id."""

    def __init__(self) -> None:
        self._campaigns: dict[tuple[str, str], CampaignView] = {}
        self._prospects: dict[tuple[str, str], ProspectView | None] = {}
        self._agents: dict[tuple[str, str], AgentView | None] = {}

    def take(self, event: Event) -> None:
        address, fact = Address.parse(event.originator_id), event.fact
        key = address.org, address.id
        if isinstance(fact, CampaignFact):
            before = self._campaigns.get(key)
            self._campaigns[key] = campaigns_page.project(before, event, fact)
        elif isinstance(fact, ProspectFact):
            self._take_prospect(event, address, fact)
        elif isinstance(fact, AgentFact):
            self._agents[key] = agents_panel.project(self._agents.get(key), event, fact)

    def _take_prospect(self, event: Event, address: Address, fact: ProspectFact) -> None:
        key, of = (address.org, address.id), (address.org, address.campaign)
        before = self._prospects.get(key)
        after = self._prospects[key] = prospects_table.project(before, event, fact)
        if (campaign := self._campaigns.get(of)) is not None:
            metrics = campaigns_page.count(campaign.metrics, before, after)
            self._campaigns[of] = campaign.model_copy(update={"metrics": metrics})

    def rows(self) -> Rows:
        told: Rows = {
            ("campaigns", *key): campaign_row(key[0], view) for key, view in self._campaigns.items()
        }
        for key, prospect in self._prospects.items():
            if prospect is not None:
                told["prospects", *key] = prospect_row(key[0], prospect)
        for key, agent in self._agents.items():
            if agent is not None:
                told["agents", *key] = agent_row(key[0], agent)
        return told
