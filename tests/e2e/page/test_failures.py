"""A prospect that could not be scored says why, and is tried again on request."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import campaigns
from tests.e2e.page.desk import Desk
from tests.e2e.platform import running

pytestmark = pytest.mark.chromium

NO_MODEL = {
    "FILON_MODEL": "openai/none",
    "FILON_MODEL_BASE_URL": "http://127.0.0.1:9/v1",
    "FILON_MODEL_API_KEY": "none",
    "FILON_AGENTS_RETRY_DELAYS": "0.05",
}
"""Nothing listens there: each call of the model fails."""


def test_a_failed_prospect_says_why_and_can_be_retried(page: Page, tmp_path: Path) -> None:
    with running(tmp_path, **NO_MODEL) as filon:
        desk = Desk(page, filon)
        desk.sign_in()
        with filon.sign_in() as client:
            id = campaigns.create(client, 2)
            campaigns.start(client, id)
        page.get_by_role("link", name="2 companies").click()
        expect(desk.figure("prospectsFailed")).to_have_text("2")
        page.get_by_label("Statut").select_option("failed")
        desk.rows.first.get_by_role("button").click()
        panel = page.get_by_role("dialog")
        expect(panel.locator(".failure")).to_contain_text("n'a pas")
        panel.get_by_role("button", name="Relancer").click()
        expect(page.get_by_text("Le prospect est remis en file.")).to_be_visible()
        expect(panel).to_be_hidden()
