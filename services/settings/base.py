"""How a setting is declared, read from the environment, and refused."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)


class UnusableSetting(RuntimeError):
    """A setting is missing, holds what it can't mean, or is weaker than production allows."""

    def __init__(
        self, setting: str, expected: str, value: str | None = None, **params: object
    ) -> None:
        super().__init__(setting, expected)
        self.setting = setting
        """The variable's name, or the file that stands in for it."""
        self.expected = expected
        """What would be right: a code of `services.wording`."""
        self.value = value
        """What it held; None where that is a secret, or nothing."""
        self.params = params
        """Of the sentence that `expected` stands for."""


@dataclass(frozen=True, slots=True)
class About:
    """What a person needs to know of a setting; a field without it is no setting, but a bound that
    tests change and operators don't."""

    meaning: str
    """For the README, in English and Markdown."""
    expects: str
    """What it may hold: a code of `services.wording`."""
    default: str = ""
    """In words, where the value itself does not tell."""
    secret: bool = False
    """Never shown."""


class Settings(BaseSettings):
    """Some settings, from environment variables; one that is empty is not set."""

    model_config = SettingsConfigDict(
        env_prefix="FILON_", env_ignore_empty=True, frozen=True, populate_by_name=True
    )

    @classmethod
    def load(cls) -> Self:
        """Raises `UnusableSetting` for the first one that can't be meant."""
        try:
            return cls()
        except ValidationError as error:
            refusal = cls._refusal(error.errors()[0])
        raise refusal  # outside of the handler, so that no traceback shows what a secret held

    @classmethod
    def described(cls) -> Mapping[str, tuple[About, object]]:
        """What there is to know of each setting, and its default, by its variable's name."""
        return {
            cls._variable(name, field): (about, field.default)
            for name, field in cls.model_fields.items()
            if (about := _about(field))
        }

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, _Environment(settings_cls)

    @classmethod
    def _variable(cls, name: str, field: FieldInfo) -> str:
        alias = field.validation_alias
        prefix = cls.model_config["env_prefix"]
        return alias if isinstance(alias, str) else f"{prefix}{name.upper()}"

    @classmethod
    def _refusal(cls, error: ErrorDetails) -> UnusableSetting:
        location = str(error["loc"][0])
        for name, field in cls.model_fields.items():
            if location in (name, field.validation_alias) and (about := _about(field)):
                variable = cls._variable(name, field)
                value = None if about.secret else _shown(os.environ.get(variable))
                return UnusableSetting(variable, about.expects, value)
        raise AssertionError(f"{location} is no setting of {cls.__name__}")


class _Environment(EnvSettingsSource):
    """Reads what is a setting, and leaves bounds alone."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        if _about(field) is None:
            return None, field_name, False
        return super().get_field_value(field, field_name)


def _about(field: FieldInfo) -> About | None:
    return next((item for item in field.metadata if isinstance(item, About)), None)


def _shown(value: str | None) -> str | None:
    """Addresses may hold passwords."""
    return None if value and "@" in value else value


def split(value: object) -> object:
    """A text's parts, between its commas."""
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",") if part.strip()]


def check(branches: Iterable[type[Settings]]) -> None:
    """Raises `UnusableSetting`; a process does so before it starts, for later it might be caught
    elsewhere."""
    for branch in branches:
        branch.load()
