"""Which language model the crews think with, and what it costs."""

from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode, SettingsConfigDict

from services.settings import About, Settings, split

OFFLINE = "offline"
Euros = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Price(NamedTuple):
    """Euros for a million tokens, asked and answered."""

    prompt: Euros
    completion: Euros

    def of(self, prompt_tokens: int, completion_tokens: int) -> float:
        """Euros."""
        whole = prompt_tokens * self.prompt + completion_tokens * self.completion
        return whole / 1_000_000


class ModelSettings(Settings):
    """A model as the environment names it."""

    model_config = SettingsConfigDict(env_prefix="FILON_MODEL_")

    name: Annotated[
        str,
        Field(validation_alias="FILON_MODEL"),
        About(
            "rules, labelled as such; or a CrewAI model name: `openai/…`, `anthropic/…`, "
            "`ollama/…`",
            expects="setting.a-model",
        ),
    ] = OFFLINE
    base_url: Annotated[
        str | None,
        Field(pattern=r"^https?://."),
        About(
            "the address of an OpenAI-compatible server",
            expects="setting.an-address",
            default="the provider's",
        ),
    ] = None
    api_key: Annotated[
        SecretStr | None,
        About("the model provider's", expects="setting.a-key", default="none", secret=True),
    ] = None
    timeout: Annotated[
        float,
        Field(gt=0, le=86_400),
        About("seconds that one run of a crew may take", expects="setting.seconds"),
    ] = 120
    named_price: Annotated[
        Price | None,
        NoDecode,
        BeforeValidator(split),
        Field(validation_alias="FILON_MODEL_PRICE"),
        About(
            "euros for a million tokens asked and answered, such as `0.15,0.60`; budgets in euros "
            "need it",
            expects="setting.a-price",
            default="none",
        ),
    ] = None

    @property
    def price(self) -> Price | None:
        """What it costs; None where nobody said so, and a budget in euros can't be kept."""
        if self.named_price is None and self.name == OFFLINE:
            return Price(0, 0)
        return self.named_price
