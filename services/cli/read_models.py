"""`filon rebuild`: the read models, from the log alone."""

import argparse
import asyncio
import os

_PATIENCE = 5.0
"""Seconds for the server to answer."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `rebuild` to the command line."""
    rebuild = commands.add_parser(
        "rebuild", help="empty the read models and build them anew from the log; accounts stay"
    )
    rebuild.set_defaults(run=_rebuild)


def _rebuild(_chosen: argparse.Namespace) -> int:
    from services.wording.operations import language, render

    try:
        reached = asyncio.run(_run())
    except TimeoutError:
        print(render("unreachable", {"url": os.environ["FILON_NATS_URL"]}, language()))
        return 1
    print(f"The read models hold the log up to sequence {reached}.")
    return 0


async def _run() -> int:
    from projections.rebuild import rebuild
    from services.database import engine_from_env
    from services.log import Log

    async with asyncio.timeout(_PATIENCE):
        log = await Log.connect(os.environ["FILON_NATS_URL"], name="filon-rebuild")
    engine = engine_from_env()
    try:
        return await rebuild(log, engine)
    finally:
        await log.close()
        engine.dispose()
