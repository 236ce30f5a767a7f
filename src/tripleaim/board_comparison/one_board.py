"""One board: its place made, a sample of its people drawn, and their years followed in draws."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tripleaim.boards import make_place
from tripleaim.core import RunContext
from tripleaim.people import People, synthesise
from tripleaim.place import Place, load
from tripleaim.plan import CareToCome
from tripleaim.prevention import DrawnPotential, PreventionSample
from tripleaim.uncertainty import draws, shared_cause

Floats = npt.NDArray[np.float64]

MOST_PEOPLE = 60_000
"""People of a board who are followed, of one that has more."""

DRAWS = 16
"""Draws of a board, a power of two: the same parameters in every board."""

PARTS = 10
"""Parts of a sample whose results say how far another sample could be off."""

YEARS = 20
"""Over which prevention is followed."""

EMERGENCY = "acute-non-elective"
"""The point of delivery of emergency admissions."""

THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class SampleSettings:
    """How boards are sampled and drawn; a result depends on nothing else but inputs and version."""

    people: int = MOST_PEOPLE
    draws: int = DRAWS
    parts: int = PARTS
    years: int = YEARS
    seed: int = 7


@dataclass(frozen=True, slots=True)
class BoardDraws:
    """What a board's sample gave.

    board, people   its code; everybody on its lists in the model
    sampled         how many of them were followed
    years           first and last year of the plan, between which growth is counted
    care_gbp_m      what care costs in the first year, £m, mean of draws
    drawn           each drawn measure by id, a value a draw
    parts           the same of parts of the sample, on the central draw
    """

    board: str
    people: int
    sampled: int
    years: tuple[str, str]
    care_gbp_m: float
    drawn: dict[str, list[float]]
    parts: dict[str, list[float]]


def board_draws(board: str, settings: SampleSettings, *, threads: int | None = None) -> BoardDraws:
    """Make the place of `board`, and follow a sample of its people in every draw.

    The sample is every n-th person in the order of practices, sexes and ages, so that it has
    their shares. Raises InputError for a board that is not one, and at faults in its inputs.
    """
    with tempfile.TemporaryDirectory(prefix="tripleaim-board-") as folder:
        place = load(make_place(Path(folder) / f"board-{board.lower()}", board).folder)
        everybody = synthesise(place, RunContext(settings.seed))
        sample = every_nth(everybody, settings.people)
        return _followed(place, sample, len(everybody), board, settings, threads=threads)


def every_nth(people: People, most: int) -> People:
    """Every n-th of the people, n as small as leaves at most `most` of them."""
    step = -(-len(people) // most)
    return people.take(np.arange(step // 2, len(people), step))


def _followed(
    place: Place,
    sample: People,
    people: int,
    board: str,
    settings: SampleSettings,
    *,
    threads: int | None,
) -> BoardDraws:
    followed = PreventionSample.of(place, sample, years=settings.years)
    care = CareToCome.of(place)
    drawn = draws(
        followed.parameters, settings.draws, settings.seed, correlation=shared_cause(place)
    )
    results = [
        _numbers(place, care, followed.drawn(draw, threads=threads), people / len(sample))
        for draw in drawn
    ]
    groups = [
        sample.take(np.arange(part, len(sample), settings.parts)) for part in range(settings.parts)
    ]
    of_groups = [
        _numbers(place, care, one, people / len(group))
        for group, one in zip(groups, followed.central_parts(groups, threads=threads), strict=True)
    ]
    return BoardDraws(
        board,
        people,
        len(sample),
        (place.years[0], place.years[-1]),
        float(np.mean([one.pop(FIRST_CARE) for one in results])),
        _by_measure(results),
        _by_measure([{k: v for k, v in one.items() if k != FIRST_CARE} for one in of_groups]),
    )


FIRST_CARE = "care_gbp_m"


def _numbers(place: Place, care: CareToCome, one: DrawnPotential, scale: float) -> dict[str, float]:
    """Every drawn measure of one projection of a sample in which a person is `scale` people."""
    registered = scale * one.nothing.people.sum(axis=(1, 2, 3)).astype(np.float64)
    contacts = _contacts(place, one)
    plan = registered[: len(place.years) + 1]
    cost = care.gbp_m(scale * contacts, plan)
    first, last = cost[place.years[0]], cost[place.years[-1]]
    emergency = [point.id for point in place.points_of_delivery].index(EMERGENCY)
    return {
        FIRST_CARE: first,
        "people_growth_pct": _growth(plan[1], plan[-1]),
        "emergency_growth_pct": _growth(contacts[emergency, 1], contacts[emergency, -1]),
        "care_growth_pct": _growth(first, last),
        "care_growth_gbp_m": last - first,
        "prevention_qalys_per_1000": THOUSAND * scale * one.qalys / registered[1],
    }


def _contacts(place: Place, one: DrawnPotential) -> Floats:
    """(P, Y + 1) contacts of a sample in the base year and the years of the plan."""
    years = len(place.years) + 1
    return np.stack(
        [
            one.nothing.quantity(point.id).sum(axis=(1, 2, 3))[:years]
            for point in place.points_of_delivery
        ]
    )


def _growth(first: float, last: float) -> float:
    return float(100 * (last / first - 1))


def _by_measure(results: Sequence[dict[str, float]]) -> dict[str, list[float]]:
    return {name: [one[name] for one in results] for name in results[0]}
