"""What a person does at the page, step by step."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.platform import Platform

expect.set_options(timeout=60_000)


@dataclass(frozen=True)
class Desk:
    page: Page
    filon: Platform

    def sign_in(self) -> None:
        self.page.goto(self.filon.url)
        self.page.get_by_label("Adresse e-mail").fill(self.filon.email)
        self.page.get_by_label("Mot de passe").fill(self.filon.password)
        self.page.get_by_role("button", name="Se connecter").click()
        expect(self.page.get_by_text("En direct")).to_be_visible()

    def describe(self, name: str, *sources: str) -> None:
        """Opens the form, names the campaign and chooses these sources only."""
        self.page.get_by_role("link", name="Nouvelle campagne").first.click()
        self.page.get_by_label("Nom de la campagne").fill(name)
        for box in self.page.get_by_role("group", name="Où chercher").get_by_role("checkbox").all():
            box.set_checked(box.get_attribute("value") in sources)

    def choose_file(self, file: FilePayload | Path) -> None:
        self.page.locator("#file").set_input_files(file)

    def add(self, field: str, *values: str) -> None:
        """Types each value and confirms it."""
        for value in values:
            self.page.get_by_role("combobox", name=field).fill(value)
            self.page.keyboard.press("Enter")

    def ask_for_software(self) -> None:
        self.add("Activités", "62.01Z")
        self.add("Départements", "75")
        self.add("Fonctions recherchées", "directrice générale")
        self.page.get_by_role("group", name="Effectif").get_by_label("20–49").check()

    def start(self) -> None:
        self.page.get_by_role("button", name="Créer et démarrer").click()

    @property
    def status(self) -> Locator:
        return self.page.locator("article .status")

    def figure(self, metric: str) -> Locator:
        return self.page.locator(f"[data-metric={metric}] dd")

    @property
    def rows(self) -> Locator:
        return self.page.locator("table.prospects tbody tr")


def csv_file(content: bytes, name: str = "liste.csv") -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": content}
