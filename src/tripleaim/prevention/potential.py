"""What all programmes together gain in a sample of a place's people, draw by draw.

`run_prevention` makes a whole document, with each programme alone; where many places are compared,
the health that all of them gain together is enough, from doing nothing and all programmes alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tripleaim.people import People, read_risk_factors
from tripleaim.place import CENTRAL, Draw, Parameter, Place
from tripleaim.prevention.compiled_programmes import compile_programmes
from tripleaim.prevention.consequences import QALYS, counted, read_consequences
from tripleaim.prevention.job import all_parameters, lags_of, names_of
from tripleaim.prevention.programme_files import read_programmes
from tripleaim.prevention.programmes import parameters
from tripleaim.prevention.scenarios import (
    NOTHING,
    QUALITY,
    TOGETHER,
    ScenarioInputs,
    late_outcomes,
    losses_under,
    spared_by,
)
from tripleaim.projection import Laws, Redraw, Tally, fit_laws, simulate_scenarios

LUCK = 10_000
"""What is added to the seed of people for the luck of draws."""


@dataclass(frozen=True)
class DrawnPotential:
    """One draw of a sample, not scaled to the place.

    nothing  what the sample's lives add up to if nothing is done
    qalys    quality-adjusted years gained by all programmes together over the horizon
    """

    nothing: Tally
    qalys: float


@dataclass(frozen=True)
class PreventionSample:
    """A sample of a place's people, the laws of their lives, and the place's programmes."""

    setting: ScenarioInputs
    laws: Laws
    redraw: Redraw
    parameters: tuple[Parameter, ...]

    @classmethod
    def of(cls, place: Place, sample: People, *, years: int = 20) -> PreventionSample:
        """The sample followed for `years`. Raises InputError at a fault in the place's inputs."""
        laws = fit_laws(place, sample, steps=years)
        late = late_outcomes(laws.expected.names, [p.id for p in place.points_of_delivery])
        programmes = read_programmes(place, names_of(place, laws, late))
        consequences = read_consequences(place, late, laws.lanes.conditions)
        setting = ScenarioInputs(
            place,
            sample,
            programmes,
            lags_of(read_risk_factors(place)),
            1.0,
            counted(consequences),
        )
        every = all_parameters(place, parameters(programmes))
        return cls(setting, laws, Redraw(place, sample, laws), every)

    def drawn(self, draw: Draw, *, threads: int | None = None) -> DrawnPotential:
        """The sample under a draw, with the luck of the draw's number."""
        people = self.setting.people
        lucky = replace(people, seed=people.seed + LUCK + draw.number)
        return self._run(lucky, self.redraw(draw), draw, threads)

    def central_parts(
        self, parts: Sequence[People], *, threads: int | None = None
    ) -> list[DrawnPotential]:
        """Parts of the sample on the central draw, with their own luck."""
        return [self._run(part, self.laws, CENTRAL, threads) for part in parts]

    def _run(self, people: People, laws: Laws, draw: Draw, threads: int | None) -> DrawnPotential:
        setting = replace(self.setting, people=people)
        compiled = compile_programmes(setting.place, setting.programmes, laws, setting.lags, draw)
        tallies = simulate_scenarios(
            people, laws, compiled, [(), tuple(range(len(compiled)))], threads=threads
        )
        nothing, together = tallies[NOTHING], tallies[TOGETHER]
        by_outcome = losses_under(nothing, setting, draw)
        spared = spared_by(together, nothing, by_outcome)[QALYS].sum()
        lived = together.quantity(QUALITY) - nothing.quantity(QUALITY)
        return DrawnPotential(nothing, float(lived[1:].sum() + spared))
