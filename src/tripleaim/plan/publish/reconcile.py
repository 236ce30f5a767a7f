"""Reconciliation of published figures with ours: met, met by calibration, or not met."""

from __future__ import annotations

from typing import Literal

from tripleaim.accounts import gap_figures
from tripleaim.place import InputError, Place, Row, refuse
from tripleaim.plan.basis import OF_RESULTS
from tripleaim.plan.publish.document import PlanDocument, ReconciliationPart
from tripleaim.wording import PrintedNotMet

AFTER_STF, CUMULATIVE = "as_claimed_after_stf", "cumulative"
"""A basis and a year that documents have beside the others: with the fund, and all years."""
FILE = "reconciliation.csv"
PARTS = (
    "gap", "commissioner", "providers", "savings", "savings commissioner", "savings providers",
    "population", "residents", "aged 75 and over",
)  # fmt: skip

_TOUCHED_BY_CALIBRATION = ("gap", "commissioner", "providers")


def reconcile(place: Place, document: PlanDocument) -> list[ReconciliationPart]:
    """Every published figure that the plan document also computes.

    The printed activity comes from `points_of_delivery.csv`; the rest is declared in
    `reconciliation.csv`: which figure corresponds to which part, basis and year of the document,
    the factor that puts it in the document's unit and sign, and how far apart (in the document's
    unit) still counts as met. Raises InputError for a figure, basis or year that is not there.
    """
    rows = [*_printed_activity(place, document)]
    if place.has(FILE):
        rows += [_declared(place, document, row) for row in place.rows(FILE)]
    return rows


def check_reconciliation(place: Place) -> None:
    """Read `reconciliation.csv` without a document.

    Raises InputError for a figure, basis or year that no document of the place can have.
    """
    bases = ("do_nothing_uncalibrated", "do_nothing", *OF_RESULTS, AFTER_STF)
    years = [place.base_year, *place.years, CUMULATIVE]
    faults = []
    for row in place.rows(FILE) if place.has(FILE) else ():
        if row["figure"] not in place.figures:
            faults.append(_no_figure(place, row))
        if row["scenario"] and row["scenario"] not in bases:
            faults.append(row.fault("scenario", f"expected one of {', '.join(bases)}", bases))
        if row["year"] not in years:
            faults.append(row.fault("year", f"expected one of {', '.join(years)}", years))
    refuse(faults)


def _no_figure(place: Place, row: Row) -> InputError:
    return row.fault("figure", "expected the id of a figure", list(place.figures))


def first_year_not_met(document: PlanDocument) -> PrintedNotMet | None:
    """The first year's position where the print and the calibrated accounts differ, with savings
    claimed if that is printed; None where they agree or nothing was calibrated."""
    first = document.years[0]
    rows = {
        row.basis: row
        for row in document.reconciliation
        if (row.part, row.year, row.status) == ("gap", first, "not met")
    }
    row = rows.get("as_claimed") or rows.get("do_nothing")
    if row is None or not document.calibrated:
        return None
    return PrintedNotMet(
        year=first,
        position=row.basis,
        printed=row.published,
        computed=row.computed,
        solved=len(document.calibrated),
        last=document.years[-1],
    )


def _printed_activity(place: Place, document: PlanDocument) -> list[ReconciliationPart]:
    rows = []
    for point in place.points_of_delivery:
        ends = ((place.years[0], point.printed_base), (place.last_year, point.printed_last))
        for year, figure in ends:
            if figure:
                rows.append(
                    _part(
                        figure,
                        f"{point.name}, {year}",
                        point.unit,
                        place.value(figure),
                        document.activity["do_nothing"][point.id][year],
                        uncalibrated=document.activity["do_nothing_uncalibrated"][point.id][year],
                        tolerance=0.005 * place.value(figure),
                        calibrated=True,
                        at=("activity", "do_nothing", year),
                    )
                )
    return rows


def _declared(place: Place, document: PlanDocument, row: Row) -> ReconciliationPart:
    if row["figure"] not in place.figures:
        raise _no_figure(place, row)
    figure = place.figure(row["figure"])
    touched = row["part"] in _TOUCHED_BY_CALIBRATION and row["scenario"] == "do_nothing"
    solved = touched and figure.id in {*gap_figures(place).values(), *_sums(place)}
    return _part(
        figure.id,
        row["name"],
        "£m" if row["part"] not in PARTS[-3:] else figure.unit,
        figure.value * row["factor"],
        _computed(document, row, row["scenario"]),
        uncalibrated=_computed(document, row, "do_nothing_uncalibrated") if touched else None,
        tolerance=row["tolerance"],
        calibrated=solved,
        at=(row["part"], row["scenario"], row["year"]),
    )


def _sums(place: Place) -> set[str]:
    """Figures met because those that they are the sum of are met."""
    return {figure_id.rsplit(".", 1)[0] + ".nhs" for figure_id in gap_figures(place).values()}


def _computed(document: PlanDocument, row: Row, basis: str) -> float:
    part, year = row["part"], row["year"]
    tables: dict[str, dict[str, float]] = {
        "population": document.population,
        "residents": document.resident_population,
        "aged 75 and over": document.aged_75_and_over_pct,
    }
    if part not in tables:
        gap = document.gap_gbp_m
        if basis not in gap:
            raise row.fault("scenario", f"expected one of {', '.join(gap)}", list(gap))
        tables |= {"gap": gap[basis], "savings": _less(gap[basis], gap["do_nothing"])}
        for side, positions in document.sides.items():
            if basis in positions:
                position = positions[basis]
                tables |= {
                    side: position,
                    f"savings {side}": _less(position, positions["do_nothing"]),
                }
    if year not in tables[part]:
        valid = list(tables[part])
        raise row.fault("year", f"expected one of {', '.join(valid)}", valid)
    return tables[part][year]


def _less(after: dict[str, float], before: dict[str, float]) -> dict[str, float]:
    return {year: after[year] - before[year] for year in after}


def _part(
    figure: str,
    name: str,
    unit: str,
    published: float,
    computed: float,
    *,
    uncalibrated: float | None,
    tolerance: float,
    calibrated: bool,
    at: tuple[str, str, str],
) -> ReconciliationPart:
    met = abs(computed - published) <= tolerance
    status: Literal["met by calibration", "met", "not met"] = "met" if met else "not met"
    if met and calibrated:
        status = "met by calibration"
    return ReconciliationPart(
        figure=figure,
        name=name,
        unit=unit,
        published=published,
        computed=computed,
        uncalibrated=uncalibrated,
        difference_pct=100 * (computed / published - 1) if published else 0.0,
        status=status,
        part=at[0],
        basis=at[1],
        year=at[2],
    )
