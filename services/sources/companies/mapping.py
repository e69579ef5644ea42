"""From the company search's result to a company."""

from events.company import Company
from events.targeting import HEADCOUNT_BANDS, Targeting
from services.french.activities import asks_activity, fit
from services.french.casing import titled, titled_company
from services.french.naf import nomenclature_of, normalise_naf
from services.french.places import normalise_postal_code
from services.sources.companies.people import contacts_of, first_and_last
from services.sources.companies.schema import Establishment, Result
from services.sources.source import Found

_PAGE = "https://annuaire-entreprises.data.gouv.fr/entreprise/{siren}"


def is_public(result: Result) -> bool:
    """Whether it is at work, and agreed to its data being spread."""
    return result.statut_diffusion == "O" and result.etat_administratif in ("A", None)


def siren_of(result: Result) -> str:
    return result.siren_pivot or result.siren


def place_of(result: Result, *, asked: bool) -> Establishment | None:
    """Where the company is: where a place was `asked`, the open establishment that is there, and
    None where all that matched are closed or hidden; else its seat."""
    if not asked:
        return (result.siege or Establishment()).model_copy(update={"est_siege": True})
    open_ones = (e for e in result.matching_etablissements or () if _is_open(e))
    return next(open_ones, None)


def _is_open(establishment: Establishment) -> bool:
    hidden = establishment.statut_diffusion_etablissement == "P"
    return establishment.etat_administratif == "A" and not hidden


def activity_of(result: Result, targeting: Targeting) -> str | None:
    """The code, of the two that it may have, that fits best; None where neither is one asked for,
    as the service, asked in one nomenclature, could not tell."""
    both = (result.activite_principale, result.activite_principale_naf25)
    codes = [code for text in both if (code := normalise_naf(text or ""))]
    if not asks_activity(targeting):
        return codes[0] if codes else ""
    fits = {fit(code, targeting): code for code in reversed(codes)}
    accepted = ("match", "section", *(("perhaps",) if len(codes) == 1 else ()))
    return next((fits[each] for each in accepted if each in fits), None)


def found(result: Result, place: Establishment, activity: str) -> Found:
    siren = siren_of(result)
    company = Company(
        name=_name(result),
        siren=siren,
        activity=activity,
        activity_nomenclature=nomenclature_of(activity) if activity else "NAFRev2",
        headcount_band=_band(result.tranche_effectif_salarie),
        category=result.categorie_entreprise or "",
        postal_code=normalise_postal_code(place.code_postal or ""),
        city=titled(place.libelle_commune or ""),
        contacts=contacts_of(result.dirigeants or ()),
    )
    described = company.model_copy(update={"text": _text(company, result, place)})
    return Found(described, _PAGE.format(siren=siren))


def _name(result: Result) -> str:
    """Whoever is in business alone has no `nom_raison_sociale`, and `nom_complet` adds trade names
    and the acronym in brackets."""
    if result.nom_raison_sociale:
        return titled_company(result.nom_raison_sociale, result.sigle or "")
    alone = first_and_last(result.dirigeants[0]) if result.dirigeants else ""
    bare = (result.nom_complet or "").partition(" (")[0]
    return alone or titled(bare) or result.siren


def _band(code: str | None) -> str:
    return code if code in HEADCOUNT_BANDS else ""


def _text(company: Company, result: Result, place: Establishment) -> str:
    sentences = [
        f"{company.name} (SIREN {company.siren})"
        + (f" a pour activité principale {company.activity}" if company.activity else "")
        + ".",
        _place_and_headcount(company, place),
        _revenue(result),
    ]
    sentences += [
        f"Dirigeant : {contact.name}{contact.title and f', {contact.title}'}."
        for contact in company.contacts[:3]
    ]
    return " ".join(filter(None, sentences))


def _place_and_headcount(company: Company, place: Establishment) -> str:
    what = "Son siège est" if place.est_siege else "Un établissement ouvert est"
    where = f"{what} à {company.city} ({company.postal_code})" if company.city else ""
    headcount = _headcount(company.headcount_band)
    return f"{' ; '.join(filter(None, (where, headcount)))}.".lstrip(".")


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
