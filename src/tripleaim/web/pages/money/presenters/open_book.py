"""Months against plan and control total, schemes and what is still to be found."""

from __future__ import annotations

from decimal import Decimal

from tripleaim import wording as words
from tripleaim.accounts import (
    OpenBook,
    Position,
    SavingsToFind,
    grants,
    months,
    read_control_totals,
    savings_to_find,
)
from tripleaim.place import Place
from tripleaim.web.pages.money.presenters.organisations import millions
from tripleaim.web.ui.charts.series import ChartLine
from tripleaim.web.ui.tables import PageColumn, PageTable

MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")


def is_demonstration(place: Place) -> bool:
    """Whether any return says in its first line that it is one."""
    returns = place.own.names("returns", ".csv").values()
    return any("DEMONSTRATION" in place.own.text(name).partition("\n")[0] for name in returns)


def everyone(book: OpenBook) -> list[Position]:
    """The organisations, then the system."""
    return [*book.organisations, *([book.system] if book.system else [])]


def lines(position: Position) -> list[ChartLine]:
    """Plan, actual and the year at this rate, added up month by month, £m."""
    plan, actual = _added(position, "plan"), _added(position, "actual")
    last = MONTHS[-1]
    end = float(position.outturn) / 1e6
    drawn = [
        ChartLine(("Plan to date",), "#4c6272", plan),
        ChartLine(("Actual to date",), "#005eb8", actual),
    ]
    if len(actual) < len(MONTHS):
        at, value = list(actual.items())[-1]
        label = ("At this rate", words.position(end))
        drawn.append(ChartLine(label, "#00205b", {at: value, last: end}, dashed=True))
    if position.target is not None:
        target = float(position.target) / 1e6
        label = ("Control total", words.position(target))
        drawn.append(ChartLine(label, "#7c2855", {last: target}))
    return drawn


def band(position: Position) -> dict[str, tuple[float, float]]:
    """The interval of the outturn, opening from the last month reported."""
    if position.outturn_low is None or position.outturn_high is None:
        return {}
    at, value = list(_added(position, "actual").items())[-1]
    low, high = float(position.outturn_low) / 1e6, float(position.outturn_high) / 1e6
    return {at: (value, value), MONTHS[-1]: (low, high)} if at != MONTHS[-1] else {}


def _added(position: Position, what: str) -> dict[str, float]:
    names = dict(zip(months(position.months[0].period.partition("-")[0]), MONTHS, strict=True))
    added: dict[str, float] = {}
    total = Decimal(0)
    for month in position.months:
        total += getattr(month, what)
        added[names[month.period]] = float(total) / 1e6
    return added


def description(book: OpenBook) -> str:
    """What the picture of the system shows, in a sentence."""
    position = book.system
    if position is None:
        return ""
    return (
        f"Lines of the cumulative position by month in {book.year}. It was planned to be "
        f"{words.position(float(position.plan_to_date) / 1e6)} and is "
        f"{words.position(float(position.actual_to_date) / 1e6)} after {len(position.months)} "
        f"months; at this rate the year ends {words.position(float(position.outturn) / 1e6)}."
    )


def by_organisation(book: OpenBook) -> PageTable:
    """So far, against plan, against what each is held to, and the year at this rate."""

    def of(p: Position) -> dict[str, object]:
        known = p.outturn_low is not None and p.outturn_high is not None
        return {
            "name": p.name,
            "months": len(p.months),
            "plan": millions(p.plan_to_date),
            "actual": millions(p.actual_to_date),
            "variance": millions(p.variance),
            "target": millions(p.target),
            "own": millions(p.own_forecast),
            "outturn": millions(p.outturn),
            "interval": _interval(p) if known else "",
            "needed": millions(p.needed_a_month),
        }

    return PageTable(
        "open-book",
        f"{book.year} so far and at this rate, £m; a deficit is in brackets",
        [
            PageColumn("name", "Organisation"),
            PageColumn("months", "Months", "count"),
            PageColumn("plan", "Plan to date", "account"),
            PageColumn("actual", "Actual to date", "account"),
            PageColumn("variance", "Better (worse) than plan", "account"),
            PageColumn("target", "Control total of the year", "account"),
            PageColumn("own", "Its own forecast", "account"),
            PageColumn("outturn", "Year at this rate", "account"),
            PageColumn("interval", "95% interval"),
            PageColumn("needed", "Improvement needed each month", "account"),
        ],
        [of(p) for p in everyone(book)],
        total=bool(book.system),
    )


def _interval(p: Position) -> str:
    low, high = float(p.outturn_low or 0) / 1e6, float(p.outturn_high or 0) / 1e6
    return f"{words.account(low)} to {words.account(high)}"


def movements(book: OpenBook) -> PageTable:
    """Each month's position and what moved it from the month before."""
    rows = []
    for p in everyone(book):
        before: Decimal | None = None
        for month in p.months:
            moved = [
                f"{words.inside(m.line)} {words.signed(float(m.amount) / 1e6)}"
                for m in month.movement[:3]
                if abs(m.amount) >= 50_000
            ]
            rows.append(
                {
                    "name": p.name,
                    "month": month.period,
                    "plan": millions(month.plan),
                    "actual": millions(month.actual),
                    "change": None if before is None else millions(month.actual - before),
                    "why": ", ".join(moved),
                }
            )
            before = month.actual
    return PageTable(
        "open-book-months",
        "Month by month, £m",
        [
            PageColumn("name", "Organisation"),
            PageColumn("month", "Month"),
            PageColumn("plan", "Plan", "account"),
            PageColumn("actual", "Actual", "account"),
            PageColumn("change", "Change on the month before", "account"),
            PageColumn("why", "Most of the change"),
        ],
        rows,
    )


