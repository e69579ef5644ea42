from services.supervisor.child import restart_delay


def test_a_process_that_dies_once_starts_again_at_once() -> None:
    assert restart_delay(early_deaths=1) == 0


def test_one_that_keeps_dying_waits_longer_each_time_but_never_more_than_half_a_minute() -> None:
    delays = [restart_delay(deaths) for deaths in range(1, 12)]

    assert delays[:6] == [0, 0.5, 1, 2, 4, 8]
    assert delays == sorted(delays)
    assert delays[-1] == 30
