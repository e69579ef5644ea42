"""Filon's log as an application of the library: versions, notifications, subscriptions."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid4

import pytest
from eventsourcing.application import AggregateNotFoundError
from eventsourcing.persistence import IntegrityError
from eventsourcing.projection import ApplicationSubscription

from events.campaign import CampaignPaused
from events.fact import Event
from events.subjects import InvalidSubjectToken
from projections.prospects import ProspectView, project
from services.history import FilonHistory, Moment, NoFold
from services.prospecting.agent import Agent
from services.prospecting.campaign import Campaign
from services.prospecting.prospect import Prospect
from tests.integration.history.shelf import AGENT_ID, CAMPAIGN_ID, at, prospect_id, spring


def test_a_campaign_is_loaded_as_it_stood_at_each_version(history: FilonHistory) -> None:
    states = [history.repository.get(CAMPAIGN_ID, version=version) for version in (1, 2, 3, 4)]
    assert all(isinstance(state, Campaign) for state in states)
    assert [state.status for state in states] == ["draft", "active", "paused", "active"]
    assert history.repository.get(CAMPAIGN_ID) == states[-1]


def test_prospects_and_agents_are_loaded_by_their_own_folds(history: FilonHistory) -> None:
    prospect = history.repository.get(prospect_id("p1-1"))
    assert isinstance(prospect, Prospect) and (prospect.status, prospect.score) == ("qualified", 80)
    assert history.repository.get(prospect_id("p1-1"), version=1).status == "found"
    assert isinstance(history.repository.get(AGENT_ID), Agent)


def test_another_fold_shows_another_picture(history: FilonHistory) -> None:
    def page(view: ProspectView | None, events: Iterable[Event]) -> ProspectView | None:
        for event in events:
            view = project(view, event, event.fact)  # type: ignore[arg-type]  # a prospect's
        return view

    view = history.repository.get(prospect_id("p1-2"), version=3, projector_func=page)
    assert isinstance(view, ProspectView) and (view.status, view.score) == ("scored", 40)


def test_what_never_was_is_not_found(history: FilonHistory) -> None:
    for id, version in ((CAMPAIGN_ID, 0), ("acme/c-no/campaign/c-no", None), ("nonsense", None)):
        with pytest.raises(AggregateNotFoundError):
            history.repository.get(id, version=version)
        assert "nonsense" not in history.repository


def test_a_kind_that_nobody_folds_is_said_to_be_so(history: FilonHistory) -> None:
    history.save(at(9, "acme/_/rubric/r-1", 1, CampaignPaused()))
    with pytest.raises(NoFold, match="rubric"):
        history.repository.get("acme/_/rubric/r-1")


def test_notifications_are_the_facts_in_order(history: FilonHistory) -> None:
    section = history.notification_log["1,5"]
    assert [each.id for each in section.items] == [1, 2, 3, 4, 5]
    found = history.notification_log.select(None, 1000)
    assert [history.mapper.to_domain_event(each) for each in found] == spring()


def test_all_facts_of_a_campaign_are_read_up_to_a_moment(history: FilonHistory) -> None:
    facts = spring()
    assert list(history.read("acme", "c-spring")) == facts
    assert list(history.read(moment=Moment(sequence=4))) == facts[:4]
    assert list(history.read(moment=Moment(at=facts[3].at))) == facts[:5]
    assert list(history.read("acme", "c-other")) == list(history.read("other")) == []
    with pytest.raises(InvalidSubjectToken):
        list(history.read("acme", ">"))


def test_a_subscription_follows_what_is_saved(history: FilonHistory) -> None:
    paused = at(9, CAMPAIGN_ID, 5, CampaignPaused())
    topics = ["filon.CampaignPaused.v1"]
    with ApplicationSubscription(history, gt=0, topics=topics) as subscription:
        event, tracking = next(subscription)
        assert (event.originator_version, tracking.notification_id) == (3, 8)
        history.save(paused)
        event, tracking = next(subscription)
        assert (event, tracking.application_name) == (paused, "Filon")


def test_two_who_decide_on_the_same_version_conflict(history: FilonHistory) -> None:
    history.save(at(9, CAMPAIGN_ID, 5, CampaignPaused()))
    with pytest.raises(IntegrityError):
        history.save(replace(at(9, CAMPAIGN_ID, 5, CampaignPaused()), id=uuid4()))
