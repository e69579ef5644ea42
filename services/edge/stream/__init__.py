"""The event stream to browsers: WebSocket and server-sent events from one log, on one cursor.

`EventStream` is started before and stopped after serving; `configuration` puts `/ws` and
`/api/stream` in front of an application whose `state` holds `hub` (the stream's) and `access`;
`StreamServer` serves both.
"""

from services.edge.stream.fanout.event_stream import EventStream
from services.edge.stream.fanout.hub import Hub
from services.edge.stream.server import StreamServer, configuration
from services.edge.stream.settings import StreamSettings

__all__ = ["EventStream", "Hub", "StreamServer", "StreamSettings", "configuration"]
