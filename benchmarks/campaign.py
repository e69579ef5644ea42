"""The main job: how soon `filon up` is ready, how long a list and a campaign take."""

import tempfile
import time
from pathlib import Path

import httpx

from benchmarks.report import Row, show
from tests.e2e import campaigns
from tests.e2e.browsers import CursorClient
from tests.e2e.companies import csv_of
from tests.e2e.platform import Platform, running

COMPANIES = 1000
LINES = 50_000
SETTLED = 6
"""Seconds in which what was killed before has started whole: an agent still imports long after it
was replaced, on the cores that the next one starts on."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with running(home):
            pass
        began = time.monotonic()
        with running(home) as filon, filon.sign_in() as client:
            ready = time.monotonic() - began
            rows = [
                Row("second start until /readyz", f"{ready:.1f} s", "within 8 s", ready <= 8),
                run_campaign(filon, client),
                *back_after_kill(filon),
                load_list(client),
            ]
    show("campaign", rows)


def run_campaign(filon: Platform, client: httpx.Client) -> Row:
    id = campaigns.create(client, COMPANIES)
    with CursorClient(filon, client.cookies["filon_session"]) as keeper:
        began = time.monotonic()
        campaigns.start(client, id)
        keeper.wait_for("CAMPAIGN_COMPLETED", 300)
        seconds = time.monotonic() - began
    work = f"a campaign on {COMPANIES:,} companies, offline model"
    return Row(work, f"{seconds:.0f} s", "under 90 s", seconds < 90)


def back_after_kill(filon: Platform) -> list[Row]:
    return [_back(filon, process) for process in filon.processes()]


def _back(filon: Platform, process: str) -> Row:
    time.sleep(SETTLED)
    before = filon.pid(process)
    began = time.monotonic()
    filon.kill(process)
    while filon.pid(process) == before:
        time.sleep(0.01)
    filon.wait_until_ready()
    seconds = time.monotonic() - began
    return Row(f"{process} back after kill -9", f"{seconds:.1f} s", "within 3 s", seconds <= 3)


def load_list(client: httpx.Client) -> Row:
    described = {"name": "A long list", "sources": ["csv"]}
    id = client.post("/api/campaigns", json=described).json()["id"]
    files = {"file": ("list.csv", csv_of(LINES), "text/csv")}
    began = time.monotonic()
    answer = client.post(f"/api/campaigns/{id}/import", files=files, timeout=300)
    seconds = time.monotonic() - began
    assert answer.json()["accepted"] == LINES, answer.text
    return Row(f"an import of {LINES:,} lines", f"{seconds:.0f} s", "under 60 s", seconds < 60)


if __name__ == "__main__":
    main()
