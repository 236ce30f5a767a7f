"""Sentences on whether the organisations that carry out a solution would want to."""

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
from tripleaim.wording import listed, pounds

# Over all years of a plan; less is not worth a word.
SMALL = Decimal(50_000)
NOTHING = Decimal(0)

Effects = Sequence[OrganisationEffect]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which of the organisations carrying out a solution gain and lose, and a sentence about it."""

    verdict: Verdict
    wanted_by: tuple[str, ...]
    not_wanted_by: tuple[str, ...]
    sentence: str


def judge(effects: Effects, system: ByYear, release: str) -> Judgement:
    """Whether the organisations carrying out a solution gain or lose over the plan's years."""
    doers = [e for e in effects if e.does_it]
    gain = [e for e in doers if e.total >= SMALL]
    lose = [e for e in doers if e.total <= -SMALL]
    verdict = _verdict(doers, gain, lose)
    whole = _sum(system)
    sentences = [_doers(verdict, gain, lose), *_why(lose), *_others(effects)]
    if release == "capacity only":
        sentences.append("It frees capacity rather than cash.")
    sentences.append(
        f"The system as a whole would be {pounds(whole)} {'better' if whole > 0 else 'worse'} off."
        if abs(whole) >= SMALL
        else "The system as a whole would neither gain nor lose."
    )
    return Judgement(
        verdict,
        tuple(e.organisation for e in gain),
        tuple(e.organisation for e in lose),
        " ".join(sentences),
    )


def table_sentence(
    place: Place, rule: str, rows: Sequence[SolutionIncentive], together: Effects
) -> str:
    """The conclusion of a whole table, in sentences."""
    if not rows:
        return f"{place.name} has no solution, and so nobody gains or loses."
    year = place.last_year
    count = {v: sum(row.verdict == v for row in rows) for v in VERDICTS}
    providers = {o.id for o in place.organisations if o.side == "provider"}
    own = [e for e in together if e.organisation in providers]
    lost = sum((e.loses_income[year] for e in own), NOTHING)
    shed = sum((e.cost_falls[year] for e in own), NOTHING)
    sentence = (
        f"Under the rule “{rule}” those who have to do them would want {count['wanted']} of "
        f"{len(rows)} solutions, not want {count['not wanted']}, and be divided on "
        f"{count['divided']}."
    )
    if own:
        moved = "lose" if lost >= 0 else "gain"
        falls = "fall" if shed >= 0 else "rise"
        sentence += (
            f" In {year} the place's own providers would {moved} {pounds(lost)} of income, and "
            f"their cost would {falls} by {pounds(shed)}."
        )
    return sentence


def _verdict(doers: Effects, gain: Effects, lose: Effects) -> Verdict:
    if not doers:
        return "nobody named"
    if gain and lose:
        return "divided"
    if gain or lose:
        return "wanted" if gain else "not wanted"
    return "indifferent"


def _doers(verdict: Verdict, gain: Effects, lose: Effects) -> str:
    over = "over the plan's years"
    gains, loses = _each(gain, "would gain"), _each(lose, "would lose")
    return {
        "wanted": f"Those who do it would want to: {over} {gains}.",
        "not wanted": f"Those who do it would not want to: {over} {loses}.",
        "divided": f"Those who do it are divided: {over} {gains}, but {loses}.",
        "indifferent": f"Those who do it would neither gain nor lose {over}.",
        "nobody named": "No organisation is named to do it.",
    }[verdict]


def _each(effects: Effects, does: str) -> str:
    ordered = sorted(effects, key=lambda e: -abs(e.total))
    parts = [f"{e.name} {does} {pounds(e.total)}" for e in ordered[:1]]
    parts += [f"{e.name} {pounds(e.total)}" for e in ordered[1:]]
    return listed(parts) if parts else ""


def _why(lose: Effects) -> list[str]:
    """The main loss of the organisation that loses most: income, unpaid work or investment."""
    if not lose:
        return []
    worst = min(lose, key=lambda e: e.total)
    income, cost, spent = map(_sum, (worst.loses_income, worst.cost_falls, worst.invests))
    shed, added = max(cost, NOTHING), max(-cost, NOTHING)
    reasons = {
        f"{worst.name} would lose {pounds(income)} of income and shed {pounds(shed)} of cost.": (
            max(income, NOTHING) - shed
        ),
        f"{worst.name} would take on work that costs {pounds(added)}, and be paid "
        f"{pounds(min(income, NOTHING))} for it.": added + min(income, NOTHING),
        f"{worst.name} would spend {pounds(spent)} on it.": spent,
    }
    reason = max(reasons, key=lambda sentence: reasons[sentence])
    return [reason] if reasons[reason] >= SMALL else []


def _others(effects: Effects) -> list[str]:
    others = [e for e in effects if not e.does_it and abs(e.total) >= SMALL]
    if not others:
        return []
    most = max(others, key=lambda e: abs(e.total))
    does = "gain" if most.total > 0 else "lose"
    return [f"Of those who do not do it, {most.name} would {does} most: {pounds(most.total)}."]


def _sum(by_year: ByYear) -> Decimal:
    return sum(by_year.values(), NOTHING)
