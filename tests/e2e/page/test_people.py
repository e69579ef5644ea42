"""People: an administrator lets them in and puts them out, and everybody has an own password."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.page.desk import Desk
from tests.e2e.platform import Platform

pytestmark = pytest.mark.chromium
SECRET = "tournesol vélo brume lampe"


def add(desk: Desk, email: str, role: str = "Opérateur", password: str = SECRET) -> None:
    page = desk.page
    page.get_by_role("link", name="Utilisateurs").click()
    page.locator("#person-email").fill(email)
    page.locator("#person-role").select_option(role)
    page.locator("#person-password").fill(password)
    page.get_by_role("button", name="Ajouter", exact=True).click()


def enter(page: Page, filon: Platform, email: str, password: str) -> None:
    page.goto(filon.url)
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()


def test_whoever_is_added_signs_in_and_whoever_is_removed_is_put_out(
    desk: Desk, browser: Browser, filon: Platform
) -> None:
    add(desk, "leo@acme.example", "Lecteur")
    row = desk.page.get_by_role("row", name="leo@acme.example")
    expect(row).to_be_visible()
    with browser.new_context(locale="fr-FR") as context:
        page = context.new_page()
        enter(page, filon, "leo@acme.example", SECRET)
        expect(page.get_by_text("En direct")).to_be_visible()
        expect(page.get_by_role("link", name="Utilisateurs")).to_have_count(0)
        row.get_by_role("button", name="Retirer").click()
        desk.page.get_by_role("dialog").get_by_role("button", name="Retirer").click()
        expect(row).to_have_count(0)
        expect(page.get_by_role("alert")).to_contain_text("Votre session a pris fin")


def test_what_makes_no_account_is_said_beside_its_field(desk: Desk) -> None:
    add(desk, "eve@acme.example", password="passwordpassword")
    password = desk.page.locator("#person-password")
    expect(password).to_have_attribute("aria-invalid", "true")
    expect(password).to_be_focused()
    expect(password).to_have_accessible_description(re.compile("ni un mot de passe courant"))
    password.fill(SECRET)
    expect(password).not_to_have_attribute("aria-invalid", "true")
    add(desk, "nobody")
    expect(desk.page.locator("#person-email")).to_have_attribute("aria-invalid", "true")


def test_the_last_administrator_stays_and_is_told_why(desk: Desk) -> None:
    desk.page.get_by_role("link", name="Utilisateurs").click()
    desk.page.get_by_role("row", name=desk.filon.email).get_by_role(
        "button", name="Retirer"
    ).click()
    desk.page.get_by_role("dialog").get_by_role("button", name="Retirer").click()
    expect(desk.page.locator(".notice.bad")).to_contain_text("dernier administrateur")


def test_a_new_password_of_one_s_own_keeps_this_session(
    desk: Desk, browser: Browser, filon: Platform
) -> None:
    add(desk, "zoe@acme.example")
    expect(desk.page.get_by_role("row", name="zoe@acme.example")).to_be_visible()
    with browser.new_context(locale="fr-FR") as context:
        page = context.new_page()
        enter(page, filon, "zoe@acme.example", SECRET)
        page.get_by_role("link", name="Mon compte").click()
        page.get_by_label("Mot de passe actuel").fill("guess")
        page.get_by_label("Nouveau mot de passe").fill("cheval exact pile agrafe")
        page.get_by_label("Encore une fois").fill("cheval exact pile agrafe")
        page.get_by_role("button", name="Changer").click()
        expect(page.locator("#present-refusal")).to_contain_text("pas votre mot de passe")
        page.get_by_label("Mot de passe actuel").fill(SECRET)
        page.get_by_role("button", name="Changer").click()
        expect(page.get_by_text("Mot de passe changé")).to_be_visible()
        expect(page.get_by_text("En direct")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="Mon compte")).to_be_visible()


def test_an_organisation_s_language_is_chosen_by_its_administrators(desk: Desk) -> None:
    desk.page.get_by_role("link", name="Utilisateurs").click()
    desk.page.get_by_label("Langue de l'organisation").select_option("en")
    expect(desk.page.locator("#notices")).to_contain_text("English")
    expect(desk.page.get_by_role("heading", name="People")).to_be_visible()
    desk.page.get_by_label("Language of the organisation").select_option("fr")
    expect(desk.page.get_by_role("heading", name="Utilisateurs")).to_be_visible()
