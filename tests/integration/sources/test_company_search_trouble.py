"""When the company search is slow, busy, broken or says no."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.targeting import Targeting
from services.sources.companies import CompanySearch, CompanySearchSettings, SourceRejected
from services.sources.companies.breaker import Breaker
from services.sources.companies.slots import FileSlots
from services.sources.source import SourceFailed
from tests.integration.sources.company_search_server import CompanySearchServer, Registered, serving
from tests.integration.sources.searching import api_of
from tests.unit.sources.sirens import siren_of

ASKED = {"departement": "75"}


class Naps:
    """Sleeps that take no time and are remembered."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


@pytest.fixture
def server() -> Iterator[CompanySearchServer]:
    with serving([Registered(siren_of(1), "ONE")]) as running:
        yield running


async def test_a_busy_service_is_asked_again_when_it_says(server: CompanySearchServer) -> None:
    server.fail(429, {"Retry-After": "3"})
    server.fail(503, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})
    naps = Naps()
    async with api_of(server, naps) as api:
        assert (await api.search(ASKED)).total_results == 1
    assert naps.taken == [3, 0]


async def test_a_broken_service_is_asked_again_after_growing_waits(
    server: CompanySearchServer,
) -> None:
    server.fail(500)
    server.fail(200, body="<html>maintenance</html>")
    naps = Naps()
    async with api_of(server, naps) as api:
        assert (await api.search(ASKED)).total_results == 1
    assert 0.4 <= naps.taken[0] <= 0.6
    assert 0.8 <= naps.taken[1] <= 1.2


async def test_after_four_failures_the_source_has_failed(server: CompanySearchServer) -> None:
    for _ in range(4):
        server.fail(502)
    async with api_of(server, Naps()) as api:
        with pytest.raises(SourceFailed, match="HTTP 502"):
            await api.search(ASKED)
    assert len(server.requests) == 4


async def test_long_patience_is_passed_on_instead_of_slept(server: CompanySearchServer) -> None:
    server.fail(429, {"Retry-After": "600"})
    naps = Naps()
    async with api_of(server, naps) as api:
        with pytest.raises(SourceFailed) as failure:
            await api.search(ASKED)
    assert failure.value.retry_after == 600
    assert naps.taken == []


async def test_a_question_that_is_refused_is_not_asked_again(server: CompanySearchServer) -> None:
    async with api_of(server, Naps()) as api:
        with pytest.raises(SourceRejected, match="departement"):
            await api.search({"departement": "Paris"})
    assert len(server.requests) == 1


async def test_a_server_that_is_gone_is_a_failed_source() -> None:
    with serving([]) as server:
        pass
    async with api_of(server, Naps()) as api:
        with pytest.raises(SourceFailed, match="ConnectError"):
            await api.search(ASKED)


async def test_the_breaker_leaves_a_failing_service_alone_and_probes_it(
    server: CompanySearchServer,
) -> None:
    now = 0.0
    breaker = Breaker(failures=4, pause=30, clock=lambda: now)
    for _ in range(5):
        server.fail(500)
    async with api_of(server, Naps(), breaker) as api:
        for _ in range(2):
            with pytest.raises(SourceFailed):
                await api.search(ASKED)
        assert len(server.requests) == 4
        now = 31
        with pytest.raises(SourceFailed, match="in a row"):
            await api.search(ASKED)  # the probe fails, and the breaker is open again
        assert len(server.requests) == 5
        now = 62
        assert (await api.search(ASKED)).total_results == 1
        assert (await api.search(ASKED)).total_results == 1


def test_an_open_breaker_admits_one_probe_at_a_time() -> None:
    now = 0.0
    breaker = Breaker(failures=1, pause=30, clock=lambda: now)
    breaker.failed()
    now = 30
    breaker.admit()
    with pytest.raises(SourceFailed) as refusal:
        breaker.admit()
    assert refusal.value.retry_after == 30
    breaker.succeeded()
    breaker.admit()


async def test_the_environment_s_search_reads_a_page(
    server: CompanySearchServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILON_COMPANIES_URL", server.url)
    monkeypatch.setenv("FILON_HOME", str(tmp_path))
    search = CompanySearch.of(CompanySearchSettings.load())
    pages = [page async for page in search.pages(Targeting(), "")]
    await search.close()
    assert [found.company.name for page in pages for found in page.companies] == ["ONE"]
    assert CompanySearchSettings.load().slots.exists()


TAKER = """
import asyncio, sys, time
from pathlib import Path
from services.sources.companies.slots import FileSlots
async def main():
    take = FileSlots(Path(sys.argv[1]), 50)
    for _ in range(10):
        await take()
        print(time.time())
asyncio.run(main())
"""


async def test_processes_share_one_rate(tmp_path: Path) -> None:
    slots = tmp_path / "run" / "slots"
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", TAKER, str(slots), stdout=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    outputs = [(await process.communicate())[0] for process in processes]
    moments = sorted(float(line) for output in outputs for line in output.split())
    assert len(moments) == 30
    assert float(slots.read_text()) - moments[0] >= 30 / 50 - 0.02


async def test_a_spoilt_slots_file_stops_nobody(tmp_path: Path) -> None:
    for kept in ("", "nonsense", "99999999999.0"):
        (tmp_path / "slots").write_text(kept)
        await FileSlots(tmp_path / "slots")()
