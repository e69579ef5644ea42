"""A list whose columns are misunderstood, and lines of it that are refused."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.page.desk import Desk, csv_file

pytestmark = pytest.mark.chromium

ODD = (
    "Truc;Machin;Ville;Origine\n"
    "Imaginaire SA;ada@imaginaire.example;Paris;Salon\n"
    "Fictive;leo@fictive.example;Lyon;Site\n"
    'Troisième;"ouvert;Nice;\n'
).encode()


def photograph(desk: Desk, name: str) -> None:
    """To be looked at, where a folder for it is named."""
    if folder := os.environ.get("FILON_SCREENSHOTS"):
        desk.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_a_person_says_what_columns_mean_and_is_not_asked_again(desk: Desk) -> None:
    desk.describe("Colonnes étranges", "csv")
    desk.choose_file(csv_file(ODD))
    page = desk.page
    expect(page.get_by_role("alert").filter(has_text="Rien n'identifie")).to_be_visible()
    page.get_by_label("Ce que contient « Truc »").select_option("Entreprise")
    expect(page.get_by_text("2 colonnes reconnues")).to_be_visible()
    expect(page.get_by_label("Ce que contient « Truc »")).to_be_focused()
    page.get_by_label("Ce que contient « Machin »").select_option("E-mail")
    expect(page.get_by_text("3 colonnes reconnues")).to_be_visible()
    photograph(desk, "columns")
    page.get_by_role("button", name="Créer la campagne").click()
    report = page.get_by_role("dialog", name="Liste importée")
    expect(report).to_contain_text("2 prospects ajoutés")
    expect(report).to_contain_text("1 ligne refusée")
    photograph(desk, "report")
    with page.expect_download() as saved:
        report.get_by_role("button", name="Télécharger les lignes refusées").click()
    assert saved.value.suggested_filename == "liste.lignes-refusees.csv"
    text = Path(saved.value.path()).read_text("utf-8-sig")
    assert text.splitlines()[0] == '"Refus (Filon)";"Truc";"Machin";"Ville";"Origine"'
    assert "guillemet" in text.splitlines()[1] and "Troisième" in text
    page.keyboard.press("Escape")
    expect(desk.rows).to_have_count(2)
    desk.rows.filter(has_text="Imaginaire SA").get_by_role("button").first.click()
    panel = page.get_by_role("dialog", name="Imaginaire SA")
    expect(panel.get_by_text("Autres informations de la liste")).to_be_visible()
    expect(panel).to_contain_text("Salon")
    photograph(desk, "panel")
    page.keyboard.press("Escape")
    desk.describe("Les mêmes colonnes", "csv")
    desk.choose_file(csv_file(ODD))
    expect(page.get_by_text("3 colonnes reconnues")).to_be_visible()
    expect(page.get_by_label("Ce que contient « Truc »")).to_have_value("name")
