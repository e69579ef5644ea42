"""A person's list becomes prospects; the same list again adds only what is missing."""

import io
import tracemalloc

import pytest

from events.prospect import ProspectFound
from events.subjects import Address
from services.log import Log
from services.prospecting.commands import ChangeCampaign
from services.prospecting.errors import CampaignEnded, CampaignNotFound, NothingToRead
from services.prospecting.handlers import campaigns
from services.prospecting.handlers.finding import Campaigned
from services.prospecting.handlers.importing import ImportReport, import_companies
from services.sources.csv import NotCsv, read_companies
from tests.e2e.companies import csv_of, siren
from tests.integration.prospecting.conftest import person
from tests.integration.prospecting.test_finding import found


async def bring(campaign: Campaigned, content: bytes) -> ImportReport:
    return await import_companies(person(), campaign, read_companies(io.BytesIO(content)))


def told(report: ImportReport) -> tuple[int, int, int]:
    return report.accepted, report.duplicates, report.refused_count


async def test_each_line_is_a_prospect_and_the_list_again_adds_nothing(
    campaign: Campaigned, log: Log
) -> None:
    assert told(await bring(campaign, csv_of(400))) == (400, 0, 0)
    assert told(await bring(campaign, csv_of(400))) == (0, 400, 0)
    assert len(await found(log)) == 400


async def test_an_import_that_was_cut_is_completed_by_sending_it_again(
    campaign: Campaigned, log: Log
) -> None:
    whole = csv_of(300)
    rows = read_companies(io.BytesIO(whole))
    cut = (row for number, row in enumerate(rows) if number < 170 or _power_cut())
    with pytest.raises(ConnectionAbortedError):
        await import_companies(person(), campaign, cut)
    assert 0 < len(await found(log)) < 300
    report = await bring(campaign, whole)
    assert report.accepted + report.duplicates == 300
    assert len(await found(log)) == 300


def _power_cut() -> bool:
    raise ConnectionAbortedError


async def test_a_refused_line_is_told_and_the_others_are_kept(campaign: Campaigned) -> None:
    wrong = "123456789;Numéro Faux;62.01Z;5;75011;Paris;;;\n".encode()
    report = await bring(campaign, csv_of(3) + wrong)
    assert told(report) == (3, 0, 1)
    assert (report.refused[0].line, report.refused[0].code) == (5, "siren.check")


async def test_excluded_companies_are_refused(campaign: Campaigned, log: Log) -> None:
    targeting = {"excludeSirens": [siren(1)]}
    change = ChangeCampaign.model_validate({"targeting": targeting})
    await campaigns.change(log, person(), campaign.id, change)
    report = await bring(campaign, csv_of(3))
    assert told(report) == (2, 0, 1)
    assert report.refused[0].code == "import.excluded"


async def test_a_list_brings_no_more_than_the_campaign_wants(
    campaign: Campaigned, log: Log
) -> None:
    change = ChangeCampaign.model_validate({"targeting": {"maxProspects": 160}})
    await campaigns.change(log, person(), campaign.id, change)
    assert told(await bring(campaign, csv_of(100))) == (100, 0, 0)
    report = await bring(campaign, csv_of(200))
    assert told(report) == (60, 100, 40), "those that are there are known, not refused"
    assert {row.code for row in report.refused} == {"import.full"}
    assert report.refused[0].params == {"most": "160"}
    assert len(await found(log)) == 160
    assert told(await bring(campaign, csv_of(200))) == (0, 160, 40)
    loaded = await campaigns.load_campaign(log, "acme", campaign.id)
    assert loaded.state.listed == 160, "agents count them, too"


async def test_what_is_no_list_leaves_nothing_behind(campaign: Campaigned, log: Log) -> None:
    with pytest.raises(NotCsv):
        await bring(campaign, b"%PDF-1.7 \n%\xe2\xe3\xcf\xd3\n")
    assert await found(log) == []
    with pytest.raises(NothingToRead):
        await campaigns.start(log, person(), campaign.id)


