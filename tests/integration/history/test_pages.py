"""What a page showed at a moment of the past."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from events.prospect import ProspectErased, ProspectMerged
from events.subjects import InvalidSubjectToken
from projections.positions import begin
from projections.projector import advance
from projections.queries import ReadModels
from services.database import open_engine
from services.history import FilonHistory, Moment
from services.history.pages import campaign_page, prospect_page
from services.log import Head, Log
from tests.integration.history.shelf import at, prospect_id, spring
from tests.unit.prospecting.shelf import NOW


def test_each_page_of_the_past_is_what_the_read_models_showed_then(
    history: FilonHistory, nats_url: str, tmp_path: Path
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'filon.db'}")
    models = ReadModels(engine)
    position = begin(engine, None, asyncio.run(_head(nats_url)))
    for event in history.read():
        advance(engine, [event], position, event.sequence)
        position = position._replace(sequence=event.sequence)
        moment = Moment(sequence=event.sequence)
        campaign = campaign_page(history, "acme", "c-spring", moment)
        assert campaign == models.campaign("acme", "c-spring") and campaign is not None
        for id in ("p1-1", "p1-2"):
            assert prospect_page(history, "acme", id, moment) == models.prospect("acme", id)
    engine.dispose()


async def _head(nats_url: str) -> Head:
    log = await Log.connect(nats_url)
    head = await log.head()
    await log.close()
    return head


def test_an_instant_includes_what_was_decided_at_it(history: FilonHistory) -> None:
    before, then = Moment(at=NOW - timedelta(microseconds=1)), Moment(at=NOW)
    assert campaign_page(history, "acme", "c-spring", before) is None
    page = campaign_page(history, "acme", "c-spring", then)
    assert page is not None and (page.status, page.metrics.prospects_found) == ("draft", 0)
    paused = campaign_page(history, "acme", "c-spring", Moment(at=NOW + timedelta(minutes=5)))
    assert paused is not None and paused.status == "paused"
    assert (paused.metrics.prospects_found, paused.metrics.prospects_qualified) == (2, 1)


def test_nothing_of_another_organisation_is_shown(history: FilonHistory) -> None:
    assert campaign_page(history, "other", "c-spring", Moment()) is None
    assert prospect_page(history, "other", "p1-1", Moment()) is None


def test_an_id_that_none_can_have_is_refused(history: FilonHistory) -> None:
    for id in (">", "*", "p1.1", ""):
        with pytest.raises(InvalidSubjectToken):
            prospect_page(history, "acme", id, Moment())
        with pytest.raises(InvalidSubjectToken):
            campaign_page(history, "acme", id, Moment())


def test_who_was_erased_has_no_past_even_before_the_facts_are_gone(history: FilonHistory) -> None:
    earlier = Moment(sequence=len(spring()))
    assert prospect_page(history, "acme", "p1-1", earlier) is not None
    history.save(at(9, prospect_id("p1-1"), 4, ProspectErased()))
    assert prospect_page(history, "acme", "p1-1", earlier) is None


def test_who_was_merged_later_is_shown_as_it_was(history: FilonHistory) -> None:
    earlier = Moment(sequence=len(spring()))
    history.save(at(9, prospect_id("p1-1"), 4, ProspectMerged(into="p1-2")))
    assert prospect_page(history, "acme", "p1-1", earlier) is not None
    assert prospect_page(history, "acme", "p1-1", Moment()) is None
    page = campaign_page(history, "acme", "c-spring", Moment())
    assert page is not None and page.metrics.prospects_found == 1
