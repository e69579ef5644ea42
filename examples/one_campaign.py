"""One campaign from its description to its scored prospects, through the REST API alone.

Start Filon (`make up`), then: `.venv/bin/python examples/one_campaign.py EMAIL PASSWORD`
"""

import sys
import time
from typing import Any

import httpx

CAMPAIGN = {
    "name": "Software makers in Île-de-France",
    "sources": ["sample"],
    "targeting": {"activities": ["62"], "regions": ["11"], "seniorities": ["executive"]},
    "threshold": 60,
}
ENDED = ("completed", "cancelled")


def main(email: str, password: str, url: str = "http://localhost:8000") -> None:
    with httpx.Client(base_url=url, timeout=30) as filon:
        signed_in = filon.post("/api/auth/login", json={"email": email, "password": password})
        signed_in.raise_for_status()
        filon.headers["Authorization"] = f"Bearer {signed_in.json()['token']}"
        campaign_id = start(filon)
        wait_until_ended(filon, campaign_id)
        show_best(filon, campaign_id)


def start(filon: httpx.Client) -> str:
    """Describes the campaign and sends its agents to work; returns its id."""
    created = filon.post("/api/campaigns", json=CAMPAIGN)
    created.raise_for_status()
    campaign_id = str(created.json()["id"])
    filon.post(f"/api/campaigns/{campaign_id}/start").raise_for_status()
    return campaign_id


def wait_until_ended(filon: httpx.Client, campaign_id: str) -> None:
    """Asks once a second; `/ws` and `/api/stream` tell the same without asking."""
    while True:
        campaign: dict[str, Any] = filon.get(f"/api/campaigns/{campaign_id}").json()
        counts = campaign["metrics"]
        print(f"{counts['prospectsScored']} of {counts['prospectsFound']} prospects scored")
        if campaign["status"] in ENDED:
            return
        time.sleep(1)


def show_best(filon: httpx.Client, campaign_id: str) -> None:
    asked: dict[str, str | int] = {"campaignId": campaign_id, "sort": "-score", "limit": 5}
    for prospect in filon.get("/api/prospects", params=asked).json():
        print(f"\n{prospect['score']:>3}  {prospect['company']}")
        for factor in prospect["factors"]:
            print(f"     {factor['points']:>2}/{factor['max']}  {factor['reason']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
