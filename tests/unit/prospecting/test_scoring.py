"""Rubric version 1."""

from hypothesis import given
from hypothesis import strategies as st

from events.targeting import HEADCOUNT_BANDS, Targeting
from services.prospecting.people import seniority_of
from services.prospecting.scoring import score
from tests.unit.prospecting.shelf import evidence

EVERYTHING = Targeting(
    activities=("62.01Z",),
    headcount_bands=("12",),
    departements=("75",),
    job_titles=("directeur technique",),
)


def points(targeting: Targeting, **known: str) -> dict[str, tuple[int, int]]:
    return {f.rule: (f.points, f.max) for f in score(targeting, evidence(**known))}


def test_a_perfect_fit_scores_the_rubrics_weights() -> None:
    assert points(
        EVERYTHING,
        activity="62.01Z",
        headcountBand="12",
        postalCode="75011",
        jobTitle="Directeur technique (CTO)",
        email="a@b.example",
        phone="0199001234",
        website="b.example",
    ) == {
        "activity": (30, 30),
        "headcount": (20, 20),
        "place": (20, 20),
        "role": (20, 20),
        "reachability": (10, 10),
    }


def test_what_is_not_asked_drops_out_and_the_rest_is_rescaled_to_100() -> None:
    assert points(Targeting(), email="a@b.example") == {"reachability": (60, 100)}
    two = points(Targeting(activities=("62",)), activity="62.02A")
    assert two == {"activity": (75, 75), "reachability": (0, 25)}


def test_a_near_miss_is_worth_half() -> None:
    near = points(
        EVERYTHING, activity="62.09Z", headcountBand="11", postalCode="92100", jobTitle="Comptable"
    )
    assert near["activity"] == (15, 30)
    assert near["headcount"] == (10, 20)
    assert near["place"] == (10, 20)
    assert near["role"] == (0, 20)


def test_what_is_unknown_is_worth_nothing_and_says_so() -> None:
    factors = score(EVERYTHING, [])
    assert sum(f.points for f in factors) == 0
    assert [f.code for f in factors][:4] == [
        "score.activity.unknown",
        "score.headcount.unknown",
        "score.place.unknown",
        "score.role.unknown",
    ]


def test_seniority_counts_fully_where_no_job_title_is_asked() -> None:
    asked = Targeting(seniorities=("executive",))
    assert points(asked, jobTitle="Présidente")["role"] == (67, 67)
    with_title = asked.model_copy(update={"job_titles": ("acheteur",)})
    assert points(with_title, jobTitle="Présidente")["role"] == (34, 67)


def test_titles_in_french_and_english_have_the_same_seniority() -> None:
    assert seniority_of("Co-fondatrice") == seniority_of("Founder & CEO") == "founder"
    assert seniority_of("Directrice des achats") == "director"
    assert seniority_of("Comptable") == "staff"


bands = st.sampled_from([*HEADCOUNT_BANDS])


@given(
    st.builds(
        Targeting,
        activities=st.lists(st.sampled_from(["62.01Z", "10", "47.11F"]), max_size=2),
        headcount_bands=st.lists(bands, max_size=3),
        departements=st.lists(st.sampled_from(["75", "2A", "974"]), max_size=2),
        job_titles=st.lists(st.sampled_from(["acheteur", "gérante"]), max_size=1),
    ),
    st.dictionaries(
        st.sampled_from(
            ["activity", "headcountBand", "postalCode", "jobTitle", "email", "phone", "website"]
        ),
        st.sampled_from(["62.01Z", "12", "75011", "20200", "Gérante", "x"]),
    ),
)
def test_maxima_add_up_to_100_and_a_score_is_reproducible(
    targeting: Targeting, known: dict[str, str]
) -> None:
    factors = score(targeting, evidence(**known))
    assert sum(f.max for f in factors) == 100
    assert all(0 <= f.points <= f.max for f in factors)
    assert score(targeting, evidence(**known)) == factors


def test_two_places_overseas_without_a_region_are_not_near_each_other() -> None:
    [place, _] = score(Targeting(departements=("975",)), evidence(postalCode="97133"))
    assert (place.rule, place.code) == ("place", "score.place.other")
