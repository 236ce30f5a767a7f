"""Publish the plans of the shipped places anew, and write down what moved and why.

`python -m tests.plan.renew_published "CAUSE"`: a commit of its own, right after the change that
moves the numbers. Every number of plan.json is held by `test_published_numbers`; the page
docs/reference/moved-numbers.md lists headlines only.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from tests.plan.compare_numbers import PUBLISHED, Moved, compare, read_document

from tripleaim.core import RunContext
from tripleaim.place import load
from tripleaim.plan import run_plan

PLACES = ("somerset", "northamptonshire")
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "moved-numbers.md"
HEADLINES = (
    "population.2020/21",
    "resident_population.2020/21",
    "aged_75_and_over_pct.2020/21",
    "points_of_delivery*.growth_pct",
    "points_of_delivery*.growth_uncalibrated_pct",
    "gap_gbp_m.*.2016/17",
    "gap_gbp_m.*.2020/21",
    "gap_gbp_m.*.cumulative",
    "gap_interval_gbp_m.*.2020/21*",
    "overlap_gbp_m.2020/21",
    "evidence*",
)
SHOWN = 40


def main() -> None:
    """Run both plans, keep them, and append what moved to the page."""
    cause = sys.argv[1]
    sections = [f"## {cause}\n"]
    for name in PLACES:
        with tempfile.TemporaryDirectory() as folder:
            run = Path(folder) / name
            run_plan(load(name), RunContext(7), run)
            kept = PUBLISHED / f"{name}.json.gz"
            moved = compare(read_document(kept), read_document(run / "plan.json"))
            # No time in the file, so that the same plan gives the same bytes.
            kept.write_bytes(gzip.compress((run / "plan.json").read_bytes(), mtime=0))
        sections.append(_section(name, moved))
    with PAGE.open("a", encoding="utf-8") as page:
        page.write("\n" + "\n".join(sections))
    print("\n".join(sections))


def _section(name: str, moved: Sequence[Moved]) -> str:
    shown = [m for m in moved if any(fnmatchcase(m.path, h) for h in HEADLINES)][:SHOWN]
    lines = [f"{name.capitalize()}: {len(moved)} numbers of plan.json moved.\n"]
    if shown:
        lines += ["| number | before | after |", "|---|---:|---:|"]
        lines += [f"| `{m.path}` | {_short(m.before)} | {_short(m.after)} |" for m in shown]
        lines.append("")
    return "\n".join(lines)


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:,.6g}"


if __name__ == "__main__":
    main()
