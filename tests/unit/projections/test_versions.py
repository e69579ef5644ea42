"""A read model whose shape changes gets another version, or an old database would keep the old."""

import hashlib
import json

import pytest
from pydantic import BaseModel

from projections import agents, campaigns, prospects, versions
from projections.agents import AgentView
from projections.campaigns import CampaignView
from projections.prospects import ProspectView

SHAPES = {
    (campaigns.VERSION, CampaignView): "4ed0d31de9cb",
    (prospects.VERSION, ProspectView): "327aefaf18a8",
    (agents.VERSION, AgentView): "ab353cd1aaef",
}


def shape(view: type[BaseModel]) -> str:
    """Of the names of all that the view holds, at any depth."""
    schema = view.model_json_schema()
    held = {name: sorted(each.get("properties", {})) for name, each in schema["$defs"].items()}
    text = json.dumps([sorted(schema["properties"]), held], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize(("versioned", "expected"), SHAPES.items(), ids=str)
def test_a_view_of_another_shape_has_another_version(
    versioned: tuple[int, type[BaseModel]], expected: str
) -> None:
    """Raise the module's `VERSION`, then write the new shape above."""
    assert shape(versioned[1]) == expected


def test_every_table_has_a_version_that_follows_its_definition() -> None:
    current = versions.current()
    assert current.keys() == {"campaigns", "prospects", "agents", "positions"}
    assert len(set(current.values())) == len(current)
