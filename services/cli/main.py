"""`filon`: its commands, and how each of them ends."""

import os
import sys
from collections.abc import Sequence

import click

from services.cli.accounts import user
from services.cli.doctor import doctor
from services.cli.log import log
from services.cli.processes import agents, edge, projector, up
from services.cli.read_models import rebuild
from services.cli.terminal import language, unusable

INTERRUPTED = 130
STATUSES = {
    0: "done",
    1: "could not be done; a sentence says why",
    2: "not asked for rightly",
    os.EX_CONFIG: "a setting is unusable; a restart can't help",
    INTERRUPTED: "ended by Ctrl-C, as shells report it",
}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="filon", message="%(prog)s %(version)s")
def filon() -> None:
    """Event-sourced sales prospecting."""


for _command in (up, edge, agents, projector, doctor, user, log, rebuild):
    filon.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, 1 when it could not, 2 when it was not asked for
    rightly, 78 when a setting is unusable."""
    from services.settings import UnusableSetting
    from services.supervisor.refusal import CannotStart

    os.umask(0o077)  # what is written holds people's data: nobody else on the machine reads it
    try:
        return filon.main(arguments, "filon", standalone_mode=False) or 0
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except click.Abort:
        return INTERRUPTED
    except UnusableSetting as refusal:
        print(unusable(refusal), file=sys.stderr)
        return os.EX_CONFIG  # it tells `filon up` that a restart can't help
    except CannotStart as refusal:
        print(refusal.sentence(language()), file=sys.stderr)
        return refusal.status
