"""What columns are called, in French and English, without articles and accents."""

from services.sources.csv.fields import Field

SYNONYMS: dict[Field, str] = {
    "siren": "siren, siret, siren siret, siret siren, identifiant siren, identifiant siret, "
    "siren number, siret number",
    "name": "intitule, intitule compte, nom raison sociale, nom ou raison sociale, "
    "nom tiers, tiers, denomination usuelle, account name, nom structure, entreprise "
    "nom, societe nom, entreprise associee, associated company, parent account, organization 1 "
    "name, company associated, "
    "raison sociale, denomination, denomination sociale, denomination usuelle, societe, "
    "entreprise, company, company name, nom entreprise, nom societe, nom commercial, enseigne, "
    "organisation, organization, organization name, account, account name, business name, "
    "business, etablissement, nom etablissement, compte, nom compte, client, nom client, "
    "legal name, structure, raison soc, firm",
    "activity": "naf5 code, naf 5 code, code naf5, nace, code nace, "
    "naf, ape, code naf, code ape, naf ape, ape naf, code naf ape, code ape naf, "
    "naf code, ape code, activite, activite principale, code activite, secteur, "
    "secteur activite, activity, activity code, industry, sector, main activity, "
    "code activite principale",
    "headcount": "nb employees, nombre employees, employee number, company employee count, "
    "fourchette effectif, nombre salaries, "
    "effectif, effectifs, tranche, tranche effectif, tranche effectifs, "
    "tranche effectif salarie, tranche effectifs salaries, code tranche effectif, "
    "effectif salarie, effectif salaries, nombre salaries, nb salaries, nbre salaries, salaries, "
    "nombre employes, nb employes, employes, headcount, headcount band, head count, employees, "
    "employee count, employees count, number employees, taille, company size, size, staff, "
    "workforce, employee range",
    "category": "categorie, categorie entreprise, category, company category",
    "postalCode": "siret zip, postalcode, zip code postal, cp siege, "
    "code postal, cp, zip, zip code, zip postal code, postcode, post code, "
    "postal code, postal, codepost, code post, adresse code postal",
    "city": "siret city, ville siege, "
    "ville, commune, city, town, localite, libelle commune, nom commune, adresse ville, "
    "cp ville, billing city",
    "website": "web page, "
    "website link, company domain, company website, site internet, lien site web, "
    "site, site web, site internet, website, web site, url, url site, url site web, "
    "web, domaine, domain, domain name, nom domaine, homepage, page web, adresse web, "
    "adresse site web, www, website url, adresse internet",
    "contact": "nom et prenoms, nom prenoms, prenoms nom, "
    "display contact, contact principal, "
    "contact, dirigeant, contact name, interlocuteur, gerant, responsable, "
    "nom prenom, prenom nom, nom prenom contact, prenom nom contact, full name, person, "
    "person name, lead, nom complet contact, nom et prenom, prenom et nom, dirigeants, "
    "contact full name, decideur, executive, ceo, manager, nom interlocuteur",
    "firstName": "prenom usuel, contact prenom, "
    "prenom, first name, given name, prenoms, prenom contact, prenom dirigeant, "
    "forename",
    "lastName": "contact nom, "
    "nom famille, last name, surname, family name, nom contact, nom dirigeant, "
    "nom usage",
    "title": "job position, current job, organization title, titre professionnel, company title, "
    "current title, intitule du poste, fonction contact, occupation actuelle, "
    "fonction, poste, title, job title, intitule poste, poste occupe, qualite, position, "
    "role, titre, metier, job, occupation, intitule fonction, fonction exacte",
    "email": "adresse messagerie, adresse de courriel, e mail adresse, "
    "email, mail, courriel, adresse email, adresse mail, adresse electronique, "
    "adresse courriel, email address, mail address, courrier electronique",
    "phone": "phone numbers, office phone, corporate phone, telephones, telephone professionnel, "
    "phone work, phone mobile, tel mobile, telephone bureau, mobile phone, "
    "telephone, tel, phone, mobile, portable, telephone fixe, tel fixe, fixe, "
    "telephone mobile, tel mobile, telephone portable, tel portable, phone number, mobile phone, "
    "ligne directe, standard, tel direct, telephone standard, gsm, telephone number, cell phone",
    "recordId": "record id, id, id enregistrement, record id contact, record id company, "
    "external id, id externe, identifiant externe, identifiant, identifiant interne, reference, "
    "hs object id, database id, id base, uuid, uid, guid, code tiers, code client, code compte, "
    "contact id, lead id, company id, account id, customer id, client id, id contact, id client, "
    "id prospect, id societe, id entreprise, id compte, identifiant client, reference client, "
    "ref client, customer number, account number, code prospect",
    "optOut": "is opted out, email address is opted out, email blacklisted, is blacklisted, "
    "blocklisted, email opt out, has opted out of email, opted out, opt out, optout, "
    "opted out of email, "
    "do not call, do not contact, do not email, do not mail, do not phone, donotcall, "
    "has opted out, unsubscribed, unsubscribe, emails unsubscribed, email unsubscribed, "
    "is unsubscribed, desabonne, desabonnee, desinscrit, desinscrite, desabonnement, opposition, "
    "ne pas contacter, ne pas appeler, ne pas prospecter, ne pas demarcher, liste rouge, "
    "liste repoussoir, blacklist, blacklisted, refus, stop pub",
    "dropped": "refus filon, refused filon, "
    "dob, age, anniversaire, nir, securite sociale, sexe, gender",
}
