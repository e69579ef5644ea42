"""The broker that the tests stand on."""

from pathlib import Path

import nats
import pytest

from tests.nats_servers import NatsServer, started


async def test_what_a_stream_stored_is_there_after_a_kill_and_a_restart(
    nats_server: NatsServer,
) -> None:
    connection = await nats.connect(nats_server.url)
    stream = connection.jetstream()
    await stream.add_stream(name="KEPT", subjects=["kept"])
    await stream.publish("kept", b"before")
    await connection.close()
    killed = nats_server.pid

    nats_server.kill9()
    nats_server.restart()

    connection = await nats.connect(nats_server.url)
    message = await connection.jetstream().get_last_msg("KEPT", "kept")
    await connection.close()
    assert message.data == b"before"
    assert nats_server.pid != killed


@pytest.mark.docker
async def test_the_published_image_keeps_what_it_stored_too(tmp_path: Path) -> None:
    with started(tmp_path / "nats", in_container=True) as server:
        await test_what_a_stream_stored_is_there_after_a_kill_and_a_restart(server)
