"""The job: laws fitted once, every draw's futures, shares, and the document, written whole.

Draws are stored in the folder as they are done, so a run that is stopped or killed can be
continued. An earlier document stays until the new one is complete.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from tripleaim import __version__
from tripleaim.core import RunContext, write_whole
from tripleaim.people import (
    People,
    RiskFactor,
    late_outcome_ids,
    read_diseases,
    read_risk_factors,
)
from tripleaim.place import CENTRAL, Draw, InputError, Parameter, Place
from tripleaim.prevention.assemble import About, Knowledge, assemble
from tripleaim.prevention.assemble_money import Results
from tripleaim.prevention.assemble_uncertainty import Luck, headline_values
from tripleaim.prevention.attributed_effects import attributed_outcomes, attribution
from tripleaim.prevention.compiled_programmes import Lags
from tripleaim.prevention.consequences import counted, read_consequences
from tripleaim.prevention.consequences import parameters as of_outcomes
from tripleaim.prevention.document import PreventionDocument
from tripleaim.prevention.document_risks import all_cause_parts
from tripleaim.prevention.health import outcome_names
from tripleaim.prevention.lifetime import lifetime_inputs
from tripleaim.prevention.luck import with_luck
from tripleaim.prevention.money import price_parameters, prices
from tripleaim.prevention.programme_files import Names, read_programmes
from tripleaim.prevention.programmes import parameters
from tripleaim.prevention.scenarios import (
    NOTHING,
    Arrays,
    ScenarioInputs,
    late_outcomes,
    run_draw,
    sampled,
)
from tripleaim.prevention.spread import DrawSample, spread_over
from tripleaim.prevention.spread_error import spread_errors
from tripleaim.projection import Laws, Redraw, all_cause_fit, fit_laws
from tripleaim.projection import parameters as projection_parameters
from tripleaim.uncertainty import DrawOrigin, draws, in_one_order, keep, shared_cause

Floats = npt.NDArray[np.float64]
Given = TypeVar("Given")

DOCUMENT = "prevention.json"
DRAWS = "prevention-draws"
BATCH = 8

SEEDS = 8
"""How many random seeds; central values are their mean."""

SIMULATED = 64
"""Draws that are simulated; the others are read off the regression through them."""

DRAW_PEOPLE = 200_000
"""People in a simulated draw, others in each: what a draw takes whoever is in it takes as long as
the lives of 100,000."""

AT_ONCE = 4
"""Seeds or draws at a time; the counts of each take a fifth of a gigabyte."""

MOST_LUCK = 1000
"""What is added to the seed of people for the luck of other seeds, and ten times of draws."""


def run_prevention(
    place: Place,
    people: People,
    context: RunContext,
    *,
    years: int = 20,
    draws: int = 256,
    sample: int | None = None,
    folder: Path,
    seeds: int = SEEDS,
    lifetime: bool = True,
) -> PreventionDocument:
    """Prevention in `place` over `years`, written to `folder`/prevention.json.

    `people` are everybody registered; `sample` of them are simulated (all, if None) and results
    scaled. Central values are the mean over `seeds` of luck. `draws` are rounded up to a power of
    two; 0 runs the central draw alone. Where `lifetime`, those who join in the plan's years are
    also followed to their end. Raises InputError for bad inputs, and KeyboardInterrupt when
    stopped, with the draws done kept.
    """
    if years < len(place.years):
        raise InputError("expected a horizon of the plan's years or more", value=years)
    if seeds < 1:
        raise InputError("expected one seed or more", value=seeds)
    context.report("fitting rates to people's lives", 0.0)
    chosen = sampled(people, sample)
    laws = fit_laws(place, chosen, steps=years)
    context.report("fitting rates to people's lives", 1.0)
    risks = read_risk_factors(place)
    late = late_outcomes(laws.expected.names, [p.id for p in place.points_of_delivery])
    programmes = read_programmes(place, names_of(place, laws, late))
    consequences = read_consequences(place, late, laws.lanes.conditions)
    lags = lags_of(risks)
    own = counted(consequences)
    setting = ScenarioInputs(
        place,
        chosen,
        programmes,
        lags,
        len(people) / max(len(chosen), 1),
        own,
        lifetime_inputs(place, programmes, lags, own, years) if lifetime else None,
    )
    every = all_parameters(place, parameters(programmes))
    by_seed = _central(setting, laws, seeds, context)
    central = {name: np.mean([one[name] for one in by_seed], axis=0) for name in by_seed[0]}
    contacts = central["contacts"][NOTHING].sum(axis=1)
    priced = prices(place, laws.years, contacts, central["registered"][NOTHING])
    drawn = _draws(place, every, draws, context.seed)
    simulated = _simulated(setting, laws, drawn[:SIMULATED], folder, context)
    draw_sample = DrawSample(
        drawn,
        drawn[:SIMULATED],
        simulated,
        tuple(programmes),
        tuple(p.id for p in every),
        by_seed,
        people_ratio=max(len(chosen) / DRAW_PEOPLE, 1.0),
    )
    spread = spread_over(draw_sample)
    results = Results(
        place, programmes, laws.years[1:], spread.around(central), (CENTRAL, *drawn), priced
    )
    alone = [
        replace(results, arrays={n: v[None] for n, v in one.items()}, draws=(CENTRAL,))
        for one in by_seed
    ]
    outcomes = attributed_outcomes(laws.lanes.conditions, late, [c.outcome for c in own])
    shared = attribution(alone, outcomes, len(chosen))
    about = About(context.seed, len(people), len(chosen), len(drawn), seeds, len(drawn[:SIMULATED]))
    knowledge = Knowledge(read_diseases(place), risks, every, late, consequences)
    with ThreadPoolExecutor(1) as pool:
        # Followed in numpy, while Python puts the document together.
        deaths = pool.submit(all_cause_fit, place, chosen, laws)
        errors = spread_errors(draw_sample, spread, central, results)
        luck = Luck(_luck_of(alone), errors.of_draw, errors.of_spread)
        document = assemble(results, about, knowledge, shared, luck)
        if seeds > 1:
            once = [assemble(one, about, knowledge, shared, luck) for one in alone]
            document = with_luck(document, once)
    document = document.model_copy(update={"all_cause": all_cause_parts(deaths.result())})
    write_document(document, folder / DOCUMENT)
    return document


def write_document(document: PreventionDocument, path: Path) -> None:
    """Write the whole document, or leave the earlier one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, document.model_dump_json(indent=1) + "\n")


