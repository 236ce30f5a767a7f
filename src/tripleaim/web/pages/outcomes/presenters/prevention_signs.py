"""Early signs: what moves before a late outcome does, and what it predicts."""

from __future__ import annotations

from tripleaim import wording as words
from tripleaim.prevention import Chain, LeadingMeasure, Prediction, PreventionDocument
from tripleaim.uncertainty import IntervalPart
from tripleaim.web.pages.outcomes.presenters import spreads
from tripleaim.web.pages.outcomes.presenters.prevention import horizon
from tripleaim.web.ui.charts.fan import SEVEN, Panel
from tripleaim.web.ui.charts.ranges import RangeRow
from tripleaim.web.ui.charts.series import ChartLine
from tripleaim.web.ui.tables import PageColumn, PageTable

KINDS = {
    "programme": "people in a programme",
    "risk": "people at a lower level of a risk",
    "condition": "people with a condition",
}
SORTS = {
    "last": "Share explained in the last year",
    "fifth": "Share explained after five years",
    "lag": "Years to the outcome",
    "name": "Name",
}
LINES = 6
MOST_NAMED = 2
YEARS = (1, 3, 5)
SHOWN = (1, 2, 3, 5, 10, 15, 20)


def answer(document: PreventionDocument, chain: Chain) -> str:
    """The first sentence of the page for one outcome."""
    name = outcome_in_words(document, chain)
    first = [m.name for m in chain.measures if m.generation == 0][:3]
    fifth = min(5, len(document.years)) - 1
    leader = max(chain.measures, key=lambda m: m.explains_pct[fifth] or 0.0)
    share = leader.explains_pct[fifth]
    explains = (
        f" After {spreads.counted(fifth + 1)} years “{leader.name}” explains most: "
        f"{words.percent(share, 0)} of the whole effect over {horizon(document)}."
        if share is not None and share > 0
        else ""
    )
    return (
        f"The first measure to change before {name} is "
        f"{words.listed([f'“{n}”' for n in first])}.{explains} {_predicted(document, chain)}"
    )


def outcome_in_words(document: PreventionDocument, chain: Chain) -> str:
    """The outcome inside a sentence: "new cases of stroke", "hip fractures"."""
    condition = document.conditions.get(chain.id)
    return f"new cases of {words.inside(condition)}" if condition else words.inside(chain.name)


def effect(document: PreventionDocument, chain: Chain) -> str:
    """What all programmes do to the outcome, its direction in words."""
    whole = chain.effect
    fewer = (whole.central or 0.0) < 0
    size = spreads.with_interval(spreads.size(whole))
    return (
        f"All programmes together make {size} {'fewer' if fewer else 'more'} "
        f"{outcome_in_words(document, chain)} over {horizon(document)}."
    )


def _predicted(document: PreventionDocument, chain: Chain) -> str:
    known = [p for p in chain.predictions if p.predicted is not None]
    if not known:
        return "This run has too few draws to predict the outcome from them."
    best = known[-1]
    narrowed = best.narrowed_pct or 0.0
    tells = (
        f"an interval {words.percent(narrowed, 0)} narrower than without them"
        if narrowed >= 1
        else "an interval no narrower than without them"
    )
    return (
        f"From their values after {spreads.counted(best.after_years)} years the effect of "
        f"{horizon(document)} can be predicted with {tells}."
    )


def shares(document: PreventionDocument, chain: Chain) -> list[ChartLine]:
    """What each measure explains by year, the most in the end first, and the rest together."""
    ordered = sorted(chain.measures, key=lambda m: -(m.explains_pct[-1] or 0.0))
    lines = [
        ChartLine(_lines(m.name), SEVEN[k], _by_year(document, m.explains_pct))
        for k, m in enumerate(ordered[: LINES - 1])
    ]
    lines.append(
        ChartLine(
            ("no measure", "shows it yet"),
            "#4c6272",
            _by_year(document, chain.rest_pct),
            dashed=True,
        )
    )
    return [line for line in lines if line.points]


def description(document: PreventionDocument, chain: Chain) -> str:
    """What the picture shows, in a sentence."""
    ends = words.listed(
        [
            f"{' '.join(line.label)} {words.percent(list(line.points.values())[-1], 0)}"
            for line in shares(document, chain)
        ]
    )
    return (
        f"Lines of the share of the whole effect on {words.inside(chain.name)} that each measure "
        f"explains by year; in {document.years[-1]}: {ends}."
    )


def moves(document: PreventionDocument, chain: Chain) -> list[Panel]:
    """How each measure moves by year, those that explain most first."""
    ordered = sorted(chain.measures, key=lambda m: -(m.explains_pct[-1] or 0.0))
    return [
        Panel(
            m.name,
            _under(document, m),
            m.moves,
        )
        for m in ordered[:LINES]
    ]


def moves_description(chain: Chain, panels: list[Panel]) -> str:
    """What the small pictures show, in a sentence."""
    parts = words.listed([f"{p.name} {p.label}" for p in panels])
    return (
        f"People by year in each measure that leads to {words.inside(chain.name)}, with "
        f"programmes minus without, with bands of 10% to 90%: {parts}."
    )


