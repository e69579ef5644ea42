"""`/ws`: accept, find out who it is, then listen to what the browser wishes."""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.types import Receive, Scope, Send

from services.accounts import InvalidToken, Principal, Sessions
from services.edge.stream.close_codes import Closing, Code
from services.edge.stream.endpoints.authentication import (
    ForeignOrigin,
    address,
    admitted,
    parameters,
)
from services.edge.stream.endpoints.messages import Said, Unusable, heard
from services.edge.stream.endpoints.subscription_requests import (
    LogAway,
    NoSuchCampaign,
    checked,
    requested,
    settle,
)
from services.edge.stream.endpoints.websocket_connection import Socket
from services.edge.stream.fanout.hub import Hub
from services.edge.stream.fanout.rate_limits import TokenBucket
from services.edge.stream.fanout.replay import subscribe
from services.edge.stream.wire.encoding import Transport
from services.edge.stream.wire.websocket_protocol import EXTENSION, SocketProtocol

BATCH = "filon.batch.v1"
_BURST, _RATE = 30, 10
"""Messages that one connection may send at once, and a second."""
_PATIENCE = 100
"""Messages beyond that which are refused before the connection is closed."""

_NOT_SIGNED_IN = "Not signed in, or no longer; sign in again."
_FOREIGN = "This origin is not allowed; see FILON_ALLOWED_ORIGINS."


class Gone(Exception):
    """The browser left."""


async def websocket(hub: Hub, access: Sessions, scope: Scope, receive: Receive, send: Send) -> None:
    """One connection, from its handshake to its end."""
    protocol: SocketProtocol = scope["extensions"][EXTENSION]
    asked = parameters(scope)
    transport = Transport.BATCH if BATCH in scope["subprotocols"] else Transport.WEBSOCKET
    await receive()
    chosen = BATCH if transport is Transport.BATCH else None
    await send({"type": "websocket.accept", "subprotocol": chosen})
    try:
        await WebSocketSession(hub, access, protocol, receive).run(scope, asked, transport)
    except Closing as closing:
        protocol.finish(closing.code, closing.reason)
    except Gone:
        return


class WebSocketSession:
    """The conversation over one WebSocket."""

    def __init__(
        self, hub: Hub, access: Sessions, protocol: SocketProtocol, receive: Receive
    ) -> None:
        self._hub, self._access = hub, access
        self._protocol, self._receive = protocol, receive
        self._allowance = TokenBucket(_BURST, _RATE)
        self._refused = 0

    async def run(self, scope: Scope, asked: Mapping[str, str], transport: Transport) -> None:
        principal = await self._identified(scope, asked)
        limit = self._hub.settings.queue_bytes
        socket = Socket(self._access, principal, transport, limit, self._protocol)
        self._hub.enter(socket)
        try:
            await self._begin(socket, asked)
            while True:
                await self._answer(socket, heard(await self._text()))
        finally:
            self._hub.leave(socket)

    async def _identified(self, scope: Scope, asked: Mapping[str, str]) -> Principal:
        try:
            principal = await admitted(self._access, scope, asked)
        except InvalidToken as error:
            self._count_attempt(scope)
            raise Closing(Code.NOT_AUTHENTICATED, _NOT_SIGNED_IN) from error
        except ForeignOrigin as error:
            self._count_attempt(scope)
            raise Closing(Code.FORBIDDEN, _FOREIGN) from error
        if principal is not None:
            return principal
        self._count_attempt(scope)
        principal = await self._introduced()
        self._hub.attempts.forgive(address(scope))
        return principal

    def _count_attempt(self, scope: Scope) -> None:
        if not self._hub.attempts.take(address(scope)):
            raise Closing(Code.TOO_MANY, "Too many attempts from this address; wait a minute.")

    async def _introduced(self) -> Principal:
        """Whom the first message names."""
        try:
            async with asyncio.timeout(self._hub.settings.auth_within):
                said = heard(await self._text())
        except TimeoutError as error:
            words = "No AUTH message came in time."
            raise Closing(Code.AUTHENTICATION_TIMEOUT, words) from error
        if said.type != "AUTH":
            raise Closing(Code.NOT_AUTHENTICATED, "The first message is AUTH {token}.")
        return self._of_token(said.payload)

    def _of_token(self, payload: dict[str, Any]) -> Principal:
        try:
            return self._access.of_token(str(payload.get("token", "")))
        except InvalidToken as error:
            raise Closing(Code.NOT_AUTHENTICATED, _NOT_SIGNED_IN) from error

    async def _begin(self, socket: Socket, asked: Mapping[str, str]) -> None:
        request = requested(asked)
        if request is None:
            settle(self._hub, socket)
        else:
            await self._subscribe(socket, request)

    async def _answer(self, socket: Socket, said: Said) -> None:
        if not self._allowance.take():
            self._refuse(socket)
            return
        match said.type:
            case "PING":
                socket.tell("PONG", {})
            case "SUBSCRIBE":
                await self._subscribe(socket, said.payload)
            case "AUTH":
                self._renew(socket, self._of_token(said.payload))
            case _:
                words = "Known messages are AUTH, SUBSCRIBE and PING."
                socket.tell("ERROR", {"code": "UNKNOWN_TYPE", "message": words})

    def _refuse(self, socket: Socket) -> None:
        self._refused += 1
        if self._refused > _PATIENCE:
            raise Closing(Code.TOO_MANY, "Too many messages.")
        words = f"At most {_RATE} messages a second; this one was ignored."
        socket.tell("ERROR", {"code": "RATE_LIMITED", "message": words})

    async def _subscribe(self, socket: Socket, payload: Mapping[str, object]) -> None:
        try:
            interest, after = await checked(self._hub, socket, payload)
            subscribe(self._hub, socket, interest, after)
        except Unusable as error:
            socket.tell("ERROR", {"code": "INVALID_SUBSCRIPTION", "message": str(error)})
        except NoSuchCampaign as error:
            socket.tell("ERROR", {"code": "CAMPAIGN_NOT_FOUND", "message": str(error)})
        except LogAway as error:
            socket.tell("ERROR", {"code": "UNAVAILABLE", "message": str(error)})

    def _renew(self, socket: Socket, principal: Principal) -> None:
        """The same person for longer; anybody else opens a connection of their own."""
        now = socket.principal
        if (principal.org, principal.user_id) != (now.org, now.user_id):
            raise Closing(Code.FORBIDDEN, "That token is another person's; connect anew.")
        socket.principal, socket.expiry_told = principal, False
        socket.tell("CURSOR", {"cursor": socket.cursor})

    async def _text(self) -> str:
        event = await self._receive()
        if event["type"] == "websocket.disconnect":
            raise Gone
        text = event.get("text")
        if text is None:
            raise Closing(Code.BAD_MESSAGE, "Messages are text, not binary.")
        return str(text)
