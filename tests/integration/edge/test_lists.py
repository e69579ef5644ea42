"""Lists of companies: previewed, imported, refused, sent again; and what comes out again."""

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator

import pytest

from services.edge.http import uploads
from tests.databases import ON_SQLITE
from tests.integration.edge.edges import CSV, Edge, campaign, send_list

pytestmark = ON_SQLITE

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
XLSX = b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml xl/workbook.xml"


async def test_a_preview_says_what_each_column_is_read_as(edge: Edge) -> None:
    async with edge.browser() as client:
        files = {"file": ("list.csv", CSV.encode("cp1252"), "text/csv")}
        seen = (await client.post("/api/imports/preview", files=files)).json()
        assert (seen["encoding"], seen["delimiter"]) == ("windows-1252", ";")
        assert seen["columns"][0] == {
            "header": "SIREN",
            "field": "siren",
            "label": "SIREN",
            "samples": ["732829320", "552100554", "123456789"],
            "corrected": False,
            "correctable": True,
        }
        assert seen["problem"] is None
        assert {"field": "city", "label": "Ville"} in seen["choices"]
        assert seen["rows"][0][1] == "Imaginaire SA"
        assert (await client.get("/api/prospects")).json() == []


async def test_each_refused_line_is_reported_and_the_others_are_kept(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        answer = await send_list(client, id)
        body = answer.json()
        assert (answer.status_code, body["accepted"], body["duplicates"]) == (200, 2, 0)
        assert body["lines"] == 3 == body["accepted"] + body["refusedCount"]
        assert [row["line"] for row in body["refused"]] == [4]
        assert "123456789" in body["refused"][0]["reason"]
        again = (await send_list(client, id)).json()
        assert (again["accepted"], again["duplicates"]) == (0, 2)
        told = {(row["line"], row["company"], row["by"]) for row in again["merged"]}
        assert (2, "Imaginaire SA", "siren") in told and len(told) == 2
        found = (await client.get(f"/api/prospects?campaignId={id}&sort=name")).json()
        assert [prospect["siren"] for prospect in found] == ["732829320", "552100554"]


@pytest.mark.parametrize(
    ("content", "status", "code", "word"),
    [
        (PDF, 415, "csv.pdf", "CSV"),
        (XLSX, 415, "csv.spreadsheet", "Enregistrer sous"),
        (b"", 422, "csv.empty", "vide"),
        (b"a;b\n1;2\n", 422, "csv.noColumn", "SIREN"),
        (b"SIREN;Ville\n", 422, "csv.noLine", "ligne"),
    ],
    ids=["pdf", "xlsx", "empty", "no known column", "header alone"],
)
async def test_what_is_no_list_is_refused_with_what_to_do(
    edge: Edge, content: bytes, status: int, code: str, word: str
) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        answer = await send_list(client, id, content)
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (status, code)
        assert problem["errors"][0]["field"] == "file" and word in problem["errors"][0]["message"]
        assert (await client.get("/api/prospects")).json() == []


async def test_a_list_of_200_mb_is_refused_unread(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        head = (
            f"POST /api/campaigns/{id}/import HTTP/1.1\r\nHost: localhost\r\n"
            f"Origin: {edge.url}\r\nCookie: filon_session={client.cookies['filon_session']}\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\n"
            f"Content-Length: {200 * 1024 * 1024}\r\n\r\n--x\r\n"
        )
        reader, writer = await asyncio.open_connection("127.0.0.1", client.base_url.port)
        writer.write(head.encode())
        assert b"413" in await reader.readline()
        writer.close()


async def test_a_list_that_grows_too_large_on_its_way_is_refused(
    edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_FILE_BYTES", 100_000)

    async def body() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="l.csv"\r\n\r\n'
        for _ in range(1000):
            yield b"x" * 1000

    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        path = f"/api/campaigns/{id}/import"
        answer = await client.post(path, content=body(), headers=kind)
        assert (answer.status_code, answer.json()["code"]) == (413, "TooLarge")


async def test_a_list_cut_on_its_way_adds_nothing_and_can_be_sent_again(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        part = f'--x\r\nContent-Disposition: form-data; name="file"; filename="l"\r\n\r\n{CSV}'
        head = (
            f"POST /api/campaigns/{id}/import HTTP/1.1\r\nHost: localhost\r\n"
            f"Origin: {edge.url}\r\nCookie: filon_session={client.cookies['filon_session']}\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000\r\n\r\n"
        )
        _, writer = await asyncio.open_connection("127.0.0.1", client.base_url.port)
        writer.write((head + part).encode())
        await writer.drain()
        writer.transport.abort()
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        path = f"/api/campaigns/{id}/import"
        whole = await client.post(path, content=part.encode(), headers=kind)
        assert (whole.status_code, whole.json()["code"]) == (422, "InvalidFields")
        assert (await client.get("/api/prospects")).json() == []
        assert (await send_list(client, id)).json()["accepted"] == 2


async def test_a_list_without_its_field_or_as_json_is_refused(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        path = f"/api/campaigns/{id}/import"
        named = await client.post(path, files={"list": ("l.csv", CSV)})
        assert (named.status_code, named.json()["errors"][0]["field"]) == (422, "file")
        other = await client.post(path, json={"file": CSV})
        assert (other.status_code, other.json()["code"]) == (415, "MultipartExpected")


async def test_a_list_for_a_campaign_that_is_over_is_refused(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        await client.post(f"/api/campaigns/{id}/cancel")
        answer = await send_list(client, id)
        assert (answer.status_code, answer.json()["code"]) == (409, "CampaignEnded")


async def test_the_spreadsheet_opens_in_excel_and_carries_no_formula(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        await send_list(client, id, "SIREN;Raison sociale\n732829320;=HYPERLINK(1)\n")
        answer = await client.get(f"/api/campaigns/{id}/prospects.csv")
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert "attachment" in answer.headers["content-disposition"]
        header, row = csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";")
        assert header[:5] == ["Entreprise", "SIREN", "Score", "Statut", "Raisons"]
        assert row[:4] == ["'=HYPERLINK(1)", "732829320", "", "trouvé"]


PEOPLE = (
    "Record ID;Société;Code postal;Ville;Contact;E-mail;Téléphone;Effectif;Origine\n"
    "7;Imaginaire SA;75011;Paris;Ada Levain;ada@imaginaire.example;+33 1 99 00 12 34;11-50;Salon\n"
    "8;Imaginaire SA;75011;Paris;Léo Pain;leo@imaginaire.example;;11-50;Site\n"
    ";Fictive;69001;Lyon;;;;;\n"
)


async def test_all_that_a_list_said_comes_back_a_line_for_each_contact(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        assert (await send_list(client, id, PEOPLE)).json()["accepted"] == 3
        answer = await client.get(f"/api/campaigns/{id}/prospects.csv")
        lines = answer.text.lstrip("\ufeff").splitlines()
        assert all(line.startswith('"') and line.endswith('"') for line in lines)
        rows = list(csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";"))
        fictive, ada, leo = sorted(rows, key=lambda row: row["Contact"])
        assert (ada["Contact"], ada["Identifiant dans la source"]) == ("Ada Levain", "7")
        assert (leo["Contact"], leo["Identifiant dans la source"]) == ("Léo Pain", "8")
        assert ada["Entreprise"] == leo["Entreprise"] == "Imaginaire SA"
        assert ada["Identifiant Filon"] == leo["Identifiant Filon"] != fictive["Identifiant Filon"]
        assert (ada["Téléphone"], ada["Effectif"]) == ("01 99 00 12 34", "20 à 49")
        assert ada["Origine"] == "Salon | Site" and fictive["Origine"] == ""
        one = (await client.get(f"/api/prospects/{ada['Identifiant Filon']}")).json()
        assert one["extra"] == {"Origine": "Salon | Site"}
        assert [contact["recordId"] for contact in one["contacts"]] == ["7", "8"]


async def test_an_export_is_a_list_that_changes_nothing(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        await send_list(client, id, PEOPLE)
        exported = (await client.get(f"/api/campaigns/{id}/prospects.csv")).content
        again = (await send_list(client, id, exported)).json()
        assert (again["refused"], again["lines"]) == ([], 3)
        found = (await client.get(f"/api/prospects?campaignId={id}")).json()
        assert len(found) == 2


async def test_the_spreadsheet_and_the_total_follow_the_filters_of_the_list(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        await send_list(client, id)
        path = f"/api/campaigns/{id}/prospects.csv"

        async def companies(**asked: str) -> list[str]:
            answer = await client.get(path, params=asked)
            assert answer.status_code == 200, answer.text
            rows = csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";")
            return [row[0] for row in rows][1:]

        assert await companies(sort="name") == ["Imaginaire SA", "Fictive SARL"]
        assert await companies(q="lyon") == ["Fictive SARL"]
        assert await companies(status="qualified") == await companies(minScore="1") == []
        assert (await client.get(path, params={"status": "no"})).status_code == 422
        asked = {"campaignId": id, "limit": "1", "total": "true"}
        counted = await client.get("/api/prospects", params=asked)
        assert (len(counted.json()), counted.headers["filon-total"]) == (1, "2")
        fitting = await client.get("/api/prospects", params=asked | {"q": "lyon"})
        assert fitting.headers["filon-total"] == "1"
        assert "filon-total" not in (await client.get("/api/prospects")).headers


async def test_the_facts_of_a_campaign_come_as_json_lines(edge: Edge) -> None:
    async with edge.browser() as client:
        id = (await campaign(client))["id"]
        await send_list(client, id)
        path = f"/api/campaigns/{id}/events"
        told = [json.loads(line) for line in (await client.get(path)).text.splitlines()]
        assert told[0]["type"] == "CampaignCreated"
        later = await client.get(path, params={"after": told[0]["cursor"]})
        assert [json.loads(line) for line in later.text.splitlines()] == told[1:]
        found = await client.get(path, params={"types": "ProspectFound"})
        names = {json.loads(line)["type"] for line in found.text.splitlines()}
        assert names == {"ProspectFound"}
        unknown = await client.get(path, params={"types": "Nothing"})
        assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "types")
        assert (await client.get(path, params={"after": "?"})).status_code == 400
