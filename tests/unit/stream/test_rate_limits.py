"""How often somebody may do something, on a clock that the test moves."""

from services.edge.stream.fanout.rate_limits import Attempts, TokenBucket


class MovedClock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_allowed_at_once_and_then_so_many_a_second() -> None:
    clock = MovedClock()
    bucket = TokenBucket(3, 2, clock)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    clock.now = 1.0
    assert [bucket.take() for _ in range(3)] == [True, True, False]


def test_a_long_rest_allows_no_more_than_a_burst() -> None:
    clock = MovedClock()
    bucket = TokenBucket(3, 2, clock)
    clock.now = 1000.0
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_who_was_somebody_after_all_has_not_tried() -> None:
    attempts = Attempts(1, 0, MovedClock())
    assert attempts.take("192.0.2.1")
    attempts.forgive("192.0.2.1")
    assert attempts.take("192.0.2.1")
    assert not attempts.take("192.0.2.1")
    assert attempts.take("192.0.2.2")
