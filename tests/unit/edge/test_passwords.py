"""What the time of a sign-in tells: nothing."""

from services.accounts import passwords


def test_an_account_that_is_not_there_costs_as_much_to_check_as_one_that_is() -> None:
    made = passwords.digest("correct horse battery staple")
    parameters = made.rpartition("$")[0].rpartition("$")[0]
    assert passwords._NOBODY.startswith(f"{parameters}$")
    assert not passwords.matches(None, "correct horse battery staple")
