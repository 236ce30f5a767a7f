"""Futures of the plan in words: how uncertain it is, and what drives that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim import wording as words
from tripleaim.place import STATUSES
from tripleaim.plan import FuturesDocument, HeadlinePart
from tripleaim.uncertainty import DriverPart, IntervalByYear, KnownIntervalPart
from tripleaim.web.ui.tables import PageColumn, PageTable

POSITIONS = ("do_nothing", "as_claimed", "after_overlap", "on_evidence", "not_known_drawn")
WHOLE = 0.95
LITTLE = 0.01
NOTHING_DONE = "do-nothing"
"""The option of a decision that leaves all solutions out."""


def answer(document: FuturesDocument) -> str:
    """Whether any position balances, in how many draws, and between what the gap lies."""
    last = document.years[-1]
    claimed = document.in_balance["as_claimed"][last]
    spans = {name: nhs(document, name)[last] for name in POSITIONS}
    first = (
        f"Even if every claim comes true, the NHS balances in {last} in {share(claimed)}"
        if claimed < WHOLE
        else f"If every claim comes true, the NHS balances in {last} in {share(claimed)}"
    )
    return (
        f"{first}: it is {span(spans['as_claimed'])}. If nothing is done it is "
        f"{span(spans['do_nothing'])}. After removing double counting it is "
        f"{span(spans['after_overlap'])}. On evidence it is {span(spans['not_known_drawn'])} if "
        "we draw each untested saving at random between zero and its claim, and "
        f"{span(spans['on_evidence'])} if we count untested savings at zero. Eight draws of ten "
        "lie in each of these intervals."
    )


def nhs(document: FuturesDocument, name: str) -> IntervalByYear:
    """The position of commissioner and providers together."""
    return document.position_gbp_m[name]["nhs"]


def span(interval: KnownIntervalPart) -> str:
    """The interval of a position in whole millions: £135m to £209m short."""
    low, high = round(interval.p10), round(interval.p90)
    if high < 0:
        return f"£{-high:,}m to £{-low:,}m short"
    if low > 0:
        return f"£{low:,}m to £{high:,}m in surplus"
    return f"from {_whole(low)} to {_whole(high)}"


def _whole(million: int) -> str:
    if million == 0:
        return "in balance"
    return f"£{abs(million):,}m {'short' if million < 0 else 'in surplus'}"


def share(of_one: float) -> str:
    """A share of draws in words: 15% of draws, 0% of draws."""
    if of_one <= 0:
        return "0% of draws"
    if of_one >= 1:
        return "100% of draws"
    pct = 100 * of_one
    return f"{pct:.0f}% of draws" if pct >= 1 else "fewer than 1% of draws"


def description(document: FuturesDocument) -> str:
    """What the picture of fans shows, in a sentence."""
    last = document.years[-1]
    spans = [
        f"{words.position_name(name).lower()} {span(nhs(document, name)[last])}"
        for name in POSITIONS
    ]
    return (
        f"Fans of the NHS position from {document.years[0]} to {last}; in {last}, 10% to 90%: "
        f"{words.listed(spans)}."
    )


def caption(document: FuturesDocument) -> str:
    """How to read the fans, and where a line is not in the middle of its band."""
    last = document.years[-1]
    sentence = (
        f"A line is the plan as it is. Its band contains 8 of 10 of {document.draws:,} draws."
    )
    off = [
        f"{words.position_name(name).lower()} it is {words.position(fan.central)} in {last}, and "
        f"the median of the draws is {words.position(fan.p50)}"
        for name in POSITIONS
        if _is_optimistic(fan := nhs(document, name)[last])
    ]
    if off:
        sentence += (
            f" {words.capital(words.listed(off))}. The line is well above the median of its "
            "draws, because results are more likely to be worse than assumed than better: "
            "roll-out is below plan more often than above it, and costs overrun."
        )
    return sentence


def _is_optimistic(interval: KnownIntervalPart) -> bool:
    """Whether clearly more draws are worse than the plan as it stands than are better."""
    return interval.central > interval.p50 + 0.3 * (interval.p90 - interval.p50)


def by_year(document: FuturesDocument) -> PageTable:
    """The gap by year, four ways, with its interval."""
    rows = [
        {
            "name": words.position_name(name),
            "year": "All years" if year == "cumulative" else year,
            "central": fan.central,
            "p10": fan.p10,
            "p50": fan.p50,
            "p90": fan.p90,
            "in_balance": None if year == "cumulative" else 100 * document.in_balance[name][year],
        }
        for name in POSITIONS
        for year, fan in nhs(document, name).items()
    ]
    return PageTable(
        "futures-gap",
        "NHS position, £m; a deficit is in brackets",
        [
            PageColumn("name", "Way"),
            PageColumn("year", "Year"),
            *_fan_columns(),
            PageColumn("in_balance", "Draws that balance", "percent"),
        ],
        rows,
    )


def headlines(document: FuturesDocument) -> PageTable:
    """Every headline with its interval and what drives it most."""
    return PageTable(
        "futures-headlines",
        "Headlines, £m; a deficit is in brackets",
        [
            PageColumn("name", "Headline"),
            *_fan_columns(),
            PageColumn("chance", "Chance", "worded"),
            PageColumn("driver", "Driven most by"),
        ],
        [
            {
                "name": h.name,
                "central": h.interval.central,
                "p10": h.interval.p10,
                "p50": h.interval.p50,
                "p90": h.interval.p90,
                "chance": None if h.chance_share is None else _chance(h.chance_share),
                "driver": _most(h),
            }
            for h in document.headlines
        ],
    )


def _fan_columns() -> tuple[PageColumn, ...]:
    return (
        PageColumn("central", "As it is", "account"),
        PageColumn("p10", "10%", "account"),
        PageColumn("p50", "50%", "account"),
        PageColumn("p90", "90%", "account"),
    )


def _chance(of_one: float) -> str:
    return "less than 1%" if of_one < LITTLE else f"{100 * of_one:.0f}%"


def _most(headline: HeadlinePart) -> str:
    if not headline.drivers:
        return ""
    first = headline.drivers[0]
    return f"{_short(first)} ({100 * _share(first):.0f}%)"


def _share(driver: DriverPart) -> float:
    return driver.share or 0.0


def driver_name(driver: DriverPart) -> str:
    """What drives, for a reader: a cause shared by several, or one parameter."""
    return name_of(driver.id, driver.name)


def name_of(identity: str, name: str) -> str:
    """A unit's name; a figure that has none of its own is made readable."""
    if identity.startswith("figure/") and "." in name and " " not in name:
        return words.capital(name.replace(".", ": ", 1).replace("-", " ").replace(".", ", "))
    return name


