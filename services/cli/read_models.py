"""`filon rebuild`: the read models, from the log alone."""

import asyncio

import click

from services.cli.terminal import say

_PATIENCE_S = 5.0
"""For the server to answer."""


@click.command()
def rebuild() -> int:
    """Build the read models anew from the log; accounts stay."""
    from services.operations.settings import projector
    from services.settings import NatsSettings, check
    from services.settings.nats import without_password

    check(projector())
    url = NatsSettings.load().nats_url
    try:
        reached = asyncio.run(_run(url))
    except TimeoutError:
        say("operations.unreachable", url=without_password(url))
        return 1
    say("operations.rebuilt", sequence=reached)
    return 0


async def _run(url: str) -> int:
    from projections.rebuild import rebuild
    from services.database import engine_from_env
    from services.log import Log

    async with asyncio.timeout(_PATIENCE_S):
        log = await Log.connect(url, name="filon-rebuild")
    engine = engine_from_env()
    try:
        return await rebuild(log, engine)
    finally:
        await log.close()
        engine.dispose()
