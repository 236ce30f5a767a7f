"""The job: laws fitted once, every draw's futures, shares, and the document, written whole.

Draws are stored in the folder as they are done, so a run that is stopped or killed can be
continued. An earlier document stays until the new one is complete.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

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
from tripleaim.prevention.assemble_uncertainty import headline_values
from tripleaim.prevention.attributed_effects import (
    MOST_COALITIONS,
    MOST_PEOPLE,
    Sharing,
    alone_values,
    attribute_effects,
)
from tripleaim.prevention.compiled_programmes import Lags, compile_programmes
from tripleaim.prevention.consequences import counted, read_consequences
from tripleaim.prevention.consequences import parameters as of_outcomes
from tripleaim.prevention.document import PreventionDocument
from tripleaim.prevention.health import outcome_names
from tripleaim.prevention.money import price_parameters, prices
from tripleaim.prevention.programmes import Names, parameters, read_programmes
from tripleaim.prevention.scenarios import (
    NOTHING,
    Arrays,
    ScenarioInputs,
    late_outcomes,
    run_draw,
    sampled,
)
from tripleaim.projection import Laws, Redraw, fit_laws
from tripleaim.projection import parameters as projection_parameters
from tripleaim.uncertainty import DrawOrigin, draws, gathered, keep, read_result, shared_cause

Floats = npt.NDArray[np.float64]

DOCUMENT = "prevention.json"
DRAWS = "prevention-draws"
BATCH = 4
SEEDS_OF_CHANCE = 8


def run_prevention(
    place: Place,
    people: People,
    context: RunContext,
    *,
    years: int = 20,
    draws: int = 64,
    sample: int | None = None,
    folder: Path,
    coalitions: int = MOST_COALITIONS,
) -> PreventionDocument:
    """Prevention in `place` over `years`, written to `folder`/prevention.json.

    `people` are everybody registered; `sample` of them are simulated (all, if None) and results
    scaled. `draws` are rounded up to a power of two; 0 runs the central draw alone. At most about
    `coalitions` sets of programmes are projected to share out what they do. Raises
    InputError for bad inputs, and KeyboardInterrupt when stopped, with the draws done kept.
    """
    if years < len(place.years):
        raise InputError("expected a horizon of the plan's years or more", value=years)
    context.report("fitting what people's lives follow", 0.0)
    chosen = sampled(people, sample)
    laws = fit_laws(place, chosen, steps=years)
    context.report("fitting what people's lives follow", 1.0)
    risks = read_risk_factors(place)
    late = late_outcomes(laws.expected.names, [p.id for p in place.points_of_delivery])
    programmes = read_programmes(place, names_of(place, laws, late))
    consequences = read_consequences(place, late, laws.lanes.conditions)
    setting = ScenarioInputs(
        place,
        chosen,
        programmes,
        lags_of(risks),
        len(people) / max(len(chosen), 1),
        counted(consequences),
    )
    every = all_parameters(place, parameters(programmes))
    drawn = _draws(place, every, draws, context.seed)
    central = run_draw(setting, laws)
    redrawn = Redraw(place, chosen, laws)

    def work(batch: Sequence[Draw]) -> Arrays:
        done = [run_draw(setting, redrawn(d), d) for d in batch]
        return {name: np.stack([one[name] for one in done]) for name in central}

    drawn_arrays: Mapping[str, npt.NDArray[np.float64]] = {}
    if drawn:
        origin = DrawOrigin(
            _job(years, chosen), place.sha256_of("prevention"), context.seed, __version__
        )
        drawn_arrays = keep(
            folder / DRAWS,
            origin,
            drawn,
            work,
            batch=BATCH,
            context=context,
            what="drawing futures",
        ).arrays
    arrays = {
        name: np.concatenate([one[None], *([drawn_arrays[name]] if drawn else [])])
        for name, one in central.items()
    }
    contacts = central["contacts"][NOTHING].sum(axis=1)
    priced = prices(place, laws.years, contacts, central["registered"][NOTHING])
    results = Results(place, programmes, laws.years[1:], arrays, (CENTRAL, *drawn), priced)
    compiled = compile_programmes(place, programmes, laws, setting.lags)
    few = sampled(chosen, MOST_PEOPLE)
    smaller = replace(setting, people=few, scale=len(people) / max(len(few), 1))
    sharing = Sharing(smaller, laws, compiled, priced, laws.lanes.conditions)
    shared = attribute_effects(
        sharing,
        alone_values(sharing),
        context=context,
        most_coalitions=coalitions,
    )
    chance = chance_of(results, setting, laws, context) if drawn else {}
    document = assemble(
        results,
        About(context.seed, len(people), len(chosen), len(drawn)),
        Knowledge(read_diseases(place), risks, every, late, consequences),
        shared,
        chance,
    )

    write_document(document, folder / DOCUMENT)
    return document


def write_document(document: PreventionDocument, path: Path) -> None:
    """Write the whole document, or leave the earlier one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, document.model_dump_json(indent=1) + "\n")


def read_document(path: Path) -> PreventionDocument:
    """Read what `run_prevention` wrote. Raises InputError if it is missing or something else."""
    again = "run it again: tripleaim prevention"
    try:
        return read_result(path, PreventionDocument, again)
    except FileNotFoundError:
        raise InputError("there is no such file; run tripleaim prevention", file=path) from None


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
    return gathered(
        projection_parameters(place),
        of_programmes,
        of_outcomes(consequences, outcome_names(outcomes)),
        price_parameters(place),
    )


def chance_of(
    results: Results, setting: ScenarioInputs, laws: Laws, context: RunContext
) -> dict[str, float]:
    """Standard deviation over seeds of luck of the headline outcomes, on the central draw."""
    by_outcome: dict[str, list[float]] = {}
    for k in range(SEEDS_OF_CHANCE):
        context.report("trying other luck", k / SEEDS_OF_CHANCE)
        lucky = replace(setting.people, seed=setting.people.seed + 1000 + k)
        one = run_draw(replace(setting, people=lucky), laws)
        alone = replace(results, arrays={n: v[None] for n, v in one.items()}, draws=(CENTRAL,))
        for outcome, (_, _, values) in headline_values(alone).items():
            by_outcome.setdefault(outcome, []).append(float(values[0]))
    context.report("trying other luck", 1.0)
    return {outcome: float(np.std(values, ddof=1)) for outcome, values in by_outcome.items()}


def _draws(place: Place, every: Sequence[Parameter], count: int, seed: int) -> tuple[Draw, ...]:
    if count == 0:
        return ()
    return draws(every, count, seed, correlation=shared_cause(place))


def _job(years: int, chosen: People) -> str:
    return f"prevention, {years} years, {len(chosen)} people of seed {chosen.seed}"
