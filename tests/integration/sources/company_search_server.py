"""A local server that speaks the French company search's schema, over an invented register."""

import json
import re
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.integration.sources.register import PLACE_FILTERS, Registered

MOST = 10_000
_LIST_FILTERS = {
    "activite_principale": r"\d\d\.\d\d[A-FZ]",
    "section_activite_principale": "[A-U]",
    "tranche_effectif_salarie": r"NN|\d\d",
    "categorie_entreprise": "PME|ETI|GE",
}


@dataclass
class CompanySearchServer:
    """`url` is for FILON_COMPANIES_URL; `failures` are answered first, in their order."""

    register: tuple[Registered, ...]
    url: str = ""
    failures: deque[tuple[int, dict[str, str], str]] = field(default_factory=deque)
    """Status, headers and body."""
    requests: list[dict[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def fail(self, status: int, headers: dict[str, str] | None = None, body: str = "{}") -> None:
        self.failures.append((status, headers or {}, body))

    def answer(self, asked: dict[str, str]) -> tuple[int, dict[str, str], str]:
        self.requests.append(asked)
        self.times.append(time.monotonic())
        if self.failures:
            return self.failures.popleft()
        if refusal := _refusal(asked):
            return 400, {}, json.dumps({"erreur": refusal})
        return 200, {}, json.dumps(self._page(asked))

    def _page(self, asked: dict[str, str]) -> dict[str, Any]:
        page, per_page = int(asked.pop("page", "1")), int(asked.pop("per_page", "10"))
        matching = self._matching(tuple(sorted(asked.items())))
        total = min(len(matching), MOST)
        return {
            "results": [
                c.as_json(asked) for c in matching[(page - 1) * per_page : page * per_page]
            ],
            "total_results": total,
            "page": page,
            "per_page": per_page,
            "total_pages": -(-total // per_page),
        }

    def __post_init__(self) -> None:
        self._matching = lru_cache(maxsize=256)(self._match)

    def _match(self, asked: tuple[tuple[str, str], ...]) -> list[Registered]:
        return [company for company in self.register if company.meets(dict(asked))]


def _refusal(asked: dict[str, str]) -> str:
    page, per_page = int(asked.get("page", "1")), int(asked.get("per_page", "10"))
    if per_page > 25:
        return "Veuillez indiquer un paramètre `per_page` entre `1` et `25`, par défaut `10`."
    if page * per_page > MOST:
        return "Le nombre total de résultats est restreint à 10 000."
    if "include" in asked and asked.get("minimal") != "true":
        return "Veuillez indiquer si vous souhaitez une réponse minimale."
    for name, pattern in (_LIST_FILTERS | PLACE_FILTERS).items():
        if name in asked and not all(re.fullmatch(pattern, v) for v in asked[name].split(",")):
            return f"Au moins un paramètre `{name}` est non valide. Les valeurs valides : ['…']."
    if not {*asked} - {"page", "per_page", "minimal", "include"}:
        return "Veuillez indiquer au moins un paramètre de recherche."
    return ""


@contextmanager
def serving(register: Iterable[Registered]) -> Iterator[CompanySearchServer]:
    search = CompanySearchServer(tuple(register))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            asked = {
                name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()
            }
            status, headers, body = search.answer(asked)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            content = body.encode()
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """The test's output is for the test."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    search.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield search
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
