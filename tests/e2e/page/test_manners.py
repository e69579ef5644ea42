"""Two languages, every screen, the keyboard alone, and no more rights than the page needs."""

import re

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.companies import csv_of
from tests.e2e.page.desk import Desk, csv_file
from tests.e2e.platform import Platform

SPOKEN = """async () => {
  const { words } = await import("/assets/words.js");
  const count = (language, n) => words(language, "campaigns.count", { n });
  return ["fr", "en"].map((language) => [0, 1, 1234].map((n) => count(language, n)));
}"""


@pytest.mark.chromium
def test_the_page_speaks_french_and_english_and_remembers_which(desk: Desk) -> None:
    desk.page.get_by_role("button", name="English").click()
    expect(desk.page.get_by_role("heading", name="Campaigns")).to_be_visible()
    desk.page.reload()
    expect(desk.page.get_by_text("Live", exact=True)).to_be_visible()
    assert desk.page.locator("html").get_attribute("lang") == "en"


@pytest.mark.chromium
def test_the_page_counts_as_each_language_does(page: Page, filon: Platform) -> None:
    page.goto(filon.url)
    assert page.evaluate(SPOKEN) == [
        ["0 prospect", "1 prospect", "1\u202f234 prospects"],
        ["0 prospects", "1 prospect", "1,234 prospects"],
    ]


@pytest.mark.chromium
def test_an_english_page_is_told_reasons_and_refusals_in_english(desk: Desk) -> None:
    desk.describe("En anglais", "csv")
    desk.choose_file(csv_file(csv_of(3)))
    expect(desk.page.get_by_text("colonnes reconnues")).to_be_visible()
    desk.ask_for_software()
    desk.start()
    expect(desk.status).to_have_text("Terminée")
    desk.page.get_by_role("button", name="English").click()
    expect(desk.page.get_by_text("Live", exact=True)).to_be_visible()
    desk.rows.first.get_by_role("button", name=re.compile(r"^Score \d+ out of 100")).click()
    panel = desk.page.get_by_role("dialog", name="Société Imaginaire 0")
    expect(panel).to_contain_text("Activity 62.01Z is asked for")
    desk.page.keyboard.press("Escape")
    desk.page.goto(f"{desk.filon.url}/#/c/c-none")
    expect(desk.page.get_by_text("There is no such campaign, or no longer.")).to_be_visible()


@pytest.mark.chromium
def test_a_half_filled_form_outlives_a_change_of_language(desk: Desk) -> None:
    desk.describe("À moitié", "sample", "companies")
    desk.add("Activités", "restauration")
    desk.page.get_by_role("button", name="English").click()
    expect(desk.page.get_by_label("Name of the campaign")).to_have_value("À moitié")
    expect(desk.page.get_by_text("Section I · Accommodation and food service")).to_be_visible()
    expect(desk.page.get_by_role("checkbox", name="French company search")).to_be_checked()


@pytest.mark.chromium
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out_of_any_screen(desk: Desk, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 800})
    desk.page.reload()
    for place in ("", "#/new"):
        desk.page.goto(f"{desk.filon.url}/{place}")
        expect(desk.page.locator("header.bar")).to_be_visible()
        assert desk.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.chromium
def test_the_keyboard_alone_describes_and_starts_a_campaign(desk: Desk) -> None:
    keyboard = desk.page.keyboard
    desk.page.goto(f"{desk.filon.url}/#/new")
    desk.page.get_by_label("Nom de la campagne").focus()
    keyboard.type("Au clavier")
    desk.page.get_by_role("combobox", name="Activités").focus()
    keyboard.type("logiciels")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    keyboard.press("Tab")
    expect(desk.page.get_by_role("button", name="Retirer 62")).to_be_visible()
    desk.page.get_by_label("Nom de la campagne").focus()
    keyboard.press("Enter")
    expect(desk.page.get_by_role("heading", name="Au clavier")).to_be_visible()
    expect(desk.status).not_to_have_text("Brouillon")


@pytest.mark.chromium
def test_who_wants_no_motion_sees_none(browser: Browser, filon: Platform) -> None:
    with browser.new_context(reduced_motion="reduce", locale="fr-FR") as context:
        desk = Desk(context.new_page(), filon)
        desk.sign_in()
        moving = "document.getAnimations().filter((one) => one.playState === 'running').length"
        assert desk.page.evaluate(moving) == 0


def test_the_page_lets_nothing_else_in(filon: Platform) -> None:
    for path in ("/", "/assets/main.js", "/assets/base.css", "/assets/logo.svg"):
        answer = httpx.get(filon.url + path)
        assert answer.status_code == 200
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_file_that_did_not_change_is_not_sent_again(filon: Platform) -> None:
    first = httpx.get(f"{filon.url}/assets/main.js")
    again = httpx.get(
        f"{filon.url}/assets/main.js", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["nothing.js", "..%2f__init__.py", "%2e%2e/%2e%2e/main.py", ""])
def test_what_is_no_file_of_the_page_is_not_there(filon: Platform, path: str) -> None:
    answer = httpx.get(f"{filon.url}/assets/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
