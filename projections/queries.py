"""Questions to the read models."""

from collections.abc import Iterator
from typing import Generic, Literal, NamedTuple, TypeVar

from pydantic import Field
from sqlalchemy import ColumnElement, Engine, Select, Table, select

from events.agent import status_shown
from events.fact import Value
from events.prospect import ProspectStatus
from projections.agents import AgentView
from projections.campaigns import CampaignView
from projections.database import agents, campaigns, prospects
from projections.projector import Position, position
from projections.prospects import ProspectView
from projections.rows import plain

V = TypeVar("V", bound=Value)
_CHUNK = 500
Sort = Literal["-foundAt", "score", "-score", "name"]


class ProspectQuery(Value):
    """Which prospects, in which order, from which page on."""

    campaign_id: str | None = None
    status: ProspectStatus | None = None
    min_score: int | None = None
    q: str = ""
    """Words that all occur in name, company, title, e-mail, city, SIREN or web site."""
    sort: Sort = "-foundAt"
    limit: int = Field(100, ge=1, le=1000)
    page: int = Field(1, ge=1)


class ResultPage(NamedTuple, Generic[V]):
    """Some rows, and whether more follow."""

    items: list[V]
    more: bool


_ORDER = {
    "-foundAt": (prospects.c.found_at.desc(), prospects.c.id),
    "score": (prospects.c.score.is_(None), prospects.c.score, prospects.c.id),
    "-score": (prospects.c.score.is_(None), prospects.c.score.desc(), prospects.c.id),
    "name": (prospects.c.name, prospects.c.id),
}


class ReadModels:
    """What the edge asks; each answer stays within one organisation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def position(self) -> Position:
        """Up to where the read models hold the log."""
        with self._engine.connect() as connection:
            return position(connection) or Position("", 0)

    def campaigns(self, org: str) -> list[CampaignView]:
        """Newest first."""
        asked = select(campaigns.c.view).where(campaigns.c.org == org)
        return self._views(asked.order_by(campaigns.c.created_at.desc()), CampaignView)

    def campaign(self, org: str, id: str) -> CampaignView | None:
        return self._one(campaigns, org, id, CampaignView)

    def agents(self, org: str, campaign_id: str | None = None) -> list[AgentView]:
        """By campaign; none is at work in a paused one."""
        asked = _agents(org)
        if campaign_id is not None:
            asked = asked.where(agents.c.campaign_id == campaign_id)
        return self._agents(asked.order_by(agents.c.campaign_id, agents.c.id.desc()))

    def agent(self, org: str, id: str) -> AgentView | None:
        return next(iter(self._agents(_agents(org).where(agents.c.id == id))), None)

    def _agents(self, asked: Select[str, str | None]) -> list[AgentView]:
        with self._engine.connect() as connection:
            return [_agent(*row) for row in connection.execute(asked)]

    def prospect(self, org: str, id: str) -> ProspectView | None:
        return self._one(prospects, org, id, ProspectView)

    def prospects(self, org: str, query: ProspectQuery) -> ResultPage[ProspectView]:
        asked = (
            select(prospects.c.view)
            .where(prospects.c.org == org, *_filters(query))
            .order_by(*_ORDER[query.sort])
            .limit(query.limit + 1)
            .offset((query.page - 1) * query.limit)
        )
        views = self._views(asked, ProspectView)
        return ResultPage(views[: query.limit], len(views) > query.limit)

    def all_prospects(self, org: str, campaign_id: str) -> Iterator[ProspectView]:
        """Best score first: all that there are when the first is read, each as it then is. Only
        their ids are held, and no connection between two chunks, however slow the reader."""
        order = _ORDER["-score"]
        mine = (prospects.c.org == org, prospects.c.campaign_id == campaign_id)
        with self._engine.connect() as connection:
            ids = list(connection.scalars(select(prospects.c.id).where(*mine).order_by(*order)))
        for start in range(0, len(ids), _CHUNK):
            chosen = ids[start : start + _CHUNK]
            asked = select(prospects.c.view).where(prospects.c.org == org)
            views = self._views(asked.where(prospects.c.id.in_(chosen)), ProspectView)
            found = {view.id: view for view in views}
            yield from (found[id] for id in chosen if id in found)

    def _one(self, table: Table, org: str, id: str, view: type[V]) -> V | None:
        asked = select(table.c.view).where(table.c.org == org, table.c.id == id)
        return next(iter(self._views(asked, view)), None)

    def _views(self, asked: Select[str], view: type[V]) -> list[V]:
        with self._engine.connect() as connection:
            return [view.model_validate_json(text) for text in connection.scalars(asked)]


def _agents(org: str) -> Select[str, str | None]:
    """Each agent's view, and its campaign's."""
    here = (campaigns.c.org == agents.c.org) & (campaigns.c.id == agents.c.campaign_id)
    asked = select(agents.c.view, campaigns.c.view)
    return asked.select_from(agents.outerjoin(campaigns, here)).where(agents.c.org == org)


def _agent(view: str, campaign: str | None) -> AgentView:
    agent = AgentView.model_validate_json(view)
    paused = campaign is not None and CampaignView.model_validate_json(campaign).status == "paused"
    return agent.model_copy(update={"status": status_shown(agent.status, paused=paused)})


def _filters(query: ProspectQuery) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if query.campaign_id is not None:
        filters.append(prospects.c.campaign_id == query.campaign_id)
    if query.status is not None:
        filters.append(prospects.c.status == query.status)
    if query.min_score is not None:
        filters.append(prospects.c.score >= query.min_score)
    filters += [
        prospects.c.words.contains(word, autoescape=True) for word in plain(query.q).split()
    ]
    return filters
