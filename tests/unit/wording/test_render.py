"""What people read of a code and its parameters."""

import pytest

from services.wording import LANGUAGES, Language, render, texts
from services.wording.catalogue import catalogue

NARROW, HARD = "\u202f", "\u00a0"


def test_parameters_that_are_codes_are_put_in_words_too() -> None:
    ways = {"ways": "email,phone"}
    assert render("score.reachability.ways", ways, "fr") == f"Joignable{HARD}: e-mail, téléphone"
    assert render("score.reachability.ways", ways, "en") == "Reachable: e-mail, phone"


def test_a_code_of_a_newer_version_is_shown_as_it_is() -> None:
    assert render("score.telepathy.match", {}, "en") == "score.telepathy.match"
    told = render("failure.source", {"source": "moon,csv", "reason": "eclipse"}, "en")
    assert told == "The source “moon,csv” does not answer: eclipse"


@pytest.mark.parametrize("strange", ["", "NaN", "{x}, €", "-1e999", "²", None])
def test_a_parameter_that_is_missing_or_strange_fails_no_reader(strange: object) -> None:
    for language in LANGUAGES:
        for code, sentence in catalogue(language).items():
            assert render(code, {}, language)
            assert render(code, dict.fromkeys(sentence.parameters, strange), language)


@pytest.mark.parametrize(
    ("found", "language", "words"),
    [
        ("0", "fr", f"0 prospect trouvé dans la source «{HARD}fichier CSV{HARD}»"),
        ("1", "fr", f"1 prospect trouvé dans la source «{HARD}fichier CSV{HARD}»"),
        ("1234", "fr", f"1{NARROW}234 prospects trouvés dans la source «{HARD}fichier CSV{HARD}»"),
        ("0", "en", "Found 0 prospects in the source “CSV file”"),
        ("1", "en", "Found 1 prospect in the source “CSV file”"),
        ("1234", "en", "Found 1,234 prospects in the source “CSV file”"),
    ],
)
def test_what_is_counted_chooses_singular_or_plural(
    found: str, language: Language, words: str
) -> None:
    assert render("activity.read", {"source": "csv", "found": found}, language) == words


@pytest.mark.parametrize(
    ("code", "params", "french", "english"),
    [
        ("supervisor.later", {"seconds": 4.16745}, f"dans 4,2{HARD}s", "in 4.2 sec"),
        ("supervisor.later", {"seconds": 90}, f"dans 90{HARD}s", "in 90 sec"),
        ("supervisor.later", {"seconds": "150"}, f"dans 2,5{HARD}min", "in 2.5 min"),
        ("operations.room", {"used": "1536", "limit": str(2**31)},
         f"1,5{HARD}ko sur 2{HARD}Go", "1.5 kB of 2 GB"),
        ("failure.budget-euros", {"euros": "1234.5"},
         f"Budget épuisé{HARD}: 1{NARROW}234,50{HARD}€ dépensés. "
         "Augmentez-le puis relancez l'agent.",
         "The budget is spent: €1,234.50. Raise it, then start the agent again."),
    ],
)  # fmt: skip
def test_numbers_are_written_as_people_write_them(
    code: str, params: dict[str, object], french: str, english: str
) -> None:
    assert render(code, params, "fr").replace(NARROW, HARD) == french.replace(NARROW, HARD)
    assert render(code, params, "en") == english


def test_the_page_gets_its_texts_to_fill_in_by_itself() -> None:
    page = texts("page.", "fr")
    assert page["login.title"] == "Connexion"
    assert page["campaigns.count"] == ["n", "{n:number} prospect", "{n:number} prospects"]
    assert page.keys() == texts("page.", "en").keys()
