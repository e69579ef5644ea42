"""The broker that the tests stand on."""

import nats

from tests.nats_servers import NatsServer


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
