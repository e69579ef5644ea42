"""Settings of the workers and their models, put to use."""

import pytest

from services.agents.models.chosen import ChosenModel
from services.agents.models.offline import OfflineModel
from services.agents.models.settings import ModelSettings
from services.agents.settings import WorkSettings
from services.settings import UnusableSetting


def test_without_settings_the_model_is_offline() -> None:
    assert isinstance(ChosenModel(ModelSettings()).fresh(), OfflineModel)


def test_each_run_gets_a_model_of_its_own() -> None:
    model = ChosenModel(ModelSettings())
    assert model.fresh() is not model.fresh()


def test_a_model_that_cannot_be_made_is_named() -> None:
    with pytest.raises(UnusableSetting) as refusal:
        ChosenModel(ModelSettings(name="nobody/nothing"))
    assert (refusal.value.setting, refusal.value.value) == ("FILON_MODEL", "nobody/nothing")
    assert "\n" not in str(refusal.value.params["why"])


def test_work_that_fails_waits_longer_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILON_AGENTS_RETRY_DELAYS", "1,4,15")
    settings = WorkSettings.load()
    assert [settings.delay(n) for n in (1, 2, 3, 4)] == [1, 4, 15, 15]
    assert settings.attempts == 4
