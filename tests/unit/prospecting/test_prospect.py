"""What may be decided about a prospect."""

import pytest

from events.company import Company
from events.prospect import ProspectAssigned, ProspectFailed, ProspectQualified, ProspectScored
from services.prospecting import errors, qualification
from services.prospecting import prospect as prospects
from services.prospecting.prospect import Prospect, public
from tests.unit.prospecting.shelf import CAMPAIGN, NOW, SOFTWARE, evidence

NOTHING_ON_RECORD = Company(name="Atelier", text="What a model read.")
FOUND = Prospect(company=NOTHING_ON_RECORD, source="csv", source_url="", how="import", found_at=NOW)
FIT = evidence(activity="62.01Z", headcountBand="12", postalCode="75001", email="a@b.example")


def score(prospect: Prospect, threshold: int = 60) -> list[object]:
    shown = public(prospect, "p1-x", CAMPAIGN)
    return [*qualification.score(prospect, shown, SOFTWARE, threshold, FIT, "offline")]


def test_a_score_above_the_threshold_qualifies() -> None:
    scored, qualified = score(FOUND)
    assert isinstance(scored, ProspectScored)
    assert isinstance(qualified, ProspectQualified)
    assert scored.first
    assert scored.score == sum(factor.points for factor in scored.prospect.factors) == 95
    assert (scored.prospect.status, qualified.prospect.status) == ("scored", "qualified")


def test_a_score_at_the_threshold_does_not_qualify() -> None:
    assert [type(fact) for fact in score(FOUND, threshold=95)] == [ProspectScored]


@pytest.mark.parametrize("status", ["scored", "qualified", "failed"])
def test_what_is_not_waiting_is_not_scored(status: str) -> None:
    assert score(FOUND.model_copy(update={"status": status})) == []


def test_a_failure_is_shown_and_can_be_retried() -> None:
    shown = public(FOUND, "p1-x", CAMPAIGN)
    [failed] = prospects.fail(FOUND, shown, "failure.model", {"reason": "timeout"})
    assert isinstance(failed, ProspectFailed)
    after = prospects.fold(FOUND, failed)
    assert isinstance(after, Prospect)
    assert prospects.retry(after) == ProspectAssigned(reason="retried")
    again = prospects.fold(after, ProspectAssigned(reason="retried"))
    assert isinstance(again, Prospect)
    assert again.status == "found"


def test_only_a_failed_prospect_is_retried() -> None:
    with pytest.raises(errors.NotFailed):
        prospects.retry(FOUND)
