"""How the stream is made."""

from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic_settings import SettingsConfigDict

from services.settings import About, Settings


def _number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isdigit() else value


class LogSettings(Settings):
    """For the process that finds no stream and makes it."""

    model_config = SettingsConfigDict(env_prefix="FILON_LOG_")

    replicas: Annotated[
        Literal[1, 3, 5],
        BeforeValidator(_number),
        About(
            "copies of the log in a cluster of NATS servers, when it is first made",
            expects="setting.replicas",
        ),
    ] = 1
