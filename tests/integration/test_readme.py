"""What the README says can be done, and what the journey of a click names."""

import asyncio
import os
import re
import sys
from pathlib import Path

import click
import pytest

from events.prospect import ProspectScored, PublicProspect
from services.cli.main import filon
from services.log import Log
from tests.unit.prospecting.shelf import BAKERY, CAMPAIGN, NOW, event

ROOT = Path(__file__).parents[2]
JOURNEY = (ROOT / "docs" / "journey.md").read_text()
README = (ROOT / "README.md").read_text()
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.M))))
def test_every_make_target_that_it_names_exists(target: str) -> None:
    assert target in TARGETS


@pytest.mark.parametrize("line", sorted(set(re.findall(r"`filon ([a-z-][^`]*)`", README))))
def test_every_command_that_it_names_is_one(line: str) -> None:
    command: click.Command = filon
    words = line.split()
    while isinstance(command, click.Group) and not words[0].startswith("-"):
        command = command.commands[words.pop(0)]

    if words != ["--version"]:
        command.make_context(line, words)


@pytest.mark.parametrize("path", re.findall(r"\]\(((?!http)[^)]+)\)", README))
def test_every_file_that_it_links_to_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("section", re.split(r"^## ", JOURNEY, flags=re.M)[1:], ids=lambda s: s[0])
def test_every_file_that_the_journey_names_is_where_it_says(section: str) -> None:
    """Below the root, or below the room that the section's heading names."""
    heading, _, text = section.partition("\n")
    rooms = [ROOT, *(ROOT / room for room in re.findall(r"`([a-z/]+)`", heading))]
    named = set(re.findall(r"`([a-z_/]+(?:\.py|/))`", text))

    assert {name for name in named if not any((room / name).exists() for room in rooms)} == set()


def test_its_table_of_commands_has_every_command() -> None:
    reference = (ROOT / "docs" / "reference" / "commands.md").read_text()
    leaves = set(re.findall(r"^## `(filon [a-z -]+[a-z])", reference, re.M))

    assert {leaf for leaf in leaves if f"`{leaf}" not in README} == set()


async def test_its_consumer_prints_the_scores_of_a_running_log(nats_url: str) -> None:
    log = await Log.connect(nats_url)
    prospect = PublicProspect.of(
        BAKERY, id="p1-1", campaign_id=CAMPAIGN, status="scored", found_at=NOW
    )
    scored = ProspectScored(
        prospect=prospect, score=87, first=True, rubric=1, evidence=(), model="offline"
    )
    await log.append(event(f"acme/{CAMPAIGN}/prospect/p1-1", 1, scored))
    await log.close()

    [program] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    consumer = await asyncio.create_subprocess_exec(
        *(sys.executable, "-u", "-c", program),
        env={**os.environ, "FILON_NATS_URL": nats_url},
        stdout=asyncio.subprocess.PIPE,
    )
    assert consumer.stdout is not None
    line = await consumer.stdout.readline()
    consumer.kill()
    await consumer.wait()

    assert line.decode().split() == [f"filon.acme.{CAMPAIGN}.prospect.p1-1.ProspectScored", "87"]
