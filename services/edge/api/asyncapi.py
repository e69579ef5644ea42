"""The event stream described, as AsyncAPI 3.0."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from events.campaign import CampaignChanged, CampaignCompleted, CampaignCreated, CampaignImported
from events.fact import Value
from projections.campaigns import Metrics
from services.edge.schemas import ShownAgent, ShownProspect
from services.edge.stream.endpoints.messages import Subscribe
from services.edge.stream.frames import ACTIVITY, FOUND, METRICS, NAMES, UPDATED

router = APIRouter(include_in_schema=False)

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer"}
_CAMPAIGN: Schema = {"campaignId": _TEXT}
_SIGNALS: dict[str, Schema] = {
    "READY": {"cursor": _TEXT},
    "CURSOR": {"cursor": _TEXT},
    "RESET": {"reason": _TEXT, "cursor": _TEXT},
    "HEARTBEAT": {},
    "PONG": {},
    "ERROR": {"code": _TEXT, "message": _TEXT},
}
_CLOSES = {
    1000: "normal",
    1009: "message larger than 64 KiB",
    1011: "the server can't go on, or can't read a fact; come back with your cursor",
    1012: "the server restarts; come back with your cursor",
    4400: "bad message",
    4401: "not authenticated",
    4403: "forbidden, or wrong origin",
    4408: "too slow to authenticate",
    4409: "too slow to read; come back with your cursor",
    4429: "too many connections, messages or attempts",
}


@router.get("/asyncapi")
async def asyncapi() -> Response:
    return JSONResponse(description())


def description() -> Schema:
    messages = {name: _message(name, payload) for name, payload in _payloads().items()}
    wishes = {name: _message(name, payload) for name, payload in _wishes().items()}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Filon: the event stream", "version": "0.1.0", "description": _about()},
        "channels": {
            "websocket": {"address": "/ws", "messages": _refs({**messages, **wishes})},
            "events": {"address": "/api/stream", "messages": _refs(messages)},
        },
        "operations": {
            "tell": _operation("send", "websocket", messages),
            "tellEvents": _operation("send", "events", messages),
            "hear": _operation("receive", "websocket", wishes),
        },
        "components": {"messages": {**messages, **wishes}},
    }


def _about() -> str:
    closes = "; ".join(f"{code} {why}" for code, why in _CLOSES.items())
    return (
        "One JSON object a message: type, payload, cursor, at. WebSocket and server-sent events "
        "tell the same; on the latter, `id` is the cursor. Resume with `after` (or "
        f"`Last-Event-ID`). Sub-protocol filon.batch.v1: arrays of them. Close codes: {closes}."
    )


def _payloads() -> dict[str, Schema]:
    prospect = _object({"prospect": _of(ShownProspect), "score": _WHOLE, **_CAMPAIGN})
    activity = {"agentId": _TEXT, "activity": _TEXT, "status": _TEXT, **_CAMPAIGN}
    agents = {"type": "array", "items": _of(ShownAgent)}
    plain = {name: _object({**_CAMPAIGN, "status": _TEXT}) for name in sorted(NAMES)}
    return {
        **plain,
        "CAMPAIGN_CREATED": _told(CampaignCreated),
        "CAMPAIGN_CHANGED": _told(CampaignChanged),
        "CAMPAIGN_IMPORTED": _told(CampaignImported),
        "CAMPAIGN_COMPLETED": _told(CampaignCompleted),
        "CAMPAIGN_STARTED": _object({**_CAMPAIGN, "status": _TEXT, "agents": agents}),
        ACTIVITY: _object(activity),
        FOUND: prospect,
        UPDATED: prospect,
        METRICS: _object({**_CAMPAIGN, "metrics": _of(Metrics)}),
        **{name: _object(fields) for name, fields in _SIGNALS.items()},
    }


def _wishes() -> dict[str, Schema]:
    return {
        "AUTH": _object({"token": _TEXT}),
        "SUBSCRIBE": Subscribe.model_json_schema(by_alias=True),
        "PING": _object({}),
    }


def _told(fact: type[Value]) -> Schema:
    """The fact's own fields, and which campaign it is about."""
    return {"allOf": [_object(_CAMPAIGN), _of(fact)]}


def _of(value: type[Value]) -> Schema:
    return value.model_json_schema(by_alias=True, mode="serialization")


def _object(fields: Schema) -> Schema:
    return {"type": "object", "properties": fields}


def _message(name: str, payload: Schema) -> Schema:
    whole = {
        "type": {"const": name},
        "payload": payload,
        "cursor": _TEXT,
        "at": {"type": "string", "format": "date-time"},
    }
    return {"name": name, "contentType": "application/json", "payload": _object(whole)}


def _refs(messages: Schema) -> Schema:
    return {name: {"$ref": f"#/components/messages/{name}"} for name in messages}


def _operation(action: str, channel: str, messages: Schema) -> Schema:
    where = f"#/channels/{channel}"
    return {
        "action": action,
        "channel": {"$ref": where},
        "messages": [{"$ref": f"{where}/messages/{name}"} for name in messages],
    }
