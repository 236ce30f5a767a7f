"""The back-test in sentences: its result, how it was made and what weakens it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from tripleaim.wording.numbers import capital

BACKTEST_METHOD = (
    "Every forecast used only data from before its base date. A test changes all later rows, and "
    "no forecast changes.",
    "People and deaths: we wrote a footprint of the base year from what was known then, and the "
    "engine of the plan simulated it. Mortality is that of England and Wales by single year of "
    "age, at the place's level. Its last three years continue at the pace of its last ten. Net "
    "migration is the mean of the last five years. Its ages follow from how the place's share of "
    "each age grows from one age to the next.",
    "Registers: the engine counts people with each condition, and the share at each age stays "
    "constant. From a second base, a year later, half of the first year's growth beyond ageing "
    "continues (mean of the body's own growth and the median growth).",
    "A&E and beds: contacts by age times people, and a trend estimated before the base. It is "
    "half of the common trend, and as much of a body's own trend as continued a year later over "
    "all bodies.",
    "Intervals are as wide as errors before the base. For mortality these are the errors of the "
    "same rule for England and Wales. For people they are the errors for areas of about the same "
    "size. For A&E and beds they are the errors of the same rule for bodies of that size, one, "
    "two and three years ahead. All intervals include the chance in the outcome itself.",
    "Naive forecasts: the last value of the same kind of period; a straight line through the last "
    "five. For most age bands the place has only one estimate before the base, so we use the line "
    "of the same ages in England and Wales at the place's level. Registers of the first base have "
    "one value, so they have no line.",
)

BACKTEST_LIMITS = (
    "We have no registers from before 2013/14. So we assume how far they may move beyond ageing: "
    "5% a year, the median of three changes from 2010/11 to 2011/12 that were printed in 2012. In "
    "these years registers changed what they count (learning disability, depression, the drive to "
    "diagnose dementia). No data before the base show that.",
    "The people who built this saw totals of the later years while they laid out the tables. They "
    "fixed the method before they first compared forecasts with what happened. Since then they "
    "removed values that were listed twice (England's beds of 2016/17, whole year and nine "
    "months). They also simulate lives eight times and take the mean, instead of one run.",
    "Deaths are counted from mid-year to mid-year, and such a year has one whole winter. The "
    "spread was learnt from calendar years of England and Wales, which have two half winters. So "
    "the intervals are too narrow, as the winter of 2014/15 shows. We did not change this "
    "afterwards.",
    "Age patterns of disease, relative risks and contacts by age come from studies of any year. "
    "They give the structure, not levels or trends.",
    "Providers are followed under their name of 2021. A provider that merged or stopped reporting "
    "before the end of a year is not compared with that year.",
    "Series share causes, such as one winter, so their errors are not independent. The coverage "
    "of a "
    "few dozen series is rougher than the number of values suggests.",
)


class Score(Protocol):
    """How a group of forecasts did. See `backtest.ScorePart`."""

    @property
    def group(self) -> str:
        """What is forecast."""

    @property
    def series(self) -> int:
        """Series with at least one value to compare with."""

    @property
    def forecasts(self) -> int:
        """Values to compare with."""

    @property
    def coverage_pct(self) -> float:
        """Share of these within the 80% interval."""

    @property
    def straight_lines(self) -> int:
        """Series that have a straight line."""

    @property
    def smaller_than_both(self) -> int:
        """Of these, series with a smaller error than both naive forecasts."""

    @property
    def smaller_than_last_value(self) -> int:
        """Series with a smaller error than the last value."""


class JudgedScore(Protocol):
    """What a score says. See `backtest.ScoreFinding`."""

    @property
    def score(self) -> Score:
        """The score."""

    @property
    def of_all(self) -> bool:
        """Whether it is the score of all groups together."""

    @property
    def aim(self) -> tuple[float, float]:
        """The share of intervals, %, that should hold what happened: at least, at most."""

    @property
    def coverage(self) -> Literal["within the aim", "too narrow", "too wide"]:
        """How the intervals did."""

    @property
    def better_on_most(self) -> bool:
        """Whether most series had a smaller error than the naive forecasts."""


def backtest_verdict(where: str, findings: Sequence[JudgedScore]) -> tuple[str, ...]:
    """What the scores of one table say: of all together, then where a group misses the aims."""
    if not findings:
        return (f"{where}: no later figure to compare a forecast with.",)
    return tuple(
        sentence
        for finding in findings
        for sentence in (_of_all if finding.of_all else _of_group)(where, finding)
    )


def _of_all(where: str, finding: JudgedScore) -> list[str]:
    score, (low, high) = finding.score, finding.aim
    met = finding.coverage == "within the aim"
    sentences = [
        f"{where}: the 80% intervals contain {score.coverage_pct:.0f}% of {score.forecasts:,} "
        f"values. That is {'within' if met else 'outside'} the aim of {low:.0f} to {high:.0f}%.",
        f"{where}: the error was smaller than that of both naive forecasts on "
        f"{score.smaller_than_both:,} of the {score.straight_lines:,} series that have both."
        + ("" if finding.better_on_most else " That is not most of them."),
    ]
    if score.straight_lines < score.series:
        sentences.append(
            f"{where}: it was smaller than that of the last value on "
            f"{score.smaller_than_last_value:,} of all {score.series:,} series."
        )
    return sentences


def _of_group(where: str, finding: JudgedScore) -> list[str]:
    score, sentences = finding.score, []
    if finding.coverage != "within the aim":
        sentences.append(
            f"{where}, {score.group}: coverage {score.coverage_pct:.0f}% misses the aim; intervals "
            f"are {finding.coverage}."
        )
    if not finding.better_on_most:
        sentences.append(
            f"{where}, {score.group}: the error is not smaller than that of the naive forecasts "
            f"on most series ({score.smaller_than_both:,} of {score.straight_lines:,})."
        )
    return sentences


class JudgedRegisterRule(Protocol):
    """A rule for how registers grow, and how it did. See `backtest.RegisterRulePart`."""

    @property
    def year(self) -> str:
        """The financial year whose registers were forecast."""

    @property
    def kept(self) -> float:
        """Share of the growth beyond ageing that is carried on."""

    @property
    def most_pct_a_year(self) -> float | None:
        """At most so much either way, if bounded."""

    @property
    def used(self) -> bool:
        """Whether the plan uses it."""

    @property
    def own_error_pct(self) -> float:
        """Mean absolute error over the place's registers."""

    @property
    def elsewhere_error_pct(self) -> float:
        """The same over every other CCG's."""

    @property
    def elsewhere_registers(self) -> int:
        """How many of these there are."""


