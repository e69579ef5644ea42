"""A claim stands where the document says it in those words."""

import json

import pytest

from services.agents.crews.guardrail import FieldName, judge

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


def claim(field: FieldName, value: str, quote: str) -> dict[str, object]:
    return {"field": field, "value": value, "quote": quote, "confidence": 1}


def objections(field: FieldName, value: str, quote: str) -> list[str]:
    return judge(json.dumps({"facts": [claim(field, value, quote)]}), DOCUMENT).objections


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


GOOD = claim("activity", "62.01Z", "Activité NAF : 62.01Z")
ANSWER = json.dumps({"facts": [GOOD]})


@pytest.mark.parametrize(
    "words",
    [
        ANSWER,
        f"```json\n{ANSWER}\n```",
        f'<think>Perhaps {{"facts": []}}, or {{ not.</think>\n{ANSWER}',
        f"Here is what I found:\n{ANSWER}\nTell me if you need {{more}}!",
        f'I was asked for {{"field": "..."}}. So: {json.dumps({"facts": [GOOD]}, indent=2)}',
    ],
)
def test_the_json_is_taken_out_of_whatever_is_around_it(words: str) -> None:
    judgement = judge(words, DOCUMENT)
    assert [fact.value for fact in judgement.facts] == ["62.01Z"]
    assert judgement.objections == []


@pytest.mark.parametrize("words", ["", "I can't.", "[1, 2]", '{"facts": "none"}', "{" * 5000])
def test_an_answer_without_that_json_is_objected_to(words: str) -> None:
    assert judge(words, DOCUMENT).objections


def test_a_fact_out_of_shape_costs_the_others_nothing() -> None:
    strange = {"field": "turnover", "value": "1", "quote": "1", "confidence": 1}
    judgement = judge(json.dumps({"facts": [strange, GOOD, "word"]}), DOCUMENT)
    assert [fact.value for fact in judgement.facts] == ["62.01Z"]
    assert len(judgement.objections) == 2
