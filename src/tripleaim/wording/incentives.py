"""Who gains by a solution under a payment method, in sentences.

Incentives belong to the plan, which stands above this room, so their findings are types of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tripleaim.wording.numbers import listed, pounds
from tripleaim.wording.sentences import sentence


@dataclass(frozen=True, slots=True)
class Gain:
    """What an organisation gains (or loses, if negative) over the plan's years, pounds."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MainLoss:
    """Why the organisation that loses most does so: `amount` of income, work or investment, less
    what comes with it (`less`: cost that goes, or payment for the work), pounds."""

    name: str
    kind: Literal["income", "work", "investment"]
    amount: Decimal
    less: Decimal


@dataclass(frozen=True, slots=True)
class WantedFinding:
    """Whether the organisations that carry out a solution would want to.

    `doers` are those that gain or lose, `main_loss` of the one that loses most, `other` the one of
    the rest that is affected most. `system` is what all organisations gain together; below `small`
    it is nothing worth a word.
    """

    verdict: Literal["wanted", "not wanted", "divided", "indifferent", "nobody named"]
    doers: tuple[Gain, ...]
    main_loss: MainLoss | None
    other: Gain | None
    frees_capacity: bool
    system: Decimal
    small: Decimal


@dataclass(frozen=True, slots=True)
class IncentivesFinding:
    """How many solutions those who carry them out would want under a rule, and what the place's
    own providers lose of income and shed of cost in a year, pounds; None without any."""

    place: str
    rule: str
    solutions: int
    wanted: int
    not_wanted: int
    divided: int
    year: str
    income_lost: Decimal | None
    cost_shed: Decimal | None


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What a rule leaves an organisation better (or worse, if negative) off by, pounds."""

    rule: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class RulesFinding:
    """What all organisations gain together under any rule, and to which the rule matters most.

    `system` is None without a solution; `most` is empty where no rule makes a difference.
    """

    system: Decimal | None
    most: str
    worst: RuleEffect
    best: RuleEffect


@sentence.register
def _(finding: WantedFinding) -> str:
    parts = [_who_carries_it_out(finding)]
    if finding.main_loss:
        parts.append(_main_loss(finding.main_loss))
    if finding.other:
        does = "gain" if finding.other.amount > 0 else "lose"
        parts.append(
            f"Of the other organisations, {finding.other.name} would {does} most: "
            f"{pounds(finding.other.amount)}."
        )
    if finding.frees_capacity:
        parts.append("It frees capacity rather than cash.")
    parts.append(
        f"The system as a whole would be {_better(finding.system)}."
        if abs(finding.system) >= finding.small
        else "The system as a whole would neither gain nor lose."
    )
    return " ".join(parts)


def _who_carries_it_out(finding: WantedFinding) -> str:
    over = "over the plan's years"
    gains = _each([g for g in finding.doers if g.amount > 0], "would gain")
    loses = _each([g for g in finding.doers if g.amount < 0], "would lose")
    return {
        "wanted": f"Those who carry it out gain: {over} {gains}.",
        "not wanted": f"Those who carry it out lose: {over} {loses}.",
        "divided": (
            f"Some of those who carry it out gain and others lose: {over} {gains}, but {loses}."
        ),
        "indifferent": f"Those who carry it out would neither gain nor lose {over}.",
        "nobody named": "No organisation is named to carry it out.",
    }[finding.verdict]


def _each(gains: Sequence[Gain], does: str) -> str:
    ordered = sorted(gains, key=lambda gain: -abs(gain.amount))
    parts = [f"{gain.name} {does} {pounds(gain.amount)}" for gain in ordered[:1]]
    parts += [f"{gain.name} {pounds(gain.amount)}" for gain in ordered[1:]]
    return listed(parts)


def _main_loss(loss: MainLoss) -> str:
    amount, less = pounds(loss.amount), pounds(loss.less)
    return {
        "income": f"{loss.name} would lose {amount} of income and save {less} of cost.",
        "work": f"{loss.name} would take on work that costs {amount}, and be paid {less} for it.",
        "investment": f"{loss.name} would spend {amount} on it.",
    }[loss.kind]


def who_gains(solutions: int, wanted: int, not_wanted: int, divided: int) -> str:
    """With how many solutions all who carry them out gain, all lose, or some gain and others lose.

    Begins with a small letter; what is so of no solution is not said, but for the first.
    """
    if solutions == 1:
        does = "gains" if wanted else "loses" if not_wanted else ""
        if does:
            return f"every organisation that carries out the one solution {does}."
        if divided:
            return "some who carry out the one solution gain and others lose."
        return "nobody who carries out the one solution gains or loses."
    parts = [
        f"{wanted} of {solutions} solutions pay for all organisations that carry them out.",
        f"With {not_wanted} they all lose." if not_wanted else "",
        f"With {divided} some gain and others lose." if divided else "",
    ]
    return " ".join(part for part in parts if part)


@sentence.register
def _(finding: IncentivesFinding) -> str:
    if not finding.solutions:
        return f"{finding.place} has no solutions, so no organisation gains or loses."
    who = who_gains(finding.solutions, finding.wanted, finding.not_wanted, finding.divided)
    wanted = f"Under “{finding.rule}”, {who}"
    lost, shed = finding.income_lost, finding.cost_shed
    if lost is None or shed is None:
        return wanted
    moved = "lose" if lost >= 0 else "gain"
    falls = "fall" if shed >= 0 else "rise"
    return (
        f"{wanted} In {finding.year} the place's own providers would {moved} {pounds(lost)} of "
        f"income, and their cost would {falls} by {pounds(shed)}."
    )


@sentence.register
def _(finding: RulesFinding) -> str:
    if finding.system is None:
        return "There are no solutions, so the payment methods cannot be compared."
    together = (
        f"Under any payment method, all organisations together would be "
        f"{_better(finding.system)} over the plan's years"
    )
    if not finding.most:
        return f"{together}, and so would each of them."
    worst, best = finding.worst, finding.best
    return (
        f"{together}. It matters most for {finding.most}: {_better(worst.amount)} under "
        f"“{worst.rule}” and {_better(best.amount)} under “{best.rule}”."
    )


def _better(amount: Decimal) -> str:
    if pounds(amount) == pounds(Decimal(0)):
        return "neither better nor worse off"
    return f"{pounds(amount)} {'better' if amount >= 0 else 'worse'} off"
