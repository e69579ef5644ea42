"""One thing that was looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["good", "warning", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` and `params` are put in words by `services.wording`."""

    level: Level
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
