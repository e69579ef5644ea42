"""The main job: a person signs in, imports a list, starts, and watches scored prospects arrive."""

from tests.e2e import campaigns
from tests.e2e.browsers import GuideClient
from tests.e2e.companies import csv_of
from tests.e2e.platform import Platform

COUNT = 100


def test_a_campaign_on_a_list_runs_to_its_end_before_the_guides_client(filon: Platform) -> None:
    with filon.sign_in() as client:
        with GuideClient(filon, client.cookies["filon_session"]) as guide:
            id = campaigns.create(client, COUNT)
            campaigns.start(client, id)
            guide.wait_for("CAMPAIGN_COMPLETED")
        started = guide.of_type("CAMPAIGN_STARTED")[0]["payload"]
        assert started["campaignId"] == id
        assert {agent["role"] for agent in started["agents"]} == {"researcher", "qualifier"}
        activity = guide.of_type("AGENT_ACTIVITY")[-1]["payload"]
        assert activity.keys() >= {"campaignId", "agentId", "activity", "status"}
        found = guide.of_type("PROSPECT_FOUND")
        assert all(frame["payload"]["prospect"]["factors"] for frame in found)
        campaigns.wait_until_completed(client, id)
        campaigns.assert_agree(found, campaigns.prospects(client, id))
        campaigns.assert_whole(client, id, COUNT)
        ticks = guide.of_type("CAMPAIGN_METRICS_UPDATE")
        assert ticks and ticks[-1]["payload"]["campaignId"] == id


def test_the_same_list_sent_again_adds_nothing(filon: Platform) -> None:
    with filon.sign_in() as client:
        id = campaigns.create(client, 30)
        files = {"file": ("again.csv", csv_of(40), "text/csv")}
        again = client.post(f"/api/campaigns/{id}/import", files=files).json()
        assert (again["accepted"], again["duplicates"], again["refusedCount"]) == (10, 30, 0)
        assert len(campaigns.prospects(client, id)) == 40


def test_the_sample_runs_with_nothing_at_hand(filon: Platform) -> None:
    with filon.sign_in() as client:
        described = {
            "name": "Sample",
            "sources": ["sample"],
            "targeting": {"sections": ["J"], "maxProspects": 25},
        }
        id = client.post("/api/campaigns", json=described).json()["id"]
        campaigns.start(client, id)
        campaign = campaigns.wait_until_completed(client, id)
        assert campaign["metrics"]["prospectsScored"] == 25


def test_a_paused_campaign_rests_and_a_resumed_one_completes(filon: Platform) -> None:
    with filon.sign_in() as client:
        id = campaigns.create(client, 60)
        campaigns.start(client, id)
        assert client.post(f"/api/campaigns/{id}/pause").json()["status"] == "paused"
        assert client.get(f"/api/campaigns/{id}").json()["status"] == "paused"
        assert client.post(f"/api/campaigns/{id}/resume").json()["status"] == "resumed"
        campaigns.wait_until_completed(client, id)
        campaigns.assert_whole(client, id, 60)
