"""Results as a table for people and as JSON for machines."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, against what, and what it should reach."""

    work: str
    measured: str
    reach: str
    reached: bool


def show(title: str, rows: list[Row]) -> None:
    """Prints the table and writes `results/<title>.json`."""
    widths = [max(len(getattr(row, name)) for row in rows) for name in ("work", "measured")]
    print(f"\n{title}")
    for row in rows:
        mark = "✓" if row.reached else "✗"
        print(f"  {mark} {row.work:<{widths[0]}}  {row.measured:<{widths[1]}}  ({row.reach})")
    RESULTS.mkdir(exist_ok=True)
    whole = json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False)
    (RESULTS / f"{title}.json").write_text(whole + "\n")
