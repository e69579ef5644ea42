"""Exports as people's own programs write them: what their columns say, and who is left out."""

import pytest

from events.company import Company, Contact
from services.prospecting.lists import RefusedLine
from tests.unit.sources.csv.files import SIREN, accepted, only, refused, rows

ADA = Contact(name="Ada Exemple", email="ada@one.example")


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("Nom;Ville;Client\nOne;Lyon;oui\nTwo;Paris;non\nThree;Nice;oui\n", "One Two Three"),
        ("Nom;Ville;Client\nOne;Lyon;0\nTwo;Paris;3\nThree;Nice;1\n", "One Two Three"),
        ("N° client;Raison sociale;CP\n411001;One;69001\n411002;Two;75001\n", "One Two"),
        ("Numéro compte;Société\n7;One\n8;Two\n", "One Two"),
        ("Account No,Company\n7,One\n8,Two\n", "One Two"),
        ("Client;Ville\nOne;Lyon\nTwo;Nice\n", "One Two"),
        ("Company Cleaned Name,Company Name\nOne Clean,One\nTwo Clean,Two\n", "One Two"),
        ("Société;Ville\nOne;Lyon\n;\nTotal;\nNombre d'enregistrements : 1;\n", "One"),
        ("Société;Ville\nOne;Lyon\nSociété;Ville\n(No value);\nTwo;Nice\n", "One Two"),
        ("Société;Ville\nTotal;Courbevoie\n", "Total"),
        ("Entreprise associée;E-mail\nOne (one.example);\n", "One"),
    ],
)
def test_only_companies_are_companies(content: str, names: str) -> None:
    assert [name for _, name in accepted(content)] == names.split()


@pytest.mark.parametrize(
    ("content", "company"),
    [
        (
            "Société;Contact;Email\nOne;Oui;ada@one.example\nTwo;12/03/2026;b@two.example\n",
            Company(
                name="One",
                contacts=(Contact(email="ada@one.example"),),
                extra={"Contact": "Oui"},
            ),
        ),
        (
            "Titre;Prénom;Nom;Société;Titre professionnel;Adresse de messagerie\n"
            "Mme;Ada;Exemple;One;Directrice;ada@one.example\n",
            Company(
                name="One",
                contacts=(ADA.model_copy(update={"title": "Directrice"}),),
                extra={"Titre": "Mme"},
            ),
        ),
        (
            "company_name,first_name,last_name,email,website,city\n"
            "One,None,NULL,ada@one.example,N/D,undefined\n",
            Company(name="One", contacts=(Contact(email="ada@one.example"),)),
        ),
        (
            "Entreprise;;;Contact;;\nNom;SIREN;Ville;Nom;Prénom;E-mail\n"
            f"One;{SIREN};Lyon;Exemple;Ada;ada@one.example\n",
            Company(name="One", siren=SIREN, city="Lyon", contacts=(ADA,)),
        ),
        (
            "Nom du tiers* (s.nom);Code client (s.code_client);Code postal (s.zip);Ville (s.town);"
            "Identifiant professionnel 1 (s.siren);Identifiant professionnel 3 (s.ape)\n"
            f"One;CU1;34000;Montpellier;{SIREN};62.01Z\n",
            Company(
                name="One",
                siren=SIREN,
                activity="62.01Z",
                postal_code="34000",
                city="Montpellier",
                record_id="CU1",
            ),
        ),
        (
            "First Name,Last Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value\n"
            "Ada,Exemple,One,* Work,ada@one.example\n",
            Company(name="One", contacts=(ADA,), extra={"E-mail 1 - Label": "* Work"}),
        ),
        (
            "Name,Domain Name / Link URL,Address / City,Linkedin / Link URL\n"
            "One,https://one.example,Lyon,https://linkedin.com/company/one\n",
            Company(
                name="One",
                website="https://one.example",
                city="Lyon",
                extra={"Linkedin / Link URL": "https://linkedin.com/company/one"},
            ),
        ),
        (
            "Display Name,Is a Company,Email\n"
            + '"One, Ada Exemple",False,ada@one.example\n',
            Company(name="One", contacts=(ADA,), extra={"Is a Company": "False"}),
        ),
        (
            "First Name,Last Name,Company,City,Company City\nAda,Exemple,One,Nice,Lyon\n",
            Company(
                name="One", city="Lyon", contacts=(Contact(name="Ada Exemple"),),
                extra={"City": "Nice"},
            ),
        ),
        (
            "Company,Zip,City,Country\nOne,9000,Gent,Belgique\n",
            Company(
                name="One", city="Gent", extra={"Country": "Belgique", "Zip": "9000"}
            ),
        ),
        (
            "Company,Country,Company Postal Code,Company Country\nOne,Belgium,34000,France\n",
            Company(
                name="One",
                postal_code="34000",
                extra={"Country": "Belgium", "Company Country": "France"},
            ),
        ),
        (
            "Organization - Name,Person - Name,Person - Email - Work,Deal - Title\n"
            "One,Ada Exemple,ada@one.example,Affaire 12\n",
            Company(name="One", contacts=(ADA,), extra={"Deal - Title": "Affaire 12"}),
        ),
        (
            "Company,First Name,Last Name,Email,Email Status,Person Linkedin Url,Corporate Phone\n"
            "One,Ada,Exemple,ada@one.example,Verified,http://linkedin.com/in/ada,0199001234\n",
            Company(
                name="One",
                contacts=(ADA.model_copy(update={"phone": "0199001234"}),),
                extra={
                    "Email Status": "Verified",
                    "Person Linkedin Url": "http://linkedin.com/in/ada",
                },
            ),
        ),
        (
            "siret,enseigne1Etablissement,codePostalEtablissement,etatAdministratifEtablissement\n"
            "73282932000074,ONE,69001,A\n",
            Company(
                name="ONE",
                siren=SIREN,
                postal_code="69001",
                extra={"etatAdministratifEtablissement": "A"},
            ),
        ),
        (
            "Numéro compte;Intitulé;Code postal;Ville\n411ONE;One;69001;Lyon\n",
            Company(
                name="One", postal_code="69001", city="Lyon", record_id="411ONE"
            ),
        ),
        (
            "Nom affiché;Est une société;E-mail\nOne, Ada Exemple;Faux;ada@one.example\n",
            Company(name="One", contacts=(ADA,), extra={"Est une société": "Faux"}),
        ),
        (
            "Entreprise associée,Désabonné de tous les e-mails,E-mail\n"
            "One (one.example),true,ada@one.example\n",
            Company(
                name="One",
                website="one.example",
                extra={"Désabonné de tous les e-mails": "true"},
            ),
        ),
    ],
)  # fmt: skip
def test_each_cell_is_read_as_what_it_is(content: str, company: Company) -> None:
    read = rows(content)[0]
    assert not isinstance(read, RefusedLine), read
    assert read.company == company


