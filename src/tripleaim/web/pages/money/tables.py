"""Tables of the two printed sides and of what was solved for."""

from __future__ import annotations

from tripleaim import wording as words
from tripleaim.accounts import prices_of_another_year
from tripleaim.place import Place
from tripleaim.plan import PlanDocument
from tripleaim.web.pages.plan.tables import CUMULATIVE
from tripleaim.web.ui.tables import PageColumn, PageTable, by_year

SIDES = {"commissioner": "Commissioner", "providers": "Providers"}


def sides(document: PlanDocument) -> PageTable:
    """The position of each printed side by scenario and year."""
    table = by_year(
        "sides",
        "Position by side and year, £m; a deficit is in brackets",
        "Side and scenario",
        [
            (f"{SIDES[side]}: {words.position_name(s).lower()}", values)
            for side, scenarios in document.sides.items()
            for s, values in scenarios.items()
        ],
        [*document.years, CUMULATIVE],
    )
    kept = [c for c in table.columns if any(row.get(c.key) is not None for row in table.rows)]
    return PageTable(table.name, table.caption, kept, table.rows)


def lines(document: PlanDocument, side: str) -> PageTable:
    """The lines of one side's do-nothing accounts: first and last year, both ways."""
    after = " calibrated" if document.calibrated else ""
    first, last = document.years[0], document.years[-1]
    rows = [
        {
            "line": line.line,
            "kind": line.kind,
            "uncalibrated_first": line.uncalibrated.get(first),
            "uncalibrated_last": line.uncalibrated.get(last),
            "calibrated_first": line.calibrated.get(first),
            "calibrated_last": line.calibrated.get(last),
            "change": line.calibrated.get(last, 0.0) - line.calibrated.get(first, 0.0),
        }
        for line in document.lines
        if line.side == side
    ]
    numbers = [c for c in (rows[0] if rows else {}) if c not in ("line", "kind")]
    total = {"line": "Position", "kind": ""} | {
        key: sum(float(str(row[key])) for row in rows if row[key] is not None) for key in numbers
    }
    return PageTable(
        f"accounts-{side}",
        f"{SIDES[side]}: do-nothing accounts, £m; costs are in brackets",
        [
            PageColumn("line", "Line"),
            PageColumn("kind", "Kind"),
            *(
                (
                    PageColumn("uncalibrated_first", f"{first} uncalibrated", "account"),
                    PageColumn("uncalibrated_last", f"{last} uncalibrated", "account"),
                )
                if document.calibrated
                else ()
            ),
            PageColumn("calibrated_first", f"{first}{after}", "account"),
            PageColumn("calibrated_last", f"{last}{after}", "account"),
            PageColumn("change", f"Change{',' * bool(after)}{after}", "account"),
        ],
        [*rows, total] if rows else [],
        total=bool(rows),
    )


def calibrated(document: PlanDocument) -> PageTable:
    """Every value solved so that a printed figure is met, beside what it was before."""
    return PageTable(
        "calibrated",
        "What calibration changed, and whether the value is credible",
        [
            PageColumn("parameter", "Parameter"),
            PageColumn("uncalibrated", "Uncalibrated", "plain"),
            PageColumn("value", "Calibrated", "plain"),
            PageColumn("unit", "Unit"),
            PageColumn("range", "Credible range"),
            PageColumn("credible", "In range"),
            PageColumn("meets", "Solved to meet"),
            PageColumn("adds", "Adds", "plain"),
            PageColumn("adds_unit", "Unit of what it adds"),
        ],
        [
            {
                **c.model_dump(),
                "range": f"{words.plain(c.low)} to {words.plain(c.high)}",
                "credible": "yes" if c.credible else "no",
            }
            for c in document.calibrated
        ],
    )


def carried_prices(place: Place) -> PageTable | None:
    """Each amount of spend that is at another year's prices, carried to the base year."""
    found = prices_of_another_year(place)
    if not found:
        return None
    return PageTable(
        "carried-prices",
        f"Spend lines at other years' prices, converted to {found.base_year}",
        [
            PageColumn("line", "Spend line"),
            PageColumn("figure", "Figure"),
            PageColumn("value", "As stated", "plain"),
            PageColumn("unit", "Unit"),
            PageColumn("year", "Prices of"),
            PageColumn("factor", "NHS prices rose by a factor of", "plain"),
            PageColumn("carried", f"Used here, {found.base_year}", "plain"),
            PageColumn("status", "Status", "status"),
        ],
        [
            {
                "line": price.line,
                "figure": price.figure.id,
                "href": f"figures/{price.figure.id}/",
                "value": price.figure.value,
                "unit": price.figure.unit,
                "year": price.figure.year,
                "factor": None if price.factor is None else round(price.factor, 6),
                "carried": round(price.carried, 2),
                "status": "assumed",
            }
            for price in found.prices
        ],
    )


def price_rises(place: Place) -> PageTable | None:
    """By how much NHS prices rose each year, with sources; None where no price is carried."""
    if not prices_of_another_year(place):
        return None
    return PageTable(
        "price-rises",
        "Rise of NHS prices since the year before, %: used to convert prices",
        [
            PageColumn("year", "Into"),
            PageColumn("rise", "Rise, %", "plain"),
            PageColumn("status", "Status", "status"),
            PageColumn("source", "Source"),
            PageColumn("cause", "Note"),
        ],
        [
            {
                "year": row["financial_year"],
                "rise": row["rise_pct"],
                "status": row["status"],
                "source": f"{place.sources[row['source']].title}: {row['where']}",
                "cause": words.capital(row["cause"]),
            }
            for row in place.rows("price_index.csv")
        ],
    )
