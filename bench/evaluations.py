"""Why ours differs from published evaluations of prevention: one input changed at a time.

    python -m bench.evaluations          Somerset's people, a minute or two

Everybody whom a programme may reach joins at once and is followed to their end, with and without it
and with the same luck. Each line changes one thing more than the one above it, until ours counts,
reaches or does what the evaluation did. `prevention_evaluations.csv` quotes these lines as reasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

from tripleaim.core import RunContext
from tripleaim.people import (
    People,
    late_outcome_ids,
    read_diseases,
    read_risk_factors,
    synthesise,
)
from tripleaim.place import Place, load
from tripleaim.prevention.compiled_programmes import Lags, compile_programmes
from tripleaim.prevention.consequences import (
    DoNothingRates,
    Losses,
    counted,
    events_spared,
    losses,
    rates_of,
    read_consequences,
    taken,
)
from tripleaim.prevention.eligibility import clauses_of
from tripleaim.prevention.lifetime import STEPS
from tripleaim.prevention.money import prices
from tripleaim.prevention.programme_files import Names, read_programmes
from tripleaim.prevention.programmes import Prevention
from tripleaim.prevention.published import Counting, Lives
from tripleaim.prevention.published import counted as counted_as
from tripleaim.projection import (
    UNIT,
    Laws,
    Programme,
    Tally,
    added,
    fit_laws,
    lifetime_laws,
    simulate,
    simulate_differences,
)

Floats = npt.NDArray[np.float64]

SEED, FITTED, EVERY, LIVES = 7, 20, 5, 4
"""LIVES: how often everybody is led, each time with other luck."""
ALL = (1.0,) * 5
A_NURSE_MINUTE = 36 / 60
"""£; a nurse of general practice (pssru-2016)."""


@dataclass(frozen=True)
class Bench:
    """A place's people and what they are led and priced by."""

    place: Place
    people: People
    programmes: dict[str, Prevention]
    names: Names
    lags: Lags
    laws: Laws
    lost: dict[str, Losses]
    price: Floats
    """(STEPS, points of delivery) pounds for a simulated contact."""


@dataclass(frozen=True)
class Followed:
    """Lives of everybody reached, and care avoided had nobody lived longer, (1, STEPS) £."""

    lives: Lives
    avoided_at_equal_numbers: Floats


@dataclass(frozen=True)
class Step:
    """One line: what has changed, the programme as it then is, how it is counted, and whether care
    in the years gained is."""

    says: str
    programme: Prevention
    counting: Counting
    years_gained_cost: bool = True


def main() -> None:
    """Print every evaluation's steps."""
    bench, console = set_up(load("somerset")), Console(width=160)
    for title, steps in evaluations(bench).items():
        table = Table(title=title, title_justify="left")
        for column in ("", "£ a person", "avoided, £", "QALYs", "life years", "£ for each"):
            table.add_column(column, justify="left" if not column else "right")
        for step in steps:
            table.add_row(step.says, *line(bench, step))
        console.print(table)


def set_up(place: Place) -> Bench:
    """Everything but the programmes' changes."""
    people = synthesise(place, RunContext(SEED))
    risks, outcomes = read_risk_factors(place), late_outcome_ids(place)
    names = Names(
        conditions=tuple(d.id for d in read_diseases(place)),
        risk_levels=tuple((f.id, f.levels) for f in risks),
        points_of_delivery=tuple(p.id for p in place.points_of_delivery),
        outcomes=outcomes,
    )
    sample = people.take(np.arange(0, len(people), EVERY))
    fitted = fit_laws(place, sample, steps=FITTED)
    nothing = simulate(sample, fitted).tally
    return Bench(
        place,
        people,
        {p.id: p for p in read_programmes(place, names)},
        names,
        {(f.id, target): e.lag_years for f in risks for target, e in f.effects.items()},
        lifetime_laws(place, fitted, STEPS),
        _lost(place, outcomes, names, nothing),
        _price(place, fitted, nothing, len(people) / len(sample)),
    )


