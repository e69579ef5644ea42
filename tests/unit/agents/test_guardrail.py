"""A claim stands where the document says it in those words."""

import pytest

from services.agents.crews.guardrail import (
    Assessment,
    FieldName,
    Kept,
    QuotedFact,
    Selection,
    objections_to_assessment,
    objections_to_selection,
)

DOCUMENT = """\
Entreprise : Atelier Imaginaire
Activité NAF : 62.01Z
Effectif : 20-49 salariés (tranche 12)
Code postal : 75 011
Fonction : Directrice générale
E-mail : Ada@Imaginaire.example
Téléphone : 01 99 00 12 34
Site web : https://www.imaginaire.example/contact
Texte : Une équipe de 1 200 personnes, 35 à Lyon.
"""


def objections(field: FieldName, value: str, quote: str) -> list[str]:
    fact = QuotedFact(field=field, value=value, quote=quote, confidence=1)
    return objections_to_assessment(Assessment(facts=[fact]), DOCUMENT)


@pytest.mark.parametrize(
    ("field", "value", "quote"),
    [
        ("activity", "62.01Z", "Activité NAF : 62.01Z"),
        ("headcountBand", "12", "Effectif : 20-49 salariés (tranche 12)"),
        ("headcountBand", "12", "35 à Lyon"),
        ("headcountBand", "42", "Une équipe de 1 200 personnes"),
        ("postalCode", "75011", "Code postal : 75 011"),
        ("jobTitle", "directrice générale", "Fonction : Directrice générale"),
        ("email", "ada@imaginaire.example", "Ada@Imaginaire.example"),
        ("phone", "+33199001234", "01 99 00 12 34"),
        ("website", "imaginaire.example", "https://www.imaginaire.example/contact"),
    ],
)
def test_what_the_quote_says_stands(field: FieldName, value: str, quote: str) -> None:
    assert objections(field, value, quote) == []


@pytest.mark.parametrize(
    ("field", "value", "quote"),
    [
        ("activity", "62.02A", "Activité NAF : 62.01Z"),
        ("headcountBand", "11", "Effectif : 20-49 salariés (tranche 12)"),
        ("headcountBand", "many", "35 à Lyon"),
        ("postalCode", "75012", "Code postal : 75 011"),
        ("jobTitle", "Directeur commercial", "Fonction : Directrice générale"),
        ("email", "ada@autre.example", "Ada@Imaginaire.example"),
        ("email", "imaginaire", "Ada@Imaginaire.example"),
        ("phone", "01 99 00 12 35", "01 99 00 12 34"),
        ("phone", "1", "01 99 00 12 34"),
        ("website", "autre.example", "https://www.imaginaire.example/contact"),
    ],
)
def test_what_the_quote_does_not_say_is_refused(field: FieldName, value: str, quote: str) -> None:
    assert objections(field, value, quote)


def test_words_that_are_not_in_the_document_are_no_quote() -> None:
    assert objections("email", "x@y.example", "E-mail : x@y.example")
    assert objections("activity", "62.01Z", "activité NAF : 62.01Z")


def test_a_selection_quotes_the_line_of_the_company_it_keeps() -> None:
    lines = ["[1] Atelier ; 75011 Paris", "[2] Fournil ; 69001 Lyon"]
    good = Selection(kept=[Kept(number=2, quote="Fournil")])
    assert objections_to_selection(good, lines) == []
    for number, quote in ((3, "Fournil"), (0, "Atelier"), (1, "Fournil")):
        assert objections_to_selection(Selection(kept=[Kept(number=number, quote=quote)]), lines)
    assert objections_to_selection(Selection(kept=good.kept * 2), lines)
