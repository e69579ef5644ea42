"""The company search's answers, as far as we read them.

Managers' birth dates and nationality have no field here, so that they never get any further.
"""

from pydantic import BaseModel


class Establishment(BaseModel):
    code_postal: str | None = None
    libelle_commune: str | None = None
    est_siege: bool = False
    etat_administratif: str | None = None
    """`A` is open, `F` closed."""
    statut_diffusion_etablissement: str | None = None


class Manager(BaseModel):
    type_dirigeant: str | None = None
    nom: str | None = None
    prenoms: str | None = None
    qualite: str | None = None


class Finances(BaseModel):
    ca: float | None = None


class Result(BaseModel):
    siren: str
    siren_pivot: str | None = None
    """Where two SIRENs are one company: the one that stands for both."""
    sigle: str | None = None
    nom_complet: str | None = None
    nom_raison_sociale: str | None = None
    activite_principale: str | None = None
    """NAF rév. 2, until the service changes over to 2025."""
    activite_principale_naf25: str | None = None
    """NAF 2025; announced to go on 2027-01-01."""
    tranche_effectif_salarie: str | None = None
    categorie_entreprise: str | None = None
    etat_administratif: str | None = None
    statut_diffusion: str | None = None
    siege: Establishment | None = None
    matching_etablissements: list[Establishment] | None = None
    """Those that meet the filters of place, the open ones first; none without such a filter."""
    dirigeants: list[Manager] | None = None
    finances: dict[str, Finances] | None = None


class Refusal(BaseModel):
    """With a 400."""

    erreur: str


class Answer(BaseModel):
    results: list[Result]
    total_results: int
    """Never more than 10,000, however many there are."""
    total_pages: int
