"""Whose effect it is, and what drives its interval."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.prevention import AttributionPart, PreventionDocument, UncertaintyPart
from tripleaim.uncertainty import DecisionPart, DriverPart, IntervalPart
from tripleaim.web.pages.outcomes.presenters import spreads
from tripleaim.web.pages.outcomes.presenters.prevention import horizon
from tripleaim.web.ui.charts.ranges import RangeRow
from tripleaim.web.ui.charts.signed import NOW, Bar, BarLabel
from tripleaim.web.ui.tables import PageColumn, PageTable

SHARE_SORTS = {
    "size": "Size of the share",
    "alone": "Its effect alone",
    "name": "Name",
}
DRIVER_SORTS = {
    "share": "Share of the variance",
    "worth": "Value of knowing it",
    "rank": "Rank correlation",
    "name": "Name",
}
LEAST = 0.005
"""£m below which knowing something is worth nothing that can be said."""

WAYS = {
    "exact": "exact",
    "sampled": "sampled",
    "alone": "its own",
}


def outcome_name(document: PreventionDocument, part: AttributionPart) -> str:
    """An outcome that is shared out, as people say it."""
    if part.id in document.conditions:
        return f"New: {document.conditions[part.id]}"
    named = {m.id: m.name for m in document.health.measures if m.kind == "events"}
    return named.get(part.id, part.name)


def unit_of(part: AttributionPart) -> str:
    """The unit as amounts take it."""
    return "£m" if part.unit == "£m" else ""


def share_answer(document: PreventionDocument, part: AttributionPart) -> str:
    """The first sentence of the page: who brings most of one outcome."""
    names = {p.id: p.name for p in document.programmes}
    ordered = sorted(part.shares, key=lambda s: -abs(s.value))
    name = outcome_name(document, part)
    last = _last(part)
    unit = unit_of(part)
    total = words.to_digit(abs(part.total), unit, last)
    shares_ = words.listed(
        [
            f"“{names.get(s.programme, s.programme)}” "
            f"{words.to_digit(s.value, unit, last)} ({_pct(s.value, part.total)})"
            for s in ordered[:2]
        ]
    )
    if not part.total:
        return f"{name}: over {horizon(document)} the programmes together change nothing."
    return (
        f"Over {horizon(document)} the programmes together {_done(part, name, total)}. The "
        f"largest shares are {shares_}."
    )


def _done(part: AttributionPart, name: str, total: str) -> str:
    """What all of them do to the outcome, its direction in words."""
    better = part.total >= 0
    if part.id == "qalys":
        return f"{'gain' if better else 'lose'} {total} quality-adjusted years of life"
    if part.id == "avoided":
        return f"avoid {total} of care" if better else f"add {total} to the care that is needed"
    if part.id == "net":
        return f"cost {total} more than they avoid" if better else f"avoid {total} more than cost"
    return f"make {total} {'more' if better else 'fewer'}: {words.inside(name)}"


def share_rows(document: PreventionDocument, part: AttributionPart) -> list[RangeRow]:
    """Shares with twice their error to both sides, and what each does alone as a ring."""
    names = {p.id: p.name for p in document.programmes}
    last, unit = _last(part), unit_of(part)
    return [
        RangeRow(
            names.get(s.programme, s.programme),
            s.value,
            s.value - 2 * s.error if s.error else None,
            s.value + 2 * s.error if s.error else None,
            words.to_digit(s.value, unit, last),
            s.alone,
        )
        for s in sorted(part.shares, key=lambda s: -abs(s.value))
    ]


def share_description(document: PreventionDocument, part: AttributionPart) -> str:
    """What the picture shows, in a sentence."""
    shares_ = words.listed([f"{row.name} {row.text}" for row in share_rows(document, part)])
    return (
        f"Dots of each programme's share of {words.inside(outcome_name(document, part))}, which "
        f"add up to the total, with bands of two standard errors: {shares_}."
    )


def how_shared(part: AttributionPart) -> str:
    """How the shares were worked out, as a sentence."""
    sets = f"{part.coalitions:,} sets of programmes were simulated with {part.people:,} people"
    tiny = abs(part.corrected) <= 1e-6 * max(abs(part.total), 1.0)
    left = words.to_digit(abs(part.corrected), unit_of(part), _place(abs(part.corrected)))
    rest = (
        ""
        if tiny
        else (
            f" The joint effect of three or more programmes, {left}, is shared evenly, so that "
            "shares add up."
        )
    )
    if not part.permutations:
        error = (
            " The error is the standard error over random seeds."
            if any(share.error for share in part.shares)
            else ""
        )
        return f"The shares are exact for these simulated lives: {sets}.{rest}{error}"
    return (
        f"The shares are sampled over {part.permutations:,} orders of programmes, and the error "
        f"is shown: {sets}.{rest}"
    )


def share_table(document: PreventionDocument, part: AttributionPart) -> PageTable:
    """Every programme's share, with its error and what it does alone."""
    names = {p.id: p.name for p in document.programmes}
    last, unit = _last(part), unit_of(part)
    return PageTable(
        f"outcomes-shares-{part.id}",
        f"{outcome_name(document, part)}: shares of the change over {horizon(document)}, "
        f"{part.unit}",
        [
            PageColumn("name", "Programme"),
            PageColumn("value", "Share", "worded"),
            PageColumn("pct", "Share of the total", "percent"),
            PageColumn("error", "Standard error", "worded"),
            PageColumn("alone", "Effect alone", "worded"),
            PageColumn("way", "Method"),
        ],
        [
            {
                "name": names.get(s.programme, s.programme),
                "href": f"programmes/{s.programme}/",
                "value": spreads.Worded(s.value, words.to_digit(s.value, unit, last)),
                "size": abs(s.value),
                "pct": 100 * s.value / part.total if part.total else None,
                "error": spreads.Worded(s.error, words.to_digit(s.error, unit, last))
                if s.error
                else None,
                "alone": spreads.Worded(s.alone, words.to_digit(s.alone, unit, last)),
                "way": WAYS[s.way],
            }
            for s in part.shares
        ],
    )