def names_of(place: Place, laws: Laws, late: Sequence[str]) -> Names:
    """What programme files may name, in the order of the laws."""
    return Names(
        conditions=laws.lanes.conditions,
        risk_levels=laws.risk_levels,
        points_of_delivery=tuple(p.id for p in place.points_of_delivery),
        outcomes=tuple(late),
    )


def lags_of(risks: Sequence[RiskFactor]) -> Lags:
    """Years from a change in each risk factor to its effect on each target."""
    return {
        (risk.id, target): effect.lag_years
        for risk in risks
        for target, effect in risk.effects.items()
    }


def all_parameters(place: Place, of_programmes: Sequence[Parameter]) -> tuple[Parameter, ...]:
    """Everything that a draw moves: the projection's, the programmes', what follows on late
    outcomes, and prices."""
    conditions = [d.id for d in read_diseases(place)]
    outcomes = late_outcome_ids(place)
    consequences = read_consequences(place, outcomes, conditions)
    return in_one_order(
        projection_parameters(place),
        of_programmes,
        of_outcomes(consequences, outcome_names(outcomes)),
        price_parameters(place),
    )


def _central(setting: ScenarioInputs, laws: Laws, seeds: int, context: RunContext) -> list[Arrays]:
    """The central draw's results under one seed of luck after the other, the people's own first."""

    def one(k: int, threads: int) -> Arrays:
        seed = setting.people.seed + (MOST_LUCK + k if k else 0)
        lucky = replace(setting, people=replace(setting.people, seed=seed))
        return run_draw(lucky, laws, leaving_out=True, threads=threads)

    by_seed = []
    context.report("projecting lives with other random numbers", 0.0)
    for done in _side_by_side(one, range(seeds)):
        by_seed.append(done)
        context.report("projecting lives with other random numbers", len(by_seed) / seeds)
    return by_seed


def _side_by_side(work: Callable[[Given, int], Arrays], given: Sequence[Given]) -> Iterator[Arrays]:
    """`work` of each given, in their order, with the threads that each may have.

    As many at a time as there are processors, up to AT_ONCE: what a single one does in Python
    leaves the others idle.
    """
    processors = os.cpu_count() or 1
    at_once = min(processors, len(given), AT_ONCE)
    pool = ThreadPoolExecutor(at_once)
    try:
        yield from pool.map(lambda one: work(one, processors // at_once), given)
    finally:
        pool.shutdown(cancel_futures=True)


def _simulated(
    setting: ScenarioInputs,
    laws: Laws,
    drawn: Sequence[Draw],
    folder: Path,
    context: RunContext,
) -> Arrays:
    """Results of each draw, of other people with other luck in each; draws done are kept."""
    if not drawn:
        return {}
    place, chosen = setting.place, setting.people
    redrawn = Redraw(place, chosen, laws)

    def one(draw: Draw, threads: int) -> Arrays:
        lucky = replace(chosen, seed=chosen.seed + 10 * MOST_LUCK + draw.number)
        few = sampled(lucky, DRAW_PEOPLE)
        scale = setting.scale * len(chosen) / max(len(few), 1)
        own = replace(setting, people=few, scale=scale)
        return run_draw(own, redrawn(draw), draw, threads=threads)

    def work(batch: Sequence[Draw]) -> Arrays:
        done = list(_side_by_side(one, batch))
        return {name: np.stack([each[name] for each in done]) for name in done[0]}

    job = f"prevention, {laws.steps} years, {len(chosen)} people of seed {chosen.seed}"
    job += f", {DRAW_PEOPLE} in a draw"
    job += ", lifetimes" if setting.lifetime is not None else ""
    origin = DrawOrigin(job, place.sha256_of("prevention"), context.seed, __version__)
    kept = keep(
        folder / DRAWS, origin, drawn, work, batch=BATCH, context=context, what="drawing futures"
    )
    return kept.arrays


def _luck_of(alone: Sequence[Results]) -> dict[str, float]:
    """Standard deviation over seeds of luck of the headline outcomes, on the central draw."""
    if len(alone) < 2:
        return {}
    by_outcome: dict[str, list[float]] = {}
    for one in alone:
        for outcome, (_, _, values) in headline_values(one).items():
            by_outcome.setdefault(outcome, []).append(float(values[0]))
    return {outcome: float(np.std(values, ddof=1)) for outcome, values in by_outcome.items()}


def _draws(place: Place, every: Sequence[Parameter], count: int, seed: int) -> tuple[Draw, ...]:
    if count == 0:
        return ()
    return draws(every, count, seed, correlation=shared_cause(place))
