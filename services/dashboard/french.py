"""The page's tables of French facts, written from ours: `python -m services.dashboard.french`."""

import json
from pathlib import Path
from typing import Any

from events.targeting import HEADCOUNT_BANDS
from services.french.place_names import (
    COLLECTIVITY_NAMES,
    DEPARTEMENT_NAMES,
    REGION_NAMES,
)

FOLDER = Path(__file__).parent / "static"
_NOTICE = "// Written by services/dashboard/french.py; change services/french instead.\n"


def modules() -> dict[str, str]:
    """Each generated file of the page, by its name."""
    sizes = {band: _size(text) for band, text in HEADCOUNT_BANDS.items()}
    return {
        "places.js": _module(
            DEPARTEMENTS=DEPARTEMENT_NAMES | COLLECTIVITY_NAMES,
            REGIONS=REGION_NAMES,
            HEADCOUNT_BANDS=sizes,
            BANDS_BY_SIZE=[*HEADCOUNT_BANDS],  # an object's own order puts whole numbers first
        ),
    }


def _size(text: str) -> str:
    """`1000-1999` → `1 000–1 999`; what is no number needs words, which are in the texts."""
    if text == "0":
        return ""
    low, dash, high = text.partition("-")
    return _grouped(low) + ("–" + _grouped(high) if dash else "")


def _grouped(number: str) -> str:
    digits = number.rstrip("+")
    return f"{int(digits):,}".replace(",", "\u202f") + number[len(digits) :]


def _module(**tables: dict[str, Any] | list[str]) -> str:
    return _NOTICE + "".join(
        f"\nexport const {name} = {_literal(table)};\n" for name, table in tables.items()
    )


def _literal(table: dict[str, Any] | list[str]) -> str:
    if isinstance(table, list):
        return json.dumps(table)
    lines = (f"  {_json(key)}: {_json(value)},\n" for key, value in table.items())
    return "{\n" + "".join(lines) + "}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    for name, text in modules().items():
        (FOLDER / name).write_text(text, "utf-8")