def _lost(
    place: Place, outcomes: tuple[str, ...], names: Names, nothing: Tally
) -> dict[str, Losses]:
    rates = rates_of(nothing)
    longer = [
        np.concatenate([r, np.repeat(r[-1:], STEPS - len(r), axis=0)])
        for r in (rates.hazard, rates.quality)
    ]
    own = counted(read_consequences(place, outcomes, names.conditions))
    return {one.outcome: losses(one, DoNothingRates(*longer)) for one in own}


def _price(place: Place, fitted: Laws, nothing: Tally, scale: float) -> Floats:
    contacts = [nothing.quantity(p.id).sum(axis=(1, 2, 3)) for p in place.points_of_delivery]
    registered = nothing.people.sum(axis=(1, 2, 3))
    priced = prices(place, fitted.years, scale * np.stack(contacts, axis=-1), scale * registered)
    later = np.repeat(priced.factor[-1:], STEPS - FITTED, axis=0)
    return np.concatenate([priced.factor[1:], later]) * priced.unit_cost


def follow(bench: Bench, programme: Prevention) -> Followed:
    """Everybody it may reach joins on the first 1 January, and nobody later."""
    first = bench.laws.years[1]
    at_once = replace(programme, start=first, years_to_full=1, uptake_a_year=ALL, uptake_full=ALL)
    (compiled,) = compile_programmes(bench.place, (at_once,), bench.laws, bench.lags)
    coverage = compiled.coverage.copy()
    coverage[2:] = 0
    once = (replace(compiled, coverage=coverage),)
    pairs = [_simulated(people_with_luck(bench.people, k), bench.laws, once) for k in range(LIVES)]
    nothing, something = (added([pair[k] for pair in pairs]) for k in (0, 1))
    joined = float(something.joined.sum())

    qalys = _difference(nothing, something, "qaly")
    for outcome, by_event in bench.lost.items():
        spared = events_spared(something, nothing, outcome)
        qalys = qalys + taken(spared, by_event.qalys).sum(axis=-1)
    years = (something.people - nothing.people)[1:].sum(axis=(1, 2, 3))
    by_date = {
        "avoided": -_care(bench, nothing, something),
        "qalys": qalys,
        "life_years": years.astype(np.float64),
    }
    members = something.members.sum(axis=(1, 2, 3, 4))[1:] / UNIT
    cost = np.zeros(STEPS)
    for one in programme.costs:
        if one.kind == "per person reached":
            cost[0] += one.value * joined
        elif one.kind == "per member a year":
            cost += one.value * members
    lives = Lives(
        joined=np.array([joined]),
        cost=cost[None],
        joining=0,
        **{name: _between(values)[None] for name, values in by_date.items()},
    )
    return Followed(lives, _between(_at_equal_numbers(bench, nothing, something))[None])


def people_with_luck(people: People, k: int) -> People:
    """The same people, each with luck of their own of another number."""
    return replace(people, person=people.person + np.uint32(k * len(people)))


def _simulated(people: People, laws: Laws, programmes: Sequence[Programme]) -> tuple[Tally, Tally]:
    """Those whom the programmes reach, without them and with them, from when they join."""
    together = tuple(range(len(programmes)))
    return simulate_differences(people, laws, programmes, [(), together]).pairs[0]


def _difference(nothing: Tally, something: Tally, quantity: str) -> Floats:
    more = something.quantity(quantity)[1:] - nothing.quantity(quantity)[1:]
    return np.asarray(more.sum(axis=(1, 2, 3)))


def _care(bench: Bench, nothing: Tally, something: Tally) -> Floats:
    points = bench.names.points_of_delivery
    more = np.stack([_difference(nothing, something, p) for p in points], axis=-1)
    return np.asarray((more * bench.price).sum(axis=-1))


