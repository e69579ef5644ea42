"""The event stream to browsers: WebSocket and server-sent events from one log, on one cursor.

`Hub` is started before and stopped after serving; `configuration` puts `/ws` and `/api/stream` in
front of an application whose `state` holds `hub` and `access`; `StreamServer` serves both.
"""

from services.edge.stream.fanout.hub import Hub
from services.edge.stream.server import StreamServer, configuration
from services.edge.stream.settings import StreamSettings

__all__ = ["Hub", "StreamServer", "StreamSettings", "configuration"]
