"""Metrics and traces of the work, by FastStream's own middlewares.

FastStream names both after a message's subject; a fact's subject names its prospect, and a metric
for each prospect would never end. Both are named after the queue here.
"""

from collections.abc import Awaitable, Callable

from faststream.message import StreamMessage
from faststream.nats import NatsMessage
from faststream.nats.opentelemetry.provider import NatsTelemetrySettingsProvider
from faststream.nats.prometheus.provider import NatsMetricsSettingsProvider
from faststream.nats.response import NatsPublishCommand
from faststream.opentelemetry import TelemetryMiddleware
from faststream.prometheus import ConsumeAttrs, PrometheusMiddleware
from nats.aio.msg import Msg
from prometheus_client import CollectorRegistry


def metrics(registry: CollectorRegistry) -> PrometheusMiddleware[Msg, NatsPublishCommand]:
    """Counts what each queue's work came to: `acked` is done, `nacked` is tried again, `rejected`
    is given up; and how long it took, in seconds."""
    return PrometheusMiddleware(
        settings_provider_factory=lambda _: _QueueMetrics(),
        registry=registry,
        app_name="filon-agents",
        metrics_prefix="filon_work",
    )


def traces() -> TelemetryMiddleware[NatsPublishCommand]:
    """A span for each piece of work, in the trace that its fact belongs to."""
    return TelemetryMiddleware(settings_provider_factory=lambda _: _QueueSpans())


async def parse(message: Msg, parse: Callable[[Msg], Awaitable[NatsMessage]]) -> NatsMessage:
    """What facts carry as CloudEvents attributes, where FastStream looks for it."""
    parsed = await parse(message)
    if traceparent := parsed.headers.get("ce-traceparent"):
        parsed.headers["traceparent"] = traceparent
    parsed.message_id = parsed.headers.get("ce-id", parsed.message_id)
    parsed.correlation_id = parsed.headers.get("ce-correlationid", parsed.correlation_id)
    return parsed


def queue_of(message: StreamMessage[Msg]) -> str:
    """The role whose queue delivered it: `qualifier` for that of any campaign."""
    return str(message.raw_message.metadata.consumer).partition("_")[0]


class _QueueMetrics(NatsMetricsSettingsProvider):
    def get_consume_attrs_from_message(self, msg: StreamMessage[Msg]) -> ConsumeAttrs:
        return {
            "destination_name": queue_of(msg),
            "message_size": len(msg.body),
            "messages_count": 1,
        }


class _QueueSpans(NatsTelemetrySettingsProvider):
    def get_consume_destination_name(self, msg: StreamMessage[Msg]) -> str:
        return queue_of(msg)
