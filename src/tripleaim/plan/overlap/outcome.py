"""A scenario's outcome: as claimed, after overlap, on evidence and as chosen, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tripleaim.place import Place
from tripleaim.plan.basis import OF_RESULTS, Basis, basis_of
from tripleaim.plan.overlap.beliefs import Belief, beliefs
from tripleaim.plan.overlap.cap import capped, caps
from tripleaim.plan.overlap.claims import SIDES, ScenarioTerms, terms
from tripleaim.plan.overlap.classes import ClassedPart, classify, known_rows, tested_rows
from tripleaim.plan.overlap.combined_effects import Combined, combine_effects
from tripleaim.plan.overlap.effects import Effects, effects, evidenced
from tripleaim.plan.overlap.groups import Groups
from tripleaim.plan.overlap.scenario import Scenario
from tripleaim.plan.overlap.sizing import MILLION, Sizes, largest_sizes, size_claims

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sized:
    """(E, Y) each: the fall of each effect, and the part of it that the cap leaves."""

    size: Floats
    kept: Floats


@dataclass(frozen=True)
class Result:
    """Net savings in £m a year (a saving is positive, net of investment) and what is left to do.

    net       (S, 2, Y) by solution, side and year
    cap       (2, Y) one line that takes the total down to what populations have been seen to save
    activity  (P, Y) contacts that remain
    combined  by effect, what is left under the cap; None where effects have not been combined
    sized     how large the effects were; None where they have not been combined
    """

    net: Floats
    cap: Floats
    activity: Floats
    combined: Combined | None = None
    sized: Sized | None = None

    @property
    def by_solution(self) -> Floats:
        """(S, Y) £m, both sides together."""
        total: Floats = self.net.sum(axis=1)
        return total

    @property
    def by_side(self) -> Floats:
        """(2, Y) £m, all solutions together, with the cap."""
        total: Floats = self.net.sum(axis=0) + self.cap
        return total

    @property
    def total(self) -> Floats:
        """(Y,) £m, with the cap."""
        total: Floats = self.by_side.sum(axis=0)
        return total

    @property
    def by_effect(self) -> Floats:
        """(E, Y) £m that each effect saves, under the cap; ValueError without combined effects."""
        if self.combined is None:
            raise ValueError("effects have not been combined")
        saved: Floats = self.combined.saving / MILLION
        return saved


@dataclass(frozen=True)
class Outcome:
    """What a scenario comes to. Arrays run along `solutions` (S), SIDES (2), `years` (Y).

    as_claimed     as partners claim, under the scenario's choices; activity as if nothing is done
    after_overlap  effects sized for the claims, combined on the same people and contacts
    on_evidence    what evidence supports of the same effects, combined, with the population cap
    as_chosen      every solution on the basis that the scenario chose for it, combined
    classes        what evidence shows of each solution, in the last year
    least, most    what is shown, and of what is not known nothing, or all that is claimed as far
                   as whole populations leave room for it (the best end); combined, and all invested
    untested_as_claimed  what controlled studies measured as measured, all else as claimed, combined
    evidence_low, evidence_high  (S, Y) £m by solution, at the ends of its study's interval (95%)
    """

    scenario: Scenario
    years: tuple[str, ...]
    solutions: tuple[str, ...]
    points_of_delivery: tuple[str, ...]
    terms: ScenarioTerms
    sizes: Sizes
    reached: Floats
    as_claimed: Result
    after_overlap: Result
    on_evidence: Result
    as_chosen: Result
    classes: tuple[ClassedPart, ...]
    least: Result
    most: Result
    untested_as_claimed: Result
    evidence_low: Floats
    evidence_high: Floats
    beliefs: Mapping[str, tuple[Belief, ...]]

    def on(self, basis: Basis) -> Result:
        """What all solutions together come to on one basis. Raises InputError for another."""
        result: Result = getattr(self, basis_of(basis, OF_RESULTS))
        return result

    @property
    def interaction(self) -> Floats:
        """(Y,) £m claimed but not left after overlap: what meets, and what cannot be."""
        difference: Floats = self.as_claimed.total - self.after_overlap.total
        return difference

    @property
    def impossible(self) -> Floats:
        """(Y,) £m of the interaction that no size of effect would save, even alone."""
        short: Floats = self.sizes.shortfall.sum(axis=0)
        return short

    def gross(self, result: Result) -> Floats:
        """(Y,) £m that effects save before investment is taken off, with the cap."""
        total: Floats = result.total + self.terms.investment.sum(axis=0)
        return total

    def by_year(self, row: Floats) -> dict[str, float]:
        """A row along the years (Y,) as a mapping from year to number."""
        return dict(zip(self.years, map(float, row), strict=True))


def evaluate(
    place: Place,
    groups: Groups,
    costs: Mapping[str, Mapping[str, float]],
    scenario: Scenario,
) -> Outcome:
    """The outcome of `scenario` for the whole place, exact, from its reach groups.

    `costs[year][point_of_delivery]` is what the NHS saves when a contact falls away, in £. Raises
    KeyError when it lacks a year, InputError when the place lacks a figure that a solution needs.
    """
    solution_terms, table, price = terms(place, scenario), effects(place), prices(place, costs)
    sizes = size_claims(groups, table, solution_terms, price)
    of_claims = sizes.by_effect(table)
    supported = evidenced(place)
    steady = np.ones(len(place.years))
    central = np.outer(supported.central, steady)
    run = _Run(place, groups, table, solution_terms, price)

    nothing_met = Result(solution_terms.claimed, np.zeros((2, len(place.years))), groups.contacts)
    under_cap = np.array([s.under_population_cap for s in place.solutions], dtype=bool)
    nobody = np.zeros_like(under_cap)
    on_evidence = run.result(central, under_cap, "value")
    classes = classify(
        place, groups, table, solution_terms=solution_terms, price=price, sizes=sizes
    )
    known = known_rows(classes, len(table.solution))[:, None]
    low = run.result(np.outer(supported.low, steady), under_cap, "high")
    high = run.result(np.outer(supported.high, steady), under_cap, "low")
    chosen, by_evidence = _chosen(place, scenario, table, of_claims, central)
    after_overlap = run.result(of_claims, nobody, "value")
    same = np.array_equal(chosen, of_claims) and not by_evidence.any()
    return Outcome(
        scenario=scenario,
        years=place.years,
        solutions=groups.solutions,
        points_of_delivery=groups.points_of_delivery,
        terms=solution_terms,
        sizes=sizes,
        reached=groups.people_reached,
        as_claimed=nothing_met,
        after_overlap=after_overlap,
        on_evidence=on_evidence,
        as_chosen=(after_overlap if same else run.result(chosen, under_cap & by_evidence, "value")),
        classes=classes,
        least=run.result(np.where(known, central, 0.0), under_cap, "value"),
        most=run.result(np.where(known, central, of_claims), under_cap, "low"),
        untested_as_claimed=run.result(
            np.where(tested_rows(place)[:, None], central, of_claims), under_cap, "value"
        ),
        # All ends are combined at once, so more overlap can outweigh a small effect of its own.
        evidence_low=np.minimum(low.by_solution, on_evidence.by_solution),
        evidence_high=np.maximum(high.by_solution, on_evidence.by_solution),
        beliefs={s.id: beliefs(place, groups, solution_terms, sizes, s) for s in place.solutions},
    )


def result_of(
    place: Place,
    groups: Groups,
    table: Effects,
    *,
    solution_terms: ScenarioTerms,
    price: Floats,
    size: Floats,
    under_cap: npt.NDArray[np.bool_],
) -> Result:
    """What effects of this size (E, Y) come to on these terms, at these prices (P, Y).

    The solutions marked in `under_cap` (S,) are held to the caps of whole populations.
    """
    return _Run(place, groups, table, solution_terms, price).result(size, under_cap, "value")


def prices(place: Place, costs: Mapping[str, Mapping[str, float]]) -> Floats:
    """(P, Y) £ that the NHS saves a contact; 0 at points of delivery that are not its money."""
    return np.array(
        [
            [costs[year].get(p.id, 0.0) if p.nhs else 0.0 for year in place.years]
            for p in place.points_of_delivery
        ]
    )


@dataclass(frozen=True)
class _Run:
    place: Place
    groups: Groups
    effects: Effects
    terms: ScenarioTerms
    price: Floats

    def result(self, size: Floats, under_cap: npt.NDArray[np.bool_], end: str) -> Result:
        """What effects of this size (E, Y) come to, the solutions marked (S,) held to the cap."""
        combined = combine_effects(self.groups, self.effects, self.terms.uptake, size, self.price)
        saving = np.zeros_like(self.terms.investment)
        np.add.at(saving, self.effects.solution, combined.saving / MILLION)
        net = saving - self.terms.investment
        under_caps = capped(
            caps(self.place, end),
            self.groups,
            self.effects,
            uptake=self.terms.uptake,
            combined=combined,
            under_cap=under_cap,
        )
        share = self.terms.side_share
        cap = -(under_caps.taken_back[:, None] * share).sum(axis=0) / MILLION
        left = replace(
            combined,
            saving=combined.saving * under_caps.kept,
            avoided=combined.avoided * under_caps.kept[:, None],
            contacts=combined.contacts + under_caps.contacts,
        )
        return Result(net[:, None] * share, cap, left.contacts, left, Sized(size, under_caps.kept))


def _chosen(
    place: Place, scenario: Scenario, table: Effects, claimed: Floats, evidence: Floats
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """The fall of each effect (E, Y) on the chosen basis, and which (S,) chose evidence."""
    size = claimed.copy()
    by_evidence = np.zeros(len(place.solutions), dtype=bool)
    largest = largest_sizes(table, len(place.solutions))
    for s, solution in enumerate(place.solutions):
        choice, rows = scenario.choice(solution), table.of(s)
        if choice.basis is Basis.ON_EVIDENCE:
            by_evidence[s] = True
            size[rows] = evidence[rows]
        elif choice.basis is Basis.OWN_VALUE:
            size[rows] = min(choice.own or 0.0, largest[s]) * table.weight[rows, None]
        elif choice.basis is Basis.OFF:
            size[rows] = 0.0
    return size, by_evidence


__all__ = ["SIDES", "Outcome", "Result", "evaluate", "prices", "result_of"]
