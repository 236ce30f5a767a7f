"""The document of futures, put together from the results of draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim import __version__
from tripleaim.accounts import LIMITS, SIDES
from tripleaim.place import Parameter, Place
from tripleaim.plan.futures.document import (
    FuturesDocument,
    HeadlinePart,
    LimitPart,
    LivesPart,
    SolutionWorthPart,
)
from tripleaim.plan.futures.draw_outcome import (
    CONTACTS,
    NOT_KNOWN_DRAWN,
    POSITIONS,
    Central,
    Future,
)
from tripleaim.uncertainty import (
    DecisionPart,
    DriverPart,
    IntervalByYear,
    KnownIntervalPart,
    OptionPart,
    WorthPart,
    driving_units,
    fan,
    parameter_part,
    partial_information,
    perfect_information,
    units,
)
from tripleaim.wording import futures_notes, which_is_best

Floats = npt.NDArray[np.float64]
Arrays = Mapping[str, npt.NDArray[np.float64]]

TEN = 10
NOTHING, WHOLE, WITHOUT = "do-nothing", "whole-plan", "without-what-costs-more"

_NAMES = {
    "do_nothing": "Position if nothing is done",
    "as_claimed": "Position as claimed",
    "after_overlap": "Position after overlap",
    "on_evidence": "Position on evidence (untested savings at zero)",
    NOT_KNOWN_DRAWN: "Position on evidence (untested savings drawn at random)",
}


@dataclass(frozen=True)
class Drawn:
    """All draws' results: arrays of Future by name with draws first, and what moved them.

    z       (draws, parameters) the standard normal numbers
    chance  share of each headline's variance that is chance, by headline; empty if not split
    """

    central: Future
    arrays: Arrays
    parameters: Sequence[Parameter]
    z: Floats
    correlation: float
    chance: Mapping[str, float]


def headlines(years: tuple[str, ...], position: Floats) -> Iterator[tuple[str, str, Floats]]:
    """The headline numbers of positions (..., 5, 2, Y): id, name and values (...), £m."""
    nhs = position.sum(axis=-2)
    for r, result in enumerate(POSITIONS):
        yield f"{result}/last", f"{_NAMES[result]}, {years[-1]}", nhs[..., r, -1]
        yield (
            f"{result}/cumulative",
            f"{_NAMES[result]}, {len(years)} years together",
            nhs[..., r, :].sum(axis=-1),
        )
    evidence = (nhs[..., 3, :] - nhs[..., 0, :]).sum(axis=-1)
    yield (
        "saved_on_evidence/cumulative",
        "Net saving, all years, on evidence (untested savings at zero)",
        evidence,
    )
    drawn = (nhs[..., 4, :] - nhs[..., 0, :]).sum(axis=-1)
    yield (
        f"saved_{NOT_KNOWN_DRAWN}/cumulative",
        "Net saving, all years, on evidence (untested savings drawn at random)",
        drawn,
    )


def gathered_document(
    central_run: Central, scenario_token: str, drawn: Drawn, lives: LivesPart
) -> FuturesDocument:
    """The document of these draws."""
    place, arrays, central = central_run.place, drawn.arrays, drawn.central
    position = arrays["position"]
    limits = [
        LimitPart(id=limit, draws=int(arrays["limited"][:, k].sum()))
        for k, limit in enumerate(LIMITS)
    ]
    return FuturesDocument(
        footprint=place.id,
        name=place.name,
        seed=central_run.nothing.seed,
        version=__version__,
        inputs_sha256=place.sha256_of("futures"),
        scenario=scenario_token,
        draws=len(position),
        correlation=drawn.correlation,
        years=list(place.years),
        position_gbp_m=_positions(place, central.position, position),
        saving_gbp_m={
            name: _with_total(
                place,
                (central.position[r] - central.position[0]).sum(axis=0),
                (position[:, r] - position[:, 0]).sum(axis=1),
            )
            for r, name in enumerate(POSITIONS)
            if r
        },
        in_balance={
            name: {
                year: _rounded(float((position[:, r, :, y].sum(axis=1) >= 0).mean()))
                for y, year in enumerate(place.years)
            }
            for r, name in enumerate(POSITIONS)
        },
        solutions_on_evidence_gbp_m={
            solution.id: _with_total(place, central.solutions[s], arrays["solutions"][:, s])
            for s, solution in enumerate(place.solutions)
            if solution.chosen
        },
        contacts={
            name: {
                point.id: _by_year(place, central.contacts[c, p], arrays["contacts"][:, c, p])
                for p, point in enumerate(place.points_of_delivery)
            }
            for c, name in enumerate(CONTACTS)
        },
        people=_by_year(place, central.people, arrays["people"]),
        headlines=_headlines(place, drawn),
        decision=_decision(central_run, drawn),
        worth_of_solutions=_worth_of_solutions(place, arrays["drawn"].sum(axis=2)),
        lives=lives,
        parameters=[parameter_part(p) for p in drawn.parameters],
        limits=limits,
        notes=futures_notes(
            draws=len(position),
            limited={limit.id: limit.draws for limit in limits},
            parameters=len(drawn.parameters),
            people_drawn=lives.people,
            people=lives.of,
            place=place.name,
        ),
    )


def _positions(
    place: Place, central: Floats, drawn: Floats
) -> dict[str, dict[str, IntervalByYear]]:
    return {
        name: {
            **{
                str(side): _with_total(place, central[r, s], drawn[:, r, s])
                for s, side in enumerate(SIDES)
            },
            "nhs": _with_total(place, central[r].sum(axis=0), drawn[:, r].sum(axis=1)),
        }
        for r, name in enumerate(POSITIONS)
    }


def _headlines(place: Place, drawn: Drawn) -> list[HeadlinePart]:
    at_centre = {key: float(v) for key, _, v in headlines(place.years, drawn.central.position)}
    parts = []
    for key, name, values in headlines(place.years, drawn.arrays["position"]):
        drivers, _ = _driving(drawn, values)
        chance = drawn.chance.get(key)
        parts.append(
            HeadlinePart(
                id=key,
                name=name,
                unit="£m",
                interval=_interval(at_centre[key], values),
                standard_deviation=_rounded(float(values.std(ddof=1))) if len(values) > 1 else 0.0,
                drivers=drivers,
                chance_share=None if chance is None else _rounded(chance),
            )
        )
    return parts


def _driving(drawn: Drawn, values: Floats) -> tuple[list[DriverPart], Floats]:
    """The ten units that drive `values` (draws,) most, and their indices (draws, units)."""
    driving = driving_units(units(drawn.parameters), drawn.z, values)[:TEN]
    parts = [
        DriverPart(
            id=part.unit.id,
            name=part.unit.name,
            parameters=[drawn.parameters[k].id for k in part.unit.columns],
            share=_rounded(part.share),
            rank=None if part.rank is None else _rounded(part.rank),
        )
        for part in driving
    ]
    return parts, np.stack([part.index for part in driving], axis=1)


def _decision(central_run: Central, drawn: Drawn) -> DecisionPart:
    """Do nothing, the whole plan, or all but what is shown not to pay: net over the plan's years.

    Net benefit is on what studies measured, and on draws of what is not known. Leaving solutions
    out takes their shares of the saving off; what they would leave to others is left out too.
    """
    position, central, costly = drawn.arrays["position"], drawn.central, central_run.costly
    whole = (position[:, 4] - position[:, 0]).sum(axis=(1, 2))
    without = whole - drawn.arrays["drawn"][:, costly].sum(axis=(1, 2))
    net = np.stack([np.zeros_like(whole), whole, without], axis=1)
    at_centre = float((central.position[4] - central.position[0]).sum())
    centres = (0.0, at_centre, at_centre - float(central.drawn[costly].sum()))
    left_out = [s.name for s, c in zip(central_run.place.solutions, costly, strict=True) if c]
    options = (
        (NOTHING, "Do nothing"),
        (WHOLE, "Do the whole plan"),
        (WITHOUT, f"Do all but what is shown not to pay: {', '.join(left_out) or 'nothing'}"),
    )
    best = net.max(axis=1)
    # What matters to the choice is what moves the option apart that comes next to the best.
    first = int(np.argmax(net.mean(axis=0)))
    wins = (net >= best[:, None]).mean(axis=0)
    wins[first] = -1.0
    moving, index = _driving(drawn, net[:, int(np.argmax(wins))] - net[:, first])
    worth = partial_information(net, index, [unit.id for unit in moving])
    named = {unit.id: unit.name for unit in moving}
    return DecisionPart(
        question=which_is_best(central_run.place.name, len(central_run.place.years)),
        options=[
            OptionPart(
                id=key,
                name=name,
                expected_gbp_m=_rounded(float(net[:, k].mean())),
                interval=_interval(centres[k], net[:, k]),
                best_in=_rounded(float((net[:, k] >= best).mean())),
            )
            for k, (key, name) in enumerate(options)
        ],
        best=options[first][0],
        perfect_information_gbp_m=_rounded(perfect_information(net)),
        worth=[
            WorthPart(
                id=w.parameter,
                name=named[w.parameter],
                gbp_m=_rounded(w.value),
                error_gbp_m=_rounded(w.error),
                excess_gbp_m=_rounded(w.excess),
            )
            for w in worth
        ],
    )


def _worth_of_solutions(place: Place, net: Floats) -> list[SolutionWorthPart]:
    """What it is worth to know what each solution saves before doing it, the most first.

    `net` is (draws, S), £m over the plan's years, of each solution's share where effects meet: each
    is a choice of its own, to do it or not.
    """
    parts = [
        SolutionWorthPart(
            id=solution.id,
            name=solution.name,
            expected_gbp_m=_rounded(float(own.mean())),
            pays_in=_rounded(float((own > 0).mean())),
            worth_gbp_m=_rounded(perfect_information(np.stack([np.zeros_like(own), own], axis=1))),
        )
        for solution, own in zip(place.solutions, net.T, strict=True)
        if solution.chosen
    ]
    return sorted(parts, key=lambda part: (-part.worth_gbp_m, part.id))


def _with_total(place: Place, central: Floats, values: Floats) -> IntervalByYear:
    intervals = _by_year(place, central, values)
    return {**intervals, "cumulative": _interval(float(central.sum()), values.sum(axis=-1))}


def _by_year(place: Place, central: Floats, values: Floats) -> IntervalByYear:
    quantiles = fan(values)
    return {
        year: KnownIntervalPart(
            central=_rounded(float(central[y])),
            p10=_rounded(float(quantiles.p10[y])),
            p50=_rounded(float(quantiles.p50[y])),
            p90=_rounded(float(quantiles.p90[y])),
        )
        for y, year in enumerate(place.years)
    }


def _interval(central: float, values: Floats) -> KnownIntervalPart:
    quantiles = fan(values)
    return KnownIntervalPart(
        central=_rounded(central),
        p10=_rounded(float(quantiles.p10)),
        p50=_rounded(float(quantiles.p50)),
        p90=_rounded(float(quantiles.p90)),
    )


def _rounded(value: float) -> float:
    """To a millionth, and never minus zero: beyond that is rounding."""
    return round(value, 6) + 0.0
