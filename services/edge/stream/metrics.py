"""What operators may watch of the event stream, in Prometheus' default registry."""

from prometheus_client import Counter, Gauge, Histogram

CONNECTIONS = Gauge("filon_stream_connections", "Open connections", ["transport"])
DELIVERIES = Counter("filon_stream_deliveries", "Messages handed to connections", ["transport"])
EVENTS = Counter("filon_stream_events", "Events read from the log")
QUEUED = Gauge("filon_stream_queue_bytes", "Bytes that wait for slow connections")
LAG_EVENTS = Gauge("filon_stream_lag_events", "Positions of the log not read yet")
LAG_SECONDS = Histogram(
    "filon_stream_lag_seconds",
    "From the decision of a fact to its handing out",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
EVICTIONS = Counter("filon_stream_evictions", "Connections closed as too slow", ["transport"])
CLOSED = Counter("filon_stream_closed", "Connections that the edge closed", ["code"])
REPLAY_PAGES = Counter("filon_stream_replay_pages", "Pages that replays read", ["source"])
RESETS = Counter("filon_stream_resets", "Cursors that could not be resumed", ["reason"])
