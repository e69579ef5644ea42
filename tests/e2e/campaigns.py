"""A campaign on a CSV, driven over REST as a browser does, and what must be true at its end."""

import time
from collections import Counter
from typing import Any

import httpx

from tests.e2e.browsers import Frame
from tests.e2e.companies import TARGETING, csv_of

Json = dict[str, Any]


def create(client: httpx.Client, count: int) -> str:
    """A draft with a list of `count` companies; its id."""
    described = {"name": f"{count} companies", "sources": ["csv"], "targeting": TARGETING}
    created = client.post("/api/campaigns", json=described)
    assert created.status_code == 201, created.text
    id: str = created.json()["id"]
    files = {"file": ("list.csv", csv_of(count), "text/csv")}
    imported = client.post(f"/api/campaigns/{id}/import", files=files)
    report = {name: imported.json()[name] for name in ("accepted", "duplicates", "refused")}
    assert report == {"accepted": count, "duplicates": 0, "refused": []}, imported.text
    return id


def start(client: httpx.Client, id: str) -> None:
    started = client.post(f"/api/campaigns/{id}/start")
    assert (started.status_code, started.json()) == (
        200,
        {"status": "started", "agents_count": 2},
    )


def prospects(client: httpx.Client, id: str) -> list[Json]:
    """All of them, page after page."""
    rows: list[Json] = []
    url = f"/api/prospects?campaignId={id}&limit=500&sort=name"
    while url:
        answer = client.get(url)
        rows += answer.json()
        url = answer.links.get("next", {}).get("url", "")
    return rows


def wait_until_completed(client: httpx.Client, id: str, seconds: float = 120) -> Json:
    deadline = time.monotonic() + seconds
    campaign: Json = {}
    while time.monotonic() < deadline:
        try:
            campaign = client.get(f"/api/campaigns/{id}").json()
        except httpx.HTTPError:
            campaign = {}
        if campaign.get("status") == "completed":
            return campaign
        time.sleep(0.2)
    raise TimeoutError(f"not completed after {seconds} s: {campaign}")


def assert_whole(client: httpx.Client, id: str, count: int) -> None:
    """No prospect lost and none double, each with its score explained."""
    rows = prospects(client, id)
    assert len(rows) == len({row["siren"] for row in rows}) == count
    assert {row["status"] for row in rows} == {"scored", "qualified"}
    assert all(row["score"] == sum(f["points"] for f in row["factors"]) for row in rows)
    metrics = client.get(f"/api/campaigns/{id}").json()["metrics"]
    qualified = sum(row["status"] == "qualified" for row in rows)
    assert 0 < qualified < count
    assert (
        metrics
        | {
            "prospectsFound": count,
            "prospectsScored": count,
            "prospectsQualified": qualified,
            "prospectsFailed": 0,
        }
        == metrics
    )


def assert_agree(found: list[Frame], rows: list[Json]) -> None:
    """Each prospect was announced exactly once, with the score that REST shows."""
    announced = Counter(frame["payload"]["prospect"]["id"] for frame in found)
    assert announced == Counter({row["id"]: 1 for row in rows})
    scores = {frame["payload"]["prospect"]["id"]: frame["payload"]["score"] for frame in found}
    assert scores == {row["id"]: row["score"] for row in rows}
