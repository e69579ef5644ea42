"""From a REST command's answer to its frame, which waits for it on purpose (decision 32), with
everything running that `filon up` runs."""

import json
import threading
import time
from pathlib import Path

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from benchmarks.report import Row
from benchmarks.stream.rig import percentile
from tests.e2e.platform import Platform, running

COMMANDS = 200
PAUSE = 0.02


def measure(folder: Path) -> list[Row]:
    """Idle: one person creates campaigns, one after another, and watches them appear."""
    with running(folder) as filon, filon.sign_in() as client:
        arrived: dict[str, float] = {}
        with _watching(filon, client) as socket:
            watcher = threading.Thread(target=_note, args=(socket, arrived))
            watcher.start()
            sent = dict(_create(client) for _ in range(COMMANDS))
            time.sleep(0.5)
        watcher.join()
    delays = sorted((arrived[id] - at) * 1000 for id, at in sent.items())
    half, most = percentile(delays, 0.5), percentile(delays, 0.99)
    words = f"p50 {half:.1f} ms, p99 {most:.1f} ms"
    work = "REST command answered to frame received, idle, all of filon up"
    return [Row(work, words, "p50 ≤ 60 ms, p99 ≤ 100 ms", half <= 60 and most <= 100)]


def _watching(filon: Platform, client: httpx.Client) -> ClientConnection:
    headers = {"Cookie": f"filon_session={client.cookies['filon_session']}"}
    socket = connect(filon.websocket_url, origin=Origin(filon.url), additional_headers=headers)
    while json.loads(socket.recv())["type"] != "READY":
        pass
    time.sleep(1)
    return socket


def _note(socket: ClientConnection, arrived: dict[str, float]) -> None:
    try:
        for text in socket:
            frame = json.loads(text)
            if frame["type"] == "CAMPAIGN_CREATED":
                arrived[frame["payload"]["campaignId"]] = time.monotonic()
    except ConnectionClosed:
        return


def _create(client: httpx.Client) -> tuple[str, float]:
    time.sleep(PAUSE)
    answer = client.post("/api/campaigns", json={"name": "Load", "sources": ["sample"]})
    return answer.json()["id"], time.monotonic()