def variances(book: OpenBook) -> PageTable:
    """The system line by line, the largest difference first."""
    lines_ = sorted(book.system.lines if book.system else (), key=lambda x: -abs(x.variance))
    return PageTable(
        "open-book-lines",
        "The system line by line so far, £m; costs are in brackets",
        [
            PageColumn("name", "Line"),
            PageColumn("plan", "Plan", "account"),
            PageColumn("actual", "Actual", "account"),
            PageColumn("variance", "Better (worse) than plan", "account"),
        ],
        [
            {
                "name": words.capital(x.line),
                "plan": millions(x.plan),
                "actual": millions(x.actual),
                "variance": millions(x.variance),
            }
            for x in lines_
        ],
    )


def schemes(book: OpenBook, place: Place) -> PageTable:
    """Savings schemes with their maturity and what they are worth at it."""
    names = {o.id: o.short_name for o in place.organisations}
    return PageTable(
        "schemes",
        f"Savings schemes of {book.schemes.year}, £m",
        [
            PageColumn("name", "Scheme"),
            PageColumn("organisation", "Whose"),
            PageColumn("kind", "Kind"),
            PageColumn("maturity", "Stage"),
            PageColumn("value", "Planned saving", "tenths"),
            PageColumn("weight", "Weight", "percent"),
            PageColumn("weighted", "Expected saving", "tenths"),
        ],
        [
            {
                "name": s.name,
                "organisation": names.get(s.organisation, "Several"),
                "kind": words.capital(s.kind),
                "maturity": words.capital(s.maturity),
                "value": millions(s.value),
                "weight": 100 * s.weight,
                "weighted": millions(s.weighted),
            }
            for s in book.schemes.schemes
        ],
    )


def scheme_notes(book: OpenBook) -> list[str]:
    """What the schemes come to, with the interval of their worth and the recovery plan."""
    schemes_ = book.schemes
    notes = [words.sentence(schemes_)]
    if schemes_.value:
        low, high = float(schemes_.weighted_low) / 1e6, float(schemes_.weighted_high) / 1e6
        notes.append(f"With other weights they may be worth {words.money_range(low, high)}.")
    if schemes_.recovery_plan:
        plan = words.money(float(schemes_.recovery_plan) / 1e6)
        notes.append(f"There is also a recovery plan of {plan}.")
    return notes


def missing_or_differing(book: OpenBook, place: Place) -> list[str]:
    """Months that were not reported, and payments that two returns book differently."""
    names = {o.id: o.short_name for o in place.organisations}
    sentences = [
        f"{p.name} has sent no return for {words.listed(list(p.missing))}; we assume no value for "
        "it."
        for p in book.organisations
        if p.missing
    ]
    for m in book.mismatches:
        paid, received, apart = map(words.booked, (m.paid, m.received, m.difference))
        sentences.append(
            f"{m.period}: {names.get(m.payer, m.payer)} records {paid} paid to "
            f"{names.get(m.payee, m.payee)} on {words.inside(m.line)}, which records {received}: "
            f"a difference of {apart}."
        )
    return sentences


def still_to_find(place: Place) -> tuple[SavingsToFind, ...]:
    """What organisations and the system still have to find."""
    return savings_to_find(place)


def control_totals(place: Place) -> PageTable:
    """What each organisation is held to, with and without its part of the fund."""
    names = {o.id: o.short_name for o in place.organisations}
    return PageTable(
        "control-totals",
        "Control totals, £m; a deficit is in brackets",
        [
            PageColumn("name", "Organisation"),
            PageColumn("year", "Year"),
            PageColumn("amount", "Control total", "account"),
            PageColumn("stf", "of which fund (STF)", "account"),
            PageColumn("before", "To reach by itself", "account"),
            PageColumn("status", "Status", "status"),
        ],
        [
            {
                "name": names[t.organisation],
                "year": t.year,
                "amount": millions(t.amount),
                "stf": millions(t.stf),
                "before": millions(t.before_stf),
                "status": t.status,
            }
            for t in read_control_totals(place)
        ],
    )


def grant_table(place: Place) -> PageTable:
    """Grants that the plan prints, with what they fall by."""
    return PageTable(
        "grants",
        "Grants by year, £m",
        [
            PageColumn("name", "Grant"),
            PageColumn("year", "Year"),
            PageColumn("amount", "Amount", "tenths"),
            PageColumn("cut", "Printed cut", "tenths"),
            PageColumn("fall", "Fall on the year before", "tenths"),
        ],
        [
            {
                "name": words.capital(g.name),
                "year": g.year,
                "amount": millions(g.amount),
                "cut": millions(g.cut),
                "fall": millions(g.fall),
            }
            for g in grants(place)
        ],
    )
