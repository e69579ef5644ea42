"""Each process is killed with -9 in the middle of a campaign: nothing is lost, nothing is done
twice, whether a client keeps its cursor or not."""

import time

import pytest

from tests.e2e import campaigns
from tests.e2e.browsers import CursorClient, GuideClient
from tests.e2e.platform import Platform

PROCESSES = ["nats", "projector", "agents-1", "edge"]


def run_and_kill(filon: Platform, victims: list[str], count: int, seconds: float) -> None:
    """Kills the victims one after another between 30 % and 70 % of the way."""
    with filon.sign_in() as client:
        cookie = client.cookies["filon_session"]
        with GuideClient(filon, cookie) as guide, CursorClient(filon, cookie) as keeper:
            id = campaigns.create(client, count)
            campaigns.start(client, id)
            for number, victim in enumerate(victims):
                share = 0.3 + 0.4 * number / max(1, len(victims) - 1)
                wait_for_share(keeper, share if len(victims) > 1 else 0.5, count, seconds)
                filon.kill(victim)
            keeper.wait_for("CAMPAIGN_COMPLETED", seconds)
        filon.wait_until_ready()
        campaigns.wait_until_completed(client, id)
        campaigns.assert_whole(client, id, count)
        campaigns.assert_agree(keeper.of_type("PROSPECT_FOUND"), campaigns.prospects(client, id))
        assert not guide.gave_up


def wait_for_share(keeper: GuideClient, share: float, count: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while len(keeper.of_type("PROSPECT_FOUND")) < share * count:
        assert time.monotonic() < deadline, f"stuck at {len(keeper.frames)} frames"
        time.sleep(0.02)


@pytest.mark.parametrize("victim", PROCESSES)
def test_a_kill_in_the_middle_loses_and_doubles_nothing(own_filon: Platform, victim: str) -> None:
    run_and_kill(own_filon, [victim], count=100, seconds=120)


@pytest.mark.soak
def test_each_process_killed_in_turn_on_a_thousand_loses_and_doubles_nothing(
    own_filon: Platform,
) -> None:
    run_and_kill(own_filon, own_filon.processes(), count=1000, seconds=400)
