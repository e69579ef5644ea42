"""What Prometheus may scrape."""

from collections.abc import Iterator

from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.metrics import MetricWrapperBase

from services.agents import telemetry
from services.edge.http import middleware
from services.edge.stream import metrics as stream
from services.reference.markdown import code, page, table

_LOADED = middleware.REQUESTS, stream.CONNECTIONS
"""Metrics join the default registry when their modules are imported."""


def metrics() -> str:
    work = CollectorRegistry()
    telemetry.metrics(work)
    return page(
        "Metrics",
        "In Prometheus' format. A counter is exposed with `_total`, a histogram as `_bucket`, "
        "`_sum` and `_count`. Python's own (`python_…`, `process_…`) come with the edge's.",
        "## The edge: `/metrics`",
        _table(REGISTRY),
        "## Agents: `/metrics` at `FILON_AGENTS_PORT`",
        "`handler` is the queue. Of what was processed, `status` is `acked` (done), `nacked` "
        "(tried again) or `rejected` (given up).",
        _table(work),
    )


def _table(registry: CollectorRegistry) -> str:
    return table(("metric", "kind", "labels", "meaning"), sorted(_rows(registry)))


def _rows(registry: CollectorRegistry) -> Iterator[tuple[str, str, str, str]]:
    # A metric's labels are nowhere public before it has its first value.
    for collector in registry._collector_to_names:
        if not isinstance(collector, MetricWrapperBase):
            continue  # Python's own
        labels = ", ".join(map(code, collector._labelnames)) or "none"
        for metric in collector.describe():
            name = metric.name + ("_total" if metric.type == "counter" else "")
            yield code(name), metric.type, labels, metric.documentation
