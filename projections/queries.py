"""Questions to the read models."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Generic, Literal, NamedTuple, TypeVar

from pydantic import Field, ValidationError
from sqlalchemy import ColumnElement, Engine, Select, Table, func, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from events.agent import status_shown
from events.fact import Value
from events.prospect import ProspectStatus
from projections.agents import AgentView
from projections.campaigns import CampaignView
from projections.positions import Position, stored
from projections.prospects import ProspectView
from projections.rows import plain
from projections.tables import agents, campaigns, prospects
from projections.versions import are_current

V = TypeVar("V", bound=Value)
_CHUNK = 500
Sort = Literal["-foundAt", "score", "-score", "name"]


class ReadModelsNotBuilt(SQLAlchemyError):
    """This version's read models are not there yet; its projector makes them. Ask again soon."""


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
    """What the edge asks; each answer stays within one organisation.

    While there are no read models of this version, they hold no single thing (whether it exists,
    the log knows), and every other question raises `ReadModelsNotBuilt`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._current = False
        """Whether they were of this version when last looked at."""

    def position(self) -> Position:
        """Up to where the read models hold the log; raises `ReadModelsNotBuilt`."""
        with self._asking():
            return stored(self._engine) or Position("", 0)

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
        with suppress(ReadModelsNotBuilt):
            return next(iter(self._agents(_agents(org).where(agents.c.id == id))), None)
        return None

    def _agents(self, asked: Select[str, str | None]) -> list[AgentView]:
        with self._asking(), self._engine.connect() as connection:
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

    def count(self, org: str, query: ProspectQuery) -> int:
        """How many prospects fit, on all pages together."""
        asked = select(func.count()).where(prospects.c.org == org, *_filters(query))
        with self._asking(), self._engine.connect() as connection:
            return connection.scalar(asked) or 0

    def all_prospects(self, org: str, query: ProspectQuery) -> Iterator[ProspectView]:
        """In the query's order, whatever its page: all that there are when the first is read, each
        as it then is. Only their ids are held, and no connection between two chunks, however slow
        the reader."""
        asked = select(prospects.c.id).where(prospects.c.org == org, *_filters(query))
        with self._asking(), self._engine.connect() as connection:
            ids = list(connection.scalars(asked.order_by(*_ORDER[query.sort])))
        for start in range(0, len(ids), _CHUNK):
            chosen = ids[start : start + _CHUNK]
            asked = select(prospects.c.view).where(prospects.c.org == org)
            views = self._views(asked.where(prospects.c.id.in_(chosen)), ProspectView)
            found = {view.id: view for view in views}
            yield from (found[id] for id in chosen if id in found)

    def _one(self, table: Table, org: str, id: str, view: type[V]) -> V | None:
        asked = select(table.c.view).where(table.c.org == org, table.c.id == id)
        with suppress(ReadModelsNotBuilt):
            return next(iter(self._views(asked, view)), None)
        return None

    def _views(self, asked: Select[str], view: type[V]) -> list[V]:
        with self._asking(), self._engine.connect() as connection:
            return [view.model_validate_json(text) for text in connection.scalars(asked)]

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Looks at the version before the first question, and after one that failed: a newer
        projector may have made them anew."""
        self._current = self._current or are_current(self._engine)
        if not self._current:
            raise ReadModelsNotBuilt(ReadModelsNotBuilt.__doc__)
        try:
            yield
        except (DBAPIError, ValidationError) as error:
            self._current = are_current(self._engine)
            if self._current:
                raise
            raise ReadModelsNotBuilt(ReadModelsNotBuilt.__doc__) from error


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
