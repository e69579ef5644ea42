"""Settings of the workers and their models."""

import pytest

from services.agents.models.offline import OfflineModel
from services.agents.models.settings import ModelSettings, UnusableModel
from services.agents.settings import WorkSettings
from services.settings import UnusableSetting


def test_without_settings_the_model_is_offline() -> None:
    assert isinstance(ModelSettings.from_env({}).fresh(), OfflineModel)


def test_each_run_gets_a_model_of_its_own() -> None:
    settings = ModelSettings()
    assert settings.fresh() is not settings.fresh()


def test_a_model_that_cannot_be_made_is_named() -> None:
    with pytest.raises(UnusableModel, match="FILON_MODEL=nobody/nothing"):
        ModelSettings.from_env({"FILON_MODEL": "nobody/nothing"})


def test_an_api_key_is_never_shown() -> None:
    assert "sk-secret" not in repr(ModelSettings("openai/x", api_key="sk-secret"))


def test_work_that_fails_waits_longer_each_time() -> None:
    settings = WorkSettings.from_env({"FILON_AGENTS_RETRY_DELAYS": "1,4,15"})
    assert [settings.delay(n) for n in (1, 2, 3, 4)] == [1, 4, 15, 15]
    assert settings.attempts == 4


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("FILON_AGENTS_CONCURRENCY", "many"),
        ("FILON_AGENTS_CONCURRENCY", "0"),
        ("FILON_AGENTS_CONCURRENCY", "1,2"),
        ("FILON_AGENTS_RETRY_DELAYS", "1,soon"),
        ("FILON_AGENTS_RETRY_DELAYS", "-1"),
        ("FILON_AGENTS_RETRY_DELAYS", "nan"),
    ],
)
def test_a_setting_that_can_mean_nothing_is_named(name: str, text: str) -> None:
    with pytest.raises(UnusableSetting, match=f"{name}={text}"):
        WorkSettings.from_env({name: text})
