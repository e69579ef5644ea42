"""The bytes that reach browsers, read by somebody else's parser."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.frames import Frame
from websockets.protocol import State
from websockets.uri import parse_uri

from services.edge.stream.wire.encoding import Text, Transport, wrap


def frames_of(data: bytes) -> list[bytes]:
    """The text messages in `data`, as the websockets library reads them."""
    protocol = ClientProtocol(parse_uri("ws://localhost/"), state=State.OPEN, max_size=None)
    protocol.receive_data(data)
    assert protocol.parser_exc is None
    return [bytes(e.data) for e in protocol.events_received() if isinstance(e, Frame)]


def text(number: int, size: int = 10) -> Text:
    return Text(orjson.dumps({"n": number, "x": "é" * size}), f"cursor-{number}")


@pytest.mark.parametrize("size", [0, 125, 126, 127, 65535, 65536, 200_000])
def test_a_websocket_frame_of_any_size_is_read_back(size: int) -> None:
    message = Text(b"x" * size, None)
    assert frames_of(wrap([message], Transport.WEBSOCKET)) == [message.json]


@given(st.lists(st.integers(0, 300), min_size=1, max_size=20))
def test_each_message_is_a_frame_of_its_own(sizes: list[int]) -> None:
    texts = [text(number, size) for number, size in enumerate(sizes)]
    assert frames_of(wrap(texts, Transport.WEBSOCKET)) == [each.json for each in texts]


@given(st.lists(st.integers(0, 60_000), min_size=1, max_size=12))
def test_a_batch_holds_all_messages_in_order_and_is_cut_where_it_grows_large(
    sizes: list[int],
) -> None:
    texts = [text(number, size) for number, size in enumerate(sizes)]
    frames = frames_of(wrap(texts, Transport.BATCH))
    told = [message for frame in frames for message in orjson.loads(frame)]
    assert [message["n"] for message in told] == list(range(len(sizes)))
    assert all(len(frame) <= 256 * 1024 + 2 or len(orjson.loads(frame)) == 1 for frame in frames)


def test_server_sent_events_carry_a_facts_cursor_as_id_and_none_for_a_signal() -> None:
    fact, signal = Text(b'{"a":1}', "abc"), Text(b'{"b":2}', None)
    body = b'id: abc\ndata: {"a":1}\n\ndata: {"b":2}\n\n'
    assert wrap([fact, signal], Transport.SSE) == b"%x\r\n%b\r\n" % (len(body), body)
