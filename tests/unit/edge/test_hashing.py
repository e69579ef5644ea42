"""Checking passwords: a few at a time, in threads of their own, and a bounded number waits."""

import asyncio
import threading

import pytest

from services.accounts.hashing import HashingPool, TooManySignIns


async def test_passwords_are_checked_in_threads_of_their_own() -> None:
    pool = HashingPool()
    async with pool.turn():
        assert (await pool.run(threading.current_thread)).name.startswith("filon-hashing")
    pool.stop()


async def test_only_so_many_are_checked_at_once_and_only_so_many_wait() -> None:
    pool, go_on = HashingPool(at_once=2, waiting=3), asyncio.Event()
    started: list[int] = []

    async def sign_in(number: int) -> None:
        async with pool.turn():
            started.append(number)
            await go_on.wait()

    tasks = [asyncio.create_task(sign_in(number)) for number in range(6)]
    with pytest.raises(TooManySignIns):
        await tasks[-1]
    assert started == [0, 1]
    go_on.set()
    await asyncio.gather(*tasks[:-1])
    assert started == [0, 1, 2, 3, 4]
    await sign_in(6)  # there is room again
    pool.stop()


async def test_who_gives_up_waiting_leaves_their_place_to_others() -> None:
    pool = HashingPool(at_once=1, waiting=0)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0), pool.turn():
            await asyncio.sleep(10)
    async with pool.turn():
        pass
    pool.stop()
