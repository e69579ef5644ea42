"""`python -m events.schemas` writes docs/events: each event's JSON Schema, and the catalogue."""

import json
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter

from events import catalogue
from events.agent import ActivityReported, AgentFact, ModelCalled
from events.campaign import CampaignFact
from events.fact import Fact
from events.prospect import ProspectFact
from events.subjects import ROOT

FOLDER = Path(__file__).parents[1] / "docs" / "events"

KINDS: dict[str, tuple[type[Fact], ...]] = {
    "campaign": get_args(CampaignFact),
    "agent": get_args(AgentFact),
    "prospect": get_args(ProspectFact),
    "activity": (ActivityReported,),
    "run": (ModelCalled,),
}

_INTRODUCTION = """\
# Events

Written by `python -m events.schemas`; a test holds it to the code.

Every event is a message on the JetStream stream `FILON`. Its payload is JSON as the schema says,
its headers are CloudEvents 1.0 in binary mode: `ce-type` names the event and its schema version,
`ce-id` is its id (and `Nats-Msg-Id`), `ce-time` when it was decided, `ce-aggregateversion` its
place within its aggregate (0 where it belongs to none), `ce-commandid`, `ce-correlationid` and
`ce-causationid` what it came from, `ce-traceparent` the W3C trace. A name is never changed; a
changed shape gets a new version, and older ones stay in the stream as they were.
"""


def documents() -> dict[str, str]:
    """File name → text, for the versions that are written today."""
    files = {"README.md": _catalogue()}
    for facts in KINDS.values():
        for fact in facts:
            name = fact.__name__
            text = json.dumps(schema(fact), indent=2, ensure_ascii=False)
            files[f"{name}.v{catalogue.version(name)}.json"] = text + "\n"
    return files


def schema(fact: type[Fact]) -> dict[str, Any]:
    """JSON Schema 2020-12 of its payload."""
    name = fact.__name__
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:filon:{name}:v{catalogue.version(name)}",
        **TypeAdapter(fact).json_schema(by_alias=True, mode="serialization"),
    }


def _catalogue() -> str:
    lines = [_INTRODUCTION]
    for kind, facts in KINDS.items():
        lines.append(f"## `{ROOT}.<org>.<campaign>.{kind}.<id>.<Event>`\n")
        lines.append("| event | says | payload |\n|---|---|---|")
        lines += [_row(fact) for fact in facts]
        lines.append("")
    return "\n".join(lines)


def _row(fact: type[Fact]) -> str:
    name = fact.__name__
    file = f"{name}.v{catalogue.version(name)}.json"
    says = " ".join((fact.__doc__ or "").split())
    fields = ", ".join(f"`{field.alias}`" for field in fact.model_fields.values()) or "nothing"
    return f"| [`{name}`]({file}) | {says} | {fields} |"


def write() -> None:
    """Older versions' schemas stay: events of theirs are still in the stream."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (FOLDER / name).write_text(text)


if __name__ == "__main__":
    write()
