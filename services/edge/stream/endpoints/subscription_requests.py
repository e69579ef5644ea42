"""What a connection wishes to be told, checked and carried out."""

import asyncio
from collections.abc import Mapping
from typing import Any

from services.edge.cursor import Cursor
from services.edge.stream.endpoints.messages import subscription
from services.edge.stream.fanout.connection import BrowserConnection
from services.edge.stream.fanout.hub import Hub
from services.edge.stream.fanout.replay import resume
from services.edge.stream.fanout.subscriptions import Interest
from services.log.jetstream.connection import UNREACHABLE


class NoSuchCampaign(LookupError):
    """There is no such campaign in your organisation; check its id."""


class LogAway(RuntimeError):
    """The log can't be reached at the moment; try again in a few seconds."""


def requested(asked: Mapping[str, str]) -> dict[str, Any] | None:
    """The subscription that a URL's parameters ask for; None where they say nothing."""
    request: dict[str, Any] = {
        name: asked[name] for name in ("campaignId", "after") if asked.get(name)
    }
    if asked.get("types"):
        request["types"] = asked["types"].split(",")
    return request or None


async def checked(
    hub: Hub, connection: BrowserConnection, payload: Mapping[str, object]
) -> tuple[Interest, str | None]:
    """What to subscribe to, and after which cursor; raises `Unusable`, `NoSuchCampaign` or
    `LogAway`."""
    request = subscription(payload)
    org = connection.principal.org
    if request.campaign_id is not None and not await _exists(hub, org, request.campaign_id):
        raise NoSuchCampaign(NoSuchCampaign.__doc__)
    return connection.interest(request.campaign_id, request.types or None), request.after


async def _exists(hub: Hub, org: str, campaign: str) -> bool:
    try:
        return await hub.campaigns.has(org, campaign)
    except UNREACHABLE as error:
        raise LogAway(LogAway.__doc__) from error


def settle(hub: Hub, connection: BrowserConnection) -> None:
    """Everything, live from now; what happens in the first moments is told after them.

    Somebody who comes back says `SUBSCRIBE {after}` first thing: told of facts before that, they
    would be told of them twice.
    """
    connection.greet()
    loop = asyncio.get_running_loop()
    loop.call_later(hub.settings.settling, _begin, hub, connection)


def _begin(hub: Hub, connection: BrowserConnection) -> None:
    if connection in hub.connections and connection.wanted is None:
        interest = connection.wanted = connection.interest(None, None)
        resume(hub, connection, interest, Cursor(connection.epoch, connection.since), greet=False)
