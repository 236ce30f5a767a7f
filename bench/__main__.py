"""`make bench`: speed and memory against limits, peers and exact expectations in the same run.

    python -m bench                 everything, about half an hour
    python -m bench simple engine   these measurements, and what they need
    python -m bench boards          every board made, checked and planned
    python -m bench --write         everything, and docs/reference/speed.md
    python -m bench --write pages   what readers of pages find, and its section of that document
    python -m bench --against DIR   this version and the checkout in DIR, in one table

Machines are noisy: quote the ratios of one run. Leaves with 1 if a limit is passed or something
could not be measured; a reference model that cannot be had is named, and the rest goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from rich.console import Console

from bench import before_after, simple
from bench.measurements import MEASUREMENTS, MILLIONS, SIZES
from bench.table import Row, markdown, messages, printed
from tripleaim import __version__

SPEED = Path(__file__).parent.parent / "docs" / "reference" / "speed.md"
STRAIGHT = 0.99
"""The least R² of a straight line through the measurements by number of people."""

Sections = dict[str, list[Row]]

PLACES = "Triple Aim: Somerset, and England"
READERS = "Pages of Somerset, under readers"
PAGES = ("page", "serving", "page-made", "scenario-memory", "live-answers")
"""The measurements that are of pages."""


def main() -> int:
    """Measure what is asked for, print it; 1 if a limit is passed."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", help=f"of: simple, pages, {', '.join(MEASUREMENTS)}")
    parser.add_argument("--write", action="store_true", help=f"also write {SPEED.name}")
    parser.add_argument("--against", metavar="DIR", help="another checkout, to compare with")
    parser.add_argument("--one", metavar="FOLDER", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    names = [one for name in asked.names for one in (PAGES if name == "pages" else [name])]
    unknown = set(names) - {"simple", *MEASUREMENTS}
    if unknown or (asked.write and asked.names not in ([], ["pages"])):
        parser.error(
            "expected known names, and with --write none or pages: " + ", ".join(asked.names)
        )
    if asked.one:
        rows = MEASUREMENTS[names[0]].measure(Path(asked.one))
        sys.stdout.write(json.dumps([asdict(row) for row in rows]) + "\n")
        return 0
    if asked.against:
        with tempfile.TemporaryDirectory() as folder:
            here = Path(__file__).parent.parent
            table = before_after.compare(Path(asked.against), here, Path(folder), messages.print)
        sys.stdout.write(table)
        return 0
    console = Console(width=150)
    when = _when()
    sections = _measured(names or ["simple", *MEASUREMENTS], console)
    if asked.write:
        before = SPEED.read_text(encoding="utf-8") if names else ""
        SPEED.write_text(_page(sections, when, before), encoding="utf-8")
    return 0 if all(row.passes for rows in sections.values() for row in rows) else 1


def _measured(names: list[str], console: Console) -> Sections:
    sections: Sections = {}
    if "simple" in names:
        title = f"The simple model: {simple.PEOPLE:,} people, {simple.YEARS} years"
        sections[title] = simple.compare()
        printed(console, title, sections[title])
    wanted = {need for name in names if name != "simple" for need in _with_needs(name)}
    if wanted:
        by_size: dict[float, Row] = {}
        failed: set[str] = set()
        with tempfile.TemporaryDirectory() as folder:
            for name in MEASUREMENTS:
                if name not in wanted:
                    continue
                without = failed & set(MEASUREMENTS[name].after)
                if without:
                    rows = [Row(name, None, also=f"without {', '.join(sorted(without))}")]
                else:
                    messages.print(f"measuring {name}", style="dim")
                    rows = _in_a_process(name, folder)
                title = READERS if name in PAGES else PLACES
                sections.setdefault(title, []).extend(rows)
                if rows[0].found is None:
                    failed.add(name)
                elif name in SIZES:
                    by_size[float(name.split("-")[1])] = rows[0]
                if by_size and name == list(SIZES)[-1]:
                    sections[title] += _lines(by_size)
        for title in {READERS, PLACES} & set(sections):
            printed(console, title, sections[title])
    return sections


def _with_needs(name: str) -> set[str]:
    return {name}.union(*(_with_needs(need) for need in MEASUREMENTS[name].after))


def _in_a_process(name: str, folder: str) -> list[Row]:
    done = subprocess.run(
        [sys.executable, "-m", "bench", name, "--one", folder],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode != 0:
        errors = done.stderr.strip().splitlines() or ["no reason given"]
        return [Row(name, None, also=f"failed: {errors[-1].strip()[:100]}")]
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def _lines(by_size: dict[float, Row]) -> list[Row]:
    """Straight lines through seconds and megabytes by millions of people."""
    millions = np.array(list(by_size))
    rows = []
    for what, unit, values in (
        ("time by people", "s a million", [row.found for row in by_size.values()]),
        ("memory by people", "MB a million", [row.megabytes for row in by_size.values()]),
    ):
        measured = np.array(values, dtype=np.float64)
        slope, start = np.polyfit(millions, measured, 1)
        left = measured - (slope * millions + start)
        straight = 1 - (left**2).sum() / ((measured - measured.mean()) ** 2).sum()
        rows.append(Row(what, float(slope), unit, also=f"from {start:.3g} at nobody"))
        rows.append(Row("  R² of the line", float(straight), "", STRAIGHT, least=True))
    return rows


def _when() -> str:
    """When, on what and beside how much other work is measured."""
    now = datetime.now(UTC).strftime("%d %B %Y")
    return (
        f"Measured on {now} with {os.cpu_count()} processors ({platform.machine()}), Python "
        f"{platform.python_version()}, Triple Aim {__version__}; before it began "
        f"{os.getloadavg()[1]:.1f} processes wanted to run.\n"
    )


def _page(sections: Sections, when: str, before: str) -> str:
    """The page, made of what was found; of one that was there `before`, all but its readers."""
    made = {title: f"\n## {title}\n\n{when}\n{markdown(rows)}" for title, rows in sections.items()}
    if before:
        kept = {text.partition("\n")[0]: f"\n## {text}" for text in before.split("\n## ")[1:-1]}
        made = {**kept, READERS: made[READERS]}
    return "".join((HEAD, *made.values(), HOW))


HEAD = """# Speed

Made by `python -m bench --write`; `make bench` measures it anew. Machines are noisy: ratios of one
run say more than seconds. A share of the limit up to 1 passes.
"""

HOW = f"""
## How it is measured

The simple model: deaths by age and sex as the national projection has them for 2015, held; five
conditions by age and sex, of a stated formula (`bench/simple_inputs.py`), which never end and act
on nothing; one step a year; nobody joins. Every engine gets the same tables. What is expected
exactly follows cohort by cohort (`bench/simple_exact.py`); z is the furthest of all counts of the
living, of those with each condition and of those with none, in every year, in standard deviations.

- *vivarium-public-health* and *neworder* run in environments of their own, in one thread, as their
  makers intend; of vivarium only the steps are timed.
- *NumPy, good* is the peer that the limit is set against: a column a fact, a draw for each event of
  everybody. *Conditions as bits* is tuned to this model (bits, float32 draws, the dead leave the
  columns) and carries no limit; nor does the rest. One thread each.
- *One draw a year* and *Numba* use a trick that holds for this model alone: one draw against the
  chance that anything happens. They show what an engine that follows more gives away.
- *Triple Aim* is the kernel that plans run on, with laws of this model written by hand.

The rest: each measurement in a process of its own, medians of a few runs, compiled beforehand.
England starts from nothing: people drawn, laws fitted, {len(MILLIONS)} sizes of a place beside it
for the line. Its memory is that of all processes together, looked at twice a second.

Pages under readers: two servers of two processes each are asked by one loop over 32
connections, a second each in turn: a kept page, a style sheet, a bare page of Django. New scenarios
are asked for by four at a time. "Processor" is what the server's processes took, whatever else ran.

A version is set beside an earlier one by `python -m bench --against DIR`, DIR a checkout of it:
what both can be asked for, in one table, by the clock and by the time of all processors.
"""


if __name__ == "__main__":
    sys.exit(main())
