"""A view ↔ its row: what a question filters and sorts by stands beside the whole view."""

import unicodedata
from datetime import UTC, datetime

from projections.agents import AgentView
from projections.campaigns import CampaignView
from projections.prospects import ProspectView

Row = dict[str, str | int | None]


def campaign_row(org: str, view: CampaignView) -> Row:
    return {
        "org": org,
        "id": view.id,
        "created_at": moment(view.created_at),
        "view": view.model_dump_json(by_alias=True),
    }


def prospect_row(org: str, view: ProspectView) -> Row:
    said = (view.name, view.company, view.title, view.email, view.city, view.siren, view.website)
    return {
        "org": org,
        "id": view.id,
        "campaign_id": view.campaign_id,
        "status": view.status,
        "score": view.score,
        "name": plain(view.name),
        "found_at": moment(view.found_at),
        "words": plain(" ".join(said)),
        "view": view.model_dump_json(by_alias=True),
    }


def agent_row(org: str, view: AgentView) -> Row:
    return {
        "org": org,
        "id": view.id,
        "campaign_id": view.campaign_id,
        "view": view.model_dump_json(by_alias=True),
    }


def moment(at: datetime) -> str:
    """UTC to the microsecond, so that text sorts as time does."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(text: str) -> str:
    """Without case or accents, as names are sorted and searched, and without NUL, which PostgreSQL
    can't hold."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in split if c != "\0" and not unicodedata.combining(c))
