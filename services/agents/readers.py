"""The sources that a campaign may name."""

from services.agents.sources import ImportedLists, Readers


def readers_from_env() -> Readers:
    return {"csv": ImportedLists()}
