"""The event stream described, as AsyncAPI 3.0, from the models of its messages."""

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema
from starlette.responses import JSONResponse, Response

from services.edge.stream.close_codes import MEANINGS
from services.edge.stream.endpoints.messages import Subscribe
from services.edge.stream.payloads import FACTS, SIGNALS, Auth, Nothing
from services.edge.version import VERSION

router = APIRouter(include_in_schema=False)

Schema = dict[str, Any]
_REF = "#/components/schemas/{model}"
_TOLD: dict[str, type[BaseModel]] = {**FACTS, **SIGNALS}
_HEARD: dict[str, type[BaseModel]] = {"AUTH": Auth, "SUBSCRIBE": Subscribe, "PING": Nothing}


@router.get("/asyncapi")
async def asyncapi() -> Response:
    return JSONResponse(description())


def description() -> Schema:
    """The whole document; each message's payload refers to its model in `components`."""
    asked: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        *((model, "serialization") for model in _TOLD.values()),
        *((model, "validation") for model in _HEARD.values()),
    ]
    schemas, definitions = models_json_schema(asked, ref_template=_REF)
    told = {
        name: _message(name, schemas[model, "serialization"], _ENVELOPE)
        for name, model in _TOLD.items()
    }
    heard = {
        name: _message(name, schemas[model, "validation"], {}) for name, model in _HEARD.items()
    }
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Filon: the event stream", "version": VERSION, "description": _about()},
        "channels": {
            "websocket": {"address": "/ws", "messages": _refs([*told, *heard])},
            "events": {"address": "/api/stream", "messages": _refs(told)},
        },
        "operations": {
            "tell": _operation("send", "websocket", told),
            "tellEvents": _operation("send", "events", told),
            "hear": _operation("receive", "websocket", heard),
        },
        "components": {"messages": {**told, **heard}, "schemas": definitions.get("$defs", {})},
    }


_ENVELOPE: Schema = {
    "cursor": {"type": "string"},
    "at": {"type": "string", "format": "date-time"},
}


def _about() -> str:
    closes = "; ".join(f"{code} {why}" for code, why in MEANINGS.items())
    return (
        "One JSON object a message: type, payload, cursor, at. WebSocket and server-sent events "
        "tell the same; on the latter, `id` is the cursor. Resume with `after` (or "
        "`Last-Event-ID`): READY when the subscription begins, and again with `resumed: true` when "
        "what was missed is told and it goes on live. Sub-protocol filon.batch.v1: arrays of them. "
        f"Close codes: {closes}."
    )


def _message(name: str, payload: Schema, envelope: Schema) -> Schema:
    whole = {"type": {"const": name}, "payload": payload, **envelope}
    required = [*whole] if envelope else ["type"]
    shape = {"type": "object", "properties": whole, "required": required}
    return {"name": name, "contentType": "application/json", "payload": shape}


def _refs(messages: Iterable[str]) -> Schema:
    return {name: {"$ref": f"#/components/messages/{name}"} for name in messages}


def _operation(action: str, channel: str, messages: Iterable[str]) -> Schema:
    where = f"#/channels/{channel}"
    return {
        "action": action,
        "channel": {"$ref": where},
        "messages": [{"$ref": f"{where}/messages/{name}"} for name in messages],
    }
