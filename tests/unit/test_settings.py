"""Settings: what they default to, and how one that can't be meant is refused."""

from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]  # its stubs are not in the lock

from services.accounts.first_account import FirstAccountSettings
from services.accounts.signing_keys import SigningSettings
from services.agents.models.settings import ModelSettings, Price
from services.agents.settings import WorkSettings
from services.cli.terminal import unusable
from services.database.settings import DatabaseSettings
from services.edge.settings import EdgeSettings
from services.edge.stream import StreamSettings
from services.log.settings import LogSettings
from services.operations.settings import PROCESSES, everything, variables
from services.operations.settings_table import README, renewed
from services.prospecting.identity import Identity, IdentitySettings
from services.settings import HomeSettings, NatsSettings, Settings, UnusableSetting
from services.settings.nats import addresses, without_password
from services.sources.companies import CompanySearchSettings
from services.tracing import TracingSettings

COMPOSE = yaml.safe_load(README.with_name("compose.yaml").read_text())["services"]
UNUSABLE: list[tuple[type[Settings], str, str]] = [
    (EdgeSettings, "FILON_PORT", "huit"),
    (EdgeSettings, "FILON_PORT", "0"),
    (EdgeSettings, "FILON_PORT", "65536"),
    (EdgeSettings, "FILON_PORT", "²"),
    (EdgeSettings, "FILON_ENV", "staging"),
    (EdgeSettings, "FILON_ALLOWED_ORIGINS", "app.example"),
    (EdgeSettings, "FILON_ALLOWED_ORIGINS", "https://app.example/path"),
    (NatsSettings, "FILON_NATS_URL", "localhost:4222"),
    (NatsSettings, "FILON_NATS_URL", "http://localhost:4222"),
    (NatsSettings, "FILON_NATS_URL", "nats://one:4222,two:4222"),
    (NatsSettings, "FILON_NATS_URL", "nats://one:port"),
    (NatsSettings, "FILON_NATS_URL", ","),
    (StreamSettings, "FILON_STREAM_RING_ITEMS", "lots"),
    (StreamSettings, "FILON_STREAM_DRAIN", "-1"),
    (LogSettings, "FILON_LOG_REPLICAS", "2"),
    (LogSettings, "FILON_LOG_REPLICAS", "three"),
    (ModelSettings, "FILON_MODEL_TIMEOUT", "2min"),
    (ModelSettings, "FILON_MODEL_TIMEOUT", "nan"),
    (ModelSettings, "FILON_MODEL_BASE_URL", "localhost"),
    (ModelSettings, "FILON_MODEL_PRICE", "cheap"),
    (ModelSettings, "FILON_MODEL_PRICE", "0.15"),
    (ModelSettings, "FILON_MODEL_PRICE", "-1,2"),
    (WorkSettings, "FILON_AGENTS_CONCURRENCY", "many"),
    (WorkSettings, "FILON_AGENTS_CONCURRENCY", "0"),
    (WorkSettings, "FILON_AGENTS_CONCURRENCY", "1,2"),
    (WorkSettings, "FILON_AGENTS_RETRY_DELAYS", "1,soon"),
    (WorkSettings, "FILON_AGENTS_RETRY_DELAYS", "-1"),
    (WorkSettings, "FILON_AGENTS_RETRY_DELAYS", "nan"),
    (WorkSettings, "FILON_AGENTS_RETRY_DELAYS", ","),
    (CompanySearchSettings, "FILON_COMPANIES_URL", "recherche"),
    (TracingSettings, "OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"),
]
SECRETS: list[tuple[type[Settings], str, str]] = [
    (DatabaseSettings, "FILON_DATABASE_URL", "mysql://ada:hush-hush@db/filon"),
    (DatabaseSettings, "FILON_DATABASE_URL", "postgresql://ada:hush-hush@db:port/filon"),
    (SigningSettings, "FILON_JWT_KEY", "hush-hush"),
    (IdentitySettings, "FILON_IDENTITY_KEY", "hush-hush"),
    (NatsSettings, "FILON_NATS_URL", "http://ada:hush-hush@nats:4222"),
    (ModelSettings, "FILON_MODEL_BASE_URL", "ada:hush-hush@model"),
]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a folder of the test's own."""
    for name in variables(everything()):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_with_nothing_set_filon_lives_in_the_folder_it_was_started_in(tmp_path: Path) -> None:
    settings = EdgeSettings.load()

    assert settings.home == tmp_path / ".filon"
    assert (settings.port, settings.hosts) == (8000, ("127.0.0.1", "::1"))
    assert (settings.nats_url, settings.nats_named) == ("nats://127.0.0.1:4222", False)
    assert DatabaseSettings.load().file == tmp_path / ".filon" / "filon.db"