def headline_shown(document: FuturesDocument, wanted: str) -> HeadlinePart:
    """The headline asked for, else the first."""
    return next((h for h in document.headlines if h.id == wanted), document.headlines[0])


def drivers(headline: HeadlinePart) -> PageTable:
    """What drives one headline."""
    return PageTable(
        "futures-drivers",
        f"{headline.name}: share of its variance that knowing each number would remove",
        [
            PageColumn("name", "What"),
            PageColumn("share_pct", "Share of the variance", "percent"),
            PageColumn("rank", "Rank correlation", "worded"),
            PageColumn("parameters", "Parameters", "count"),
        ],
        [
            {
                "name": driver_name(d),
                "share_pct": 100 * _share(d),
                "rank": None if d.rank is None else f"{d.rank:+.2f}".replace("-", words.MINUS),
                "parameters": len(d.parameters),
            }
            for d in headline.drivers
        ],
    )


def bars(headline: HeadlinePart) -> Sequence[tuple[str, float]]:
    """The drivers as bars, in whole per cent; those of less than one in a hundred left out."""
    return [(_short(d), round(100 * _share(d))) for d in headline.drivers if _share(d) >= LITTLE]


def _short(driver: DriverPart) -> str:
    """A driver's name without how many stand together in it."""
    name = driver_name(driver)
    return name.partition(":")[0] if len(driver.parameters) > 1 else name


def drivers_sentence(headline: HeadlinePart) -> str:
    """What drives one headline, in a sentence."""
    named = bars(headline)[:3]
    if not named:
        return "No single number explains more than 1% of it."
    shares = words.listed([f"{words.inside(name)} ({share}%)" for name, share in named])
    chance = headline.chance_share
    luck = "" if chance is None else f" Chance in people's lives causes {_chance(chance)} of it."
    return f"Its variance is mostly due to {shares}.{luck}"


