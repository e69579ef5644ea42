"""From the company search's result to a company."""

from events.company import Company, Contact
from events.targeting import HEADCOUNT_BANDS
from services.french.naf import normalise_naf
from services.french.places import normalise_postal_code
from services.sources.companies.schema import Manager, Result
from services.sources.source import Found

_PAGE = "https://annuaire-entreprises.data.gouv.fr/entreprise/{siren}"
_AUDITORS = "commissaire aux comptes"


def is_public(result: Result) -> bool:
    """Whether it is at work, and agreed to its data being spread."""
    return result.statut_diffusion == "O" and result.etat_administratif in ("A", None)


def found(result: Result) -> Found:
    siege = result.siege
    company = Company(
        name=result.nom_complet or result.nom_raison_sociale or result.siren,
        siren=result.siren,
        activity=normalise_naf(result.activite_principale or ""),
        headcount_band=_band(result.tranche_effectif_salarie),
        category=result.categorie_entreprise or "",
        postal_code=normalise_postal_code(siege.code_postal or "") if siege else "",
        city=_titled(siege.libelle_commune or "") if siege else "",
        contacts=tuple(_contacts(result)),
    )
    described = company.model_copy(update={"text": _text(company, result)})
    return Found(described, _PAGE.format(siren=result.siren))


def _band(code: str | None) -> str:
    return code if code in HEADCOUNT_BANDS else ""


def _contacts(result: Result) -> list[Contact]:
    people = [_contact(manager) for manager in result.dirigeants or () if _is_person(manager)]
    return [person for person in people if person.name]


def _is_person(manager: Manager) -> bool:
    auditor = _AUDITORS in (manager.qualite or "").casefold()
    return manager.type_dirigeant == "personne physique" and not auditor


def _contact(manager: Manager) -> Contact:
    first = (manager.prenoms or "").replace(",", " ").split()[:1]
    return Contact(
        name=_titled(" ".join([*first, manager.nom or ""])).strip(), title=manager.qualite or ""
    )


def _titled(text: str) -> str:
    """« SAINT-ÉTIENNE » is no way to write to people."""
    return text.title() if text.isupper() else text


def _text(company: Company, result: Result) -> str:
    sentences = [
        f"{company.name} (SIREN {company.siren})"
        + (f" a pour activité principale {company.activity}" if company.activity else "")
        + ".",
        _place_and_headcount(company),
        _revenue(result),
    ]
    sentences += [
        f"Dirigeant : {contact.name}{contact.title and f', {contact.title}'}."
        for contact in company.contacts[:3]
    ]
    return " ".join(filter(None, sentences))


def _place_and_headcount(company: Company) -> str:
    place = f"Son siège est à {company.city} ({company.postal_code})" if company.city else ""
    headcount = _headcount(company.headcount_band)
    return f"{' ; '.join(filter(None, (place, headcount)))}.".lstrip(".")


def _headcount(band: str) -> str:
    if not band or band == "NN":
        return ""
    low, _, high = HEADCOUNT_BANDS[band].partition("-")
    if high:
        return f"effectif : {low} à {high} salariés"
    return f"effectif : {low.rstrip('+')} salariés{' et plus' if low.endswith('+') else ''}"


def _revenue(result: Result) -> str:
    years = {year: known.ca for year, known in (result.finances or {}).items() if known.ca}
    if not years:
        return ""
    year = max(years)
    return f"Chiffre d'affaires {year} : {years[year]:,.0f} €.".replace(",", " ")
