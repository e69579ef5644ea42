"""What goes wrong is told in words, beside what it concerns."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.companies import csv_of
from tests.e2e.page.desk import Desk, csv_file
from tests.e2e.platform import Platform

pytestmark = pytest.mark.chromium


def test_a_wrong_password_is_told_and_the_right_one_lets_in(page: Page, filon: Platform) -> None:
    page.goto(filon.url)
    page.get_by_label("Adresse e-mail").fill(filon.email)
    page.get_by_label("Mot de passe").fill("not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("E-mail ou mot de passe incorrect.")
    page.get_by_label("Mot de passe").fill(filon.password)
    page.keyboard.press("Enter")
    expect(page.get_by_text("En direct")).to_be_visible()


def test_a_session_that_ended_leads_back_to_signing_in(desk: Desk) -> None:
    desk.describe("Trop tard", "sample")
    desk.page.context.clear_cookies()
    desk.start()
    expect(desk.page.get_by_role("alert")).to_contain_text("Votre session a pris fin")


def test_who_signs_out_is_out_after_a_reload_too(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Se déconnecter").click()
    expect(desk.page.get_by_label("Mot de passe")).to_be_visible()
    desk.page.reload()
    expect(desk.page.get_by_label("Mot de passe")).to_be_visible()


def test_a_pdf_is_refused_before_anything_is_made_of_it(desk: Desk) -> None:
    desk.describe("Un PDF", "csv")
    desk.choose_file(csv_file(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "liste.pdf"))
    expect(desk.page.locator(".drop [role=alert]")).to_contain_text("PDF")
    desk.start()
    expect(desk.page.locator("#file-refusal")).to_contain_text("Choisissez le fichier")
    expect(desk.page.get_by_role("heading", name="Nouvelle campagne")).to_be_visible()


def test_what_is_missing_or_malformed_is_named(desk: Desk) -> None:
    desk.describe("")
    desk.start()
    name = desk.page.get_by_label("Nom de la campagne")
    expect(name).to_have_accessible_description("Donnez un nom à la campagne.")
    expect(name).to_be_focused()
    expect(desk.page.locator("#sources-refusal")).to_have_text("Choisissez au moins une source.")
    desk.page.get_by_role("checkbox", name="Fichier CSV").check()
    expect(desk.page.locator("#sources-refusal")).to_have_text("")
    desk.add("Départements", "Atlantide")
    expect(desk.page.locator("#departements-refusal")).to_contain_text("Atlantide")


def test_the_edges_own_refusal_is_shown(desk: Desk) -> None:
    """`a` is no département: the page lets a client's mistake through as any client might."""
    desk.describe("Refusée", "sample")
    desk.page.route(
        "**/api/campaigns",
        lambda route: route.continue_(
            post_data={"name": "Refusée", "sources": ["sample"], "threshold": 101}
        ),
    )
    desk.start()
    expect(desk.page.locator("#threshold-refusal")).to_contain_text("100")
    expect(desk.page.locator("#threshold")).to_have_attribute("aria-invalid", "true")


def test_a_hostile_name_is_text_and_nothing_else(desk: Desk) -> None:
    name = "<img src=x onerror=alert(1)>"
    hostile = csv_of(1).replace("Société Imaginaire 0".encode(), name.encode())
    desk.page.on("dialog", lambda _: pytest.fail("a list's text was run"))
    desk.describe(name, "csv")
    desk.choose_file(csv_file(hostile))
    expect(desk.page.get_by_role("cell", name=name)).to_be_visible()
    desk.start()
    expect(desk.status).to_have_text("Terminée")
    expect(desk.page.get_by_role("heading", name=name)).to_be_visible()
    expect(desk.rows.get_by_text(name)).to_be_visible()
