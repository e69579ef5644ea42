"""Accounts: made once, found again, never in clear."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, select

from services.accounts import Accounts, Administration, EmailTaken, UnknownOrganisation
from services.accounts.first_account import FirstAccountSettings, ensure_first_account
from services.accounts.passwords import WeakPassword
from services.accounts.people import NotAnEmail
from services.accounts.signing_keys import SigningKeys
from services.accounts.tables import users
from services.settings import UnusableSetting

PASSWORD = "correct horse battery staple"


@pytest.fixture
def accounts(engine: Engine) -> Accounts:
    return Accounts(engine)


def test_an_account_is_found_by_its_address_in_any_case(accounts: Accounts) -> None:
    made = accounts.add("Ada@Acme.example", "acme", "operator", PASSWORD, "en")
    assert accounts.authenticate("ada@acme.EXAMPLE ", PASSWORD) == made
    assert accounts.authenticate("ada@acme.example", "wrong") is None
    assert accounts.get(made.id) == made and made.language == "en"


def test_the_password_is_kept_as_argon2id_only(accounts: Accounts, engine: Engine) -> None:
    accounts.add("ada@acme.example", "acme", "admin", PASSWORD)
    with engine.connect() as connection:
        kept = str(connection.execute(select(users)).all())
    assert "$argon2id$" in kept and PASSWORD not in kept


def test_an_address_with_a_nul_is_nobodys(accounts: Accounts) -> None:
    assert accounts.authenticate("ada\0@acme.example", PASSWORD) is None
    with pytest.raises(NotAnEmail):
        accounts.add("ada\0@acme.example", "acme", "admin", PASSWORD)


def test_an_organisation_keeps_its_language(accounts: Accounts) -> None:
    accounts.add("ada@acme.example", "acme", "admin", PASSWORD, "en")
    assert accounts.add("leo@acme.example", "acme", "viewer", PASSWORD, "fr").language == "en"


def test_what_makes_no_account(accounts: Accounts) -> None:
    accounts.add("ada@acme.example", "acme", "admin", PASSWORD)
    with pytest.raises(EmailTaken):
        accounts.add("ADA@acme.example", "other", "admin", PASSWORD)
    with pytest.raises(UnknownOrganisation):
        accounts.add("leo@acme.example", "acme.*", "admin", PASSWORD)
    assert accounts.count() == 1


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "aaaaaaaaaaaaaaaa",
        "x" * 300,
        "passwordpassword",
        "Password2026!",
        "P@ssw0rd1234",
        "motdepasse123456",
        "azertyuiop123",
        "qwertyuiop12",
        "123456789012",
        "abcdefghijkl",
        "abcabcabcabcabc",
        "abcdef123abcdef123",
        "leo@acme.example",
        "leo@acme.example1",
        "acme-acme-acme",
        "Acme2026Acme2026!",
        "adminadmin12",
        "Bonjour2026!!",
        "1q2w3e4r5t6y",
        "Filon-Acme-2026",
    ],
)
def test_what_is_guessed_first_is_no_password(accounts: Accounts, weak: str) -> None:
    with pytest.raises(WeakPassword):
        accounts.add("leo@acme.example", "acme", "admin", weak)


@pytest.mark.parametrize(
    "good",
    [
        PASSWORD,
        "cheval exact pile agrafe",
        "Vt9!kq2#Lw8z",
        "tournesol-vélo-42-brume",
        "пароль из четырёх слов",
        "mon password est long et rare",
    ],
)
def test_what_is_not_guessed_is_one(accounts: Accounts, good: str) -> None:
    assert accounts.add("leo@acme.example", "acme", "admin", good).epoch == 0


def test_the_first_organisation_speaks_the_language_that_is_set(
    accounts: Accounts, engine: Engine
) -> None:
    ensure_first_account(accounts, FirstAccountSettings(admin_email="a@b.example", language="en"))
    assert Administration(engine, "filon").language() == "en"


def test_the_first_account_is_shown_once_where_its_password_was_made_up(
    accounts: Accounts,
) -> None:
    shown = ensure_first_account(accounts, FirstAccountSettings(admin_email="ada@acme.example"))
    assert shown is not None
    password = shown.split("password")[1].split()[0]
    assert accounts.authenticate("ada@acme.example", password) is not None
    assert ensure_first_account(accounts, FirstAccountSettings()) is None


def test_production_makes_up_no_password_and_takes_no_weak_one(accounts: Accounts) -> None:
    for password in (None, SecretStr("admin")):
        with pytest.raises(UnusableSetting, match="FILON_ADMIN_PASSWORD"):
            ensure_first_account(
                accounts, FirstAccountSettings(env="production", admin_password=password)
            )
    assert accounts.count() == 0


def test_keys_rotate_and_the_first_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FILON_JWT_KEY", raising=False)
    monkeypatch.delenv("FILON_ENV", raising=False)
    monkeypatch.setenv("FILON_HOME", str(tmp_path))
    made = SigningKeys.from_env()
    path = tmp_path / "keys" / "jwt"
    assert path.stat().st_mode & 0o777 == 0o600 and SigningKeys.from_env() == made
    path.write_text("0123456789abcdef" * 4 + "\n" + path.read_text())
    rotated = SigningKeys.from_env()
    assert rotated.signing != made.signing and made.signing[0] in rotated.by_id


@pytest.mark.parametrize(
    ("name", "value"), [("FILON_ORG", "My company"), ("FILON_ADMIN_EMAIL", "nope")]
)
def test_a_first_account_that_can_not_be_made_names_the_setting(
    accounts: Accounts, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UnusableSetting, match=name):
        ensure_first_account(accounts, FirstAccountSettings.load())
