"""An invented register of companies, as the French company search shows it."""

from dataclasses import dataclass
from typing import Any

PLACE_FILTERS = {
    "region": r"\d\d",
    "departement": r"\d\d|2[AB]|97[1-8]|98[46789]",
    "code_postal": r"(0[1-9]|[1-8]\d|9[0-8])\d{3}",
}
"""What the service takes for each, as a pattern."""


@dataclass(frozen=True)
class Establishment:
    postal_code: str
    city: str
    region: str
    state: str = "A"
    """`F` is closed."""
    diffusion: str = "O"
    """`P` is hidden."""

    @property
    def place(self) -> dict[str, str]:
        overseas = {"97133": "977", "97150": "978"}.get(self.postal_code, self.postal_code[:3])
        departement = overseas if overseas[:2] in ("97", "98") else self.postal_code[:2]
        return {
            "region": self.region,
            "departement": departement,
            "code_postal": self.postal_code,
        }

    def meets(self, asked: dict[str, str]) -> bool:
        return all(
            self.place[name] in asked[name].split(",") for name in PLACE_FILTERS if name in asked
        )

    def as_json(self, siret: str, *, seat: bool) -> dict[str, Any]:
        hidden = self.diffusion == "P"
        return {
            "siret": siret,
            "est_siege": seat,
            "etat_administratif": self.state,
            "code_postal": "[NON-DIFFUSIBLE]" if hidden else self.postal_code,
            "libelle_commune": self.city,
            "statut_diffusion_etablissement": self.diffusion,
        }


@dataclass(frozen=True)
class Registered:
    """A company, its first establishment being its seat."""

    siren: str
    name: str | None
    """None for whoever is in business alone, whose name is that of the first manager."""
    naf: str = "62.01Z"
    section: str = "J"
    band: str | None = "12"
    category: str | None = "PME"
    establishments: tuple[Establishment, ...] = (Establishment("75011", "PARIS", "11"),)
    diffusion: str = "O"
    state: str = "A"
    managers: tuple[dict[str, str], ...] = ()
    finances: dict[str, dict[str, int]] | None = None
    trade_name: str = ""
    acronym: str = ""
    naf_2025: str | None = None
    pivot: str | None = None

    def meets(self, asked: dict[str, str]) -> bool:
        """One establishment must meet all that is asked of places."""
        own = {
            "activite_principale": self.naf,
            "section_activite_principale": self.section,
            "tranche_effectif_salarie": self.band,
            "categorie_entreprise": self.category,
            "etat_administratif": self.state,
        }
        lists = {name: values.split(",") for name, values in asked.items()}
        return all(own[name] in lists[name] for name in own if name in lists) and any(
            establishment.meets(asked) for establishment in self.establishments
        )

    def as_json(self, asked: dict[str, str]) -> dict[str, Any]:
        sirets = [(f"{self.siren}{n:05d}", each) for n, each in enumerate(self.establishments)]
        matching = [(siret, each) for siret, each in sirets if each.meets(asked)]
        matching.sort(key=lambda one: one[1].state)
        some_place = any(name in asked for name in PLACE_FILTERS)
        seat = self.establishments[0]
        return {
            "siren": self.siren,
            "siren_pivot": self.pivot,
            "nom_complet": self._whole_name(),
            "nom_raison_sociale": self.name,
            "sigle": self.acronym or None,
            "activite_principale": self.naf,
            "activite_principale_naf25": self.naf_2025,
            "section_activite_principale": self.section,
            "tranche_effectif_salarie": self.band,
            "categorie_entreprise": self.category,
            "etat_administratif": self.state,
            "statut_diffusion": self.diffusion,
            "siege": seat.as_json(sirets[0][0], seat=True),
            "matching_etablissements": [
                each.as_json(siret, seat=each is seat)
                for siret, each in matching[:10]
                if some_place
            ],
            "dirigeants": [*self.managers],
            "finances": self.finances,
        }

    def _whole_name(self) -> str:
        alone = f"{self.managers[0]['prenoms']} {self.managers[0]['nom']}" if not self.name else ""
        brackets = [f"({each})" for each in (self.trade_name, self.acronym) if each]
        return " ".join([self.name or alone, *brackets]).upper()