def _at_equal_numbers(bench: Bench, nothing: Tally, something: Tally) -> Floats:
    """Care avoided if as many of each age, sex and fifth were alive with it as without."""
    before, after = nothing.people[1:], something.people[1:]
    avoided = np.zeros(STEPS)
    for p, point in enumerate(bench.names.points_of_delivery):
        had, has = nothing.quantity(point)[1:], something.quantity(point)[1:]
        a_head = np.where(after > 0, has / np.maximum(after, 1), 0.0)
        avoided += (had - a_head * before).sum(axis=(1, 2, 3)) * bench.price[:, p]
    return avoided


def _between(on_dates: Floats) -> Floats:
    return np.asarray((on_dates + np.append(on_dates[1:], 0.0)) / 2)


def line(bench: Bench, step: Step) -> tuple[str, ...]:
    """The cells of one step: cost, care avoided, QALYs and years of life a person, and £ each."""
    followed = follow(bench, step.programme)
    lives = followed.lives
    if not step.years_gained_cost:
        lives = replace(lives, avoided=followed.avoided_at_equal_numbers)
    end = STEPS if step.counting.years is None else step.counting.years
    worth = (1 + step.counting.rate / 100) ** -np.arange(end, dtype=np.float64)
    cost, avoided, qalys, years = (
        float((values[0, :end] * worth).sum() / lives.joined[0])
        for values in (lives.cost, lives.avoided, lives.qalys, lives.life_years)
    )
    central = counted_as(lives, step.counting, 20_000).per.central
    each = "gains none" if central is None else f"{central:,.0f} a {step.counting.per}"
    return f"{cost:,.0f}", f"{avoided:,.0f}", f"{qalys:.4f}", f"{years:.4f}", each


def evaluations(bench: Bench) -> dict[str, Sequence[Step]]:
    """The steps of each evaluation, from ours to it."""
    return {
        "Godfrey 2005: £684 a life year, £438 with savings, £2,693 at worst": _stopping(bench),
        "Thomas 2017: saves £2.28 for each £1 in twenty years; 0.0355 QALYs": _diabetes(bench),
        "Sheffield 2012: £5,900 a QALY; saves at five minutes of a nurse": _alcohol(bench),
        "Anokye 2014: £27,000 a QALY; Pavey 2011: £20,876": _activity(bench),
        "WRAP: saves over 25 years": _weight(bench),
        "Sach 2012: saves in a year": _falls(bench),
        "Constanti 2021: £10,017 a QALY, men; £8,635, women": _pressure(bench),
        "Kypridemos 2017: £17,600 a QALY over thirty years": _checks(bench),
    }


NET = Counting(None, 3.5, "net cost", "QALY")


def _stopping(bench: Bench) -> Sequence[Step]:
    own = bench.programmes["smoking-cessation"]
    alone = replace(NET, counts="programme cost")
    life = replace(alone, per="life year")
    for_good = changed(own, half_life=None)
    return (
        Step("ours", own, NET),
        Step("the service's cost alone", own, alone),
        Step("for a year of life", own, life),
        Step("discounted at 1.5%", own, replace(life, rate=1.5)),
        Step("who stops would never have stopped otherwise", for_good, replace(life, rate=1.5)),
        Step(
            "5% of users stop for good, not 3.5%",
            changed(for_good, value=0.05),
            replace(life, rate=1.5),
        ),
    )


def _diabetes(bench: Bench) -> Sequence[Step]:
    own, twenty = bench.programmes["diabetes-prevention"], replace(NET, years=20)
    return (
        Step("ours", own, twenty),
        Step("without care in the years gained", own, twenty, years_gained_cost=False),
        Step("ours in the first year", own, replace(NET, years=1)),
        Step("ours in three years", own, replace(NET, years=3)),
    )


def _alcohol(bench: Bench) -> Sequence[Step]:
    own, thirty = bench.programmes["alcohol-advice"], replace(NET, years=30)
    nurse = costing(own, 5 * A_NURSE_MINUTE)
    return (
        Step("ours, twenty years", own, replace(NET, years=20)),
        Step("thirty years", own, thirty),
        Step("five minutes of a nurse, £3", nurse, thirty),
        Step("without care in the years gained", nurse, thirty, years_gained_cost=False),
    )