def driver_answer(document: PreventionDocument, part: UncertaintyPart) -> str:
    """The first sentence of the page: what carries most of one headline's interval."""
    unit = "£m" if part.unit == "£m" else ""
    first = f"{part.name}: {spreads.with_interval(part.interval, unit)}."
    few = spreads.few_draws(document.run.draws)
    if few:
        return f"{first} {few}"
    carried = [
        f"{words.percent(share, 0)} comes from “{name}”"
        for name, share in _clear_drivers(part.drivers)[:2]
    ]
    drivers_part = (
        f"Of its variance, {words.listed(carried)}."
        if carried
        else f"{document.run.draws:,} draws are too few to show what it depends on."
    )
    return (
        f"{first} {drivers_part} {_worth(document.decision, part)}"
        if document.decision
        else f"{first} {drivers_part}"
    )


def _worth(decision: DecisionPart, part: UncertaintyPart) -> str:
    best = {
        "none": "funding none of them",
        "all": "funding all of them",
        **{o.id: f"funding “{o.name}” alone" for o in decision.options[2:]},
    }[decision.best]
    if decision.perfect_information_gbp_m < LEAST:
        return f"On average {best} is best, and it is best in 100% of draws."
    clear = {d.id for d in part.drivers if d.share is not None}
    most = max((w for w in decision.worth if w.id in clear), key=lambda w: w.gbp_m, default=None)
    alone = (
        f"to know “{most.name}” alone {_million(most.gbp_m)}"
        if most and most.gbp_m >= LEAST
        else "nothing to know any single number"
    )
    whole = _million(decision.perfect_information_gbp_m)
    return (
        f"On average {best} is best. It would be worth {whole} to know everything before choosing, "
        f"and {alone}."
    )


def _worth_of(value: float) -> str:
    return _million(value) if value >= LEAST else "nothing"


def _million(value: float) -> str:
    return words.to_digit(value, "£m", _carried(value))


def driver_bars(drivers: Sequence[DriverPart]) -> tuple[list[Bar], list[BarLabel]]:
    """Bars of the share of the spread that goes with each parameter, the widest first; those that
    chance could explain have none. What is uncertain of a programme stands before its name: where
    names are cut short, they still differ."""
    ordered = [(_part_first(name), share) for name, share in _clear_drivers(drivers)]
    return (
        [Bar(name, 0.0, share, NOW) for name, share in ordered],
        [BarLabel(name, words.percent(share, 0)) for name, share in ordered],
    )


def _clear_drivers(drivers: Sequence[DriverPart]) -> list[tuple[str, float]]:
    """Names and shares of those whose part can be told from chance, the widest first."""
    shares = [(d.name, 100 * d.share) for d in drivers if d.share is not None]
    return sorted(shares, key=lambda share: -share[1])


