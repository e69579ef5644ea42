"""What is looked at has an address: to go back to, to send to somebody, to export."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.companies import csv_of
from tests.e2e.page.desk import Desk, csv_file

pytestmark = pytest.mark.chromium
FETCHED = """performance.getEntriesByType("resource")
  .filter((each) => each.transferSize > 0).map((each) => each.name)"""


def scored(desk: Desk, name: str, count: int) -> None:
    desk.describe(name, "csv")
    desk.choose_file(csv_file(csv_of(count)))
    expect(desk.page.get_by_text("colonnes reconnues")).to_be_visible()
    desk.ask_for_software()
    desk.start()
    expect(desk.status).to_have_text("Terminée")


def test_filters_are_in_the_address_and_count_and_export_follow_them(desk: Desk) -> None:
    scored(desk, "Filtrée", 12)
    page = desk.page
    page.get_by_label("Statut").select_option("qualified")
    expect(page).to_have_url(re.compile(r"\?status=qualified$"))
    expect(desk.rows).to_have_count(4)
    expect(page.locator(".found .count")).to_have_text("4 sur 12")
    page.get_by_label("Rechercher").press_sequentially("ada3@", delay=300)
    expect(desk.rows).to_have_count(1)
    shared = page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="Exporter en CSV").click()
    assert download.value.path().read_text("utf-8-sig").count("\n") == 2
    page.go_back()
    expect(desk.rows).to_have_count(4)
    expect(page.get_by_label("Statut")).to_have_value("qualified")
    page.go_back()
    expect(desk.rows).to_have_count(12)
    page.goto("about:blank")
    page.goto(shared)
    expect(desk.rows).to_have_count(1)
    expect(page.get_by_label("Rechercher")).to_have_value("ada3@")


def test_a_click_on_a_row_opens_its_prospect(desk: Desk) -> None:
    scored(desk, "Une ligne", 2)
    desk.rows.first.get_by_text("Paris").click()
    expect(desk.page.get_by_role("dialog", name="Société Imaginaire")).to_be_visible()


def test_the_list_of_values_hides_no_field_that_comes_next(desk: Desk) -> None:
    desk.describe("Menus", "sample")
    page = desk.page
    for field in ("Activités", "Départements"):
        page.get_by_role("combobox", name=field).focus()
        expect(page.get_by_role("listbox", name=field)).to_be_hidden()
    desk.add("Activités", "restauration")
    expect(page.get_by_role("listbox", name="Activités")).to_be_hidden()
    page.get_by_role("combobox", name="Départements").click()  # nothing lies over it
    expect(page.get_by_role("listbox", name="Départements")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox", name="Départements")).to_be_visible()


def test_a_phone_has_its_landmarks_on_every_screen(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 800})
    for place in ("", "#/new", "#/people", "#/me"):
        desk.page.goto(f"{desk.filon.url}/{place}")
        expect(desk.page.get_by_role("banner")).to_have_count(1)
        expect(desk.page.get_by_role("main")).to_be_visible()


def test_a_second_visit_fetches_no_file_again(desk: Desk) -> None:
    desk.page.reload()
    expect(desk.page.get_by_text("En direct")).to_be_visible()
    fetched = desk.page.evaluate(FETCHED)
    assert [url for url in fetched if re.search(r"/assets/\w{16}/", url)] == []
