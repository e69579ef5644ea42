"""`filon log backup | restore | new-epoch | quarantine`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from services.cli.nats import connected
from services.cli.terminal import say

if TYPE_CHECKING:
    from services.log.jetstream.connection import NatsConnection


@click.group()
def log() -> None:
    """Save, restore, or begin a new epoch of the log."""


@log.command()
@click.argument("folder", type=click.Path(path_type=Path))
def backup(folder: Path) -> int:
    """Copy every stream to FOLDER; go on where it was interrupted."""
    return connected(partial(_save, folder=folder))


@log.command()
@click.argument("folder", type=click.Path(path_type=Path))
def restore(folder: Path) -> int:
    """Bring the streams of FOLDER back, with a new epoch."""
    return connected(partial(_bring_back, folder=folder))


@log.command()
@click.option("--stream", default="FILON", show_default=True, help="The log's stream.")
def new_epoch(stream: str) -> int:
    """Make cursors of another history invalid."""
    return connected(partial(_begin, stream=stream))


@log.command()
@click.argument("sequence", type=click.IntRange(min=1))
@click.option("--back", is_flag=True, help="Take it out again.")
@click.option("--stream", default="FILON", show_default=True)
def quarantine(sequence: int, stream: str, *, back: bool) -> int:
    """Let every process pass over the fact at SEQUENCE, which a newer Filon wrote."""
    return connected(partial(_quarantine, stream=stream, sequence=sequence, back=back))


async def _quarantine(nc: "NatsConnection", stream: str, sequence: int, *, back: bool) -> int:
    from services.log.jetstream.stream import quarantine

    await quarantine(nc, stream, sequence, back=back)
    say("operations.quarantine-lifted" if back else "operations.quarantined", sequence=sequence)
    return 0


async def _save(nc: "NatsConnection", folder: Path) -> int:
    from services.operations.backup import Complete, Damaged, backup

    try:
        async for stream, done in backup(nc, folder):
            say("operations.saved" if done else "operations.saved-before", stream=stream)
    except Complete:
        say("operations.complete", folder=folder)
        return 1
    except Damaged as damaged:
        say("operations.damaged", stream=damaged)
        return 1
    return 0


async def _bring_back(nc: "NatsConnection", folder: Path) -> int:
    """The status is 1 when nothing came back."""
    from services.operations.backup import Damaged, NoBackup, restore

    restored = False
    try:
        async for stream, done in restore(nc, folder):
            say("operations.restored" if done else "operations.left-alone", stream=stream)
            restored |= done
    except NoBackup:
        say("operations.no-backup", folder=folder)
    except Damaged as damaged:
        say("operations.damaged", stream=damaged)
    return 0 if restored else 1


async def _begin(nc: "NatsConnection", stream: str) -> int:
    from services.log.jetstream.stream import start_epoch

    say("operations.epoch", epoch=await start_epoch(nc, stream))
    return 0
