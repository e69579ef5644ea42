"""A local server that speaks the OpenAI chat completions API."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[str], str]


@dataclass
class Server:
    """Where it listens, and what it was asked."""

    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    authorizations: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)


@contextmanager
def serving(answer: Answer) -> Iterator[Server]:
    """Calls the tool it is offered, then answers about the document that the tool gave."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(asked)
            server.authorizations.add(self.headers["Authorization"])
            server.paths.add(self.path)
            body = json.dumps(_completion(asked, answer)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.url = f"http://127.0.0.1:{http.server_port}/v1"
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield server
        http.shutdown()


def _completion(asked: dict[str, Any], answer: Answer) -> dict[str, Any]:
    read = [m["content"] for m in asked["messages"] if m["role"] == "tool"]
    message: dict[str, Any] = {"role": "assistant", "content": None}
    if read:
        message["content"] = answer(read[-1])
    else:
        function = {"name": asked["tools"][0]["function"]["name"], "arguments": "{}"}
        message["tool_calls"] = [{"id": "call-1", "type": "function", "function": function}]
    reason = "stop" if read else "tool_calls"
    return {
        "id": "c-1",
        "object": "chat.completion",
        "created": 1,
        "model": asked["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        "usage": {"prompt_tokens": 50, "completion_tokens": 7, "total_tokens": 57},
    }
