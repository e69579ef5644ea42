"""The company search's answers, as far as we read them.

Managers' birth dates and nationality have no field here, so that they never get any further.
"""

from pydantic import BaseModel


class Headquarters(BaseModel):
    code_postal: str | None = None
    libelle_commune: str | None = None


class Manager(BaseModel):
    type_dirigeant: str | None = None
    nom: str | None = None
    prenoms: str | None = None
    qualite: str | None = None


class Finances(BaseModel):
    ca: float | None = None


class Result(BaseModel):
    siren: str
    nom_complet: str | None = None
    nom_raison_sociale: str | None = None
    activite_principale: str | None = None
    tranche_effectif_salarie: str | None = None
    categorie_entreprise: str | None = None
    etat_administratif: str | None = None
    statut_diffusion: str | None = None
    siege: Headquarters | None = None
    dirigeants: list[Manager] | None = None
    finances: dict[str, Finances] | None = None


class Answer(BaseModel):
    results: list[Result]
    total_results: int
    """Never more than 10,000, however many there are."""
    total_pages: int