def _part_first(name: str) -> str:
    whole, colon, what = name.rpartition(": ")
    return f"{words.capital(what)}: {whole}" if colon else name


def driver_description(part: UncertaintyPart) -> str:
    """What the picture shows, in a sentence."""
    _, shares_ = driver_bars(part.drivers)
    return (
        f"Bars of the share of the variance of {words.inside(part.name)} that comes from each "
        f"uncertain number: {words.listed([f'{s.name} {s.text}' for s in shares_])}."
    )


def luck(part: UncertaintyPart) -> str:
    """Uncertain parameters beside luck, as a sentence."""
    whole, chance = part.standard_deviation, part.chance_standard_deviation
    if whole is None or chance is None:
        return "This run does not measure how much chance adds."
    unit = "£m" if part.unit == "£m" else part.unit
    last = _carried(max(chance, 1e-9))
    times = whole / chance if chance else float("inf")
    beside = f"{times:,.0f} times" if times >= 2 else "at most twice"
    return (
        "Over draws of the parameters the standard deviation is "
        f"{words.to_digit(whole, unit, last)}. Chance alone, with fixed parameters, gives "
        f"{words.to_digit(chance, unit, last)}. So the spread from parameters is {beside} that "
        f"from chance.{_spread_error(part, unit)}"
    )


def _spread_error(part: UncertaintyPart, unit: str) -> str:
    """How far the spread, and a draw of it, may be off because few draws were simulated, with few
    people."""

    def amount(error: float) -> str:
        return words.to_digit(error, unit, _carried(error))

    sentences = ""
    if part.spread_error:
        sentences += (
            f" The spread comes from samples of people; its standard error is"
            f" {amount(part.spread_error)}."
        )
    if part.draw_error:
        sentences += (
            " Because of chance in the samples, the error of a single draw is "
            f"{amount(part.draw_error)}."
        )
    return sentences


def driver_table(document: PreventionDocument, part: UncertaintyPart, place: Place) -> PageTable:
    """The widest drivers with their intervals, status and what knowing them is worth."""
    sources = place.sources
    parameters = {p.id: p for p in document.parameters}
    worth = {w.id: w.gbp_m for w in document.decision.worth} if document.decision else {}
    rows = [(d, parameters[d.id], worth.get(d.id, 0.0)) for d in part.drivers]
    return PageTable(
        f"outcomes-drivers-{part.id}",
        f"{part.name}: the {spreads.counted(len(part.drivers))} numbers that matter most",
        [
            PageColumn("name", "Uncertain number"),
            PageColumn("value", "Value", "plain"),
            PageColumn("range", "95% interval"),
            PageColumn("status", "Status", "status"),
            PageColumn("share", "Share of the variance", "percent"),
            PageColumn("rank", "Rank correlation", "worded"),
            PageColumn("worth", "Value of knowing it", "worded"),
            PageColumn("source", "Source"),
        ],
        [
            {
                "name": d.name,
                "value": _three(p.value),
                "range": ""
                if p.low is None or p.high is None
                else f"{words.plain(_three(p.low))} to {words.plain(_three(p.high))}",
                "status": p.status,
                "share": None if d.share is None else 100 * d.share,
                "rank": spreads.Worded(d.rank or 0.0, words.to_digit(d.rank, "", 0.01)),
                "worth": spreads.Worded(worth_gbp_m, _worth_of(worth_gbp_m)),
                "source": sources[p.source].title if p.source in sources else p.source,
            }
            for d, p, worth_gbp_m in rows
        ],
    )


def _pct(value: float, total: float) -> str:
    return words.percent(100 * value / total, 0) if total else "none of it"


def _last(part: AttributionPart) -> float:
    """The last digit that shares carry: that of the largest error, or the whole's third."""
    error = max((s.error for s in part.shares), default=0.0)
    largest = max((abs(s.value) for s in part.shares), default=0.0)
    return _place(error) if error else _place(largest) / 100


def _carried(value: float) -> float:
    """The place of the second digit of a number."""
    return _place(value) / 10


def _place(value: float) -> float:
    """The place of the first digit of a number."""
    return spreads.step(IntervalPart(central=value * 100, p10=None, p50=None, p90=None))


def _three(value: float) -> float:
    return float(f"{value:.3g}")
