"""The language model that the settings choose."""

from dataclasses import dataclass
from typing import Protocol

from services.agents.crewai_adapter import LLM, BaseLLM
from services.agents.models.offline import OfflineModel
from services.agents.models.settings import OFFLINE, ModelSettings, Price
from services.settings import UnusableSetting


class Models(Protocol):
    """Makes models of one kind. Each run takes a fresh one, for usage adds up within a model."""

    @property
    def name(self) -> str: ...

    @property
    def timeout(self) -> float:
        """Seconds that one run of a crew may take."""
        ...

    @property
    def price(self) -> Price | None:
        """What it costs; None where nobody said so, and a budget in euros can't be kept."""
        ...

    def fresh(self) -> BaseLLM: ...


@dataclass(frozen=True)
class ChosenModel:
    """Satisfies `Models`; raises `UnusableSetting` where it can't be made."""

    settings: ModelSettings

    def __post_init__(self) -> None:
        try:
            self.fresh()
        except (ImportError, ValueError) as error:
            why = str(error).split("\n")[0]
            raise UnusableSetting("FILON_MODEL", "setting.a-model", self.name, why=why) from error

    @property
    def name(self) -> str:
        return self.settings.name

    @property
    def timeout(self) -> float:
        return self.settings.timeout

    @property
    def price(self) -> Price | None:
        return self.settings.price

    def fresh(self) -> BaseLLM:
        if self.name == OFFLINE:
            return OfflineModel(model=OFFLINE, provider=OFFLINE)
        key = self.settings.api_key
        model: BaseLLM = LLM(
            model=self.name,
            base_url=self.settings.base_url,
            api_key=key.get_secret_value() if key else None,
            timeout=self.timeout,
            max_retries=0,  # the work queue retries, with growing delays
            temperature=0,
        )
        return model
