"""Which language model the crews think with."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from services.agents.door import LLM, BaseLLM
from services.agents.models.offline import OfflineModel

OFFLINE = "offline"


class UnusableModel(ValueError):
    """`FILON_MODEL` names no model that can be reached from here."""


class Models(Protocol):
    """Makes models of one kind. Each run takes a fresh one, for usage adds up within a model."""

    @property
    def name(self) -> str: ...

    @property
    def timeout(self) -> float:
        """Seconds that one run of a crew may take."""
        ...

    def fresh(self) -> BaseLLM: ...


@dataclass(frozen=True)
class ModelSettings:
    """A model as the environment names it; satisfies `Models`."""

    name: str = OFFLINE
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    timeout: float = 120.0

    @classmethod
    def from_env(cls, environment: Mapping[str, str] = os.environ) -> "ModelSettings":
        """Raises `UnusableModel`."""
        settings = cls(
            name=environment.get("FILON_MODEL") or OFFLINE,
            base_url=environment.get("FILON_MODEL_BASE_URL") or None,
            api_key=environment.get("FILON_MODEL_API_KEY") or None,
            timeout=float(environment.get("FILON_MODEL_TIMEOUT") or 120),
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
