"""The event stream to browsers: WebSocket and server-sent events from one log, on one cursor.

`Hub` is started before and stopped after serving; `configuration` puts `/ws` and `/api/stream` in
front of an application whose `state` holds `hub` and `access`; `StreamServer` serves both.
"""

from services.edge.stream.hub import Hub
from services.edge.stream.serving import StreamServer, configuration
from services.edge.stream.settings import StreamSettings

__all__ = ["Hub", "StreamServer", "StreamSettings", "configuration"]
