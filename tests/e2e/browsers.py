"""Two clients of the event stream: one as the guide's frontend is, one that keeps its cursor."""

import contextlib
import json
import threading
import time
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.asyncapi_messages import fits
from tests.e2e.platform import Platform

Frame = dict[str, Any]


class GuideClient:
    """Connects without a sub-protocol, sends nothing, holds the cookie alone, and comes back at
    most five times in a row, after 2 s × n."""

    def __init__(self, platform: Platform, cookie: str) -> None:
        self._platform, self._cookie = platform, cookie
        self.frames: list[Frame] = []
        self.attempts = 0
        self.gave_up = False
        self._stop = threading.Event()
        self._socket: ClientConnection | None = None
        self._thread = threading.Thread(target=self._live, daemon=True)

    def __enter__(self) -> "GuideClient":
        self._thread.start()
        self.wait_for("READY")
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._socket is not None:
            self._socket.close()
        self._thread.join(10)
        for frame in self.frames:
            fits(frame)

    def of_type(self, kind: str) -> list[Frame]:
        return [frame for frame in [*self.frames] if frame["type"] == kind]

    def wait_for(self, kind: str, seconds: float = 120) -> Frame:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := self.of_type(kind):
                return found[0]
            time.sleep(0.02)
        seen = {frame["type"] for frame in self.frames}
        raise TimeoutError(f"no {kind} within {seconds} s; seen {seen}, gave up: {self.gave_up}")

    def _live(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(OSError, ConnectionClosed, InvalidHandshake, TimeoutError):
                self._converse()
            if self._stop.is_set() or not self._may_return():
                return

    def _may_return(self) -> bool:
        if self.attempts >= 5:
            self.gave_up = True
            return False
        self.attempts += 1
        return not self._stop.wait(2 * self.attempts)

    def _converse(self) -> None:
        headers = {"Cookie": f"filon_session={self._cookie}"}
        origin = Origin(self._platform.url)
        with connect(self._url(), origin=origin, additional_headers=headers) as socket:
            self.attempts = 0
            self._socket = socket
            for text in socket:
                self._take(json.loads(text))

    def _url(self) -> str:
        return self._platform.websocket_url

    def _take(self, frame: Frame) -> None:
        self.frames.append(frame)


class CursorClient(GuideClient):
    """Resumes from the last cursor that it saw: it misses nothing and sees nothing twice."""

    cursor: str | None = None

    def _url(self) -> str:
        return super()._url() + (f"?after={self.cursor}" if self.cursor else "")

    def _take(self, frame: Frame) -> None:
        super()._take(frame)
        self.cursor = frame["cursor"]
