"""Primary care tracked: form of practices, what is rolled out, capacity and money."""

from __future__ import annotations

from tripleaim import wording as words
from tripleaim.capacity import Tracker
from tripleaim.web.pages.money.presenters.organisations import millions
from tripleaim.web.ui.charts.series import ChartLine
from tripleaim.web.ui.tables import PageColumn, PageTable

WAYS = {"increase": "up", "decrease": "down"}


def lines(tracker: Tracker) -> list[ChartLine]:
    """Contacts a week: what the table offers, and what those who can be had could make."""
    last = tracker.capacity[-1]
    return [
        ChartLine(
            ("The plan's table", words.count(last.planned)),
            "#4c6272",
            {c.year: c.planned for c in tracker.capacity},
        ),
        ChartLine(
            ("With agency cover", words.count(last.with_agency)),
            "#1a6ea3",
            {c.year: c.with_agency for c in tracker.capacity},
            dashed=True,
        ),
        ChartLine(
            ("Those in post", words.count(last.in_post)),
            "#00205b",
            {c.year: c.in_post for c in tracker.capacity},
        ),
    ]


def description(tracker: Tracker) -> str:
    """What the picture shows, in a sentence."""
    first, last = tracker.capacity[0], tracker.capacity[-1]
    return (
        f"Lines of contacts a week in primary care from {first.year} to {last.year}: the plan's "
        f"table goes from {words.count(first.planned)} to {words.count(last.planned)}, staff in "
        f"post make {words.count(last.in_post)}, with agency cover "
        f"{words.count(last.with_agency)}."
    )


def capacity(tracker: Tracker) -> PageTable:
    """Contacts a week offered and possible, by year."""
    return PageTable(
        "primary-care-capacity",
        "Contacts a week, and practices with enhanced primary care",
        [
            PageColumn("year", "Year"),
            PageColumn("planned", "The plan's table", "count"),
            PageColumn("in_post", "Those in post", "count"),
            PageColumn("with_agency", "With agency", "count"),
            PageColumn("enhanced", "Enhanced practices", "percent"),
        ],
        [
            {
                "year": c.year,
                "planned": c.planned,
                "in_post": c.in_post,
                "with_agency": c.with_agency,
                "enhanced": c.enhanced_practices_pct,
            }
            for c in tracker.capacity
        ],
    )


def measures(tracker: Tracker) -> PageTable:
    """Every tracked measure by year, the way it should go, and the status of its last value."""

    def of_status(statuses: set[str]) -> str:
        return "assumed" if "assumed" in statuses else next(iter(statuses))

    return PageTable(
        "primary-care",
        "Tracked measures, by year",
        [
            PageColumn("name", "Measure"),
            PageColumn("unit", "Unit"),
            *(PageColumn(y, y, "plain") for y in tracker.years),
            PageColumn("way", "Planned direction"),
            PageColumn("goes", "Moves that way?"),
            PageColumn("status", "Status", "status"),
        ],
        [
            {
                "name": m.name,
                "unit": m.unit,
                **m.by_year,
                "way": WAYS[m.direction] + ("" if m.direction_printed else " (we expect)"),
                "goes": "Yes" if m.goes_that_way else "No",
                "status": of_status({p.status for p in m.points}),
            }
            for m in tracker.measures
        ],
    )


def money(tracker: Tracker) -> PageTable:
    """Extra staff against what falls away of the tracked costs, £m against the first year."""
    names = {m.id: m.name for m in tracker.measures}
    saved = list(tracker.money[0].saved) if tracker.money else []
    return PageTable(
        "primary-care-money",
        f"Cost compared with {tracker.years[0]}, £m a year",
        [
            PageColumn("year", "Year"),
            PageColumn("extra", "Extra staff", "tenths"),
            PageColumn("taken_over", "Staff whom other organisations paid for", "tenths"),
            *(
                PageColumn(s, f"Less spent: {words.inside(names.get(s, s))}", "tenths")
                for s in saved
            ),
            PageColumn("net", "Net", "tenths"),
        ],
        [
            {
                "year": m.year,
                "extra": millions(m.extra_staff),
                "taken_over": millions(m.taken_over),
                **{s: millions(amount) for s, amount in m.saved.items()},
                "net": millions(m.net),
            }
            for m in tracker.money
        ],
    )
