"""What exists: the log's leader says, never a read model or a replica that may lag.

Each raises `InvalidSubjectToken` for what can't be an id, and `Unavailable` without the log.
"""

from events.prospect import ProspectAliased, ProspectErased, ProspectMerged
from events.subjects import facts_about
from services.log import Log, Newest
from services.prospecting.errors import (
    AgentNotFound,
    CampaignNotFound,
    NotFound,
    ProspectNotFound,
)
from services.prospecting.handlers.agents import campaign_of

_ERASED = ProspectErased.__name__
_ELSEWHERE = (ProspectAliased.__name__, ProspectMerged.__name__)
"""The prospect lives on under another id."""


async def campaign(log: Log, org: str, id: str) -> Newest:
    """Its newest fact; raises `CampaignNotFound`, also for another organisation's."""
    return await _newest(log, facts_about(org, id, "campaign", id), CampaignNotFound(id=id))


async def agent(log: Log, org: str, id: str) -> Newest:
    """Its newest fact; raises `AgentNotFound`, also for another organisation's."""
    return await _newest(log, facts_about(org, campaign_of(id), "agent", id), AgentNotFound(id=id))


async def prospect(log: Log, org: str, id: str) -> Newest:
    """Its newest fact, which tells its campaign; raises `ProspectNotFound`, also for what was
    erased, merged or is an alias, and for another organisation's."""
    newest = await erasable(log, org, id)
    if newest.name == _ERASED:
        raise ProspectNotFound(id=id)
    return newest


async def erasable(log: Log, org: str, id: str) -> Newest:
    """As `prospect`, and for what was erased before too: an erasure that was interrupted goes on
    when it is asked for again. Raises `ProspectNotFound`."""
    newest = await _newest(log, facts_about(org, "*", "prospect", id), ProspectNotFound(id=id))
    if newest.name in _ELSEWHERE:
        raise ProspectNotFound(id=id)
    return newest


async def _newest(log: Log, filter: str, missing: NotFound) -> Newest:
    newest = await log.newest_on(filter)
    if newest is None:
        raise missing
    return newest
