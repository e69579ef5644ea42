"""What an administrator may change about people, and what stays."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from services.accounts import Account, Accounts, Administration, LastAdmin, UnknownAccount
from services.accounts.passwords import WeakPassword
from services.accounts.revocations import Revocations

PASSWORD = "correct horse battery staple"
OTHER = "tournesol vélo brume lampe"


@pytest.fixture
def people(engine: Engine) -> Administration:
    return Administration(engine, "acme")


@pytest.fixture
def ada(engine: Engine) -> Account:
    return Accounts(engine).add("ada@acme.example", "acme", "admin", PASSWORD)


@pytest.fixture
def leo(engine: Engine, ada: Account) -> Account:
    return Accounts(engine).add("leo@acme.example", "acme", "viewer", PASSWORD)


def test_an_administrator_sees_the_organisation_s_people_and_no_other(
    engine: Engine, people: Administration, ada: Account, leo: Account
) -> None:
    rival = Accounts(engine).add("eve@rival.example", "rival", "admin", PASSWORD)

    assert people.people() == [ada, leo]
    for change in (people.end_sessions, people.remove):
        with pytest.raises(UnknownAccount):
            change(rival.id)
    with pytest.raises(UnknownAccount):
        people.change_role(rival.id, "viewer")
    with pytest.raises(UnknownAccount):
        people.set_password(rival.id, OTHER)
    assert Accounts(engine).get(rival.id) == rival


def test_each_change_begins_another_epoch_and_tells_every_edge(
    engine: Engine, people: Administration, leo: Account
) -> None:
    known = Revocations(engine)

    assert people.change_role(leo.id, "operator").epoch == 1
    assert people.set_password(leo.id, OTHER).epoch == 2
    assert people.end_sessions(leo.id).epoch == 3
    assert known.read().epochs == {leo.id: 3}
    people.remove(leo.id)
    assert known.read().epochs == {leo.id: 4}
    assert Accounts(engine).get(leo.id) is None


def test_a_role_that_somebody_has_already_ends_nothing(
    people: Administration, leo: Account
) -> None:
    assert people.change_role(leo.id, "viewer") == leo


def test_a_reset_password_is_the_only_one(
    engine: Engine, people: Administration, leo: Account
) -> None:
    people.set_password(leo.id, OTHER)

    assert Accounts(engine).authenticate(leo.email, PASSWORD) is None
    assert Accounts(engine).authenticate(leo.email, OTHER) is not None
    for weak in ("passwordpassword", leo.email, "acme acme acme"):
        with pytest.raises(WeakPassword):
            people.set_password(leo.id, weak)


def test_the_last_administrator_stays(people: Administration, ada: Account, leo: Account) -> None:
    with pytest.raises(LastAdmin):
        people.remove(ada.id)
    with pytest.raises(LastAdmin):
        people.change_role(ada.id, "viewer")
    people.change_role(leo.id, "admin")
    people.remove(ada.id)
    with pytest.raises(LastAdmin):
        people.remove(leo.id)


def test_two_administrators_who_remove_each_other_at_once_leave_one(
    engine: Engine, people: Administration, ada: Account
) -> None:
    others = [
        Accounts(engine).add(f"p{n}@acme.example", "acme", "admin", PASSWORD) for n in range(3)
    ]

    def remove(account: Account) -> bool:
        try:
            people.remove(account.id)
        except LastAdmin:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        removed = list(threads.map(remove, [ada, *others]))

    assert removed.count(True) == 3
    assert [account.role for account in people.people()] == ["admin"]
