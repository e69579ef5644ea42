"""The command line, as `--help` knows it."""

from collections.abc import Iterator

import click

from services.cli.main import STATUSES, filon
from services.reference.markdown import code, page, table

_COLUMNS = "option", "what it is", "default"


def commands() -> str:
    context = click.Context(filon, info_name="filon")
    return page(
        "Commands",
        "Every command has `--help`. `filon --version` says which it is.",
        "## Exit statuses",
        table(("status", "meaning"), STATUSES.items()),
        *(part for command, ctx in _leaves(filon, context) for part in _described(command, ctx)),
    )


def _leaves(
    group: click.Group, context: click.Context
) -> Iterator[tuple[click.Command, click.Context]]:
    for name in group.list_commands(context):
        command = group.commands[name]
        inner = click.Context(command, parent=context, info_name=name)
        if isinstance(command, click.Group):
            yield from _leaves(command, inner)
        else:
            yield command, inner


def _described(command: click.Command, context: click.Context) -> Iterator[str]:
    arguments = (p.make_metavar(context) for p in command.params if isinstance(p, click.Argument))
    yield f"## `{' '.join((context.command_path, *arguments))}`"
    yield " ".join((command.help or "").split())
    options = [p for p in command.params if isinstance(p, click.Option)]
    if options:
        yield table(_COLUMNS, (_option(option, context) for option in options))


def _option(option: click.Option, context: click.Context) -> tuple[str, str, str]:
    value = "" if option.is_flag else f" {option.make_metavar(context)}"
    named = code(", ".join(option.opts) + value)
    default = "required" if option.required else "none"
    if not option.required and not option.is_flag and isinstance(option.default, (str, int)):
        default = code(option.default)
    return named, option.help or "", default
