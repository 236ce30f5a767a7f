"""Whether the organisations that carry out a solution would want to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.place import Place
from tripleaim.plan.incentive.incentive_model import (
    VERDICTS,
    ByYear,
    OrganisationEffect,
    SolutionIncentive,
    Verdict,
)
from tripleaim.wording import Gain, IncentivesFinding, MainLoss, WantedFinding

# Over all years of a plan; less is not worth a word.
SMALL = Decimal(50_000)
NOTHING = Decimal(0)

Effects = Sequence[OrganisationEffect]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which of the organisations carrying out a solution gain and lose, and the whole finding."""

    verdict: Verdict
    wanted_by: tuple[str, ...]
    not_wanted_by: tuple[str, ...]
    finding: WantedFinding


def judge(effects: Effects, system: ByYear, release: str) -> Judgement:
    """Whether the organisations carrying out a solution gain or lose over the plan's years."""
    doers = [e for e in effects if e.does_it]
    gain = [e for e in doers if e.total >= SMALL]
    lose = [e for e in doers if e.total <= -SMALL]
    verdict = _verdict(doers, gain, lose)
    return Judgement(
        verdict,
        tuple(e.organisation for e in gain),
        tuple(e.organisation for e in lose),
        WantedFinding(
            verdict=verdict,
            doers=tuple(Gain(e.name, e.total) for e in (*gain, *lose)),
            main_loss=_main_loss(lose),
            other=_other(effects),
            frees_capacity=release == "capacity only",
            system=_sum(system),
            small=SMALL,
        ),
    )


def incentives_finding(
    place: Place, rule: str, rows: Sequence[SolutionIncentive], together: Effects
) -> IncentivesFinding:
    """What a whole table shows under the rule of this name."""
    year = place.last_year
    count = {v: sum(row.verdict == v for row in rows) for v in VERDICTS}
    providers = {o.id for o in place.organisations if o.side == "provider"}
    own = [e for e in together if e.organisation in providers]
    return IncentivesFinding(
        place=place.name,
        rule=rule,
        solutions=len(rows),
        wanted=count["wanted"],
        not_wanted=count["not wanted"],
        divided=count["divided"],
        year=year,
        income_lost=sum((e.loses_income[year] for e in own), NOTHING) if own else None,
        cost_shed=sum((e.cost_falls[year] for e in own), NOTHING) if own else None,
    )


def _verdict(doers: Effects, gain: Effects, lose: Effects) -> Verdict:
    if not doers:
        return "nobody named"
    if gain and lose:
        return "divided"
    if gain or lose:
        return "wanted" if gain else "not wanted"
    return "indifferent"


def _main_loss(lose: Effects) -> MainLoss | None:
    """Why the organisation that loses most does: income, unpaid work or investment."""
    if not lose:
        return None
    worst = min(lose, key=lambda e: e.total)
    income, cost, spent = map(_sum, (worst.loses_income, worst.cost_falls, worst.invests))
    shed, added = max(cost, NOTHING), max(-cost, NOTHING)
    paid = min(income, NOTHING)
    losses = {
        MainLoss(worst.name, "income", income, shed): max(income, NOTHING) - shed,
        MainLoss(worst.name, "work", added, paid): added + paid,
        MainLoss(worst.name, "investment", spent, NOTHING): spent,
    }
    main = max(losses, key=lambda loss: losses[loss])
    return main if losses[main] >= SMALL else None


def _other(effects: Effects) -> Gain | None:
    others = [e for e in effects if not e.does_it and abs(e.total) >= SMALL]
    if not others:
        return None
    most = max(others, key=lambda e: abs(e.total))
    return Gain(most.name, most.total)


def _sum(by_year: ByYear) -> Decimal:
    return sum(by_year.values(), NOTHING)
