"""Which column means what, from headers in French or English."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

Field = Literal[
    "siren", "name", "activity", "headcount", "category", "postalCode", "city", "website",
    "contact", "firstName", "lastName", "title", "email", "phone", "dropped",
]  # fmt: skip
"""`dropped`: what no sales team needs to know of a person; never kept."""

IDENTIFYING: frozenset[Field] = frozenset({"siren", "name", "website", "email"})

_SYNONYMS: dict[Field, str] = {
    "siren": "siren, siret, siren siret, siret siren, identifiant siren, identifiant siret, "
    "siren number, siret number",
    "name": "raison sociale, denomination, denomination sociale, denomination usuelle, societe, "
    "entreprise, company, company name, nom entreprise, nom societe, nom commercial, enseigne, "
    "organisation, organization, organization name, account, account name, business name, "
    "business, etablissement, nom etablissement, compte, nom compte, client, nom client, "
    "legal name, structure, raison soc, firm",
    "activity": "naf, ape, code naf, code ape, naf ape, ape naf, code naf ape, code ape naf, "
    "naf code, ape code, activite, activite principale, code activite, secteur, "
    "secteur activite, activity, activity code, industry, sector, main activity, "
    "code activite principale",
    "headcount": "effectif, effectifs, tranche, tranche effectif, tranche effectifs, "
    "tranche effectif salarie, tranche effectifs salaries, code tranche effectif, "
    "effectif salarie, effectif salaries, nombre salaries, nb salaries, nbre salaries, salaries, "
    "nombre employes, nb employes, employes, headcount, headcount band, head count, employees, "
    "employee count, employees count, number employees, taille, company size, size, staff, "
    "workforce, employee range",
    "category": "categorie, categorie entreprise, category, company category",
    "postalCode": "code postal, cp, zip, zip code, zip postal code, postcode, post code, "
    "postal code, postal, codepost, code post, adresse code postal",
    "city": "ville, commune, city, town, localite, libelle commune, nom commune, adresse ville, "
    "cp ville, billing city",
    "website": "site, site web, site internet, website, web site, url, url site, url site web, "
    "web, domaine, domain, domain name, nom domaine, homepage, page web, adresse web, "
    "adresse site web, www, website url, adresse internet",
    "contact": "contact, dirigeant, contact name, interlocuteur, gerant, responsable, "
    "nom prenom, prenom nom, nom prenom contact, prenom nom contact, full name, person, "
    "person name, lead, nom complet contact, nom et prenom, prenom et nom, dirigeants, "
    "contact full name, decideur, executive, ceo, manager, nom interlocuteur",
    "firstName": "prenom, first name, given name, prenoms, prenom contact, prenom dirigeant, "
    "forename",
    "lastName": "nom famille, last name, surname, family name, nom contact, nom dirigeant, "
    "nom usage",
    "title": "fonction, poste, title, job title, intitule poste, poste occupe, qualite, position, "
    "role, titre, metier, job, occupation, intitule fonction, fonction exacte",
    "email": "email, mail, courriel, adresse email, adresse mail, adresse electronique, "
    "adresse courriel, email address, mail address, courrier electronique",
    "phone": "telephone, tel, phone, mobile, portable, telephone fixe, tel fixe, fixe, "
    "telephone mobile, tel mobile, telephone portable, tel portable, phone number, mobile phone, "
    "ligne directe, standard, tel direct, telephone standard, gsm, telephone number, cell phone",
    "dropped": "dob, age, anniversaire, nir, securite sociale, sexe, gender",
}
_ARTICLE_WORDS = "a au aux d de des du et l la le les n no nr num numero o of the"
_ARTICLES = frozenset(_ARTICLE_WORDS.split())
_WHOSE_WORDS = (
    "company contact dirigeant direct entreprise etablissement generique legale lead person "
    "principal principale pro professionnel professionnelle siege societe unite work"
)
_WHOSE = frozenset(_WHOSE_WORDS.split())
_PERSONAL = re.compile(r"naissance|birth|nationalit")


def _joined(words: Sequence[str], without: frozenset[str] = frozenset()) -> str:
    return "".join(word for word in words if word not in without)


_BY_NAME: dict[str, Field] = {
    _joined(synonym.split(), _ARTICLES): field
    for field, synonyms in _SYNONYMS.items()
    for synonym in synonyms.split(", ")
}
_PERSON_OR_COMPANY: dict[str, Field] = {
    "nom": "lastName", "name": "contact", "nomcomplet": "contact", "noms": "lastName",
}  # fmt: skip


def recognise(headers: Sequence[str]) -> list[Field | None]:
    """The field of each header. A bare « Nom » is the person's where the company or a first name
    has its own column, else the company's."""
    keys = [_keys(header) for header in headers]
    fields = [_field(candidates) for candidates in keys]
    of_people = bool({"name", "firstName"} & {*fields})
    for at, candidates in enumerate(keys):
        person = next((f for key in candidates if (f := _PERSON_OR_COMPANY.get(key))), None)
        if fields[at] is None and person:
            fields[at] = person if of_people else "name"
            of_people = True
    return fields


def is_coded(header: str) -> bool:
    """Whether a headcount column holds INSEE's codes rather than numbers of people."""
    return bool({"tranche", "band", "code"} & {*_words(header)})


def _field(keys: Sequence[str]) -> Field | None:
    if any(_PERSONAL.search(key) for key in keys):
        return "dropped"
    return next((field for key in keys if (field := _BY_NAME.get(key))), None)


def _keys(header: str) -> list[str]:
    """What the header may be called, the most literal reading first."""
    words = _words(header)
    outside = _words(re.sub(r"[(\[].*?[)\]]", " ", header))
    readings = [
        _joined(words, _ARTICLES),
        _joined(outside, _ARTICLES),
        _joined(outside, _ARTICLES | _WHOSE),
    ]
    return [re.sub(r"\d+$", "", reading) for reading in readings]


def _words(header: str) -> list[str]:
    spaced = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", header)
    plain = unicodedata.normalize("NFKD", spaced).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", kept)