def _activity(bench: Bench) -> Sequence[Step]:
    own = bench.programmes["physical-activity"]
    cheap = costing(own, 8.07)
    return (
        Step("ours", own, NET),
        Step("advice alone, £8.07", cheap, NET),
        Step("without care in the years gained", cheap, NET, years_gained_cost=False),
        Step("of which half is lost in two years", fading(cheap, 2), NET),
    )


def _weight(bench: Bench) -> Sequence[Step]:
    own, theirs = bench.programmes["weight-management"], replace(NET, years=25)
    return (
        Step("ours", own, theirs),
        Step("undiscounted", own, replace(theirs, rate=0.0)),
        Step("without care in the years gained", own, theirs, years_gained_cost=False),
        Step("both", own, replace(theirs, rate=0.0), years_gained_cost=False),
        Step("half of the weight back in two years", fading(own, 2), theirs),
    )


def _falls(bench: Bench) -> Sequence[Step]:
    own = bench.programmes["falls-prevention"]
    return (
        Step("ours, one year", own, replace(NET, years=1)),
        Step("five years", own, replace(NET, years=5)),
        Step("their lifetimes", own, NET),
    )


def _pressure(bench: Bench) -> Sequence[Step]:
    own = bench.programmes["blood-pressure-and-atrial-fibrillation"]
    who = "age between 58 and 62 and sex = '{}' and not stroke and systolic_pressure = 'from_140'"
    known = replace(own, costs=tuple(c for c in own.costs if c.source != "robson-2016"))
    men, women = (reaching(bench, known, who.format(sex)) for sex in ("male", "female"))
    return (
        Step("ours", own, NET),
        Step("men of about 60, 140 to 159 mmHg, known already", men, NET),
        Step("5 mmHg less, not 10", changed(men, value=-5.0), NET),
        Step("women of about 60, 140 to 159 mmHg, known already", women, NET),
        Step("5 mmHg less, not 10", changed(women, value=-5.0), NET),
    )


def _checks(bench: Bench) -> Sequence[Step]:
    own, thirty = bench.programmes["blood-pressure-and-atrial-fibrillation"], replace(NET, years=30)
    who = "age between 40 and 74 and not stroke and systolic_pressure in ('from_140', 'from_160')"
    checked = reaching(bench, own, who)
    # 38 new cases of hypertension for 1,000 checks (robson-2016), each 40 minutes of a nurse.
    checks = 40 * A_NURSE_MINUTE / 0.038
    finding = replace(
        checked,
        costs=tuple(
            c if c.source != "robson-2016" else replace(c, value=checks) for c in checked.costs
        ),
    )
    return (
        Step("ours", own, thirty),
        Step("from 40 to 74", checked, thirty),
        Step("26 whole checks for each who is found, none known before", finding, thirty),
        Step("5 mmHg less, not 10", changed(finding, value=-5.0), thirty),
    )


def changed(programme: Prevention, **fields: object) -> Prevention:
    """The same programme with these fields of every effect."""
    effects = tuple(replace(e, **fields) for e in programme.effects)  # type: ignore[arg-type]
    return replace(programme, effects=effects)


def fading(programme: Prevention, years: float) -> Prevention:
    """Half of whose effect is left after so many years."""
    effects = tuple(
        replace(e, half_life=e.half_life and replace(e.half_life, value=years))
        for e in programme.effects
    )
    return replace(programme, effects=effects)


def costing(programme: Prevention, pounds: float) -> Prevention:
    """Which costs so much for each person reached."""
    first, *rest = programme.costs
    return replace(programme, costs=(replace(first, value=pounds), *rest))


def reaching(bench: Bench, programme: Prevention, who: str) -> Prevention:
    """Which reaches these."""
    clauses = clauses_of(who, bench.names.conditions, bench.names.risk_levels)
    return replace(programme, who=who, clauses=clauses)


if __name__ == "__main__":
    main()
