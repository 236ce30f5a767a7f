"""Programmes' shares in what all of them do together, on the central draw.

Every set of programmes is a projection of the same people with the same luck. Where none of the
programmes at work passes through lives, and so all only multiply what is expected, the multilinear
extension is itself one projection: each programme's multiplier m becomes 1 + x (m - 1) where it
takes part with chance x, and the quadrature is exact. Else every set is projected if there are few
enough, and orders are sampled if not. A programme that changes nothing has no share in health; in
money its share is its own cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tripleaim.core import RunContext
from tripleaim.prevention.assemble_money import MILLION
from tripleaim.prevention.consequences import Losses
from tripleaim.prevention.document import AttributionPart, Share
from tripleaim.prevention.health import lost_name, outcome_names
from tripleaim.prevention.money import Prices, Reached, flows, programme_cost
from tripleaim.prevention.scenarios import (
    DEATHS,
    QALYS,
    QUALITY,
    ScenarioInputs,
    joined_by_date,
    late_outcomes,
    losses_under,
    lost_by,
    members_by_date,
    programmes_of,
    spared_by,
)
from tripleaim.prevention.shapley_shares import Shares, multilinear_shares, shares
from tripleaim.projection import Laws, Programme, Tally, simulate

Floats = npt.NDArray[np.float64]

MOST_COALITIONS = 256
MOST_PEOPLE = 100_000
"""People whose lives are projected for every set of programmes."""


@dataclass(frozen=True)
class AttributedOutcome:
    """One outcome that is attributed to programmes, summed over the horizon."""

    id: str
    name: str
    unit: str


@dataclass
class Sharing:
    """What any set of programmes achieves in one place. `asked` counts projections.

    What late outcomes take is worked from the life tables of do nothing, which are made when they
    are first asked for.
    """

    setting: ScenarioInputs
    laws: Laws
    compiled: Sequence[Programme]
    prices: Prices
    conditions: Sequence[str]
    asked: int = 0

    @cached_property
    def by_outcome(self) -> dict[str, Losses]:
        """What one of each counted late outcome takes."""
        return losses_under(self._nothing, self.setting)

    @cached_property
    def lost(self) -> Floats:
        """(3, C) QALYs, years of life and deaths lost to late outcomes if nothing is done."""
        return np.asarray(lost_by(self._nothing, self.by_outcome).sum(axis=(1, 2)))

    @cached_property
    def _nothing(self) -> Tally:
        return simulate(self.setting.people, self.laws, programmes=()).tally

    @property
    def outcomes(self) -> tuple[AttributedOutcome, ...]:
        """What is attributed: health, then money."""
        late = late_outcomes(self.laws.expected.names, self.prices.points)
        health = [
            AttributedOutcome("qalys", "QALYs", "QALYs"),
            AttributedOutcome("deaths", "Deaths", "deaths"),
        ]
        health += [AttributedOutcome(c, f"New: {c}", "people") for c in self.conditions]
        health += [AttributedOutcome(o, o, "events") for o in late]
        names = outcome_names(tuple(c.outcome for c in self.setting.consequences))
        health += [AttributedOutcome(f"qalys-{o}", lost_name(n), "QALYs") for o, n in names.items()]
        return (
            *health,
            AttributedOutcome("avoided", "Cost avoided", "£m"),
            AttributedOutcome("net", "Net cost", "£m"),
        )

    def value(self, chosen: Sequence[Programme]) -> Floats:
        """(outcomes,) summed over the horizon and scaled to all registered people.

        `avoided` is minus the price of the contacts that remain, so that differences are savings;
        `net` is what the programmes cost besides that price.
        """
        self.asked += 1
        tally = simulate(self.setting.people, self.laws, programmes=chosen).tally
        scale = self.setting.scale
        late = late_outcomes(tally.quantities, self.prices.points)
        contacts = np.stack([tally.quantity(p).sum(axis=(1, 2, 3)) for p in self.prices.points], 1)
        zero = np.zeros((1, len(tally.years) - 1, len(self.prices.payers)))
        one = np.ones((1, len(self.prices.points)))
        priced = flows(self.prices, scale * contacts[None, 1:], zero, one).avoided.sum() / MILLION
        cost = self.cost(tally, [p.id for p in chosen]) / MILLION
        onsets = tally.onsets.sum(axis=(0, 1, 2, 3))
        less = spared_by(tally, self._nothing, self.by_outcome).sum(axis=(1, 2))
        spared = less.sum(axis=-1)
        return np.array(
            [
                scale * (tally.quantity(QUALITY)[1:].sum() + spared[QALYS]),
                scale * (tally.deaths.sum() - spared[DEATHS]),
                *(scale * onsets[tally.conditions.index(c)] for c in self.conditions),
                *(scale * tally.quantity(o)[1:].sum() for o in late),
                *(scale * (self.lost - less)[QALYS]),
                -priced,
                cost + priced,
            ]
        )

    def cost(self, tally: Tally, chosen: Sequence[str]) -> float:
        """Pounds that the programmes in a tally cost over the horizon."""
        place, scale, years = self.setting.place, self.setting.scale, tally.years[1:]
        known = {p.id: p for p in self.setting.programmes}
        joined, members = joined_by_date(tally), members_by_date(tally)
        registered = scale * tally.people[1:].sum(axis=(1, 2, 3)).astype(np.float64)
        total = 0.0
        for j, name in enumerate(chosen):
            reached = Reached(
                joined=scale * joined[None, 1:, :, j].sum(axis=-1),
                members=scale * members[None, 1:, j],
                registered=registered[None],
                cost_multiple=np.ones(1),
            )
            payers = self.prices.payers
            total += programme_cost(place, known[name], years, reached, payers).sum()
        return float(total)


def attribute_effects(
    sharing: Sharing,
    alone: Floats,
    *,
    most_coalitions: int = MOST_COALITIONS,
    context: RunContext,
) -> list[AttributionPart]:
    """Every outcome attributed to the programmes, with `alone` (programmes, outcomes) beside it.

    All sets of programmes are projected if there are at most `most_coalitions`; else about as many
    in sampled orders.
    """
    compiled, programmes = sharing.compiled, sharing.setting.programmes
    idle = [k for k, p in enumerate(programmes) if not p.acts]
    active = [k for k in range(len(programmes)) if k not in idle]
    nothing, something = sharing.value(()), sharing.value(tuple(compiled))
    if active and all((compiled[k].hazard == 1).all() for k in active):
        shapley = _multiplying(sharing, active)
    else:
        expected = min(2 ** len(active), most_coalitions)
        pairs = max(2, most_coalitions // max(2 * len(active), 1))

        def value(coalition: int) -> Floats:
            context.report(
                "sharing out what programmes do", min(1.0, sharing.asked / (expected + 2))
            )
            return sharing.value(programmes_of(compiled, coalition))

        shapley = shares(
            value,
            len(programmes),
            idle=idle,
            most_coalitions=most_coalitions,
            pairs=pairs,
            seed=context.seed,
        )
    context.report("sharing out what programmes do", 1.0)
    values = shapley.value.copy()
    net = [o.id for o in sharing.outcomes].index("net")
    values[idle, net] = alone[idle, net]
    # Who joins an idle programme hangs a little on who lives on; that and rounding spread evenly.
    rest = (something - nothing) - values.sum(axis=0)
    takers = active or idle
    values[takers] += rest / max(len(takers), 1)
    return [
        AttributionPart(
            id=outcome.id,
            name=outcome.name,
            unit=outcome.unit,
            nothing=float(nothing[o]),
            something=float(something[o]),
            total=float(something[o] - nothing[o]),
            shares=[
                Share(
                    programme=programme.id,
                    value=float(values[k, o]),
                    error=float(shapley.error[k, o]),
                    alone=float(alone[k, o]),
                    way="exact" if shapley.way[k] == "exact" else "sampled",
                )
                for k, programme in enumerate(programmes)
            ],
            coalitions=sharing.asked,
            permutations=shapley.permutations,
            people=len(sharing.setting.people),
            corrected=float(rest[o] + shapley.corrected[o]),
        )
        for o, outcome in enumerate(sharing.outcomes)
    ]


def alone_values(sharing: Sharing) -> Floats:
    """(programmes, outcomes) what each programme does when it is the only one."""
    nothing = sharing.value(())
    return np.array([sharing.value((one,)) - nothing for one in sharing.compiled])


def _multiplying(sharing: Sharing, active: Sequence[int]) -> Shares:
    """Shares where all effects only multiply what is expected: by quadrature, exactly."""
    compiled, count = sharing.compiled, len(sharing.compiled)

    def extension(x: Floats) -> Floats:
        partly = [
            replace(
                compiled[k],
                expected=(1 + x[i] * (compiled[k].expected.astype(np.float64) - 1)).astype(
                    np.float32
                ),
            )
            for i, k in enumerate(active)
        ]
        health = sharing.value(partly)
        # Cost adds up: with chance x it is x of each programme's own.
        net = [o.id for o in sharing.outcomes].index("net")
        own = np.array([_own_cost(sharing, compiled[k]) for k in active])
        health[net] -= own.sum() - float(x @ own)
        return health

    values = np.zeros((count, len(sharing.outcomes)))
    values[list(active)] = multilinear_shares(extension, len(active))
    nought = np.zeros_like(values)
    return Shares(values, nought, ("exact",) * count, np.zeros(values.shape[1]), 0)


def _own_cost(sharing: Sharing, programme: Programme) -> float:
    tally = simulate(sharing.setting.people, sharing.laws, programmes=(programme,)).tally
    return sharing.cost(tally, [programme.id]) / MILLION
