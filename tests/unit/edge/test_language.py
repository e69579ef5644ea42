import pytest

from services.edge.http.languages import asked
from services.wording.domain import Language
from services.wording.edge import FIELDS, PROBLEMS, TITLES


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en", "en"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB;q=0.4, fr;q=0.7", "fr"),
        ("de, en;q=0.5", "en"),
        ("de", None),
        ("fr;q=0", None),
        ("en;q=abc", None),
        ("*", None),
        ("", None),
        (None, None),
    ],
)
def test_the_known_language_that_is_preferred_most_is_taken(
    header: str | None, language: Language | None
) -> None:
    assert asked(header) == language


def test_every_problem_has_words_in_both_languages_with_the_same_parameters() -> None:
    for code, (french, english) in (PROBLEMS | FIELDS).items():
        assert french and english and french != english, code
        names = [{part.split("}")[0] for part in text.split("{")[1:]} for text in (french, english)]
        assert names[0] == names[1], code
    for french, english in TITLES.values():
        assert french and english
