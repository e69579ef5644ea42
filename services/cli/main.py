"""`filon`: the command line. Each sub-command imports only what it runs."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command; returns the exit status."""
    os.umask(0o077)  # what is written holds people's data: nobody else on the machine reads it
    words = sys.argv[1:] if arguments is None else list(arguments)
    chosen = parser(words[:1]).parse_args(words)
    if chosen.run not in (_up, _doctor):
        _find_nats()
    status: int = chosen.run(chosen)
    return status


def parser(wanted: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The sub-commands; `run` of what it parses carries it out.

    What other modules register is imported unless `wanted` is a process: that takes most of a
    second, which a process started again should not spend.
    """
    filon = argparse.ArgumentParser(prog="filon", description="Event-sourced sales prospecting.")
    commands = filon.add_subparsers(required=True, metavar="COMMAND")
    up = commands.add_parser("up", help="run everything on this machine, until Ctrl-C")
    up.add_argument("--agents", type=int, default=2, help="agent worker processes (default: 2)")
    up.set_defaults(run=_up)
    for name, run, what in (
        ("edge", _edge, "the REST API, the event stream and the pages"),
        ("agents", _agents, "a worker that finds and qualifies prospects"),
        ("projector", _projector, "the read models, kept up to date from the log"),
    ):
        commands.add_parser(name, help=f"run one process: {what}").set_defaults(run=run)
    if not set(wanted) & set(commands.choices):
        _register_others(commands)
    return filon


def _register_others(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from services.cli.accounts import register as register_accounts
    from services.cli.log import register as register_log
    from services.cli.read_models import register as register_read_models

    register_accounts(commands)
    register_log(commands)
    register_read_models(commands)
    # The machine comes first: a log can't be examined where nothing runs.
    doctor = commands.choices["doctor"]
    doctor.set_defaults(run=_doctor, examine_log=doctor.get_default("run"))


def _find_nats() -> None:
    """Beside a running `filon up`, the other commands reach its server without being told."""
    if not os.environ.get("FILON_NATS_URL"):
        published = Path(os.environ.get("FILON_HOME") or ".filon") / "run" / "nats.url"
        url = published.read_text().strip() if published.exists() else "nats://127.0.0.1:4222"
        os.environ["FILON_NATS_URL"] = url


def _up(chosen: argparse.Namespace) -> int:
    from services.supervisor.up import run

    return run(chosen.agents)


def _doctor(chosen: argparse.Namespace) -> int:
    from services.operations.machine_doctor import run

    status, there_is_a_log = run()
    if status or not there_is_a_log:
        return status
    _find_nats()
    examined: int = chosen.examine_log(chosen)
    return examined


def _edge(chosen: argparse.Namespace) -> int:
    from services.edge.main import run
    from services.prospecting.identity import UnusableKey
    from services.settings import UnusableSetting

    return _configured(run, UnusableSetting, UnusableKey)


def _agents(chosen: argparse.Namespace) -> int:
    from services.agents.main import run
    from services.agents.models.settings import UnusableModel
    from services.prospecting.identity import UnusableKey

    return _configured(run, UnusableModel, UnusableKey)


def _projector(chosen: argparse.Namespace) -> int:
    from projections.main import run
    from projections.positions import ForeignLog

    return _configured(run, ForeignLog)


def _configured(run: Callable[[], None], *refusals: type[Exception]) -> int:
    """The status tells `filon up` that a restart can't help when a setting is refused."""
    try:
        run()
    except refusals as refusal:
        print(refusal, file=sys.stderr)
        return os.EX_CONFIG
    return 0