def options(document: FuturesDocument) -> PageTable:
    """The options of the decision."""
    return PageTable(
        "futures-decision",
        f"Net benefit over doing nothing, {len(document.years)} years together, £m",
        [
            PageColumn("name", "Option"),
            PageColumn("expected_gbp_m", "Expected", "account"),
            PageColumn("p10", "10%", "account"),
            PageColumn("p90", "90%", "account"),
            PageColumn("best_pct", "Best in, share of draws", "percent"),
        ],
        [
            {
                "name": o.name,
                "expected_gbp_m": o.expected_gbp_m,
                "p10": o.interval.p10,
                "p90": o.interval.p90,
                "best_pct": 100 * o.best_in,
            }
            for o in document.decision.options
        ],
    )


def worth(document: FuturesDocument) -> PageTable:
    """What it would be worth to know each thing before deciding."""
    return PageTable(
        "futures-worth",
        "Value of knowing it before deciding, £m",
        [
            PageColumn("name", "What"),
            PageColumn("gbp_m", "Worth", "plain"),
            PageColumn("error_gbp_m", "Standard error", "plain"),
            PageColumn("clear", "Said"),
        ],
        [
            {
                "name": name_of(w.id, w.name),
                "gbp_m": round(w.gbp_m, 2),
                "error_gbp_m": round(w.error_gbp_m, 2),
                "clear": "more than noise"
                if w.gbp_m > 2 * w.error_gbp_m
                else "not clearly above zero",
            }
            for w in document.decision.worth
        ],
    )


def worth_of_solutions(document: FuturesDocument, tag: str) -> PageTable:
    """What it would be worth to know what each solution saves before doing it."""
    return PageTable(
        "futures-solutions",
        words.tagged(
            f"Value of knowing what a solution saves, {len(document.years)} years together, £m", tag
        ),
        [
            PageColumn("name", "Solution"),
            PageColumn("worth_gbp_m", "Worth knowing", "tenths"),
            PageColumn("expected_gbp_m", "Expected, net", "tenths"),
            PageColumn("pays_pct", "Pays in, share of draws", "percent"),
        ],
        [
            {
                "name": w.name,
                "href": f"solutions/{w.id}/",
                "worth_gbp_m": w.worth_gbp_m,
                "expected_gbp_m": w.expected_gbp_m,
                "pays_pct": 100 * w.pays_in,
            }
            for w in document.worth_of_solutions
        ],
    )


def decision_sentence(document: FuturesDocument) -> str:
    """What is best, how sure that is, and what knowing all would be worth."""
    decision = document.decision
    best = next(o for o in decision.options if o.id == decision.best)
    clear = [w for w in decision.worth if w.gbp_m > 2 * w.error_gbp_m]
    more = (
        f"is expected to give a position {words.signed(best.expected_gbp_m)} better than doing "
        "nothing, and "
    )
    leaves = "" if best.id == NOTHING_DONE else more
    sentence = (
        f"{best.name.rstrip('.')}. It {leaves}is best in {share(best.best_in)}. Knowing everything "
        f"before deciding would be worth {words.signed(decision.perfect_information_gbp_m)}"
    )
    if not clear:
        return f"{sentence}. Knowing any single number alone is not clearly worth anything."
    name = words.inside(name_of(clear[0].id, clear[0].name))
    worth = words.signed(clear[0].gbp_m)
    return f"{sentence}. Of single numbers, {name} is worth most to know: {worth}."


def statuses(document: FuturesDocument) -> list[tuple[str, int]]:
    """How many of the things that move bear each status."""
    counted = {status: sum(p.status == status for p in document.parameters) for status in STATUSES}
    return [(status, n) for status, n in counted.items() if n]


def beside_plan(document: FuturesDocument) -> PageTable:
    """The headlines of the plan with their intervals, for the plan's own page."""
    last = document.years[-1]
    rows: list[Mapping[str, object]] = [
        {
            "name": words.position_name(name),
            "central": words.position(nhs(document, name)[last].central),
            "interval": span(nhs(document, name)[last]),
            "balance": share(document.in_balance[name][last]),
        }
        for name in POSITIONS
    ]
    return PageTable(
        "futures-plan",
        f"The NHS position in {last}, and how uncertain it is",
        [
            PageColumn("name", "Way"),
            PageColumn("central", "As it is"),
            PageColumn("interval", "10% to 90%"),
            PageColumn("balance", "Balances in"),
        ],
        rows,
    )
