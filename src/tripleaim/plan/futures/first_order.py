"""The plan drawn quickly: doing nothing exactly, savings to the first order.

`draw_futures` follows each draw from end to end, with people's lives, and takes minutes. A plan is
given its interval at once by drawing the accounts of doing nothing, and scaling what each effect
saves with the draw's uptake, cost and size. That leaves out that dearer or more contacts make a
saving larger, and that smaller effects overlap less. In 16 draws of a county's last year its error
is £1m at most on evidence, and £3m on average (too low; £7m at most) with untested savings drawn,
where positions spread by £37m.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tripleaim.accounts import MoneyCalibration, account, account_inputs, within_limits
from tripleaim.core import whole_file
from tripleaim.data_folder import DamagedFileError, again, read_arrays, taking_apart
from tripleaim.place import Draw, Place
from tripleaim.plan.do_nothing import DoNothing
from tripleaim.plan.futures.uncertain_parameters import (
    delivered_in,
    evidence_in,
    grown_activity,
    growth_in,
    parameters,
    place_in,
    ratios_in,
)
from tripleaim.plan.overlap.cap import caps
from tripleaim.plan.overlap.classes import tested_rows
from tripleaim.plan.overlap.effects import effects, evidenced
from tripleaim.plan.overlap.outcome import Outcome, Result
from tripleaim.uncertainty import draws, fan, shared_cause

Floats = npt.NDArray[np.float64]

COUNT = 256
STARTS_FILE = "drawn_starts.npz"


@dataclass(frozen=True)
class DrawnStarts:
    """Draws (D) of what a plan starts from.

    position  (D, Y) £m, if nothing is done
    uptake    (D, S) share of the planned uptake that comes about
    cost      (D, S) investment against plan
    evidence  (D, E) the fall that evidence supports of each effect
    delivered (D, E) share of the size that the claim needs, where no controlled study measured it
    allowed   (D,)   what whole populations have been seen to save, against its value
    """

    position: Floats
    uptake: Floats
    cost: Floats
    evidence: Floats
    delivered: Floats
    allowed: Floats

    def moved(self, by: Floats, evidence: Floats) -> DrawnStarts:
        """The same draws about a position that is `by` (Y,) £m better, of effects that evidence
        supports `evidence` (E,) times as much of, as under changed assumptions."""
        return replace(self, position=self.position + by, evidence=self.evidence * evidence)


def save_starts(starts: DrawnStarts, path: Path, made_from: str = "") -> None:
    """Write the draws to an .npz file, whole or not at all; `made_from` says of what they are."""
    arrays = {field.name: getattr(starts, field.name) for field in fields(starts)}
    with whole_file(path) as unfinished, unfinished.open("wb") as file:
        np.savez_compressed(file, made_from=np.array(made_from), **arrays)


def load_starts(path: Path, made_from: str = "") -> DrawnStarts:
    """The draws in an .npz file. Raises DamagedFileError if it is missing or of another run."""
    mend = again(path.parent)
    arrays = read_arrays(path, mend)
    with taking_apart(path, mend, "does not contain draws"):
        if str(arrays["made_from"]) != made_from:
            raise DamagedFileError("was made from another place or seed", file=path, mend=mend)
        return DrawnStarts(*(arrays[field.name] for field in fields(DrawnStarts)))


def drawn_starts(
    place: Place, nothing: DoNothing, calibration: MoneyCalibration, count: int = COUNT
) -> DrawnStarts:
    """Draw what a plan of `place` starts from, with the seed of its people."""
    moving = parameters(place, nothing)
    drawn = draws(moving, count, nothing.seed, correlation=shared_cause(place))
    one_by_one = [_start(place, nothing, calibration, draw) for draw in drawn]
    return DrawnStarts(*(np.stack(column) for column in zip(*one_by_one, strict=True)))


def _start(
    place: Place, nothing: DoNothing, calibration: MoneyCalibration, draw: Draw
) -> tuple[Floats, ...]:
    moved = place_in(place, draw)
    stated = account_inputs(moved)
    activity = grown_activity(place, nothing, growth_in(place, draw))
    rates = calibration.on(stated.parameters)
    inputs, _ = within_limits(stated, nothing.registered, rates)
    money = account(inputs, activity, nothing.registered, rates)
    uptake, cost = ratios_in(place, draw)
    return (
        np.array([money.nhs[year] for year in place.years]),
        uptake,
        cost,
        evidence_in(moved, draw),
        delivered_in(place, draw),
        np.array(_allowed(place, moved)),
    )


def _allowed(place: Place, moved: Place) -> float:
    """The last of the moved caps against its value; 1 where there is none."""
    before, now = caps(place), caps(moved)
    return now[-1].fewer / before[-1].fewer if before and before[-1].fewer else 1.0


def drawn_intervals(
    place: Place, starts: DrawnStarts, outcome: Outcome
) -> dict[str, dict[str, tuple[float, float]]]:
    """10% and 90% of the NHS position, £m, by position (see `drawn_positions`) and year."""
    positions = drawn_positions(place, starts, outcome)
    return {name: _ends(values, outcome.years) for name, values in positions.items()}


def drawn_positions(place: Place, starts: DrawnStarts, outcome: Outcome) -> Mapping[str, Floats]:
    """The NHS position (D, Y), £m, in each draw.

    do_nothing, and with solutions `on_evidence` (what no study measured saves nothing) and
    `not_known_drawn` (it saves anything from nothing to its claim).
    """
    table = effects(place)
    owner = table.solution
    central = evidenced(place).central
    found = np.divide(
        starts.evidence, central, out=np.ones_like(starts.evidence), where=central != 0
    )
    spent = starts.cost @ outcome.terms.investment
    taken_up = starts.uptake[:, owner]
    tested = tested_rows(place)
    shown = _saved(outcome.on_evidence, taken_up * found, starts.allowed)
    open_ = _saved(
        outcome.untested_as_claimed,
        taken_up * np.where(tested, found, starts.delivered),
        starts.allowed,
    )
    return {
        "do_nothing": starts.position,
        "on_evidence": starts.position + shown - spent,
        "not_known_drawn": starts.position + open_ - spent,
    }


def _saved(result: Result, times: Floats, allowed: Floats) -> Floats:
    """(D, Y) £m saved where each effect saves `times` (D, E) what it does in `result`.

    What a cap of whole populations holds down in `result` is held to that cap times `allowed` (D,).
    """
    saving = result.by_effect
    kept = result.sized.kept if result.sized else np.ones_like(saving)
    capped = kept < 1
    free = times @ np.where(capped, 0.0, saving)
    before = np.divide(saving, kept, out=np.zeros_like(saving), where=capped & (kept > 0))
    most = np.where(capped, saving, 0.0).sum(axis=0)
    total: Floats = free + np.minimum(times @ before, allowed[:, None] * most)
    return total


def _ends(values: Floats, years: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    ends = fan(values)
    return {year: (float(ends.p10[y]), float(ends.p90[y])) for y, year in enumerate(years)}
