from services.accounts.throttle import (
    FREE_FAILURES,
    FREE_FAILURES_OF_ADDRESS,
    LONGEST_WAIT_S,
    Throttle,
    counted,
)

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_first_failures_cost_nothing_and_each_later_one_doubles_the_wait() -> None:
    throttle, waits = Throttle(clock := Clock()), []
    for _ in range(FREE_FAILURES + 3):
        throttle.failed("ada", HERE)
        waits.append(throttle.wait("ada", HERE))
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8]
    clock.now = 8
    assert throttle.wait("ada", HERE) == 0


def test_the_owner_at_another_address_never_waits() -> None:
    throttle = Throttle(Clock())
    for _ in range(40):
        throttle.failed("ada", HERE)
    assert throttle.wait("ada", HERE) > 0
    assert throttle.wait("ada", ELSEWHERE) == 0


def test_an_address_that_tries_many_accounts_waits_for_all_of_them() -> None:
    throttle = Throttle(Clock())
    for number in range(FREE_FAILURES_OF_ADDRESS):
        throttle.failed(f"person-{number}", HERE)
    assert throttle.wait("somebody-new", HERE) > 0


def test_success_and_time_forgive() -> None:
    throttle = Throttle(clock := Clock())
    for _ in range(FREE_FAILURES):
        throttle.failed("ada", HERE)
    throttle.succeeded("ada", HERE)
    assert throttle.wait("ada", HERE) == 0
    for _ in range(FREE_FAILURES + 9):
        throttle.failed("ada", HERE)
    assert 0 < throttle.wait("ada", HERE) <= LONGEST_WAIT_S
    clock.now += LONGEST_WAIT_S
    throttle.failed("ada", HERE)
    assert throttle.wait("ada", HERE) == 0


def test_an_ipv6_address_counts_with_its_whole_64() -> None:
    throttle = Throttle(Clock())
    for number in range(40):
        throttle.failed("ada", f"2001:db8:1:2::{number:x}")
    assert throttle.wait("ada", "2001:db8:1:2:ffff::1") > 0
    assert throttle.wait("ada", "2001:db8:1:3::1") == 0


def test_an_ipv4_address_is_the_same_however_it_is_written() -> None:
    assert counted("::ffff:192.0.2.1") == counted(HERE) == HERE
    assert counted("fe80::1%eth0") == counted("fe80::2")
    assert counted("") == ""
