"""Who does the work: need against supply, the printed skill mix, whose work solutions move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim import wording as words
from tripleaim.capacity import SkillMix, StaffingCheck, Workforce
from tripleaim.place import Place
from tripleaim.plan import StaffBySolution, claim_tag_of
from tripleaim.web.ui.charts.ranges import RangeRow
from tripleaim.web.ui.tables import PageColumn, PageTable, by_year

LEAST = 0.5


def cover(workforce: Workforce) -> list[RangeRow]:
    """Staff at work for each 100 needed in the last year, with the interval, fewest first."""
    last = workforce.years[-1]
    rows = [
        RangeRow(
            g.name,
            100 * g.supplied / g.needed,
            100 * g.supplied_low / g.needed,
            100 * g.supplied_high / g.needed,
            f"{words.count(g.supplied)} of {words.count(g.needed)}",
        )
        for g in workforce.groups
        if g.year == last and g.needed >= LEAST
    ]
    return sorted(rows, key=lambda r: r.value)


def description(workforce: Workforce) -> str:
    """What the picture shows, in a sentence."""
    rows = cover(workforce)
    ends = words.listed([f"{r.name} {r.value:.0f}" for r in (*rows[:3], rows[-1])]) if rows else ""
    return (
        f"Dots of whole-time staff at work in {workforce.years[-1]} for each 100 that the activity "
        f"needs, with 10% to 90% intervals; the fewest first and the most last: {ends}."
    )


def groups(workforce: Workforce) -> PageTable:
    """Need, supply and gap by staff group in the last year, with intervals and cost."""
    last = workforce.years[-1]
    return PageTable(
        "staff",
        f"Whole-time staff by group in {last}",
        [
            PageColumn("name", "Staff group"),
            PageColumn("band", "Band"),
            PageColumn("needed", "Needed", "count"),
            PageColumn("needed_interval", "10% to 90%"),
            PageColumn("supplied", "At work", "count"),
            PageColumn("supplied_interval", "10% to 90%"),
            PageColumn("agency", "of whom agency", "count"),
            PageColumn("gap", "Compared with need"),
            PageColumn("cost", "Cost, £m", "tenths"),
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
            for g in workforce.groups
            if g.year == last
        ],
    )


def measured(workforce: Workforce, place: Place) -> PageTable:
    """Staff as counted beside what minutes a contact give: by group, and trusts as wholes."""
    first = workforce.years[0]
    rows: list[dict[str, object]] = [
        {
            "name": level.name,
            "periods": "; ".join(level.counted.periods),
            "counted": level.counted.fte,
            "estimated": level.estimated,
            "ratio": 100 * level.estimated / level.counted.fte,
            "used": "starts from the count",
            "source": ", ".join(level.counted.sources),
        }
        for level in workforce.levels
    ]
    return PageTable(
        "staff-measured",
        f"Whole-time staff as counted, and as minutes a contact give them in {first}",
        [
            PageColumn("name", "Who"),
            PageColumn("periods", "Counted in"),
            PageColumn("counted", "Counted", "count"),
            PageColumn("estimated", "From minutes a contact", "count"),
            PageColumn("ratio", "Estimate as a share of the count", "percent"),
            PageColumn("used", "What we use"),
            PageColumn("source", "Source"),
        ],
        [*rows, *_whole_trusts(workforce, place)],
    )


def _whole_trusts(workforce: Workforce, place: Place) -> list[dict[str, object]]:
    """Own trusts with all their staff: a count that has groups which no minutes are known of."""
    if not place.own.has("staff_in_post.csv"):
        return []
    names = {o.id: o.short_name for o in place.organisations}
    first = workforce.years[0]
    rows = []
    for row in place.rows("staff_in_post.csv"):
        if row["group"] != "all staff" or row["employer"] not in names:
            continue
        estimated = sum(
            line.supplied
            for line in workforce.lines
            if line.organisation == row["employer"] and line.year == first
        )
        rows.append(
            {
                "name": f"{names[row['employer']]}, all staff",
                "periods": row["period"],
                "counted": row["fte"],
                "estimated": estimated,
                "ratio": 100 * estimated / row["fte"],
                "used": "the estimate: the count is not by group, and has managers and support",
                "source": row["source"],
            }
        )
    return rows


def _interval(low: float, high: float) -> str:
    return f"{words.count(low)} to {words.count(high)}"


def _gap(gap: float) -> str:
    if abs(gap) < LEAST:
        return "as many"
    return f"{words.count(abs(gap))} {'fewer' if gap > 0 else 'more'}"


def by_group_and_year(workforce: Workforce) -> PageTable:
    """Where supply comes from and goes, by group and year."""
    columns = {
        "needed": "Needed",
        "posts": "Posts",
        "start": "At the start",
        "retired": "Retire",
        "left": "Leave",
        "returned": "Return",
        "recruited": "Recruited, including newly trained",
        "in_post": "In post",
        "agency": "Agency",
    }
    return PageTable(
        "staff-supply",
        "Where staff come from and go, whole-time equivalents",
        [
            PageColumn("name", "Staff group"),
            PageColumn("year", "Year"),
            *(PageColumn(key, label, "tenths") for key, label in columns.items()),
        ],
        [
            {"name": g.name, "year": g.year} | {key: getattr(g, key) for key in columns}
            for g in workforce.groups
        ],
    )


def by_organisation(workforce: Workforce, place: Place) -> PageTable:
    """Need and supply by organisation and year."""
    names = {o.id: o.short_name for o in place.organisations} | {"": "Others"}
    sums: dict[str, dict[str, float]] = {}
    for line in workforce.lines:
        kept = sums.setdefault(line.organisation, {})
        for what in ("needed", "supplied"):
            key = f"{what}-{line.year}"
            kept[key] = kept.get(key, 0.0) + getattr(line, what)
    last = workforce.years[-1]
    return PageTable(
        "staff-organisations",
        "Whole-time staff needed and at work, by organisation",
        [
            PageColumn("name", "Organisation"),
            *(
                PageColumn(f"{what}-{year}", f"{label}, {year}", "count")
                for year in (workforce.years[0], last)
                for what, label in (("needed", "Needed"), ("supplied", "At work"))
            ),
            PageColumn("gap", f"Compared with need, {last}"),
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


def mix(skill_mix: SkillMix, what: str) -> PageTable:
    """The printed skill mix reproduced: staff, contacts or hours by group and year."""
    names = {
        "wte": "Whole-time staff of primary care",
        "contacts": "Contacts a week of primary care",
        "hours": "Contact hours a week of primary care",
    }
    total: Mapping[str, float] = getattr(skill_mix, f"total_{what}")
    rows = [
        (row.name, getattr(row, what)) for row in skill_mix.rows if any(getattr(row, what).values())
    ]
    return by_year(
        f"skill-mix-{what}",
        names[what],
        "Staff group",
        [*rows, ("Total", total)],
        skill_mix.years,
        kind="count",
        total=True,
    )


def cells(skill_mix: SkillMix) -> PageTable:
    """Every printed cell that cannot be reproduced exactly, with the computed value."""
    kept = [c for c in skill_mix.cells if c.verdict != "reproduced"]
    return PageTable(
        "skill-mix-cells",
        "Printed cells that cannot be reproduced exactly",
        [
            PageColumn("row", "Row"),
            PageColumn("table", "Table"),
            PageColumn("year", "Year"),
            PageColumn("printed", "Printed", "plain"),
            PageColumn("computed", "Computed", "tenths"),
            PageColumn("rule", "Made from"),
            PageColumn("verdict", "Verdict"),
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


def tests(checks: Sequence[StaffingCheck]) -> PageTable:
    """Whether each printed staffing table holds, year by year."""
    return PageTable(
        "supply-test",
        "Can the printed table be staffed? Whole-time equivalents",
        [
            PageColumn("name", "Staff group"),
            PageColumn("year", "Year"),
            PageColumn("planned", "In the table", "count"),
            PageColumn("in_post", "In post", "count"),
            PageColumn("interval", "10% to 90%"),
            PageColumn("with_agency", "With agency", "count"),
            PageColumn("holds", "Within reach?"),
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
            for test in checks
            for y in test.years
        ],
    )


def moved(work: StaffBySolution, place: Place) -> PageTable:
    """Whose work each solution moves, the most freed first."""
    names = {o.id: o.short_name for o in place.organisations} | {"": "others"}

    def by_employer(by: Mapping[str, float]) -> str:
        return ", ".join(f"{names.get(o, o)} {words.count(v)}" for o, v in by.items() if v >= LEAST)

    rows = sorted(work.solutions, key=lambda s: -(s.freed + s.needed))
    return PageTable(
        "staff-solutions",
        words.tagged(
            f"Whose work solutions move in {work.year}, "
            f"{words.inside(words.position_name(work.basis))}, whole-time staff",
            claim_tag_of(place),
        ),
        [
            PageColumn("name", "Solution"),
            PageColumn("freed", "Hours freed", "count"),
            PageColumn("freed_at", "Freed where"),
            PageColumn("needed", "Hours needed", "count"),
            PageColumn("needed_at", "Needed where"),
            PageColumn("posts", "Posts paid by its investment", "count"),
        ],
        [
            {
                "name": s.name,
                "href": f"solutions/{s.solution}/",
                "freed": s.freed,
                "freed_at": by_employer(s.freed_by_organisation),
                "needed": s.needed,
                "needed_at": by_employer(s.needed_by_organisation),
                "posts": s.posts_paid,
            }
            for s in rows
            if s.freed >= LEAST or s.needed >= LEAST or s.posts_paid >= LEAST
        ],
    )
