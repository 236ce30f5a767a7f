"""The document, from stored results. Pure: the same results give the same document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim import __version__
from tripleaim.people import Disease, RiskFactor
from tripleaim.place import Parameter
from tripleaim.prevention.assemble_health import averted, health_part, quintile_benefits
from tripleaim.prevention.assemble_late_outcomes import consequence_rows, spared, spared_note
from tripleaim.prevention.assemble_leading_measures import chains_of, conditions_with_early_signs
from tripleaim.prevention.assemble_money import (
    MILLION,
    Results,
    first_rate,
    flows_of,
    money_part,
    names_of,
)
from tripleaim.prevention.assemble_uncertainty import Luck, uncertainty_parts
from tripleaim.prevention.assemble_value import ACTING, ALL, BUNDLE, value_part
from tripleaim.prevention.compiled_programmes import coverage
from tripleaim.prevention.consequences import Carried, Consequence, counted
from tripleaim.prevention.document import (
    AttributionPart,
    CostRow,
    EvidenceRow,
    Headline,
    PreventionDocument,
    ProgrammePart,
    RunPart,
)
from tripleaim.prevention.document_numbers import fan, interval, number, outside
from tripleaim.prevention.document_value import ValuePart, ValueRow
from tripleaim.prevention.money import discount_rates
from tripleaim.prevention.programmes import Prevention, ProgrammeEffect, weight_of
from tripleaim.prevention.published import published_rows
from tripleaim.prevention.scenarios import FIRST_ALONE, GROUPED, NOTHING, TOGETHER, health_names
from tripleaim.projection import IMPROVEMENT_KEPT, mortality_known_to
from tripleaim.wording import (
    MortalityBeyond,
    prevention_notes,
    price_carried,
    programme_effect,
    values_outside,
    who_in_words,
)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class About:
    """How the document was made."""

    seed: int
    registered: int
    simulated: int
    draws_asked: int
    seeds: int = 1
    draws_simulated: int = 0


@dataclass(frozen=True)
class Knowledge:
    """The inputs behind the results; `outcomes` are the late ones, in the order of the arrays."""

    diseases: Sequence[Disease]
    risks: Sequence[RiskFactor]
    parameters: Sequence[Parameter]
    outcomes: tuple[str, ...]
    consequences: tuple[Consequence | Carried, ...]

    @property
    def counted(self) -> tuple[str, ...]:
        """Late outcomes after which years are lost that no condition carries."""
        return tuple(c.outcome for c in counted(self.consequences))


def assemble(
    results: Results,
    about: About,
    knowledge: Knowledge,
    attribution: list[AttributionPart],
    luck: Luck,
) -> PreventionDocument:
    """The document of one place; `luck` is that of headline outcomes."""
    place = results.place
    diseases, risks, outcomes = knowledge.diseases, knowledge.risks, knowledge.outcomes
    conditions = {d.id: d.name for d in diseases}
    led = conditions_with_early_signs(place, list(conditions))
    together = money_part(results, TOGETHER)
    value = value_part(results)
    uncertainty = uncertainty_parts(results, knowledge.parameters, luck)
    document = PreventionDocument(
        footprint=place.id,
        name=place.name,
        seed=about.seed,
        version=__version__,
        inputs_sha256=place.sha256_of("prevention"),
        run=RunPart(
            registered=about.registered,
            simulated=about.simulated,
            draws=len(results.draws) - 1,
            draws_asked=about.draws_asked,
            complete=len(results.draws) - 1 >= about.draws_asked,
            seeds=about.seeds,
            draws_simulated=about.draws_simulated,
        ),
        base_year=place.base_year,
        years=list(results.years),
        plan_years=list(place.years),
        price_year=results.prices.year,
        discount_rates_pct=list(discount_rates(place)),
        qaly_value_gbp=place.value("prevention.qaly-value"),
        conditions=conditions,
        payers=names_of(place, results.prices.payers),
        points_of_delivery={p.id: p.name for p in place.points_of_delivery},
        headline=headline(results, conditions, outcomes, value),
        programmes=[programme_part(results, j, knowledge) for j in range(len(results.programmes))],
        together=together,
        meeting=interval(_meeting(results)),
        health=health_part(results, conditions, outcomes, knowledge.counted),
        spared=spared(results, TOGETHER, outcomes, knowledge.counted),
        consequences=consequence_rows(knowledge.consequences),
        leading=chains_of(results, diseases, risks, outcomes, led),
        uncertainty=uncertainty.headlines,
        parameters=uncertainty.parameters,
        decision=uncertainty.decision,
        attribution=attribution,
        by_quintile=quintile_benefits(results),
        value=value,
        published=published_rows(results),
        notes=[
            *notes(results, about),
            *spared_note(results, knowledge.consequences, conditions),
        ],
    )
    luckless = values_outside(*outside(document))
    return document.model_copy(update={"notes": [*document.notes, *luckless]})


def headline(
    results: Results, conditions: dict[str, str], outcomes: tuple[str, ...], value: ValuePart
) -> Headline:
    """What the first sentence says."""
    money = money_part(results, TOGETHER)
    rate = first_rate(results.place)
    sums = next(s for s in money.sums if s.rate_pct == rate)
    plain = next(s for s in money.sums if s.rate_pct == 0)
    deaths = results.arrays["deaths"].sum(axis=(2, 3))
    life = results.arrays["health"]
    gained = {}
    for h, (measure, age, sex, group) in enumerate(health_names()):
        if (measure, age, group) == (GROUPED[0], 0, 0):
            key = "male" if sex == 0 else "female"
            gained[key] = interval(life[:, 1, h, -1] - life[:, 0, h, -1])
    inside = money.inside_plan
    return Headline(
        programme_cost_gbp_m=sums.programme_cost,
        avoided_gbp_m=sums.avoided,
        net_cost_gbp_m=sums.net_cost,
        net_cash_gbp_m=sums.net_cash,
        break_even=sums.break_even,
        inside_plan_gbp_m=inside.avoided,
        inside_plan_pct=inside.avoided_share_pct,
        qalys=plain.qalys,
        qalys_discounted=sums.qalys,
        gbp_per_qaly=_row_of(value, BUNDLE, rate).gbp_per_qaly,
        gbp_per_qaly_acting=_row_of(value, ACTING, rate).gbp_per_qaly,
        deaths_averted=interval(deaths[:, NOTHING] - deaths[:, TOGETHER]),
        onsets_averted={c: averted(results, "onsets", k) for k, c in enumerate(conditions)},
        outcomes_averted={o: averted(results, "outcomes", k) for k, o in enumerate(outcomes)},
        life_expectancy_gained=gained,
    )


def _row_of(value: ValuePart, key: str, rate: float) -> ValueRow:
    return next(r for r in value.rows if (r.id, r.basis, r.rate_pct) == (key, ALL, rate))


def programme_part(results: Results, j: int, knowledge: Knowledge) -> ProgrammePart:
    """One programme, alone against do nothing."""
    programme, arrays = results.programmes[j], results.arrays
    scenario = FIRST_ALONE + j
    joined = arrays["joined"][:, 1, 1:, :, j]
    deaths = arrays["deaths"].sum(axis=(2, 3))
    qalys = arrays["qalys"].sum(axis=-1)
    dates = results.years[:-1]
    covered = coverage(programme, dates)
    solutions = [s.id for s in results.place.solutions]
    return ProgrammePart(
        id=programme.id,
        name=programme.name,
        summary=programme.summary,
        solution=programme.id if programme.id in solutions else None,
        who=programme.who,
        whom=who_in_words(programme.who, results.place),
        start=programme.start,
        years_to_full=programme.years_to_full,
        supported=programme.acts,
        evidence=[evidence_row(results, effect) for effect in programme.effects],
        costs=cost_rows(programme),
        coverage_pct=[
            [round(100 * float(share), 3) for share in row] for row in (*covered, covered[-1])
        ],
        joined=fan(joined.sum(axis=-1)),
        joined_by_quintile=[[float(number(float(n)) or 0) for n in row] for row in joined[0]],
        joined_total=interval(joined.sum(axis=(1, 2))),
        money=money_part(results, scenario),
        qalys=fan(qalys[:, scenario] - qalys[:, NOTHING]),
        deaths_averted=interval(deaths[:, NOTHING] - deaths[:, scenario]),
        spared=spared(results, scenario, knowledge.outcomes, knowledge.counted),
    )


def evidence_row(results: Results, effect: ProgrammeEffect) -> EvidenceRow:
    """The evidence on one effect, in words and numbers."""
    return EvidenceRow(
        effect=programme_effect(effect.changes, effect.target),
        value=effect.value,
        low=effect.low,
        high=effect.high,
        unit=effect.unit,
        used=effect.at(0.0, weight_of(results.place, effect)),
        half_life_years=effect.half_life.value if effect.half_life else None,
        design=effect.design,
        status=effect.status,
        source=effect.source,
        where=effect.where,
        cause=effect.cause,
    )


def cost_rows(programme: Prevention) -> list[CostRow]:
    """A programme's costs at the prices of the plan's first year, and what carried them there."""
    units = {
        "per person reached": "£ once for each who joins",
        "per member a year": "£ a year for each member, as far as the effect is left",
        "set-up": "£ for each registered person, once",
        "recurrent": "£ a year for each registered person",
    }
    return [
        CostRow(
            kind=cost.kind,
            value=cost.value,
            low=cost.low,
            high=cost.high,
            unit=units[cost.kind],
            payer=cost.payer,
            status=cost.status,
            source=cost.source,
            cause=price_carried(cost.cause, cost.value, cost.price_year, cost.price_factor),
        )
        for cost in programme.costs
    ]


def notes(results: Results, about: About) -> list[str]:
    """What a reader must know with the numbers."""
    return prevention_notes(
        last_year=results.place.last_year,
        simulated=about.simulated,
        registered=about.registered,
        without_evidence=[p.name for p in results.programmes if not p.acts],
        seeds=about.seeds,
        draws=len(results.draws) - 1,
        draws_simulated=about.draws_simulated,
        mortality=_mortality_beyond(results),
    )


def _mortality_beyond(results: Results) -> MortalityBeyond | None:
    """How mortality goes on after its projection, where the horizon goes beyond it."""
    last, place = mortality_known_to(results.place), results.place
    if int(results.years[-1][:4]) <= last:
        return None
    return MortalityBeyond(last, place.value(IMPROVEMENT_KEPT))


def _meeting(results: Results) -> Floats:
    alone = sum(
        (
            flows_of(results, FIRST_ALONE + j).avoided.sum(axis=(1, 2))
            for j in range(len(results.programmes))
        ),
        np.zeros(len(results.draws)),
    )
    return np.asarray((alone - flows_of(results, TOGETHER).avoided.sum(axis=(1, 2))) / MILLION)
