"""Which language model the crews think with."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from services.agents.crewai_adapter import LLM, BaseLLM
from services.agents.models.offline import OfflineModel

OFFLINE = "offline"


class UnusableModel(ValueError):
    """`FILON_MODEL` names no model that can be reached from here."""


class Price(NamedTuple):
    """Euros for a million tokens, asked and answered."""

    prompt: float
    completion: float

    def of(self, prompt_tokens: int, completion_tokens: int) -> float:
        """Euros."""
        whole = prompt_tokens * self.prompt + completion_tokens * self.completion
        return whole / 1_000_000

    @classmethod
    def parse(cls, text: str) -> "Price":
        """`0.15,0.60`; raises `UnusableModel`."""
        try:
            prompt, completion = (float(part) for part in text.split(","))
        except ValueError as error:
            raise UnusableModel(
                f"FILON_MODEL_PRICE={text}: two numbers, euros for a million tokens asked and "
                "answered, such as 0.15,0.60"
            ) from error
        return cls(prompt, completion)


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
class ModelSettings:
    """A model as the environment names it; satisfies `Models`."""

    name: str = OFFLINE
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    timeout: float = 120.0
    price: Price | None = None

    @classmethod
    def from_env(cls, environment: Mapping[str, str] = os.environ) -> "ModelSettings":
        """Raises `UnusableModel`."""
        name = environment.get("FILON_MODEL") or OFFLINE
        price = environment.get("FILON_MODEL_PRICE") or ("0,0" if name == OFFLINE else None)
        settings = cls(
            name=name,
            base_url=environment.get("FILON_MODEL_BASE_URL") or None,
            api_key=environment.get("FILON_MODEL_API_KEY") or None,
            timeout=float(environment.get("FILON_MODEL_TIMEOUT") or 120),
            price=Price.parse(price) if price else None,
        )
        try:
            settings.fresh()
        except (ImportError, ValueError) as error:
            raise UnusableModel(f"FILON_MODEL={settings.name}: {error}") from error
        return settings

    def fresh(self) -> BaseLLM:
        if self.name == OFFLINE:
            return OfflineModel(model=OFFLINE, provider=OFFLINE)
        model: BaseLLM = LLM(
            model=self.name,
            base_url=self.base_url,
            api_key=self.api_key,
            timeout=self.timeout,
            max_retries=0,  # the work queue retries, with growing delays
            temperature=0,
        )
        return model
