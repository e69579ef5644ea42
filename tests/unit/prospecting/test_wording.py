"""What people read exists in French and in English."""

import re

import pytest

from services.prospecting import errors
from services.prospecting.errors import NotFound, Refused
from services.wording.domain import WORDING, render


def refusals(of: type[Refused] = Refused) -> list[str]:
    return [n for c in of.__subclasses__() for n in (c.__name__, *refusals(c)) if c is not NotFound]


def test_every_refusal_has_its_words() -> None:
    assert errors.Refused in errors.NotFound.__mro__
    assert [name for name in refusals() if name not in WORDING] == []


@pytest.mark.parametrize("code", WORDING)
def test_both_languages_take_the_same_parameters(code: str) -> None:
    french, english = (set(re.findall(r"\{(\w+)\}", text)) for text in WORDING[code])
    assert french == english


def test_parameters_that_are_codes_are_put_in_words_too() -> None:
    code = "score.reachability.ways"
    assert render(code, {"ways": "email,phone"}, "fr") == "Joignable : e-mail, téléphone"
    assert render(code, {"ways": "email,phone"}, "en") == "Reachable: e-mail, phone"


def test_a_code_of_a_newer_version_is_shown_as_it_is() -> None:
    assert render("score.telepathy.match", {}, "en") == "score.telepathy.match"
