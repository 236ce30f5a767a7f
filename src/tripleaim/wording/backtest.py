"""The back-test in sentences: what came of it, how it was made and what weakens it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

BACKTEST_METHOD = (
    "Every forecast was given only rows that were over at its base; a test changes all later rows "
    "and finds no forecast changed.",
    "People, deaths: a footprint of the base year is written from what was known then and led on "
    "by the engine of the plan. Mortality is that of England and Wales by single year of age, "
    "its last three years carried on at the pace of its last ten, at the place's own level; net "
    "migration is the mean of the last five years, by age as the place's share of each age grows "
    "from one age to the next.",
    "Registers: the engine's people with each condition, whose share by age stays as it was. From "
    "a second base, a year later, half of the growth beyond ageing of the first year is carried "
    "on (mean of the body's own and the middle body's).",
    "A&E and beds: contacts by age times people, and a trend learnt before the base: half of the "
    "common one, and as much of a body's own as was seen again a year later over all bodies.",
    "Intervals: mortality as wide as the same rule erred for England and Wales before the base; "
    "people as areas of about as many people erred; A&E and beds as the same rule erred for "
    "bodies of that size one, two and three years ahead before the base; the chance of the "
    "outcome itself everywhere.",
    "Naive forecasts: the last value of the same kind of period; a straight line through the last "
    "five. Of most age bands the place has one estimate before the base: their line is that of "
    "the same ages in England and Wales, brought to its level. Registers of the first base have "
    "one value and no line.",
)

BACKTEST_LIMITS = (
    "Before 2013/14 no register is at hand: how far they may drift beyond ageing is assumed (5% a "
    "year, the middle one of three changes of 2010/11 to 2011/12 found in print of 2012), and not "
    "learnt. Registers changed what they count in these years (learning disability, depression, "
    "dementia's diagnosis drive); nothing before the base says so.",
    "Who built this had seen totals of the later years while laying out the tables. The method was "
    "fixed before the forecasts were first held against what came. Since then values that stood "
    "twice were left out (England's beds of 2016/17, whole and nine months), and lives are led "
    "eight times, their mean standing for what is expected, where one run stood for it; no more.",
    "Deaths are counted from mid-year to mid-year: such a year holds one whole winter, where the "
    "calendar years of England and Wales, of which the spread was learnt, hold two halves. Their "
    "intervals are too narrow for it; the winter of 2014/15 shows it. Left as it was decided.",
    "Age patterns of disease, relative risks and contacts by age come from studies of any year: "
    "structure, not levels or trends.",
    "Providers are followed under the name they bore in 2021; whoever was merged away or stopped "
    "reporting before the end of a year is not held against it.",
    "Series share causes (one winter, one migration): their errors are not independent, and a "
    "coverage of a few dozen of them is rougher than its number of values suggests.",
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
        return (f"{where}: nothing to hold a forecast against.",)
    return tuple(
        sentence
        for finding in findings
        for sentence in (_of_all if finding.of_all else _of_group)(where, finding)
    )


def _of_all(where: str, finding: JudgedScore) -> list[str]:
    score, (low, high) = finding.score, finding.aim
    met = finding.coverage == "within the aim"
    sentences = [
        f"{where}: the 80% intervals held {score.coverage_pct:.0f}% of {score.forecasts:,} values; "
        f"{'within' if met else 'outside'} the aim of {low:.0f} to {high:.0f}%.",
        f"{where}: the error was smaller than that of both naive forecasts on "
        f"{score.smaller_than_both:,} of the {score.straight_lines:,} series that have both"
        + ("." if finding.better_on_most else ", which is not most of them."),
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
            f"{where}, {score.group}: no smaller error than the naive forecasts on most series "
            f"({score.smaller_than_both:,} of {score.straight_lines:,})."
        )
    return sentences
