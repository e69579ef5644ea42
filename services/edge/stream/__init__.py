"""The event stream to browsers: WebSocket and server-sent events from one log, on one cursor.

`Hub` is started before and stopped after serving; `mount` adds the two endpoints to an application
whose `state` holds `hub` and `access`; `serving` is how uvicorn must run it.
"""

from services.edge.stream.hub import Hub
from services.edge.stream.mounting import mount
from services.edge.stream.serving import StreamServer, configuration
from services.edge.stream.settings import StreamSettings

__all__ = ["Hub", "StreamServer", "StreamSettings", "configuration", "mount"]