@pytest.mark.parametrize("branch", everything(), ids=lambda branch: branch.__name__)
def test_a_setting_that_is_empty_is_one_that_is_not_set(
    branch: type[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    unset = branch.load()
    for name in branch.described():
        monkeypatch.setenv(name, "")

    assert branch.load() == unset


def test_the_company_search_works_where_its_address_is_passed_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FILON_COMPANIES_URL", "")

    assert CompanySearchSettings.load().companies_url.startswith("https://recherche-entreprises.")


@pytest.mark.parametrize(("branch", "name", "value"), UNUSABLE)
def test_what_can_not_be_meant_is_refused_by_name_with_what_would_be_right(
    branch: type[Settings], name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(UnusableSetting) as refusal:
        branch.load()

    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    french = unusable(refusal.value)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    english = unusable(refusal.value)
    assert french.startswith(f"{name}={value!r} n'est pas possible\u00a0: ")
    assert english.startswith(f"{name}={value!r} is not possible: ")
    assert "\n" not in french + english


@pytest.mark.parametrize(("branch", "name", "value"), SECRETS)
def test_a_secret_is_in_no_refusal(
    branch: type[Settings], name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(UnusableSetting) as refusal:
        branch.load()

    monkeypatch.setenv("LC_ALL", "C")
    said = unusable(refusal.value)
    assert said.startswith(f"{name} is not possible: ")
    assert "hush" not in said + repr(refusal.value) + repr(refusal.value.__context__)


def test_a_secret_is_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "8f3c0123456789abcdef" * 4
    for name in ("FILON_MODEL_API_KEY", "FILON_ADMIN_PASSWORD", "FILON_JWT_KEY"):
        monkeypatch.setenv(name, secret)

    for branch in (ModelSettings, FirstAccountSettings, SigningSettings):
        assert secret not in repr(branch.load())


def test_a_cluster_is_a_list_of_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILON_NATS_URL", "nats://ada:secret@one:4222, nats://two:4222,")

    url = NatsSettings.load().nats_url

    assert addresses(url) == ["nats://ada:secret@one:4222", "nats://two:4222"]
    assert without_password(url) == "one:4222, two:4222"


def test_beside_a_running_filon_up_its_server_is_found(tmp_path: Path) -> None:
    (tmp_path / ".filon" / "run").mkdir(parents=True)
    (tmp_path / ".filon" / "run" / "nats.url").write_text("nats://127.0.0.1:4999\n")

    settings = NatsSettings.load()

    assert (settings.nats_url, settings.nats_named) == ("nats://127.0.0.1:4999", False)


def test_a_bound_that_is_no_setting_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILON_STREAM_HEARTBEAT", "1")

    assert StreamSettings.load().heartbeat == 25
    assert StreamSettings(heartbeat=1).heartbeat == 1


def test_a_home_that_can_not_be_made_is_an_unusable_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FILON_HOME", str(tmp_path / "file" / "home"))

    with pytest.raises(UnusableSetting, match="FILON_HOME"):
        HomeSettings.load().folder("keys")


def test_a_key_file_that_was_damaged_is_named(tmp_path: Path) -> None:
    keys = tmp_path / ".filon" / "keys"
    keys.mkdir(parents=True)
    (keys / "identity").write_text("8f3c\n")

    with pytest.raises(UnusableSetting) as refusal:
        Identity.from_env()

    assert refusal.value.setting == str(keys / "identity")


def test_only_the_offline_model_costs_nothing_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ModelSettings.load().price == Price(0, 0)
    monkeypatch.setenv("FILON_MODEL", "openai/x")
    assert ModelSettings.load().price is None
    monkeypatch.setenv("FILON_MODEL_PRICE", "0.15, 0.60")
    assert ModelSettings.load().price == Price(0.15, 0.60)


def test_a_frontend_on_this_machine_may_call_in_development_and_nobody_unnamed_in_production(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = ("http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000")
    local = ("http://localhost:3000", "http://localhost:3001", "http://localhost")
    named = ("https://a.example", "https://b.example")
    lookalikes = ("http://localhost:3001.evil.example", "http://localhost.evil.example", "null")

    def allowed() -> set[str]:
        origins = EdgeSettings.load().allowed_origins
        return {each for each in (*own, *local, *named, *lookalikes) if each in origins}

    assert allowed() == {*own, *local}
    monkeypatch.setenv("FILON_ALLOWED_ORIGINS", "https://a.example/, https://b.example")
    assert allowed() == {*own, *local, *named}
    monkeypatch.setenv("FILON_ENV", "production")
    assert allowed() == {*named}


def test_the_readme_has_every_setting_and_no_other() -> None:
    text = README.read_text()

    assert renewed(text) == text, "python -m services.operations.settings_table"


@pytest.mark.parametrize("process", PROCESSES)
def test_compose_passes_each_process_what_it_reads_and_nothing_else(process: str) -> None:
    passed = COMPOSE[process]["environment"]

    assert set(passed) == set(variables(PROCESSES[process]())) - {"FILON_HOME"}  # the image's
    for name, value in passed.items():
        assert value in (f"${{{name}:-}}", "${FILON_ENV:-production}") or name in (
            "FILON_NATS_URL",
            "FILON_HOST",
            "FILON_PORT",
        )


def test_nothing_reads_the_environment_by_hand() -> None:
    """But for what is no setting: the terminal's language, what a process hands to those that it
    starts, CrewAI's switches."""
    root = README.parent
    sources = [*root.glob("services/**/*.py"), *root.glob("projections/**/*.py")]

    by_hand = {str(p.relative_to(root)) for p in sources if "os.environ" in p.read_text()}

    assert by_hand == {
        "services/agents/crewai_adapter.py",
        "services/cli/terminal.py",
        "services/settings/base.py",
        "services/supervisor/nats.py",
        "services/supervisor/up.py",
    }
