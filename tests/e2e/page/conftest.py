"""A real browser before a real platform.

Module-scoped: Playwright's loop runs in this thread as long as the browser does, and tests that
bring their own loop come before and after.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.page.desk import Desk
from tests.e2e.platform import Platform

ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new visitor who reads French; whatever the page throws or may not do fails the test."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 860})
    context.set_default_timeout(60_000)
    opened = context.new_page()
    wrongs: list[str] = []
    opened.on("pageerror", lambda error: wrongs.append(str(error)))
    opened.on(
        "console",
        lambda said: wrongs.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield opened
    context.close()
    assert wrongs == []


@pytest.fixture
def desk(page: Page, filon: Platform) -> Desk:
    """Signed in."""
    at = Desk(page, filon)
    at.sign_in()
    return at
