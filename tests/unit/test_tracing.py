"""One trace, carried as W3C trace context from step to step."""

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.util._once import Once

from services import tracing


@pytest.fixture
def fresh_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tracer provider of this test's own."""
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", None)
    monkeypatch.setattr(trace, "_TRACER_PROVIDER_SET_ONCE", Once())


@pytest.fixture
def spans(fresh_provider: None) -> InMemorySpanExporter:
    """What a collector would receive."""
    kept = InMemorySpanExporter()
    tracing.start("test", SimpleSpanProcessor(kept))
    return kept


def test_each_step_follows_the_one_whose_traceparent_it_got(spans: InMemorySpanExporter) -> None:
    with tracing.span("POST /api/campaigns", "SERVER", None) as first:
        pass
    with tracing.span("frame", "PRODUCER", first, prospect="p1-x") as second:
        pass
    request, work = spans.get_finished_spans()
    assert request.parent is None
    assert work.parent is not None
    assert work.parent.span_id == request.context.span_id
    assert work.context.trace_id == request.context.trace_id
    assert (work.attributes or {})["filon.prospect"] == "p1-x"
    assert second is not None
    assert second.split("-")[1:3] == [
        f"{work.context.trace_id:032x}",
        f"{work.context.span_id:016x}",
    ]


def test_what_is_not_sent_yet_is_sent_before_the_end(fresh_provider: None) -> None:
    kept = InMemorySpanExporter()
    tracing.start("test", BatchSpanProcessor(kept, schedule_delay_millis=3_600_000))
    with tracing.span("last", "PRODUCER", None):
        pass
    tracing.stop()
    assert [span.name for span in kept.get_finished_spans()] == ["last"]


def test_a_traceparent_passes_unchanged_where_nothing_is_traced() -> None:
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    with tracing.span("frame", "PRODUCER", parent) as after:
        assert after == parent
    with tracing.span("frame", "PRODUCER", None) as nothing:
        assert nothing is None
