from pathlib import Path

import pytest

from services.supervisor.refusal import CannotStart
from services.supervisor.settings import SupervisorSettings
from services.wording import LANGUAGES


def test_with_nothing_set_filon_lives_in_the_folder_it_was_started_in() -> None:
    settings = SupervisorSettings.from_env({}, agents=2)

    assert settings == SupervisorSettings(
        Path(".filon").absolute(), port=8000, nats_url=None, agents=2
    )


def test_a_setting_that_is_empty_is_one_that_is_not_set() -> None:
    empty = dict.fromkeys(("FILON_HOME", "FILON_PORT", "FILON_NATS_URL", "FILON_ENV"), "")

    assert SupervisorSettings.from_env(empty, agents=2) == SupervisorSettings.from_env({}, agents=2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FILON_PORT", "eighty"),
        ("FILON_PORT", "0"),
        ("FILON_PORT", "65536"),
        ("FILON_PORT", "²"),
        ("FILON_ENV", "staging"),
        ("FILON_NATS_URL", "localhost:4222"),
        ("FILON_NATS_URL", "http://localhost:4222"),
    ],
)
def test_an_impossible_value_is_refused_by_name_with_what_would_be_right(
    name: str, value: str
) -> None:
    with pytest.raises(CannotStart) as refusal:
        SupervisorSettings.from_env({name: value}, agents=2)

    for language in LANGUAGES:
        sentence = refusal.value.sentence(language)
        assert f"{name}={value!r}" in sentence
        assert sentence.split(":", 1)[1].strip()


def test_a_cluster_is_a_list_of_addresses() -> None:
    url = "nats://one:4222,nats://two:4222"

    assert SupervisorSettings.from_env({"FILON_NATS_URL": url}, agents=2).nats_url == url


def test_there_is_at_least_one_agent_process() -> None:
    with pytest.raises(CannotStart):
        SupervisorSettings.from_env({}, agents=0)
