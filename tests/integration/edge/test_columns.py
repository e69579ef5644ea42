"""A column that means something else than Filon thought: said once, and known from then on."""

import csv
import io
import json
from typing import Any

import httpx

from tests.integration.edge.edges import CSV, Edge, campaign, send_list

ODD = "Truc;Machin;Ville\nImaginaire SA;ada@imaginaire.example;Paris\nFictive;;Lyon\n"
SAID = json.dumps({"truc ": "name", "Machin": "email"})


async def look(client: httpx.AsyncClient, content: str = ODD, **fields: str) -> dict[str, Any]:
    files = {"file": ("list.csv", content, "text/csv")}
    answer = await client.post("/api/imports/preview", files=files, data=fields)
    assert answer.status_code == 200, answer.text
    seen: dict[str, Any] = answer.json()
    return seen


async def bring(
    client: httpx.AsyncClient, id: str, content: str = ODD, **fields: str
) -> httpx.Response:
    files = {"file": ("list.csv", content, "text/csv")}
    return await client.post(f"/api/campaigns/{id}/import", files=files, data=fields)


def fields(seen: dict[str, Any]) -> list[str | None]:
    return [column["field"] for column in seen["columns"]]


async def test_what_is_corrected_is_imported_and_known_for_the_organisation(edge: Edge) -> None:
    async with edge.browser() as client, edge.bearer("beta") as elsewhere:
        id = (await campaign(client))["id"]
        seen = await look(client)
        assert fields(seen) == [None, None, "city"] and "Rien n'identifie" in seen["problem"]
        assert seen["columns"][0]["samples"] == ["Imaginaire SA", "Fictive"]
        corrected = await look(client, columns=SAID)
        assert fields(corrected) == ["name", "email", "city"] and corrected["problem"] is None
        assert fields(await look(client)) == [None, None, "city"], "a look keeps nothing"
        assert (await bring(client, id)).json()["code"] == "csv.noIdentity"
        assert (await bring(client, id, columns=SAID)).json()["accepted"] == 2
        found = (await client.get(f"/api/prospects?campaignId={id}&sort=name")).json()
        assert {(each["company"], each["email"]) for each in found} == {
            ("Fictive", ""),
            ("Imaginaire SA", "ada@imaginaire.example"),
        }
        later = await look(client)
        assert fields(later) == ["name", "email", "city"]
        assert [column["corrected"] for column in later["columns"]] == [True, True, False]
        assert (await bring(client, id)).json()["duplicates"] == 2, "known without being said"
        assert fields(await look(elsewhere)) == [None, None, "city"], "nobody else's affair"


async def test_a_column_can_be_set_aside_but_what_is_never_kept_stays_so(edge: Edge) -> None:
    list_ = "Société;Ville;Date de naissance\nOne;Lyon;1815-12-10\n"
    said = json.dumps({"Ville": None, "Date de naissance": "title"})
    async with edge.browser() as client:
        seen = await look(client, list_, columns=said)
        assert fields(seen) == ["name", None, "dropped"]
        assert [column["correctable"] for column in seen["columns"]] == [True, True, False]
        id = (await campaign(client))["id"]
        await bring(client, id, list_, columns=said)
        (found,) = (await client.get(f"/api/prospects?campaignId={id}")).json()
        assert (found["city"], found["title"]) == ("", "")
        one = (await client.get(f"/api/prospects/{found['id']}")).json()
        assert one["extra"] == {"Ville": "Lyon"}


async def test_a_correction_that_is_none_is_refused_with_its_field(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        for said in ('{"Truc": "nom"}', "[]", "{", '{"Truc": 1}'):
            answer = await bring(client, id, columns=said)
            assert answer.status_code == 422, said
            assert answer.json()["errors"][0]["field"].startswith("columns")


async def test_the_same_file_with_other_corrections_is_another_request(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        path, files = f"/api/campaigns/{id}/import", {"file": ("l.csv", ODD, "text/csv")}
        key = {"Idempotency-Key": "k"}
        first = await client.post(path, files=files, data={"columns": SAID}, headers=key)
        again = await client.post(path, files=files, data={"columns": SAID}, headers=key)
        assert first.json() == again.json() and first.json()["accepted"] == 2
        other = await client.post(path, files=files, data={"columns": "{}"}, headers=key)
        assert (other.status_code, other.json()["code"]) == (422, "KeyReused")


async def test_refused_lines_come_back_as_they_were_and_can_be_corrected_and_sent(
    edge: Edge,
) -> None:
    wrong = CSV + '1;"Guillemet ouvert;;;;;;\n552100554;Trop;1;2;3;4;5;6;7\n'
    async with edge.browser() as client:
        targeting = {"excludeDomains": ["fictive.example"]}
        id = (await campaign(client, targeting=targeting))["id"]
        report = (await send_list(client, id, wrong)).json()
        assert [row["line"] for row in report["refused"]] == [3, 4, 5, 6]
        files = {"file": ("list.csv", wrong, "text/csv")}
        told = {"lines": json.dumps(report["refused"])}
        answer = await client.post("/api/imports/refused", files=files, data=told)
        assert answer.headers["content-disposition"].endswith('"filon-refused.csv"')
        text = answer.text.removeprefix("\ufeff")
        header, *rows = csv.reader(io.StringIO(text), delimiter=";")
        assert header == ["Refus (Filon)", *CSV.splitlines()[0].split(";")]
        assert [row[0] for row in rows] == [row["reason"] for row in report["refused"]]
        assert rows[0][1:3] == ["552100554", "Fictive SARL"]
        assert rows[2][1] == '1;"Guillemet ouvert;;;;;;'
        corrected = text.replace("123456789", "356000000")
        again = (await send_list(client, id, corrected)).json()
        assert (again["accepted"], again["refusedCount"]) == (1, 3)
        (found,) = (await client.get(f"/api/prospects?campaignId={id}&q=356000000")).json()
        one = (await client.get(f"/api/prospects/{found['id']}")).json()
        assert (one["company"], one["extra"]) == ("Fausse clé", {})
