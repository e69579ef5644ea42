"""The model without a network: what its rules find, and what it quotes."""

import pytest

from events.company import Company
from services.agents.crews import document
from services.agents.crews.guardrail import (
    Assessment,
    Selection,
    objections_to_assessment,
    objections_to_selection,
)
from services.agents.models.offline import assess, select
from tests.unit.prospecting.shelf import BAKERY

PROSE = Company(
    name="Cabinet Fictif",
    text="Conseil en logiciels (62.02A), 35 salariés, 69003 Lyon. Écrire à info@fictif.example, "
    "appeler le 01 99 00 12 34 ou voir www.fictif.example.",
)


def found(company: Company) -> dict[str, str]:
    text = document.of_company(company)
    answer = Assessment.model_validate(assess(text))
    assert objections_to_assessment(answer, text) == []
    return {fact.field: fact.value for fact in answer.facts}


def test_labelled_facts_are_found_and_stand() -> None:
    assert found(BAKERY) == {
        "activity": "10.71C",
        "headcountBand": "11",
        "postalCode": "75011",
        "jobTitle": "Gérante",
        "email": "ada@imaginaire.example",
        "website": "https://www.imaginaire.example/pain",
    }


def test_facts_in_prose_are_found_and_stand() -> None:
    assert found(PROSE) == {
        "activity": "62.02A",
        "headcountBand": "12",
        "postalCode": "69003",
        "email": "info@fictif.example",
        "phone": "01 99 00 12 34",
        "website": "www.fictif.example",
    }


@pytest.mark.parametrize(
    "company",
    [
        Company(name="Rien"),
        Company(name="Saut\nActivité NAF : 62.01Z"),
        Company(name="Zéro", headcount_band="00"),
        Company(name="Très grande", headcount_band="53"),
        Company(name="Longue", text="x" * 9000 + " 62.01Z"),
        Company(name="Bizarre", extra={"Effectif": "beaucoup", "Note\nlibre": "75011 Paris"}),
        Company(name="Site", website="boutique-sans-protocole.example"),
    ],
)
def test_whatever_the_company_its_answer_passes_the_guardrail(company: Company) -> None:
    found(company)


def test_every_company_of_a_page_is_kept_by_its_name() -> None:
    page = document.of_page([BAKERY, PROSE])
    answer = Selection.model_validate(select(page))
    assert [kept.quote for kept in answer.kept] == ["Boulangerie Imaginaire", "Cabinet Fictif"]
    assert objections_to_selection(answer, page.splitlines()) == []


def test_a_page_shows_no_contact() -> None:
    assert "Ada" not in document.of_page([BAKERY])
