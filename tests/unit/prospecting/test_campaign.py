"""What may be decided about a campaign."""

import pytest
from pydantic import ValidationError

from events.campaign import (
    CampaignCancelled,
    CampaignCompleted,
    CampaignFact,
    CampaignImported,
    CampaignPaused,
    CampaignResumed,
)
from services.prospecting import campaign as campaigns
from services.prospecting import errors
from services.prospecting.campaign import Campaign
from services.prospecting.commands import ChangeCampaign, CreateCampaign
from tests.unit.prospecting.shelf import CAMPAIGN, draft


def after(campaign: Campaign, *facts: CampaignFact) -> Campaign:
    for fact in facts:
        campaign = campaigns.fold(campaign, fact)
    return campaign


def active(**description: tuple[str, ...]) -> Campaign:
    campaign = draft(**description)  # type: ignore[arg-type]  # sources only
    return after(campaign, campaigns.start(campaign, CAMPAIGN))


def test_a_draft_starts_with_an_agent_of_each_role() -> None:
    started = campaigns.start(draft(), CAMPAIGN)
    assert [(agent.id, agent.status) for agent in started.agents] == [
        ("researcher-c-spring", "running"),
        ("qualifier-c-spring", "running"),
    ]


def test_it_cannot_start_twice() -> None:
    with pytest.raises(errors.AlreadyStarted):
        campaigns.start(active(), CAMPAIGN)


def test_it_cannot_start_without_a_source() -> None:
    with pytest.raises(errors.NoSource):
        campaigns.start(draft(sources=()), CAMPAIGN)


def test_a_csv_campaign_starts_once_a_list_was_imported() -> None:
    campaign = draft(sources=("csv",))
    with pytest.raises(errors.NothingToRead):
        campaigns.start(campaign, CAMPAIGN)
    imported = CampaignImported(accepted=0, duplicates=3, refused=0)
    assert campaigns.start(after(campaign, imported), CAMPAIGN).agents


def test_an_import_of_refused_lines_alone_leaves_nothing_to_read() -> None:
    campaign = after(draft(sources=("csv",)), CampaignImported(accepted=0, duplicates=0, refused=9))
    with pytest.raises(errors.NothingToRead):
        campaigns.start(campaign, CAMPAIGN)


def test_it_pauses_and_resumes_while_it_is_active_only() -> None:
    with pytest.raises(errors.NotActive):
        campaigns.pause(draft())
    paused = after(active(), campaigns.pause(active()))
    assert paused.status == "paused"
    with pytest.raises(errors.NotActive):
        campaigns.pause(paused)
    assert campaigns.resume(paused) == CampaignResumed()
    with pytest.raises(errors.NotPaused):
        campaigns.resume(active())


@pytest.mark.parametrize(
    "end", [CampaignCompleted(found=1, scored=1, failed=0), CampaignCancelled()]
)
def test_what_ended_stays_ended(end: CampaignFact) -> None:
    ended = after(active(), end)
    for decision in (
        lambda: campaigns.pause(ended),
        lambda: campaigns.resume(ended),
        lambda: campaigns.cancel(ended),
        lambda: campaigns.complete(ended, 1, 1, 0),
        lambda: campaigns.start(ended, CAMPAIGN),
        lambda: campaigns.accept_imports(ended),
        lambda: campaigns.change(ended, ChangeCampaign(name="Later")),
    ):
        with pytest.raises(errors.CampaignEnded):
            decision()


def test_a_paused_campaign_does_not_complete() -> None:
    with pytest.raises(errors.NotActive):
        campaigns.complete(after(active(), CampaignPaused()), 1, 1, 0)


def test_a_change_holds_the_whole_description_as_it_becomes() -> None:
    changed = campaigns.change(draft(), ChangeCampaign(threshold=10))
    assert changed is not None
    assert (changed.name, changed.threshold, changed.sources) == ("Spring", 10, ("sample",))


def test_a_change_to_what_already_is_yields_no_fact() -> None:
    assert campaigns.change(draft(), ChangeCampaign(name="Spring")) is None


def test_sources_are_fixed_once_it_started() -> None:
    with pytest.raises(errors.NotADraft):
        campaigns.change(active(), ChangeCampaign(sources=("csv",)))


def test_a_change_must_say_something() -> None:
    with pytest.raises(ValidationError, match="name at least one field"):
        ChangeCampaign()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", " "),
        ("threshold", 101),
        ("sources", ["fax"]),
        ("targeting", {"activities": ["software"]}),
        ("targeting", {"departements": ["99"]}),
        ("targeting", {"headcountBands": ["77"]}),
    ],
)
def test_a_description_that_makes_no_sense_names_its_field(field: str, wrong: object) -> None:
    description = {"name": "Spring", "sources": ["sample"], field: wrong}
    with pytest.raises(ValidationError) as refused:
        CreateCampaign.model_validate(description)
    assert refused.value.errors()[0]["loc"][0] == field
