import string

import pytest

from services.wording.supervisor import SENTENCES, language


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_says_the_same_things_in_both_languages(code: str) -> None:
    french, english = (SENTENCES[code][words] for words in ("fr", "en"))

    assert _fields(french) == _fields(english)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "fr_CA"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_terminal_decides_the_language(environment: dict[str, str], expected: str) -> None:
    assert language(environment) == expected


def _fields(sentence: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field}