SIRENE = (
    "siren,statutDiffusionUniteLegale,prenomUsuelUniteLegale,nomUniteLegale,"
    "denominationUniteLegale,etatAdministratifUniteLegale\n"
)


def test_who_is_in_business_alone_goes_by_that_name() -> None:
    company = only(SIRENE + f"{SIREN},O,ADA,EXEMPLE,,A\n").company
    assert (company.name, company.contacts[0].name) == ("Ada Exemple", "ADA EXEMPLE")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (SIRENE + f"{SIREN},P,[ND],[ND],[ND],A\n", "line.notPublic"),
        (SIRENE + f"{SIREN},O,,,One,C\n", "line.closed"),
        ("account_name,do_not_call\nOne,1\n", "line.optOut"),
        ("Account Name,Email Opt Out\nOne,true\n", "line.optOut"),
        ("Société;Désabonné\nOne;oui\n", "line.optOut"),
        ("Company,HasOptedOutOfEmail\nOne,True\n", "line.optOut"),
        ("Company,Unsubscribed\nOne,2024-05-01 10:00\n", "line.optOut"),
        ("Company,Do Not Contact\nOne,Yes\n", "line.optOut"),
        ("Company,Marketing contact status\nOne,Non-marketing contact\n", "line.optedOut"),
        ("Company,Status\nOne,Unsubscribed\n", "line.optedOut"),
        ("Société;Ville\nTotal;\n", "line.total"),
        ("Société;Ville\nSociété;Ville\n", "line.header"),
    ],
)
def test_who_is_no_prospect_is_refused_with_the_reason(content: str, code: str) -> None:
    assert refused(content) == [(2, code)]


@pytest.mark.parametrize(
    "content",
    [
        SIRENE + f"{SIREN},O,,,One,A\n",
        "Company,do_not_call,Status\nOne,0,New\n",
        "Company,Email Opt Out\nOne,false\n",
        "Company,Unsubscribed\nOne,\n",
        "Société;Opposition\nOne;non\n",
    ],
)
def test_who_did_not_object_is_a_prospect(content: str) -> None:
    assert accepted(content) == [(2, "One")]
