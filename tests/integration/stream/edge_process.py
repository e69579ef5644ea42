"""`python -m tests.integration.stream.edge_process NATS_URL FOLDER PORT KEY`: an edge to kill."""

import asyncio
import sys
from pathlib import Path

from services.accounts.signing_keys import SigningKeys
from services.edge.stream import StreamSettings
from tests.integration.stream.edges import open_accounts, serving


async def main(nats_url: str, folder: str, port: str, key: str) -> None:
    engine = open_accounts(Path(folder))
    settings = StreamSettings(ring_items=300, preload=100, per_user=1000)
    async with serving(nats_url, engine, settings, SigningKeys.of([key]), int(port)):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