def predictions(chain: Chain) -> list[RangeRow]:
    """The interval of the whole effect as it is, and as predicted after some years."""
    effect = chain.effect
    rows = []
    if effect.central is not None:
        text = spreads.in_words(effect)
        rows.append(RangeRow("Without any measure", effect.central, effect.p10, effect.p90, text))
    for one in chain.predictions:
        if one.predicted is not None:
            spread = _as_spread(one)
            name = f"With the measures of year {one.after_years}"
            rows.append(RangeRow(name, one.predicted, one.low, one.high, spreads.in_words(spread)))
    return rows


def predictions_description(chain: Chain) -> str:
    """What the picture shows, in a sentence."""
    parts = words.listed(
        [
            f"{row.name.lower()} {words.to_digit(row.low)} to {words.to_digit(row.high)}"
            for row in predictions(chain)
            if row.low is not None
        ]
    )
    return (
        f"Dots with 80% intervals of the change in {words.inside(chain.name)}, {chain.unit}: "
        f"{parts}."
    )


def predicted(chain: Chain) -> PageTable:
    """What can be predicted after each number of years."""
    return PageTable(
        f"outcomes-predicted-{chain.id}",
        f"{chain.name}: the total effect predicted from the measures, {chain.unit}",
        [
            PageColumn("name", "After"),
            *spreads.columns("effect", "Foretold"),
            PageColumn("narrowed", "Interval narrower by", "percent"),
            PageColumn(
                "known", "Share of the difference between draws that is predicted", "percent"
            ),
        ],
        [
            {
                "name": f"{one.after_years} year{'s' * (one.after_years != 1)}",
                **spreads.cells("effect", _as_spread(one)),
                "narrowed": one.narrowed_pct,
                "known": one.explained_pct,
            }
            for one in chain.predictions
        ],
    )


def measures(document: PreventionDocument, chain: Chain) -> PageTable:
    """Every measure of the chain: when it moves, on what it acts, what it explains."""
    count = len(document.years)
    shown = [year for year in YEARS if year <= count]
    names = _names(document, chain)
    return PageTable(
        f"outcomes-leading-{chain.id}",
        f"{chain.name}: the measures that change before it, in the order in which they change",
        [
            PageColumn("name", "Measure"),
            PageColumn("kind", "What it counts"),
            PageColumn("acts", "Acts on"),
            PageColumn("lag", "Years to the outcome at least", "count"),
            *(PageColumn(f"year-{y}", f"Change after {y}", "worded") for y in shown),
            *spreads.columns("moved", f"Change in {document.years[-1]}"),
        ],
        [
            {
                "name": m.name,
                "kind": KINDS[m.kind],
                "acts": _short([names.get(one, _key_in_words(one)) for one in m.acts_on]),
                "acts_all": ", ".join(names.get(one, _key_in_words(one)) for one in m.acts_on),
                "lag": m.lag_years,
                "fifth": m.explains_pct[min(5, count) - 1],
                "last": m.explains_pct[-1],
                **spreads.cells("moved", spreads.at(m.moves, -1)),
                **{f"year-{y}": _moved(m, y) for y in shown},
            }
            for m in chain.measures
        ],
    )


def explained(document: PreventionDocument, chain: Chain) -> PageTable:
    """What each measure explains by year, and what none shows yet."""
    rows = sorted(chain.measures, key=lambda m: -(m.explains_pct[-1] or 0.0))
    shown = [year for year in SHOWN if year <= len(document.years)]
    return PageTable(
        f"outcomes-explained-{chain.id}",
        f"{chain.name}: share of the total effect that each measure explains after some years",
        [
            PageColumn("name", "Measure"),
            *(PageColumn(f"year-{y}", f"{y}", "percent") for y in shown),
        ],
        [
            {"name": name} | {f"year-{y}": shares_[y - 1] for y in shown}
            for name, shares_ in [
                *((m.name, m.explains_pct) for m in rows),
                ("No measure shows it yet", chain.rest_pct),
            ]
        ],
    )


def _under(document: PreventionDocument, measure: LeadingMeasure) -> tuple[str, ...]:
    spread = spreads.at(measure.moves, -1)
    between = spreads.interval(spread)
    parts = f"{spreads.in_words(spread)} in {document.years[-1]}"
    return (parts, f"({between})") if between else (parts,)


def _moved(measure: LeadingMeasure, year: int) -> spreads.Worded | None:
    spread = spreads.at(measure.moves, year - 1)
    return (
        None if spread.central is None else spreads.Worded(spread.central, spreads.in_words(spread))
    )


def _names(document: PreventionDocument, chain: Chain) -> dict[str, str]:
    names = {m.id: m.name for m in chain.measures}
    names |= {m.id: m.name for m in document.health.measures}
    return names | {chain.id: words.inside(chain.name)}


def _short(names: list[str]) -> str:
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"


def _key_in_words(key: str) -> str:
    return key.rpartition("/")[2].replace("_", " ").replace("-", " ")


def _as_spread(one: Prediction) -> IntervalPart:
    return IntervalPart(central=one.predicted, p10=one.low, p50=one.predicted, p90=one.high)


def _by_year(document: PreventionDocument, values: list[float | None]) -> dict[str, float]:
    return {
        year[2:]: value
        for year, value in zip(document.years, values, strict=True)
        if value is not None
    }


def _lines(name: str) -> tuple[str, ...]:
    """A name in two lines or three of some twenty letters."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) < 20:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return (*lines[:2], "…") if len(lines) > 3 else tuple(lines)