_KEPT = {0.0: "ageing alone", 0.5: "half of the growth beyond ageing", 1.0: "all of that growth"}


def register_rule_name(rule: JudgedRegisterRule) -> str:
    """What a rule carries on: "half of the growth beyond ageing, at most 1% a year"."""
    name = _KEPT.get(rule.kept, f"{rule.kept:.0%} of the growth beyond ageing")
    bound = rule.most_pct_a_year
    return name if bound is None else f"{name}, at most {bound:g}% a year"


def register_rules_sentence(rules: Sequence[JudgedRegisterRule]) -> str:
    """Which rule had the smallest errors before the plan's base, which one the plan uses, and "
    "the errors."""
    if not rules:
        return ""
    best = min(rules, key=lambda r: r.elsewhere_error_pct)
    used = next((r for r in rules if r.used), None)
    errors = "; ".join(
        f"{register_rule_name(r)} {r.elsewhere_error_pct:.2f}% (here {r.own_error_pct:.2f}%)"
        for r in rules
    )
    if used is best:
        choice = f"The plan continues {register_rule_name(best)}: the rule with the smallest errors"
    else:
        choice = f"{capital(register_rule_name(best))} had the smallest errors"
        choice += f"; the plan continues {register_rule_name(used)}" if used else ""
    return (
        f"{choice} when we forecast registers of {best.year} from the year before. We judged this "
        f"only on {best.elsewhere_registers:,} registers of other CCGs, and used no later data. "
        f"Mean errors: {errors}. Some registers changed their definition or rose with a national "
        "programme. In the plan these grow with ageing alone."
    )


class PlanScore(Protocol):
    """How the plan's own run did. See `backtest.PlanScorePart`."""

    @property
    def group(self) -> str:
        """What is forecast."""

    @property
    def forecasts(self) -> int:
        """Values compared with what came."""

    @property
    def plan_error_pct(self) -> float:
        """Mean absolute error of the plan's own run."""

    @property
    def rule_error_pct(self) -> float:
        """The same of the back-test's rule."""


def plan_scores_sentence(scores: Sequence[PlanScore]) -> str:
    """How the plan's own run did beside the back-test's rules, by group."""
    if not scores:
        return ""
    parts = "; ".join(
        f"{s.group}: {s.plan_error_pct:.1f}% against {s.rule_error_pct:.1f}% "
        f"({s.forecasts:,} {'value' if s.forecasts == 1 else 'values'})"
        for s in scores
    )
    return (
        f"The plan's own run before calibration, compared with the rules of the back-test: {parts}."
    )
