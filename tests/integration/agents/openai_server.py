"""A local server that speaks the OpenAI chat completions API, well or not."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from services.agents.models.offline import document_asked

Answer = Callable[[str], str]


@dataclass(frozen=True)
class Trouble:
    """What it answers instead: a status and a body; a body shorter than announced where `cut`."""

    status: int
    code: str = ""
    message: str = "out of order"
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False

    def body(self) -> bytes:
        return json.dumps({"error": {"message": self.message, "code": self.code}}).encode()


@dataclass
class Server:
    """Where it listens, what it was asked, and what is the matter with it."""

    url: str = ""
    trouble: Trouble | None = None
    requests: list[dict[str, Any]] = field(default_factory=list)
    authorizations: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)


@contextmanager
def serving(answer: Answer, trouble: Trouble | None = None) -> Iterator[Server]:
    """Answers about the document that it is asked about."""
    server = Server(trouble=trouble)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(asked)
            server.authorizations.add(self.headers["Authorization"])
            server.paths.add(self.path)
            trouble = server.trouble or Trouble(200)
            body = trouble.body() if server.trouble else json.dumps(_said(asked, answer)).encode()
            self.send_response(trouble.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body) + 100 * trouble.cut))
            for name, value in trouble.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = trouble.cut

        def log_message(self, *args: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.url = f"http://127.0.0.1:{http.server_port}/v1"
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield server
        http.shutdown()


def _said(asked: dict[str, Any], answer: Answer) -> dict[str, Any]:
    content = answer(document_asked(asked["messages"]))
    message: dict[str, Any] = {"role": "assistant", "content": content}
    return {
        "id": "c-1",
        "object": "chat.completion",
        "created": 1,
        "model": asked["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 50, "completion_tokens": 7, "total_tokens": 57},
    }
