"""Draws of the five-year plan from end to end: a run's folder in, futures.json in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tripleaim import __version__
from tripleaim.accounts import LIMITS
from tripleaim.core import UNWATCHED, RunContext
from tripleaim.data_folder import write_hashed
from tripleaim.place import CENTRAL, Draw, InputError, Parameter, Place
from tripleaim.plan.futures.assemble import Drawn, gathered_document, headlines
from tripleaim.plan.futures.document import FUTURES_FILE, FuturesDocument, LivesPart
from tripleaim.plan.futures.draw_outcome import Central, Future
from tripleaim.plan.futures.lives import MOST_PEOPLE, Lives
from tripleaim.plan.futures.lives import parameters as of_lives
from tripleaim.plan.futures.uncertain_parameters import parameters as of_the_plan
from tripleaim.plan.overlap.scenario import Scenario, choose
from tripleaim.uncertainty import (
    DrawOrigin,
    as_matrix,
    draws,
    in_one_order,
    keep,
    shared_cause,
    split,
)

if TYPE_CHECKING:
    from tripleaim.plan.workspace import Workspace

KEPT = "draws"
"""Where in a run's folder the results of draws are kept."""

USUAL_COUNT = 256

CHANCE_DRAWS, CHANCE_SEEDS = 8, 4
"""The design that tells chance from parameters: so many draws, each with the same seeds of luck."""

_BATCH = 16

Arrays = dict[str, npt.NDArray[np.float64]]


def draw_futures(
    workspace: Workspace,
    count: int = USUAL_COUNT,
    *,
    most_people: int = MOST_PEOPLE,
    context: RunContext = UNWATCHED,
) -> FuturesDocument:
    """Draw the plan as printed `count` times (rounded up to a power of two) and write it down.

    Results of draws are kept in the run's folder, so that a run that was interrupted, or one of
    fewer draws, can be continued. The same inputs, seed and count give the same bytes. Lives are
    drawn on `most_people` of the place's people at most. The seed is the run's, not the context's.

    Raises Stopped when asked to stop, InputError for a workspace without a folder.
    """
    folder = workspace.folder
    if folder is None:
        raise InputError("expected a run that is kept in a folder", value=workspace.place.id)
    place, scenario = workspace.place, choose(workspace.place, seed=workspace.seed)
    context = replace(context, seed=workspace.seed)
    central_run = Central.of(
        place,
        nothing=workspace.nothing,
        money=workspace.money,
        calibration=workspace.calibration.money,
        groups=workspace.groups,
        scenario=scenario,
    )
    lives = Lives.of_place(place, context, most=most_people)
    moving = in_one_order(of_the_plan(place, workspace.nothing), of_lives(place))
    drawn = draws(moving, count, workspace.seed, correlation=shared_cause(place))
    origin = _origin(place, scenario, moving, lives)

    def work(batch: Sequence[Draw]) -> Arrays:
        return stacked([central_run.future(draw, *lives.ratios_of(draw)) for draw in batch])

    def with_other_luck(batch: Sequence[Draw]) -> Arrays:
        seeds = range(CHANCE_SEEDS)
        lived = [[lives.ratios_of(draw, seed) for seed in seeds] for draw in batch]
        runs = zip(batch, lived, strict=True)
        return {
            "position": np.stack(
                [
                    np.stack([central_run.future(d, *one).position for one in each])
                    for d, each in runs
                ]
            )
        }

    results = keep(folder / KEPT, origin, drawn, work, batch=_BATCH, context=context)
    with_luck = keep(
        folder / KEPT / "chance",
        origin,
        drawn[:CHANCE_DRAWS],
        with_other_luck,
        batch=4,
        context=context,
        what="separating chance from parameters",
    )
    context.report("finding what drives them", 0.0)
    document = gathered_document(
        central_run,
        scenario.token,
        Drawn(
            central_run.future(CENTRAL),
            results.arrays,
            moving,
            as_matrix(drawn, [p.id for p in moving]),
            shared_cause(place),
            _chance(place.years, with_luck.arrays["position"], len(lives.people) / lives.of),
        ),
        LivesPart(
            people=len(lives.people),
            of=lives.of,
            chance_draws=len(with_luck.arrays["position"]),
            chance_seeds=CHANCE_SEEDS,
        ),
    )
    write_futures(document, folder)
    context.report("finding what drives them", 1.0)
    return document


def _chance(
    years: tuple[str, ...], position: npt.NDArray[np.float64], part: float
) -> dict[str, float]:
    """The share of each headline's variance that is chance, from (draws, seeds, 5, 2, Y).

    Of `part` of the people chance varies 1 / part times as much as of everybody.
    """
    if len(position) < 2:
        return {}
    shares = {}
    for key, _, values in headlines(years, position):
        variances = split(values)
        of_all = float(variances.chance) * part
        whole = float(variances.parameters) + of_all
        shares[key] = of_all / whole if whole > 0 else 0.0
    return shares


def stacked(futures: Sequence[Future]) -> dict[str, npt.NDArray[np.float64]]:
    """The arrays of several futures by name, futures along the first axis."""
    names = ("position", "solutions", "drawn", "contacts", "people", "limited")
    return {name: np.stack([getattr(future, name) for future in futures]) for name in names}


def write_futures(document: FuturesDocument, folder: Path) -> Path:
    """Write futures.json into the folder of a run, whole or not at all."""
    path = folder / FUTURES_FILE
    try:
        write_hashed(path, document.model_dump_json(indent=1) + "\n")
    except OSError as refusal:
        raise InputError(
            f"cannot write there ({refusal.strerror}); put that right and run it again", file=path
        ) from None
    return path


def _origin(
    place: Place, scenario: Scenario, moving: Sequence[Parameter], lives: Lives
) -> DrawOrigin:
    job = (
        f"five-year plan {scenario.token or 'as printed'}, {len(moving)} parameters, "
        f"lives of {len(lives.people)}, within {' and '.join(LIMITS)}"
    )
    return DrawOrigin(job, place.sha256_of("futures"), scenario.seed, __version__)