async def test_an_ended_or_unknown_campaign_takes_no_list(campaign: Campaigned, log: Log) -> None:
    await campaigns.cancel(log, person(), campaign.id)
    with pytest.raises(CampaignEnded):
        await bring(campaign, csv_of(1))
    with pytest.raises(CampaignNotFound):
        await bring(Campaigned(log, campaign.identity, "c-none"), csv_of(1))


async def test_a_long_list_is_read_in_bounded_memory(campaign: Campaigned, log: Log) -> None:
    content = csv_of(6000)
    tracemalloc.start()
    assert told(await bring(campaign, content)) == (6000, 0, 0)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40_000_000


STRANGERS = {
    "names in other scripts": (
        "Société;Ville;Code postal\nООО Ромашка;Paris;75001\n株式会社トヨタ;Lyon;69001\n"
        "شركة النور;Marseille;13001\nΑλφα;Nice;06000\n!!!;Lille;59000\nA;Metz;57000\n",
        6,
    ),
    "one name in several cities": (
        "Raison sociale;Ville\nPharmacie Centrale;Lyon\nPharmacie Centrale;Nice\n"
        "Hôtel de la Gare;Dole\nHôtel de la Gare;Vichy\n",
        4,
    ),
    "one name in no city": ("Société\nAlpha\nAlpha\nAlpha\n", 3),
    "pages on shared hosts": (
        "Société;Ville;Site web\nNora;Pau;https://www.etsy.com/fr/shop/nora\n"
        "Milo;Brest;https://www.etsy.com/fr/shop/milo\nPetit;Dax;http://perso.orange.fr/petit\n"
        "Leroy;Albi;http://perso.orange.fr/leroy\nRoma;Metz;gmail.com\nDuval;Caen;gmail.com\n",
        6,
    ),
    "pages on a host that no list knows": (
        "Société;Ville;Site web\nNora;Pau;https://annuaire.example/nora\n"
        "Milo;Brest;https://annuaire.example/milo\nPetit;Dax;https://annuaire.example/petit\n",
        3,
    ),
    "clients of one accountant": (
        "Société;Ville;E-mail\nBoulange;Lyon;compta@cabinet.example\n"
        "Plomberie;Nice;compta@cabinet.example\nSerrurerie;Nice;c@cabinet.example\n",
        3,
    ),
}


@pytest.mark.parametrize(("content", "count"), STRANGERS.values(), ids=STRANGERS)
async def test_strangers_stay_apart_and_the_list_again_adds_nothing(
    campaign: Campaigned, log: Log, content: str, count: int
) -> None:
    assert told(await bring(campaign, content.encode())) == (count, 0, 0)
    assert told(await bring(campaign, content.encode())) == (0, count, 0)
    assert len(await found(log)) == count


ONE_COMPANY = {
    "legal forms": (
        "Raison sociale;Code postal\nSARL Alpha Bois;34000\nAlpha Bois;34000\n"
        "ALPHA BOIS S.A.R.L.;34000\nAlpha-Bois;34000\nBois Alpha;34000\n"
        "Société Alpha Bois;34000\n",
        "name",
    ),
    "letters": (
        "Société;Ville\nŒuvres Straße;Łódź\nOEUVRES STRASSE;Lodz\n",
        "name",
    ),
    "a site": (
        "Société;Ville;Site\nLez Metal;Pau;lez.example\nLEZ METAL SAS;Dax;www.lez.example/a\n",
        "domain",
    ),
    "an e-mail in the same place": (
        "Société;CP;E-mail\nEDF;75008;a@edf.example\nÉlectricité de F.;75008;a@edf.example\n",
        "email",
    ),
}


@pytest.mark.parametrize(("content", "by"), ONE_COMPANY.values(), ids=ONE_COMPANY)
async def test_what_is_one_company_is_one_and_each_merged_line_is_told(
    campaign: Campaigned, log: Log, content: str, by: str
) -> None:
    report = await bring(campaign, content.encode())
    count = len(content.splitlines()) - 1
    [first] = await found(log)
    assert isinstance(first.fact, ProspectFound)
    assert report.lines == count == 1 + len(report.merged)
    assert [line.line for line in report.merged] == [*range(3, count + 2)]
    for line in report.merged:
        assert (line.into, line.by) == (Address.parse(first.originator_id).id, by)
        assert line.name == first.fact.company.name
