"""Which column means what."""

import pytest

from services.sources.csv.columns import recognise
from services.sources.csv.fields import Field


def fields(headers: list[str]) -> list[Field | None]:
    return [meaning.field for meaning in recognise(headers)]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("SIREN", "siren"), ("N° SIREN", "siren"), ("nº de siret", "siren"),
        ("Siret (siège)", "siren"),
        ("Raison sociale", "name"), ("RAISON_SOCIALE", "name"), ("Dénomination", "name"),
        ("Nom de l'entreprise", "name"), ("Nom de l’entreprise", "name"), ("companyName", "name"),
        ("denominationUniteLegale", "name"), ("Société", "name"), ("Account Name", "name"),
        ("Code NAF", "activity"), ("APE", "activity"), ("Activité principale", "activity"),
        ("activitePrincipaleUniteLegale", "activity"), ("Secteur d'activité", "activity"),
        ("Effectif", "headcount"), ("Tranche d'effectifs", "headcount"),
        ("Nb salariés", "headcount"),
        ("trancheEffectifsUniteLegale", "headcount"), ("# Employees", "headcount"),
        ("Number of employees", "headcount"), ("Effectif (salariés)", "headcount"),
        ("Code postal", "postalCode"), ("CP", "postalCode"), ("Zip", "postalCode"),
        ("codePostalEtablissement", "postalCode"), ("Postcode", "postalCode"),
        ("Ville", "city"), ("Commune", "city"), ("Company City", "city"),
        ("libelleCommuneEtablissement", "city"), ("Ville de l'entreprise", "city"),
        ("Dirigeant", "contact"), ("Contact", "contact"), ("Nom et prénom", "contact"),
        ("Prénom", "firstName"), ("First name", "firstName"), ("Last Name", "lastName"),
        ("Fonction", "title"), ("Job title", "title"), ("Poste", "title"),
        ("Fonction du dirigeant", "title"), ("E-mail", "email"), ("Mail", "email"),
        ("Courriel", "email"), ("Adresse e-mail professionnelle", "email"), ("Email 1", "email"),
        ("Work Email", "email"), ("Tél.", "phone"), ("Téléphone", "phone"),
        ("N° de téléphone", "phone"), ("Mobile", "phone"), ("Site web", "website"),
        ("Site", "website"), ("URL", "website"), ("Nom de domaine", "website"),
        ("Catégorie d'entreprise", "category"), ("Date de naissance", "dropped"),
        ("Birth date", "dropped"), ("Nationalité", "dropped"), ("dateNaissance", "dropped"),
        ("Chiffre d'affaires", None), ("Commentaire", None), ("", None), ("Libellé NAF", None),
    ],
)  # fmt: skip
def test_a_header_is_understood(header: str, field: str | None) -> None:
    assert fields([header]) == [field]


def test_a_bare_name_is_the_company_s_when_nothing_else_names_it() -> None:
    assert fields(["Nom", "Ville"]) == ["name", "city"]
    assert fields(["Name", "Website"]) == ["name", "website"]


def test_a_bare_name_is_the_person_s_beside_a_company_or_a_first_name() -> None:
    assert fields(["Nom", "Société"]) == ["lastName", "name"]
    assert fields(["Nom", "Prénom"]) == ["lastName", "firstName"]
    assert fields(["Name", "Company"]) == ["contact", "name"]
