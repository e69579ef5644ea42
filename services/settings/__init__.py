"""What all settings share, and those that several rooms read.

Every other class of settings stands beside what it sets; `services.operations.settings` names all.
"""

from services.settings.base import About, Settings, UnusableSetting, check, split
from services.settings.home import HomeSettings
from services.settings.host import HostSettings
from services.settings.mode import ModeSettings
from services.settings.nats import NatsSettings

__all__ = [
    "About",
    "HomeSettings",
    "HostSettings",
    "ModeSettings",
    "NatsSettings",
    "Settings",
    "UnusableSetting",
    "check",
    "split",
]
