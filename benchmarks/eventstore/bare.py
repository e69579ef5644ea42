"""What nats-server itself takes: batches made beforehand and written to a bare socket."""

import asyncio
import time
from urllib.parse import urlsplit
from uuid import uuid4

from services.log import Log
from services.log.jetstream import stream as streams

STREAM = "bare"


async def batches(url: str, size: int, times: int) -> float:
    """Seconds for `times` atomic batches of `size` small events, one after the other; an event
    that is alone needs no batch."""
    log = await Log.connect(url)
    await streams.ensure(log.nc, STREAM, [f"es.{STREAM}.>"], 1)
    await log.close()
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(b'CONNECT {"verbose":false,"headers":true}\r\nSUB bare.reply 1\r\nPING\r\n')
    await reader.readuntil(b"PONG\r\n")
    ready = [_batch(size) for _ in range(times)]
    started = time.perf_counter()
    for batch in ready:
        writer.write(batch)
        answer = await reader.readuntil(b"}\r\n")
        assert b'"seq"' in answer, answer
    spent = time.perf_counter() - started
    writer.close()
    return spent


def _batch(size: int) -> bytes:
    name, originator = uuid4(), uuid4()
    return b"".join(_message(f"{name}", f"{originator}", n, size) for n in range(1, size + 1))


def _message(batch: str, originator: str, number: int, size: int) -> bytes:
    subject, data = f"es.{STREAM}.{originator}.{number}", b"state"
    headers = (
        f"NATS/1.0\r\nNats-Msg-Id: {uuid4()}\r\n"
        "Nats-Expected-Last-Subject-Sequence: 0\r\n"
        f"Nats-Expected-Last-Subject-Sequence-Subject: {subject}.*\r\n"
    )
    last = number == size
    if size > 1:
        headers += f"Nats-Batch-Id: {batch}\r\nNats-Batch-Sequence: {number}\r\n"
        headers += "Nats-Batch-Commit: 1\r\n" if last else ""
    block = f"{headers}\r\n".encode()
    sizes = f"{len(block)} {len(block) + len(data)}"
    line = f"HPUB {subject}.topic {'bare.reply ' if last else ''}{sizes}\r\n"
    return line.encode() + block + data + b"\r\n"
