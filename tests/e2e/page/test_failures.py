"""A prospect that could not be scored says why, and is tried again on request."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import campaigns
from tests.e2e.companies import TARGETING
from tests.e2e.page.desk import Desk
from tests.e2e.platform import running
from tests.integration.agents.openai_server import serving

pytestmark = pytest.mark.chromium


def _asking(url: str) -> dict[str, str]:
    return {
        "FILON_MODEL": "openai/chatty",
        "FILON_MODEL_BASE_URL": url,
        "FILON_MODEL_API_KEY": "none",
        "FILON_AGENTS_RETRY_DELAYS": "0.05",
    }


def test_a_failed_prospect_says_why_and_can_be_retried(page: Page, tmp_path: Path) -> None:
    with serving(lambda _: "Bonjour !") as model, running(tmp_path, **_asking(model.url)) as filon:
        desk = Desk(page, filon)
        desk.sign_in()
        with filon.sign_in() as client:
            described = {"name": "Par mots", "sources": ["sample"], "targeting": TARGETING}
            id = client.post("/api/campaigns", json=described).json()["id"]
            campaigns.start(client, id)
        page.get_by_role("link", name="Par mots").click()
        expect(desk.figure("prospectsFailed")).not_to_have_text("0")  # whose record lacks something
        page.get_by_label("Statut").select_option("failed")
        desk.rows.first.get_by_role("button").click()
        panel = page.get_by_role("dialog")
        expect(panel.locator(".failure")).to_contain_text("n'a pas")
        panel.get_by_role("button", name="Relancer").click()
        expect(page.get_by_text("Le prospect est remis en file.")).to_be_visible()
        expect(panel).to_be_hidden()
