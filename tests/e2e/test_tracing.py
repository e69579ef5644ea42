"""One trace leads from the HTTP call through the log to the agent and back to the frame."""

import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.e2e import campaigns
from tests.e2e.companies import TARGETING
from tests.e2e.platform import running

TRACE = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{TRACE}-b7ad6b7169203331-01"


class Collector(HTTPServer):
    """Takes spans as an OpenTelemetry collector does (OTLP over HTTP, protobuf)."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.spans: list[tuple[str, Span]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def of_trace(self) -> set[tuple[str, str]]:
        """Service and name of each step of our trace."""
        return {(who, s.name) for who, s in [*self.spans] if s.trace_id.hex() == TRACE}


class _Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            names = {a.key: a.value.string_value for a in resource.resource.attributes}
            self.server.spans += [
                (names["service.name"], span)
                for scope in resource.scope_spans
                for span in scope.spans
            ]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


def test_a_start_is_one_trace_down_to_the_frames_that_it_led_to(tmp_path: Path) -> None:
    collector = Collector()
    endpoint = f"http://127.0.0.1:{collector.server_port}"
    settings = {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_BSP_SCHEDULE_DELAY": "200"}
    with running(tmp_path, **settings) as filon, filon.sign_in() as client:
        described = {"name": "Trace", "sources": ["sample"], "targeting": TARGETING}
        id = client.post("/api/campaigns", json=described).json()["id"]
        started = client.post(f"/api/campaigns/{id}/start", headers={"traceparent": TRACEPARENT})
        assert started.status_code == 200
        campaigns.wait_until_completed(client, id)
        expected = {
            ("filon-edge", "HTTP POST"),
            ("filon-agents", "qualifier process"),
            ("filon-edge", "frame"),
        }
        deadline = time.monotonic() + 20
        while not expected <= collector.of_trace() and time.monotonic() < deadline:
            time.sleep(0.1)
    assert expected <= collector.of_trace()
    collector.shutdown()
