"""`filon up`, and the processes that it runs."""

import os

import click

from services.cli.terminal import reason, refuse

MOST_AGENTS = 64


@click.command()
@click.option(
    "--agents",
    type=click.IntRange(1, MOST_AGENTS),
    default=2,
    show_default=True,
    help="Agent worker processes.",
)
def up(agents: int) -> None:
    """Run everything on this machine, until Ctrl-C."""
    from services.supervisor.up import run

    run(agents)


@click.command()
def edge() -> int:
    """Run one process: the REST API, the event stream and the pages."""
    _check("edge")
    from sqlalchemy.exc import OperationalError

    from services.edge.main import CannotListen, run

    try:
        run()
    except CannotListen as refused:
        return refuse("operations.no-port", port=refused.port, why=refused.why)
    except OperationalError as error:
        return refuse("operations.no-database", why=reason(error))
    return 0


@click.command()
def agents() -> None:
    """Run one process: a worker that finds and qualifies prospects."""
    _check("agents")
    from services.agents.main import run

    run()


@click.command()
def projector() -> int:
    """Run one process: the read models, kept up to date from the log."""
    _check("projector")
    from sqlalchemy.exc import OperationalError

    from projections.main import run
    from projections.positions import ForeignLog
    from services.log.errors import CredentialsRefused

    try:
        run()
    except CredentialsRefused as refused:
        click.echo(refused, err=True)
        return os.EX_CONFIG
    except ForeignLog as foreign:
        refuse("operations.foreign-log", **foreign.params)
        return os.EX_CONFIG  # a restart would find the same
    except OperationalError as error:
        return refuse("operations.no-database", why=reason(error))
    return 0


def _check(process: str) -> None:
    """Before anything is imported or begun that would hide a refusal."""
    from services.operations.settings import PROCESSES
    from services.settings import check

    check(PROCESSES[process]())
