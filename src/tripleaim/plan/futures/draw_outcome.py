"""One future of the five-year plan: do nothing and do something under one draw, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.accounts import (
    LIMITS,
    SIDES,
    MoneyCalibration,
    account,
    account_inputs,
    costs_by_year,
    within_limits,
)
from tripleaim.place import Draw, Place
from tripleaim.plan.basis import Basis
from tripleaim.plan.do_nothing import DoNothing, Money
from tripleaim.plan.futures.uncertain_parameters import (
    delivered_in,
    evidence_in,
    grown_activity,
    growth_in,
    place_in,
    terms_in,
)
from tripleaim.plan.overlap.claims import ScenarioTerms, terms
from tripleaim.plan.overlap.classes import classify, shown_not_to_pay, tested_rows
from tripleaim.plan.overlap.effects import Effects, effects
from tripleaim.plan.overlap.groups import Groups
from tripleaim.plan.overlap.outcome import prices, result_of
from tripleaim.plan.overlap.scenario import Scenario
from tripleaim.plan.overlap.sizing import size_claims

Floats = npt.NDArray[np.float64]

NOT_KNOWN_DRAWN = "not_known_drawn"
"""What controlled studies measured within its interval; all else anything up to its claim."""

POSITIONS = (
    "do_nothing",
    Basis.AS_CLAIMED,
    Basis.AFTER_OVERLAP,
    Basis.ON_EVIDENCE,
    NOT_KNOWN_DRAWN,
)
"""The positions that are drawn, in the order of the arrays."""

CONTACTS = ("do_nothing", Basis.AFTER_OVERLAP, Basis.ON_EVIDENCE)
"""The positions whose contacts are drawn; as claimed, contacts stay as if nothing is done."""


@dataclass(frozen=True)
class Future:
    """The result of one draw; £m, negative is a deficit. Arrays run along plan years (Y).

    position   (5, 2, Y) by POSITIONS and SIDES
    solutions  (S, Y) what each solution saves on evidence, net of investment
    drawn      (S, Y) the same, with what is not known drawn
    contacts   (3, P, Y) by CONTACTS
    people     (Y,) registered
    limited    (L,) 1 where figures could not be as drawn together, by LIMITS, else 0
    """

    position: Floats
    solutions: Floats
    drawn: Floats
    contacts: Floats
    people: Floats
    limited: Floats


@dataclass(frozen=True)
class Central:
    """The central run that every draw moves: people as they are expected, money as calibrated."""

    place: Place
    nothing: DoNothing
    groups: Groups
    table: Effects
    terms: ScenarioTerms
    sizes: Floats
    calibration: MoneyCalibration
    costly: npt.NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        place: Place,
        *,
        nothing: DoNothing,
        money: Money,
        calibration: MoneyCalibration,
        groups: Groups,
        scenario: Scenario,
    ) -> Central:
        """The central run under a scenario's choices of uptake and start.

        Claims are sized once, on central activity and prices: what an effect would have to be is a
        property of the claim, and does not move with the draw.
        """
        solution_terms, table = terms(place, scenario), effects(place)
        price = prices(place, money.costs)
        claims = size_claims(groups, table, solution_terms, price)
        return cls(
            place,
            nothing,
            groups,
            table,
            solution_terms,
            claims.by_effect(table),
            calibration,
            shown_not_to_pay(
                place,
                classify(
                    place, groups, table, solution_terms=solution_terms, price=price, sizes=claims
                ),
            ),
        )

    def future(
        self, draw: Draw, contacts: Floats | None = None, people: Floats | None = None
    ) -> Future:
        """The result of `draw`.

        `contacts` (P, Y) and `people` (Y,) are what the draw's lives multiply the central contacts
        and registered people by; 1 unless given.
        """
        moved = place_in(self.place, draw)
        lives = np.ones((len(moved.points_of_delivery), len(moved.years)))
        heads = np.ones(len(moved.years)) if people is None else people
        grown = growth_in(self.place, draw) * (lives if contacts is None else contacts)
        groups = self.groups.times(grown, heads)
        activity = grown_activity(self.place, self.nothing, grown)
        stated = account_inputs(moved)
        parameters = self.calibration.on(stated.parameters)
        registered = self._registered(heads)
        inputs, limited = within_limits(stated, registered, parameters)
        money = account(inputs, activity, registered, parameters)
        price = prices(moved, costs_by_year(inputs, activity, money))
        solution_terms = terms_in(self.place, self.terms, draw)
        # The share of an admission's cost that goes with bed days is a figure, and may have moved.
        table = effects(moved)
        cap = np.array([s.under_population_cap for s in moved.solutions], dtype=bool)
        on_evidence = np.outer(evidence_in(moved, draw), np.ones(len(moved.years)))

        nobody = np.zeros_like(cap)
        overlapped = result_of(
            moved,
            groups,
            table,
            solution_terms=solution_terms,
            price=price,
            size=self.sizes,
            under_cap=nobody,
        )
        supported = result_of(
            moved,
            groups,
            table,
            solution_terms=solution_terms,
            price=price,
            size=on_evidence,
            under_cap=cap,
        )
        delivered = delivered_in(self.place, draw)[:, None] * self.sizes
        drawn = result_of(
            moved,
            groups,
            table,
            solution_terms=solution_terms,
            price=price,
            size=np.where(tested_rows(moved)[:, None], on_evidence, delivered),
            under_cap=cap,
        )
        start = np.array([[money.side(side)[year] for year in moved.years] for side in SIDES])
        return Future(
            position=np.stack(
                [
                    start,
                    start + solution_terms.claimed.sum(axis=0),
                    start + overlapped.by_side,
                    start + supported.by_side,
                    start + drawn.by_side,
                ]
            ),
            solutions=supported.by_solution,
            drawn=drawn.by_solution,
            contacts=np.stack([groups.contacts, overlapped.activity, supported.activity]),
            people=groups.population,
            limited=np.array([limit in limited for limit in LIMITS], dtype=np.float64),
        )

    def _registered(self, heads: Floats) -> Mapping[str, float]:
        before = self.nothing.registered
        moved = {y: before[y] * float(h) for y, h in zip(self.place.years, heads, strict=True)}
        return {**before, **moved}
