"""The page's files as they are sent."""

import gzip
import re

import httpx
import pytest
from fastapi import FastAPI

from services.dashboard import files, router


@pytest.fixture
def browser() -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(router)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://filon")


async def test_every_script_is_asked_for_at_once_and_kept_for_ever(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/")).text
    preloaded = re.findall(r'rel="modulepreload" href="([^"]+)"', page)
    assert {url.rpartition("/")[2] for url in preloaded} == {
        path.name for path in files.STATIC.glob("*.js")
    }
    for url in re.findall(r'(?:href|src)="(/assets/[^"]+)"', page):
        answer = await browser.get(url)
        assert answer.status_code == 200, url
        assert "immutable" in answer.headers["cache-control"], url


async def test_every_style_is_linked(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/")).text
    linked = set(re.findall(r'rel="stylesheet" href="[^"]+/([^"/]+)"', page))
    assert linked == {path.name for path in files.STATIC.glob("*.css")}


async def test_files_are_compressed_for_whoever_takes_it(browser: httpx.AsyncClient) -> None:
    for url in ("/", "/assets/main.js", "/assets/words.fr.json"):
        zipped = await browser.get(url, headers={"Accept-Encoding": "gzip"})
        plain = await browser.get(url, headers={"Accept-Encoding": "identity"})
        assert zipped.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert zipped.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
        assert zipped.content == plain.content
        assert zipped.headers["etag"] != plain.headers["etag"]
        assert int(zipped.headers["content-length"]) < len(plain.content) * 0.7


async def test_what_did_not_change_is_not_sent_again(browser: httpx.AsyncClient) -> None:
    first = await browser.get("/")
    asked = {"If-None-Match": first.headers["etag"]}
    again = await browser.get("/", headers=asked)
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == again.headers["cache-control"] == "no-cache"


async def test_a_page_of_another_version_gets_what_there_is_and_keeps_none_of_it(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get("/assets/0123456789abcdef/main.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


def test_a_file_is_compressed_alike_by_every_edge() -> None:
    for asset in files.assets().values():
        assert gzip.decompress(asset.gzipped) == asset.body
        assert asset.gzipped == files.Asset(asset.body, asset.media_type).gzipped
