"""One trace from the HTTP call through the log to the agent and back to the frame (OpenTelemetry).

Nothing is traced until the operator names a collector in the standard variable
`OTEL_EXPORTER_OTLP_ENDPOINT`; until then the SDK is not even imported, and a span costs a function
call. What goes through NATS is the W3C trace context, in the events' `ce-traceparent`.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal, Protocol, runtime_checkable

from opentelemetry import context, trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from pydantic import Field

from services.settings import About, Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor

Kind = Literal["SERVER", "PRODUCER"]
"""What reads a queue is traced by FastStream (`services/agents/telemetry.py`)."""
FLUSH_S = 2.0


@runtime_checkable
class _Stoppable(Protocol):
    """A provider of the SDK, which may not be imported here."""

    def shutdown(self) -> None: ...


_W3C = TraceContextTextMapPropagator()
_KEY = "traceparent"


class TracingSettings(Settings):
    """The exporter reads the variable itself, and more of the standard's beside it."""

    endpoint: Annotated[
        str | None,
        Field(pattern=r"^https?://.", validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT"),
        About(
            "an OpenTelemetry collector, which is sent the traces",
            expects="setting.an-address",
            default="none",
        ),
    ] = None


def start(process: str, processor: "SpanProcessor | None" = None) -> None:
    """Begins to trace this process, where a collector is named or a processor given."""
    if processor is None and not TracingSettings.load().endpoint:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: f"filon-{process}"}))
    provider.add_span_processor(processor or BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)


def stop() -> None:
    """Sends what the collector has not got yet, for a process that ends by `os._exit`.

    A collector that does not answer holds it for `FLUSH_S`, and no longer.
    """
    if isinstance(provider := trace.get_tracer_provider(), _Stoppable):
        flushing = threading.Thread(target=provider.shutdown, daemon=True)
        flushing.start()
        flushing.join(FLUSH_S)


@contextmanager
def span(name: str, kind: Kind, parent: str | None, **attributes: str) -> Iterator[str | None]:
    """A step of the trace that `parent` (a traceparent) belongs to, or the first of a new one.

    Yields the traceparent that the next step follows; the parent's own where nothing is traced.
    Attributes are ids, never personal data.
    """
    if isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        yield parent
        return
    before = _W3C.extract({_KEY: parent}) if parent else context.Context()
    tracer = trace.get_tracer("filon")
    with tracer.start_as_current_span(
        name,
        before,
        trace.SpanKind[kind],
        attributes={f"filon.{k}": v for k, v in attributes.items()},
    ):
        yield current() or parent


def current() -> str | None:
    """The traceparent of the step under way."""
    carrier: dict[str, str] = {}
    _W3C.inject(carrier)
    return carrier.get(_KEY)
