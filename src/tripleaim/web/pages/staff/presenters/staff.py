"""Who does the work: need against supply, the printed skill mix, whose work solutions move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim import wording as words
from tripleaim.capacity import SkillMix, StaffingCheck, Workforce
from tripleaim.place import Place
from tripleaim.plan import StaffBySolution
from tripleaim.web.ui.charts.ranges import Row
from tripleaim.web.ui.tables import Column, Table, by_year

LEAST = 0.5


def cover(found: Workforce) -> list[Row]:
    """Staff at work for each 100 needed in the last year, with the interval, fewest first."""
    last = found.years[-1]
    rows = [
        Row(
            g.name,
            100 * g.supplied / g.needed,
            100 * g.supplied_low / g.needed,
            100 * g.supplied_high / g.needed,
            f"{words.count(g.supplied)} of {words.count(g.needed)}",
        )
        for g in found.groups
        if g.year == last and g.needed >= LEAST
    ]
    return sorted(rows, key=lambda r: r.value)


def description(found: Workforce) -> str:
    """What the picture shows, in a sentence."""
    rows = cover(found)
    ends = words.listed([f"{r.name} {r.value:.0f}" for r in (*rows[:3], rows[-1])]) if rows else ""
    return (
        f"Dots of whole-time staff at work in {found.years[-1]} for each 100 that the activity "
        f"needs, with 10% to 90% intervals; the fewest first and the most last: {ends}."
    )


def groups(found: Workforce) -> Table:
    """Need, supply and gap by staff group in the last year, with intervals and cost."""
    last = found.years[-1]
    return Table(
        "staff",
        f"Whole-time staff by group in {last}",
        [
            Column("name", "Staff group"),
            Column("band", "Band"),
            Column("needed", "Needed", "count"),
            Column("needed_interval", "10% to 90%"),
            Column("supplied", "At work", "count"),
            Column("supplied_interval", "10% to 90%"),
            Column("agency", "of whom agency", "count"),
            Column("gap", "Short"),
            Column("cost", "Cost, £m", "tenths"),
        ],
        [
            {
                "name": g.name,
                "band": g.band,
                "needed": g.needed,
                "needed_interval": _interval(g.needed_low, g.needed_high),
                "supplied": g.supplied,
                "supplied_interval": _interval(g.supplied_low, g.supplied_high),
                "agency": g.agency,
                "gap": _gap(g.gap),
                "cost": float(g.cost) / 1e6,
            }
            for g in found.groups
            if g.year == last
        ],
    )


def _interval(low: float, high: float) -> str:
    return f"{words.count(low)} to {words.count(high)}"


def _gap(gap: float) -> str:
    if abs(gap) < LEAST:
        return "none"
    return f"{words.count(abs(gap))} {'short' if gap > 0 else 'to spare'}"


def by_group_and_year(found: Workforce) -> Table:
    """Where supply comes from and goes, by group and year."""
    columns = {
        "needed": "Needed",
        "posts": "Posts",
        "start": "At the start",
        "retired": "Retire",
        "left": "Leave",
        "returned": "Return",
        "trained": "Trained",
        "recruited": "Recruited",
        "in_post": "In post",
        "agency": "Agency",
    }
    return Table(
        "staff-supply",
        "Where staff come from and go, whole-time equivalents",
        [
            Column("name", "Staff group"),
            Column("year", "Year"),
            *(Column(key, label, "tenths") for key, label in columns.items()),
        ],
        [
            {"name": g.name, "year": g.year} | {key: getattr(g, key) for key in columns}
            for g in found.groups
        ],
    )


def by_organisation(found: Workforce, place: Place) -> Table:
    """Need and supply by organisation and year."""
    names = {o.id: o.short_name for o in place.organisations} | {"": "Others"}
    sums: dict[str, dict[str, float]] = {}
    for line in found.lines:
        kept = sums.setdefault(line.organisation, {})
        for what in ("needed", "supplied"):
            key = f"{what}-{line.year}"
            kept[key] = kept.get(key, 0.0) + getattr(line, what)
    last = found.years[-1]
    return Table(
        "staff-organisations",
        "Whole-time staff needed and at work, by organisation",
        [
            Column("name", "Organisation"),
            *(
                Column(f"{what}-{year}", f"{label}, {year}", "count")
                for year in (found.years[0], last)
                for what, label in (("needed", "Needed"), ("supplied", "At work"))
            ),
            Column("gap", f"Short in {last}"),
        ],
        [
            {"name": names.get(organisation, organisation)}
            | kept
            | {"gap": _gap(kept[f"needed-{last}"] - kept[f"supplied-{last}"])}
            for organisation, kept in sorted(
                sums.items(), key=lambda item: -item[1][f"needed-{last}"]
            )
        ],
    )


def mix(found: SkillMix, what: str) -> Table:
    """The printed skill mix made again: staff, contacts or hours by group and year."""
    names = {
        "wte": "Whole-time staff of primary care",
        "contacts": "Contacts a week of primary care",
        "hours": "Contact hours a week of primary care",
    }
    total: Mapping[str, float] = getattr(found, f"total_{what}")
    rows = [
        (row.name, getattr(row, what)) for row in found.rows if any(getattr(row, what).values())
    ]
    return by_year(
        f"skill-mix-{what}",
        names[what],
        "Staff group",
        [*rows, ("Total", total)],
        found.years,
        kind="count",
        total=True,
    )


def cells(found: SkillMix) -> Table:
    """Every printed cell that does not come out as printed, and why it should."""
    kept = [c for c in found.cells if c.verdict != "comes out"]
    return Table(
        "skill-mix-cells",
        "Printed cells that do not come out exactly",
        [
            Column("row", "Row"),
            Column("table", "Table"),
            Column("year", "Year"),
            Column("printed", "Printed", "plain"),
            Column("computed", "Computed", "tenths"),
            Column("rule", "Made from"),
            Column("verdict", "Verdict"),
        ],
        [
            {
                "row": words.capital(c.row),
                "href": f"figures/{c.figure}/",
                "table": c.table,
                "year": c.year,
                "printed": c.printed,
                "computed": c.computed,
                "rule": c.rule,
                "verdict": c.verdict,
            }
            for c in kept
        ],
    )


def tests(found: Sequence[StaffingCheck]) -> Table:
    """Whether each printed staffing table holds, year by year."""
    return Table(
        "supply-test",
        "Does the printed table hold? Whole-time equivalents",
        [
            Column("name", "Staff group"),
            Column("year", "Year"),
            Column("planned", "In the table", "count"),
            Column("in_post", "In post", "count"),
            Column("interval", "10% to 90%"),
            Column("with_agency", "With agency", "count"),
            Column("holds", "Within reach?"),
        ],
        [
            {
                "name": test.name,
                "year": y.year,
                "planned": y.planned,
                "in_post": y.in_post,
                "interval": _interval(y.low, y.high),
                "with_agency": y.with_agency,
                "holds": "Yes" if y.holds else "No",
            }
            for test in found
            for y in test.years
        ],
    )


def moved(found: StaffBySolution, place: Place) -> Table:
    """Whose work each solution moves, the most freed first."""
    names = {o.id: o.short_name for o in place.organisations} | {"": "others"}

    def whose(by: Mapping[str, float]) -> str:
        return ", ".join(f"{names.get(o, o)} {words.count(v)}" for o, v in by.items() if v >= LEAST)

    rows = sorted(found.solutions, key=lambda s: -(s.freed + s.needed))
    return Table(
        "staff-solutions",
        f"Whose work solutions move in {found.year}, {found.basis}, whole-time staff",
        [
            Column("name", "Solution"),
            Column("freed", "Hours freed", "count"),
            Column("freed_at", "Freed where"),
            Column("needed", "Hours needed", "count"),
            Column("needed_at", "Needed where"),
            Column("posts", "Posts that its investment pays", "count"),
        ],
        [
            {
                "name": s.name,
                "href": f"solutions/{s.solution}/",
                "freed": s.freed,
                "freed_at": whose(s.freed_by_organisation),
                "needed": s.needed,
                "needed_at": whose(s.needed_by_organisation),
                "posts": s.posts_paid,
            }
            for s in rows
            if s.freed >= LEAST or s.needed >= LEAST or s.posts_paid >= LEAST
        ],
    )
