"""A person signs in, describes a campaign, starts it, and watches scored prospects arrive."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.companies import csv_of
from tests.e2e.page.desk import Desk, csv_file

pytestmark = pytest.mark.chromium


def test_a_campaign_on_the_sample_is_watched_to_its_end(desk: Desk) -> None:
    desk.describe("Sur l'échantillon", "sample")
    desk.ask_for_software()
    desk.start()
    expect(desk.page.get_by_role("heading", name="Sur l'échantillon")).to_be_visible()
    expect(desk.status).to_have_text("Terminée")
    expect(desk.figure("prospectsScored")).to_have_text("200")
    expect(desk.rows).to_have_count(50)
    expect(desk.page.locator(".agent-status")).to_have_text(["A terminé", "A terminé"])


def test_a_list_is_previewed_imported_and_run_and_each_refused_line_is_told(desk: Desk) -> None:
    wrong = b"123456789;SIREN faux;62.01Z;4;75011;Paris;;;\n"
    desk.describe("Sur une liste", "csv")
    desk.choose_file(csv_file(csv_of(20) + wrong))
    expect(desk.page.get_by_text("9 colonnes reconnues")).to_be_visible()
    expect(desk.page.get_by_role("columnheader", name="Raison sociale")).to_contain_text(
        "Entreprise"
    )
    desk.ask_for_software()
    desk.start()
    report = desk.page.get_by_role("dialog", name="Liste importée")
    expect(report).to_contain_text("20 prospects ajoutés")
    expect(report).to_contain_text("1 ligne refusée")
    expect(report.get_by_role("rowheader")).to_have_text("Ligne 22")
    desk.page.keyboard.press("Escape")
    expect(desk.status).to_have_text("Terminée")
    expect(desk.figure("prospectsQualified")).to_have_text("7")


def test_a_click_on_a_score_opens_its_reasons_and_its_evidence(desk: Desk) -> None:
    desk.describe("Pour les raisons", "csv")
    desk.choose_file(csv_file(csv_of(3)))
    expect(desk.page.get_by_text("colonnes reconnues")).to_be_visible()
    desk.ask_for_software()
    desk.start()
    expect(desk.status).to_have_text("Terminée")
    desk.rows.first.get_by_role("button", name=re.compile(r"^Score \d+ sur 100")).click()
    panel = desk.page.get_by_role("dialog", name="Société Imaginaire 0")
    expect(panel.locator(".factors li")).to_have_count(5)
    expect(panel).to_contain_text("Activité 62.01Z recherchée")
    expect(panel.locator("blockquote").first).to_contain_text("62.01Z")
    expect(panel.locator("figure").first).to_contain_text("import")
    expect(panel).not_to_contain_text("modèle")
    desk.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(desk.rows.first.get_by_role("button")).to_be_focused()


def test_a_started_campaign_can_rest_and_go_on(desk: Desk) -> None:
    desk.describe("À reprendre", "sample")
    desk.start()
    desk.page.get_by_role("button", name="Mettre en pause").click()
    expect(desk.status).to_have_text("En pause")
    desk.page.get_by_role("button", name="Reprendre").click()
    expect(desk.status).to_have_text("Terminée")
    expect(desk.figure("prospectsScored")).to_have_text("200")


def test_a_cancelled_campaign_is_confirmed_first(desk: Desk) -> None:
    desk.describe("À annuler", "sample")
    desk.page.get_by_role("button", name="Créer la campagne").click()
    desk.page.get_by_role("button", name="Annuler", exact=True).click()
    desk.page.get_by_role("button", name="Revenir").click()
    expect(desk.status).to_have_text("Brouillon")
    desk.page.get_by_role("button", name="Annuler", exact=True).click()
    desk.page.get_by_role("button", name="Annuler la campagne").click()
    expect(desk.status).to_have_text("Annulée")


def test_prospects_are_searched_filtered_sorted_and_taken_as_csv(desk: Desk) -> None:
    desk.describe("À trier", "csv")
    desk.choose_file(csv_file(csv_of(60)))
    expect(desk.page.get_by_text("colonnes reconnues")).to_be_visible()
    desk.ask_for_software()
    desk.start()
    expect(desk.status).to_have_text("Terminée")
    desk.page.get_by_role("button", name="Page suivante").click()
    expect(desk.rows).to_have_count(10)
    desk.page.get_by_label("Statut").select_option("qualified")
    expect(desk.rows).to_have_count(20)
    desk.page.get_by_label("Rechercher").fill("imaginaire 12")
    expect(desk.rows).to_have_count(1)
    desk.page.get_by_label("Rechercher").fill("nulle part")
    desk.page.get_by_role("button", name="Effacer les filtres").click()
    expect(desk.rows).to_have_count(50)
    desk.page.get_by_role("button", name="Contact", exact=True).click()
    expect(desk.page.get_by_role("columnheader", name="Contact")).to_have_attribute(
        "aria-sort", "ascending"
    )
    with desk.page.expect_download() as download:
        desk.page.get_by_role("link", name="Exporter en CSV").click()
    assert download.value.path().read_bytes().startswith(b"\xef\xbb\xbf")
