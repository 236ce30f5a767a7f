"""The verb for prevention over twenty years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from tripleaim.cli.arguments import PlaceName
from tripleaim.cli.kept_run import DEMO_SEED
from tripleaim.cli.progress import progress_bars
from tripleaim.cli.terminal import err, out

if TYPE_CHECKING:
    from tripleaim.prevention import CostPerQaly, PreventionDocument, ValueRow
    from tripleaim.uncertainty import IntervalPart

HORIZON, LIFETIME = "all joiners, horizon", "first joiners, lifetime"


def prevention(
    name: PlaceName,
    *,
    data: Annotated[Path, typer.Option(help="The folder of runs.")] = Path("tripleaim-data"),
    years: Annotated[int, typer.Option(help="Years ahead.", min=1, max=20)] = 20,
    draws: Annotated[
        int,
        typer.Option(
            help="How many draws of all parameters together; 0 for the central values alone.",
            min=0,
            max=512,
        ),
    ] = 256,
    people: Annotated[
        int | None, typer.Option(help="How many people to simulate (all, if left out).", min=1)
    ] = None,
    seeds: Annotated[
        int,
        typer.Option(help="How many random seeds; central values are their mean.", min=1, max=32),
    ] = 8,
    seed: Annotated[int, typer.Option(help="The random seed.", min=0)] = DEMO_SEED,
) -> None:
    """Work out prevention over twenty years: reach, net cost by payer, health, shares of effect.

    It can be stopped at any time: finished draws are kept, and the same command continues.
    """
    from tripleaim.jobs import KINDS, order, work_here
    from tripleaim.place import load
    from tripleaim.prevention import read_document

    place, most = load(name), KINDS["prevention"].settings["people"].most
    settings = {
        "years": years,
        "draws": draws,
        "people": most if people is None else people,
        "seeds": seeds,
    }
    with progress_bars(err) as report:
        job = work_here(data, order(place, "prevention", seed, settings), place, report)
    _show(read_document(job.result), job.result)


def _show(document: PreventionDocument, path: Path) -> None:
    rate = document.discount_rates_pct[1]
    table = Table(
        title=f"{document.name}: {len(document.years)} years, money and QALYs discounted at"
        f" {rate:g}%"
    )
    columns = (
        *("Programme", "Joined", "Cost £m", "Avoided £m", "Net £m", "Breaks even", "in % of draws"),
        *("QALYs", "£ a QALY", "£ a QALY, lifetime"),
    )
    for column in columns:
        table.add_column(column, justify="left" if column == "Programme" else "right")
    rows = {(r.id, str(r.basis)): r for r in _value_rows(document, rate)}
    for key, name, money in [
        *((p.id, p.name, p.money) for p in document.programmes),
        ("together", "All together", document.together),
        ("acting", "All that have an effect", document.together),
    ]:
        row, lifetime = (rows.get((key, basis)) for basis in (HORIZON, LIFETIME))
        even = next(s for s in money.sums if s.rate_pct == rate).break_even
        if row is None:
            continue
        table.add_row(
            name,
            _with_interval(row.joined, 0),
            _with_interval(row.programme_cost, 1),
            _with_interval(row.avoided, 1),
            _with_interval(row.net_cost, 1),
            (even.central or "not within these years") if key != "acting" else "",
            f"{row.breaks_even_pct:g}",
            _with_interval(row.qalys, 0),
            _per_qaly(row.gbp_per_qaly),
            _per_qaly(lifetime.gbp_per_qaly) if lifetime else "",
        )
    out.print(table)
    for line in _fewer_outcomes(document):
        out.print(line, highlight=False)
    head = document.headline
    out.print("± is the standard error over random seeds; ranges are 10% to 90% of draws.")
    out.print(
        f"Inside the plan's years: £{_with_interval(head.inside_plan_gbp_m, 1)}m avoided, "
        f"{_with_interval(head.inside_plan_pct, 0)}% of the total. {document.run.draws} draws, "
        f"{document.run.simulated:,} of {document.run.registered:,} people; wrote {path}",
        highlight=False,
    )


def _value_rows(document: PreventionDocument, rate: float) -> list[ValueRow]:
    return [r for r in document.value.rows if r.rate_pct == rate] if document.value else []


def _per_qaly(cost: CostPerQaly) -> str:
    if cost.central is None:
        return "no gain"
    if cost.p10 is None or cost.p10 == cost.p90:
        return f"{cost.central:,.0f}"
    high = "no gain" if cost.p90 is None else f"{cost.p90:,.0f}"
    return f"{cost.central:,.0f} ({cost.p10:,.0f} to {high})"


def _fewer_outcomes(document: PreventionDocument) -> list[str]:
    """What fewer late outcomes bring, with the sources behind it; a line for each that matters."""
    lines = []
    for outcome in document.spared:
        if not (outcome.qalys.central or outcome.qalys.p10 or outcome.qalys.p90):
            continue
        rows = [r for r in document.consequences if r.outcome == outcome.outcome]
        sources = ", ".join(dict.fromkeys(f"{r.source} ({r.status})" for r in rows))
        lines.append(
            f"{outcome.name}: {_with_interval(outcome.averted, 0)} fewer, which is "
            f"{_with_interval(outcome.qalys, 0)} of the "
            f"{_with_interval(document.headline.qalys, 0)} QALYs before discounting and "
            f"{_with_interval(outcome.deaths_averted, 0)} deaths averted; by {sources}."
        )
    return lines


def _with_interval(interval: IntervalPart, digits: int) -> str:
    if interval.central is None:
        return "not known"
    central = f"{interval.central:,.{digits}f}"
    luck = getattr(interval, "luck", None)
    if luck is not None:
        central += f" ± {luck:,.{digits}f}"
    if interval.p10 is None or interval.p90 is None or interval.p10 == interval.p90:
        return central
    return f"{central} ({interval.p10:,.{digits}f} to {interval.p90:,.{digits}f})"
