"""The tree of settings: which process reads which.

Each class stands beside what it sets. Branches are imported when they are asked for: a process that
is started again does not pay for another's.
"""

from collections.abc import Callable, Mapping

from services.settings import About, HomeSettings, ModeSettings, NatsSettings, Settings

Branches = tuple[type[Settings], ...]


def edge() -> Branches:
    from services.accounts.first_account import FirstAccountSettings
    from services.accounts.signing_keys import SigningSettings
    from services.database.settings import DatabaseSettings
    from services.edge.settings import EdgeSettings
    from services.edge.stream.settings import StreamSettings
    from services.log.settings import LogSettings
    from services.prospecting.identity import IdentitySettings
    from services.tracing import TracingSettings

    return (
        EdgeSettings,
        DatabaseSettings,
        FirstAccountSettings,
        SigningSettings,
        IdentitySettings,
        StreamSettings,
        LogSettings,
        TracingSettings,
    )


def agents() -> Branches:
    from services.agents.models.settings import ModelSettings
    from services.agents.settings import WorkSettings
    from services.log.settings import LogSettings
    from services.prospecting.identity import IdentitySettings
    from services.sources.companies import CompanySearchSettings
    from services.tracing import TracingSettings

    return (
        NatsSettings,
        ModelSettings,
        WorkSettings,
        CompanySearchSettings,
        IdentitySettings,
        LogSettings,
        TracingSettings,
    )


def projector() -> Branches:
    from services.database.settings import DatabaseSettings
    from services.log.settings import LogSettings

    return NatsSettings, DatabaseSettings, LogSettings


PROCESSES: Mapping[str, Callable[[], Branches]] = {
    "edge": edge,
    "agents": agents,
    "projector": projector,
}


def everything() -> Branches:
    """Every class of settings once, what is general first."""
    general = HomeSettings, ModeSettings
    special = (branch for process in PROCESSES.values() for branch in process())
    return tuple(dict.fromkeys((*general, *special)))


def variables(branches: Branches) -> dict[str, tuple[About, object]]:
    """What there is to know of each setting, and its default, by its variable's name."""
    return {name: known for branch in branches for name, known in branch.described().items()}
