import pytest

from services.wording import Language, of_terminal, preferred
from services.wording.languages import asked


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


@pytest.mark.parametrize(
    ("person", "organisation", "request_", "language"),
    [
        ("en", "fr", "fr", "en"),
        (None, "en", "fr", "en"),
        (None, None, "en-GB", "en"),
        (None, None, "de", "fr"),
        (None, None, None, "fr"),
        ("tlh", "en", "fr", "en"),
        ("", None, "en", "en"),
    ],
)
def test_the_person_comes_before_the_organisation_and_that_before_the_request(
    person: str | None, organisation: Language | None, request_: str | None, language: Language
) -> None:
    assert preferred(person, organisation, request_) == language


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "fr_CA"}, "fr"),
        ({"LANG": "fr_FR", "LC_ALL": ""}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_terminal_decides_its_language(environment: dict[str, str], expected: str) -> None:
    assert of_terminal(environment) == expected
