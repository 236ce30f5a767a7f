"""Prevention over twenty years: what it costs, what it avoids, when that pays, and for whom."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.place import STATUSES
from tripleaim.prevention import (
    Basis,
    BreakEven,
    CostPerQaly,
    Discounted,
    MoneyPart,
    PreventionDocument,
    ProgrammePart,
    ValueRow,
)
from tripleaim.uncertainty import FanPart, IntervalPart
from tripleaim.web.pages.outcomes.presenters import spreads
from tripleaim.web.ui.charts.fan import DARK, LIGHT, FanLine, Panel
from tripleaim.web.ui.charts.ranges import RangeRow
from tripleaim.web.ui.tables import PageColumn, PageTable

SORTS = {
    "net": "Net cost",
    "cost": "Cost",
    "avoided": "Care avoided",
    "qalys": "QALYs",
    "per": "£ a QALY",
    "joined": "People who join",
    "name": "Name",
}
MOST_PANELS = 6


def horizon(document: PreventionDocument) -> str:
    """The length of the horizon in words: "twenty years"."""
    return f"{spreads.counted(len(document.years))} years"


def headline_rate(document: PreventionDocument) -> float:
    """The discount rate of headlines, per cent: the first above 0."""
    return next(rate for rate in document.discount_rates_pct if rate > 0)


def discounted(document: PreventionDocument, money: MoneyPart) -> Discounted:
    """Sums at the rate of headlines."""
    rate = headline_rate(document)
    return next(s for s in money.sums if s.rate_pct == rate)


def answer(document: PreventionDocument) -> str:
    """The first sentence of the page."""
    head = document.headline
    return (
        f"Over {horizon(document)} these {spreads.counted(len(document.programmes))} programmes "
        f"cost {spreads.with_interval(head.programme_cost_gbp_m, '£m')} and avoid "
        f"{spreads.with_interval(head.avoided_gbp_m, '£m')} of care. "
        f"{words.capital(pays(document, head.break_even))}. {gain(document)}"
    )


def gain(document: PreventionDocument) -> str:
    """What they gain and what a QALY costs, money and QALYs at one rate, as a sentence."""
    head, rate = document.headline, headline_rate(document)
    if head.qalys_discounted is None or head.gbp_per_qaly is None:
        return (
            f"Together they gain {spreads.with_interval(head.qalys)} quality-adjusted years of "
            "life, undiscounted."
        )
    without = ""
    if head.gbp_per_qaly_acting is not None and any(not p.supported for p in document.programmes):
        idle = sum(not p.supported for p in document.programmes)
        without = (
            f" Without the {spreads.counted(idle)} that have a cost and no known effect, it is "
            f"{per_qaly(head.gbp_per_qaly_acting)}."
        )
    return (
        f"They gain {spreads.with_interval(head.qalys_discounted)} quality-adjusted years of life "
        f"({spreads.in_words(head.qalys)} undiscounted), which cost {per_qaly(head.gbp_per_qaly)}. "
        f"Money and health are both discounted at {rate:g}%.{without}"
    )


def per_qaly(cost: CostPerQaly) -> str:
    """£ a QALY in words: "£31,600 each (£12,000 to £58,000)"."""
    if cost.central is None:
        return "a cost and no gain"
    between = ""
    if (cost.p10, cost.p90) != (cost.central, cost.central) and cost.p10 is not None:
        high = words.price(cost.p90) if cost.p90 is not None else "no gain"
        between = f" ({words.price(cost.p10)} to {high})"
    return f"{words.price(cost.central)} each{between}"


def pays(document: PreventionDocument, even: BreakEven, who: str = "they") -> str:
    """Whether it pays for itself and when, with how many draws say so."""
    years = horizon(document)
    do, have = ("do", "have") if who == "they" else ("does", "has")
    itself = "themselves" if who == "they" else "itself"
    pay = "pay" if who == "they" else "pays"
    never = even.central is None
    first = (
        f"{who} {do} not pay for {itself} within {years}"
        if never
        else f"{who} {have} paid for {itself} from {even.central} on"
    )
    if document.run.draws == 0:
        return first
    often = spreads.draws_of_ten(even.ever_pct)
    if never and even.ever_pct >= 50:
        return f"on the central values {first}, but {often} {who} {do}"
    if never and even.ever_pct == 0:
        return f"{first} in any draw"
    if never:
        return f"{first} {spreads.draws_of_ten(100 - even.ever_pct)}"
    if even.ever_pct < 50:
        rarely = spreads.draws_of_ten(100 - even.ever_pct)
        return f"on the central values {first}, but {rarely} {who} {do} not within {years}"
    return f"{first}, and {often} {who} {pay} within {years}"


def net(spread: IntervalPart) -> str:
    """A net cost in words, its direction said first: "cost £12m (…) more than they save"."""
    if spread.central is None:
        return "not known"
    if spreads.clear(spread) or spread.p10 == spread.p90:
        way = ("cost", "save") if spread.central >= 0 else ("save", "cost")
        size = spreads.with_interval(spreads.size(spread), "£m")
        return f"{way[0]} {size} more than they {way[1]}"
    last = spreads.step(spread)
    low = words.to_digit(-(spread.p10 or 0.0), "£m", last)
    high = words.to_digit(spread.p90, "£m", last)
    middle = words.to_digit(abs(spread.central), "£m", last)
    which = "cost" if spread.central >= 0 else "saving"
    return f"may cost or save: a {which} of {middle}, between {low} saved and {high} spent"


def inside(document: PreventionDocument) -> str:
    """What falls inside the five-year plan, as a sentence."""
    part = document.together.inside_plan
    return (
        f"Inside the plan's years, {part.years[0]} to {part.years[-1]}, the programmes cost "
        f"{spreads.with_interval(part.programme_cost, '£m')} and avoid "
        f"{spreads.with_interval(part.avoided, '£m')} of care. "
        f"That is {spreads.with_interval(part.avoided_share_pct, '%')} of the care that they avoid "
        f"over {horizon(document)}, and {spreads.with_interval(part.qalys_share_pct, '%')} of the "
        "quality-adjusted years that they gain."
    )


def meeting(document: PreventionDocument) -> str:
    """What is counted twice if programmes are added up one by one."""
    overlap = document.meeting
    if spreads.clear(overlap) > 0:
        return (
            f"Added up one by one, the programmes avoid {spreads.with_interval(overlap, '£m')} "
            "more than together, because they reach the same people."
        )
    between = spreads.interval(overlap, "£m")
    return "Added up one by one, the programmes avoid about as much as together" + (
        f": {between} more. So no effect is clearly counted twice." if between else "."
    )


def cumulative(money: MoneyPart) -> list[FanLine]:
    """Cumulative net cost, with all care at its average cost and with cash only."""
    return [
        FanLine(("counting", "all care", "avoided"), DARK, money.cumulative_net_cost),
        FanLine(("counting", "cash only"), LIGHT, money.cumulative_net_cash),
    ]


def description(document: PreventionDocument) -> str:
    """What the picture shows, in a sentence."""
    last, ends = document.years[-1], cumulative_ends(document.together)
    return (
        "Lines with bands of 10% to 90% of the programmes' cost so far less the care avoided, "
        f"year by year to {last}: {ends[0]} by then if we count all care avoided, {ends[1]} if we "
        "count only cash released. Where a line is negative, the programmes have paid for "
        "themselves."
    )


def cumulative_ends(money: MoneyPart) -> list[str]:
    """What each line of `cumulative` comes to in the end."""
    return [spreads.with_interval(spreads.at(one.fan, -1), "£m") for one in cumulative(money)]


def money_by_year(document: PreventionDocument, money: MoneyPart, name: str) -> PageTable:
    """Every line of money by year."""
    rate = f"{headline_rate(document):g}%"
    return spreads.by_year(
        name,
        "Money by year, £m; a negative net cost is a saving",
        "Line",
        [
            ("Programmes cost", money.programme_cost, "£m"),
            ("Care avoided", money.avoided, "£m"),
            ("Of which released as cash", money.released, "£m"),
            ("Net cost", money.net_cost, "£m"),
            ("Net cost, cash only", money.net_cash, "£m"),
            (f"Net cost so far, discounted at {rate}", money.cumulative_net_cost, "£m"),
            (
                f"Net cost so far, cash only, discounted at {rate}",
                money.cumulative_net_cash,
                "£m",
            ),
        ],
        document.years,
    )


def sums(document: PreventionDocument, money: MoneyPart, name: str) -> PageTable:
    """The whole horizon at each discount rate."""
    kinds = (
        ("cost", "Cost"),
        ("avoided", "Care avoided"),
        ("net", "Net cost"),
        ("cash", "Net cost, cash only"),
    )
    rows = []
    for part in money.sums:
        at = f"discounted at {part.rate_pct:g}% a year" if part.rate_pct else "undiscounted"
        rows.append(
            {
                "rate": words.capital(at),
                **spreads.cells("cost", part.programme_cost, "£m"),
                **spreads.cells("avoided", part.avoided, "£m"),
                **spreads.cells("net", part.net_cost, "£m"),
                **spreads.cells("cash", part.net_cash, "£m"),
                "even": spreads.breaks_even(part.break_even),
                "even_cash": spreads.breaks_even(part.break_even_cash),
                **spreads.cells("qalys", part.qalys),
                **spreads.cells("worth", part.qaly_value, "£m"),
            }
        )
    return PageTable(
        name,
        f"Over {horizon(document)}, £m at the prices of {document.price_year}",
        [
            PageColumn("rate", "Discounting"),
            *(column for key, label in kinds for column in spreads.columns(key, label)),
            PageColumn("even", "Breaks even"),
            PageColumn("even_cash", "Breaks even, cash only"),
            *spreads.columns("qalys", "QALYs"),
            *spreads.columns("worth", f"QALYs at £{document.qaly_value_gbp:,.0f} each"),
        ],
        rows,
    )


def payers(document: PreventionDocument, money: MoneyPart) -> list[Panel]:
    """Net cost by payer, whoever it moves most first."""
    named = {p: document.payers.get(p, p) for p in money.net_cost_by_payer}
    fans = sorted(money.net_cost_by_payer.items(), key=lambda item: -_largest(item[1]))
    return [
        Panel(named[payer], _each_year(fan, document), fan)
        for payer, fan in fans[:MOST_PANELS]
        if _largest(fan) > 0
    ]


def payers_description(document: PreventionDocument, panels: Sequence[Panel]) -> str:
    """What the small pictures show, in a sentence."""
    costs = words.listed([f"{p.name} {p.label}" for p in panels])
    return (
        f"Net cost by year of each payer to {document.years[-1]} with bands of 10% to 90%: {costs}."
    )


def by_payer(document: PreventionDocument, money: MoneyPart, name: str) -> PageTable:
    """Cost, care avoided and net cost by payer and year."""
    rows = [
        {
            "name": document.payers.get(payer, payer),
            "year": year,
            **spreads.cells("cost", spreads.at(money.programme_cost_by_payer[payer], k), "£m"),
            **spreads.cells("avoided", spreads.at(money.avoided_by_payer[payer], k), "£m"),
            **spreads.cells("net", spreads.at(net_cost, k), "£m"),
        }
        for payer, net_cost in money.net_cost_by_payer.items()
        for k, year in enumerate(document.years)
    ]
    return PageTable(
        name,
        "Who pays and who saves, £m a year, undiscounted",
        [
            PageColumn("name", "Payer"),
            PageColumn("year", "Year"),
            *spreads.columns("cost", "Pays for programmes"),
            *spreads.columns("avoided", "Care avoided"),
            *spreads.columns("net", "Net cost"),
        ],
        rows,
    )


def care(document: PreventionDocument) -> PageTable:
    """What care is avoided in the last year, by point of delivery."""
    money, last = document.together, document.years[-1]
    rows = [
        {
            "name": document.points_of_delivery.get(point, point),
            **spreads.cells("contacts", spreads.at(contacts, -1)),
            **spreads.cells(
                "avoided", spreads.at(money.avoided_by_point_of_delivery[point], -1), "£m"
            ),
        }
        for point, contacts in money.contacts_avoided.items()
    ]
    return PageTable(
        "outcomes-care",
        f"Care avoided in {last} by all programmes together; a negative number means more care",
        [
            PageColumn("name", "Point of delivery"),
            *spreads.columns("contacts", "Contacts avoided"),
            *spreads.columns("avoided", "Care avoided"),
        ],
        sorted(rows, key=lambda row: -float(row["avoided"] or 0.0)),
    )


def dots(document: PreventionDocument) -> list[RangeRow]:
    """Net cost of each programme alone, with its interval, the costliest last."""
    rows = []
    for part in document.programmes:
        net = discounted(document, part.money).net_cost
        if net.central is not None:
            rows.append(
                RangeRow(part.name, net.central, net.p10, net.p90, spreads.in_words(net, "£m"))
            )
    return sorted(rows, key=lambda row: row.value)


def dots_description(document: PreventionDocument, rows: Sequence[RangeRow]) -> str:
    """What the picture shows, in a sentence."""
    saving = [row.name for row in rows if row.value < 0]
    finding = (
        f"{words.listed(saving)} save on balance" if saving else "no programme saves on balance"
    )
    return (
        f"Dots with bands of 10% to 90% for each programme alone: its cost over "
        f"{horizon(document)} less the care it avoids, £m discounted; {finding}."
    )


def programmes(document: PreventionDocument) -> PageTable:
    """Each programme alone: joiners, cost, care avoided, net cost, break-even, QALYs."""
    rows = []
    for part in document.programmes:
        money = discounted(document, part.money)
        row = value_row(document, part.id)
        rows.append(
            {
                "id": part.id,
                "href": f"programmes/{part.id}/",
                "name": part.name,
                **spreads.cells("joined", part.joined_total),
                **spreads.cells("cost", money.programme_cost, "£m"),
                **spreads.cells("avoided", money.avoided, "£m"),
                **spreads.cells("net", money.net_cost, "£m"),
                "even": spreads.breaks_even(money.break_even),
                "ever": money.break_even.ever_pct,
                **spreads.cells("qalys", money.qalys),
                **qaly_cells(row.gbp_per_qaly if row else None),
                "evidence": "controlled" if part.supported else "no study: no effect is counted",
            }
        )
    return PageTable(
        "outcomes-programmes",
        f"Each programme alone over {horizon(document)}, £m discounted at "
        f"{headline_rate(document):g}% a year, and QALYs too",
        [
            PageColumn("name", "Programme"),
            PageColumn("joined", "People who join", "worded"),
            PageColumn("cost", "Cost", "worded"),
            PageColumn("avoided", "Care avoided", "worded"),
            *spreads.columns("net", "Net cost"),
            PageColumn("even", "Breaks even"),
            PageColumn("ever", "Draws in which it does, %", "plain"),
            *spreads.columns("qalys", "QALYs"),
            *qaly_columns(),
            PageColumn("evidence", "Evidence of effect"),
        ],
        rows,
    )


def value_row(
    document: PreventionDocument, key: str, basis: Basis = "all joiners, horizon"
) -> ValueRow | None:
    """One line of money and QALYs on one basis, at the rate of headlines; None before version 4."""
    rows = document.value.rows if document.value else []
    rate = headline_rate(document)
    return next((r for r in rows if (r.id, r.basis, r.rate_pct) == (key, basis, rate)), None)


def qaly_cells(cost: CostPerQaly | None) -> dict[str, object]:
    """The cells of £ a QALY."""
    if cost is None or cost.central is None:
        return {"per": None, "per_interval": "gains no QALYs", "per_p10": None, "per_p90": None}
    ends = (cost.p10, cost.p90)
    low, high = (words.price(end) if end is not None else "no gain" for end in ends)
    return {
        "per": spreads.Worded(cost.central, words.price(cost.central)),
        "per_interval": "" if ends == (cost.central, cost.central) else f"{low} to {high}",
        "per_p10": cost.p10,
        "per_p90": cost.p90,
    }


def qaly_columns() -> tuple[PageColumn, PageColumn]:
    """The columns of £ a QALY."""
    return PageColumn("per", "£ a QALY", "worded"), PageColumn(
        "per_interval", "10% to 90%", "worded"
    )


def events(document: PreventionDocument) -> PageTable:
    """Deaths, new cases and late outcomes that do not happen, over the horizon."""
    head = document.headline
    names = {m.id: m.name for m in document.health.measures}
    onsets = sorted(head.onsets_averted.items(), key=lambda item: -(item[1].central or 0.0))
    events_ = [
        ("Deaths", head.deaths_averted),
        *((names.get(o, _plain(o)), averted) for o, averted in head.outcomes_averted.items()),
        *(
            (f"New cases of {words.inside(document.conditions.get(c, c))}", averted)
            for c, averted in onsets
        ),
    ]
    rows = [
        {"name": name, **spreads.cells("averted", averted)}
        for name, averted in events_
        if averted.central or averted.p10 or averted.p90
    ]
    return PageTable(
        "outcomes-events",
        f"Fewer over {horizon(document)} with all programmes; a negative number means more. "
        "Outcomes that no programme changes are left out",
        [PageColumn("name", "What"), *spreads.columns("averted", "Fewer")],
        rows,
    )


def statuses(programmes_: Sequence[ProgrammePart]) -> list[tuple[str, str]]:
    """How the inputs are known: (status, "12 effects and 3 costs"), the firmest first."""
    by_status: dict[str, dict[str, int]] = {}
    for part in programmes_:
        for what, known in (
            ("effect", [row.status for row in part.evidence]),
            ("cost", [row.status for row in part.costs]),
        ):
            for status in known:
                counts = by_status.setdefault(status, {})
                counts[what] = counts.get(what, 0) + 1
    return [
        (status, words.listed([_some(n, what) for what, n in by_status[status].items()]))
        for status in STATUSES
        if status in by_status
    ]


def made(document: PreventionDocument) -> str:
    """How the numbers were made, as a sentence."""
    run = document.run
    some = (
        f"{run.simulated:,} of {run.registered:,} people, scaled to all"
        if run.simulated < run.registered
        else f"all {run.registered:,} people"
    )
    seeds = f" with {spreads.counted(run.seeds)} random seeds" if run.seeds > 1 else ""
    stopped = (
        "" if run.complete else f" It was stopped early: {run.draws_asked:,} draws were asked for."
    )
    if not run.draws:
        alone = "the central values only, so there are no intervals"
        return f"Made from {alone}, with {some}{seeds}."
    if not run.draws_simulated:
        drawn = f"{run.draws:,} draws of all uncertain numbers together"
        return f"Made from {drawn}, each with {some}.{stopped}"
    return (
        f"Central values are for {some}{seeds}. Intervals are for {run.draws:,} draws of all "
        f"uncertain numbers together. They come from a regression on {run.draws_simulated:,} "
        f"draws that were simulated on samples of people.{stopped}"
    )


def _each_year(fan: FanPart, document: PreventionDocument) -> tuple[str, ...]:
    # Nobody joins on the last date, so the year before it is the last that is like the others.
    cost = spreads.at(fan, -2)
    way = "pays" if (cost.central or 0.0) >= 0 else "saves"
    between = spreads.interval(cost, "£m")
    middle = words.to_digit(abs(cost.central or 0.0), "£m", spreads.step(cost))
    last = document.years[-2]
    if not between:
        return (f"{way} {middle} in {last}",)
    if spreads.clear(cost) < 0:
        between = spreads.interval(spreads.negative(cost), "£m")
    return (f"{way} {middle} in {last}", f"({between})")


def _largest(fan: FanPart) -> float:
    return max((abs(v) for v in fan.central if v is not None), default=0.0)


def _plain(name: str) -> str:
    return words.capital(name.replace("_", " "))


def _some(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
