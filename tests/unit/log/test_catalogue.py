"""What was written once is read for ever, and what is published is what the code writes."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from events import catalogue, schemas
from events.agent import AgentStopped
from events.catalogue import FACTS, UnknownFact
from events.fact import Fact
from tests.unit.log.examples import EXAMPLES

GOLDEN = Path(__file__).parents[1] / "golden"
SHIPPED = sorted(GOLDEN.glob("*.json"))


@pytest.mark.parametrize("fact", EXAMPLES, ids=lambda fact: type(fact).__name__)
def test_a_fact_is_written_byte_for_byte_as_it_was_when_its_version_shipped(fact: Fact) -> None:
    name = type(fact).__name__
    golden = GOLDEN / f"{name}.v{catalogue.version(name)}.json"
    assert catalogue.encode(fact) == golden.read_bytes()
    assert catalogue.decode(catalogue.stored_type(name), golden.read_bytes()) == fact


@pytest.mark.parametrize("golden", SHIPPED, ids=lambda path: path.stem)
def test_every_version_that_was_ever_shipped_is_read(golden: Path) -> None:
    name = golden.stem.split(".")[0]
    assert isinstance(catalogue.decode(f"filon.{golden.stem}", golden.read_bytes()), FACTS[name])


def test_every_fact_has_its_example_its_kind_and_golden_bytes_for_each_version() -> None:
    assert {type(fact).__name__ for fact in EXAMPLES} == FACTS.keys()
    assert {fact for facts in schemas.KINDS.values() for fact in facts} == set(FACTS.values())
    versions = {f"{n}.v{v}" for n in FACTS for v in range(1, catalogue.version(n) + 1)}
    assert {path.stem for path in SHIPPED} == versions


def test_the_published_schemas_and_catalogue_are_what_the_code_writes() -> None:
    published = {path.name: path.read_text() for path in schemas.FOLDER.iterdir()}
    written = schemas.documents()
    stale = {name for name, text in written.items() if published.get(name) != text}
    assert not stale, "run `python -m events.schemas`"


def test_a_schema_is_published_for_each_version() -> None:
    versions = {f"{n}.v{v}.json" for n in FACTS for v in range(1, catalogue.version(n) + 1)}
    assert {path.name for path in schemas.FOLDER.glob("*.json")} == versions
    for path in schemas.FOLDER.glob("*.json"):
        name, version = path.name.split(".")[:2]
        assert json.loads(path.read_text())["$id"] == f"urn:filon:{name}:{version}"


def test_an_old_shape_is_lifted_version_by_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(payload: catalogue.Payload) -> catalogue.Payload:
        return {"why": payload["cause"]}

    def name_as_today(payload: catalogue.Payload) -> catalogue.Payload:
        return {"reason": payload["why"]}

    monkeypatch.setitem(catalogue.UPCASTERS, "AgentStopped", (rename, name_as_today))
    assert catalogue.stored_type("AgentStopped") == "filon.AgentStopped.v3"
    today = AgentStopped(reason="requested")
    for version, payload in enumerate(("cause", "why", "reason"), 1):
        written = json.dumps({payload: "requested"}).encode()
        assert catalogue.decode(f"filon.AgentStopped.v{version}", written) == today


def test_what_a_newer_version_wrote_is_refused_and_not_misread() -> None:
    for unknown in ("filon.AgentStopped.v2", "filon.NeverHeardOf.v1"):
        with pytest.raises(UnknownFact):
            catalogue.decode(unknown, b"{}")
    with pytest.raises(ValidationError):
        catalogue.decode("filon.AgentStopped.v1", b'{"reason": "whim"}')
