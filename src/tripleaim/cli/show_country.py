"""A country's twenty years as tables in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console

from tripleaim.cli.tables import count, headed
from tripleaim.country import Country, read_official
from tripleaim.measures import BAND_STARTS
from tripleaim.people import read_illness
from tripleaim.projection import Tally

OLD = 75
EVERY = 5
"""Years between the columns of conditions."""


def country(out: Console, of: Country, tally: Tally, folder: Path) -> None:
    """People, births and deaths by year beside the official projection; conditions; where it is."""
    rows = by_year(of, tally)
    official = any(row["official"] for row in rows)
    table = headed(
        f"{of.place.name}, by calendar year",
        *("Year", "People, 1 January", f"Aged {OLD}+", "Births", "Deaths", "Net migration"),
        *(("Official people", "births", "deaths") if official else ()),
    )
    for row in rows:
        known = row["official"] or {}
        table.add_row(
            str(row["calendar_year"]),
            *(count(row[name]) for name in ("people", "old", "births", "deaths", "migration")),
            *((count(known.get(n)) for n in ("people", "births", "deaths")) if official else ()),
        )
    out.print(table)
    _conditions(out, of, tally)
    who = (
        f"{of.people:,} people registered with practices"
        if of.counted == "registered"
        else f"{of.people:,} residents"
    )
    out.print(f"Synthetic people for {who}, if nothing is done.", highlight=False)
    if official:
        out.print(
            "Official: residents, Office for National Statistics, 2018-based, made after the "
            "plan; the model does not use it. We average two years to move its dates to 1 January.",
            highlight=False,
        )
    out.print(f"Written to {folder}: tally.npz, country.parquet, country.json.", highlight=False)


def by_year(of: Country, tally: Tally) -> list[dict[str, Any]]:
    """What the first table shows, a row for each calendar year; the last has people alone.

    Official numbers are given for a whole country only, not for a small one made for trying.
    """
    official = read_official(of.place) if of.whole else {}
    rows = []
    old = BAND_STARTS.index(OLD)
    for y, year in enumerate(tally.years):
        calendar = int(year[:4]) + 1
        row: dict[str, Any] = {
            "calendar_year": calendar,
            "people": int(tally.people[y].sum()),
            "old": int(tally.people[y][..., old:].sum()),
            "births": None,
            "deaths": None,
            "migration": None,
            "official": None,
        }
        if y < len(tally.births):
            row["births"], row["deaths"] = int(tally.births[y]), int(tally.deaths[y].sum())
            row["migration"] = int(tally.arrivals[y] - tally.departures[y])
        if (year_official := official.get(calendar)) is not None:
            known = {
                "people": year_official.people,
                "births": year_official.births,
                "deaths": year_official.deaths,
            }
            row["official"] = known if any(v is not None for v in known.values()) else None
        rows.append(row)
    return rows


def _conditions(out: Console, of: Country, tally: Tally) -> None:
    last = len(tally.years) - 1
    shown = sorted({*range(0, last, EVERY), last})
    table = headed(
        "People with a condition on 1 January",
        "Condition",
        *(str(int(tally.years[y][:4]) + 1) for y in shown),
        "Change",
    )
    names = {d.id: d.name for d in read_illness(of.place).conditions}
    for k, name in enumerate(tally.conditions):
        counts = [int(tally.with_condition[y, ..., k].sum()) for y in shown]
        change = f"{counts[-1] / counts[0] - 1:+.0%}" if counts[0] else ""
        table.add_row(names.get(name, name), *map(count, counts), change)
    out.print(table)
