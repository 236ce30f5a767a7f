"""A place beside the most similar ones and beside its own printed peer figures."""

from __future__ import annotations

from decimal import Decimal

from tripleaim import wording as words
from tripleaim.measures import Benchmarks, Comparison, FunnelPoint
from tripleaim.web.pages.money.presenters.organisations import millions
from tripleaim.web.ui.charts.ranges import RangeRow
from tripleaim.web.ui.tables import PageColumn, PageTable


def dots(benchmarks: Benchmarks) -> list[RangeRow]:
    """Each measure once age, sex and deprivation are allowed for, against the usual spread."""
    return [
        RangeRow(
            c.name,
            c.after_deprivation,
            c.usual_low,
            c.usual_high,
            _beside(c),
        )
        for c in sorted(benchmarks.comparisons, key=lambda c: -c.after_deprivation)
    ]


def _beside(comparison: Comparison) -> str:
    per_cent = round(100 * (comparison.after_deprivation - 1))
    if not per_cent:
        return "as England"
    return f"{abs(per_cent)}% {'more' if per_cent > 0 else 'less'}"


def description(benchmarks: Benchmarks) -> str:
    """What the picture shows, in a sentence."""
    rows = dots(benchmarks)
    extremes = words.listed([f"{r.name} {r.text}" for r in (*rows[:3], *rows[-3:])])
    return (
        f"Dots of {benchmarks.place}'s measures compared with England, adjusted for age, sex and "
        "deprivation, with bands that contain 95 of 100 areas. The highest and the lowest are: "
        f"{extremes}."
    )


def peers(benchmarks: Benchmarks) -> PageTable:
    """The most similar places and what makes them so."""

    def natural(value: float) -> str:
        return words.percent(100 * value) if value < 1 else words.tenths(value)

    own = {"name": benchmarks.place, "distance": 0.0, "people": None}
    return PageTable(
        "peers",
        f"The {len(benchmarks.peers)} places most like {benchmarks.place}",
        [
            PageColumn("name", "Place"),
            PageColumn("distance", "Distance", "plain"),
            PageColumn("people", "Registered", "count"),
            *(
                PageColumn(v.id, words.capital(v.name))
                for v in benchmarks.variables
                if v.id != "log_list_size"
            ),
        ],
        [
            own | {v: natural(value) for v, value in benchmarks.own_values.items()},
            *(
                {"name": p.name, "distance": round(p.distance, 2), "people": p.list_size}
                | {v: natural(value) for v, value in p.values.items()}
                for p in benchmarks.peers
            ),
        ],
    )


def comparisons(benchmarks: Benchmarks) -> PageTable:
    """Each measure: own rate with limits, peers, England, and ratios."""
    return PageTable(
        "benchmarks",
        f"{benchmarks.place} compared with similar places and England; ratios are to England",
        [
            PageColumn("name", "Measure"),
            PageColumn("unit", "Unit"),
            PageColumn("value", "Value", "plain"),
            PageColumn("interval", "95% limits"),
            PageColumn("peers", "Similar places", "plain"),
            PageColumn("england", "England", "plain"),
            PageColumn("ratio", "Ratio, adjusted for age and sex", "plain"),
            PageColumn("peers_ratio", "Similar places' ratio", "plain"),
            PageColumn("after", "Ratio, adjusted for deprivation too", "plain"),
            PageColumn("usual", "Usual for 95 of 100"),
            PageColumn("verdict", "Verdict"),
            PageColumn("status", "Status", "status"),
        ],
        [
            {
                "name": c.name,
                "unit": f"{c.unit}, {c.period}",
                "value": round(c.value, 2),
                "interval": _interval(c.low, c.high),
                "peers": round(c.peers_value, 2),
                "england": round(c.england_value, 2),
                "ratio": round(c.ratio, 2),
                "peers_ratio": round(c.peers_ratio, 2),
                "after": round(c.after_deprivation, 2),
                "usual": _interval(c.usual_low, c.usual_high),
                "verdict": c.verdict,
                "status": c.status,
            }
            for c in benchmarks.comparisons
        ],
    )


def _interval(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return f"{words.plain(round(low, 2))} to {words.plain(round(high, 2))}"


def margins(benchmarks: Benchmarks) -> PageTable:
    """Surplus or deficit of trusts in per cent of income: this place's and its peers'."""
    return PageTable(
        "margins",
        "Surplus or deficit of acute trusts, in per cent of income",
        [
            PageColumn("name", "Trust or place"),
            PageColumn("kind", "Kind"),
            PageColumn("margin", "Margin", "percent"),
        ],
        [
            {"name": m.name, "kind": words.capital(m.kind), "margin": m.margin_pct}
            for m in benchmarks.margins
        ],
    )


def printed(benchmarks: Benchmarks) -> PageTable:
    """The plan's own peer figures, and what the peers' level would release or cost."""

    def money(low: Decimal | None, high: Decimal | None) -> str:
        if low is None or high is None:
            return ""
        return words.money_range(float(low) / 1e6, float(high) / 1e6)

    return PageTable(
        "right-sizing",
        "The plan's own peer figures; peers' spend and the amounts in £m are derived from printed "
        "figures",
        [
            PageColumn("name", "Line"),
            PageColumn("spend", "Spend per person, £", "plain"),
            PageColumn("against", "Compared with peers"),
            PageColumn("peers", "Peers, per person, £", "plain"),
            PageColumn("pounds", "Released (cost) at the peers' level, £m", "account"),
            PageColumn("interval", "From rounding"),
        ],
        [
            {
                "name": line.name,
                "spend": None if line.spend is None else float(line.spend),
                "against": _against(line.against_pct),
                "peers": None if line.peers is None else float(line.peers),
                "pounds": millions(line.pounds),
                "interval": money(line.low, line.high),
            }
            for line in benchmarks.printed
        ],
    )


def _against(percent: Decimal) -> str:
    if not percent:
        return "level"
    return f"{abs(percent):f}% {'above' if percent > 0 else 'below'}"


def specialised(benchmarks: Benchmarks) -> PageTable | None:
    """Specialised spend by programme."""
    spend = benchmarks.specialised
    if spend is None:
        return None
    return PageTable(
        "specialised",
        "Specialised spend by programme, £m a year",
        [
            PageColumn("name", "Programme"),
            PageColumn("spend", "Spend", "tenths"),
            PageColumn("share", "Share", "percent"),
            PageColumn("per_head", "£ per person", "plain"),
        ],
        [
            {
                "name": p.name,
                "href": f"figures/{p.figure}/",
                "spend": millions(p.pounds),
                "share": p.share_pct,
                "per_head": None if p.per_head is None else float(p.per_head),
            }
            for p in spend.programmes
        ]
        + [
            {
                "name": "Not in these lines",
                "spend": millions(spend.unnamed),
                "share": spend.unnamed_pct,
                "per_head": None,
            }
        ],
    )


def funnel_description(comparison: Comparison, points: list[FunnelPoint], place: str) -> str:
    """What a funnel shows, in a sentence."""
    own = next((p for p in points if p.kind == "place"), None)
    at = f" {place} is at {own.ratio:.2f}." if own else ""
    return (
        f"Funnel of {words.inside(comparison.name)} in {len(points)} areas: the ratio to the "
        "number expected from age, sex and deprivation, by the expected number, with limits for "
        f"95 and for 998 of 1,000 areas.{at}"
    )
