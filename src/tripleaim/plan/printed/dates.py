"""Whether dates can be: nothing is evaluated before it opens, nor opens before it is approved.

A date is a figure called `date.<subject>.<step>` with the unit month, written as YYYYMM; one that
is printed as a span, such as late 2018, has the span as its range. The steps of a subject come in
the order of STEPS.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tripleaim.place import Figure, Place
from tripleaim.plan.printed.finding import Finding
from tripleaim.wording import capital, quantity

PREFIX, UNIT = "date.", "month"
STEPS = ("business-case", "approval", "start", "opening", "evaluation", "end")


def dates_of(place: Place) -> dict[str, dict[str, Figure]]:
    """The dates of the place's figures, by subject and step; steps in the order of STEPS."""
    subjects: dict[str, dict[str, Figure]] = {}
    for figure in place.figures.values():
        if figure.id.startswith(PREFIX) and figure.unit == UNIT:
            subject, _, step = figure.id.removeprefix(PREFIX).rpartition(".")
            if step in STEPS:
                subjects.setdefault(subject, {})[step] = figure
    return {
        subject: {step: steps[step] for step in STEPS if step in steps}
        for subject, steps in subjects.items()
    }


def dates_in_order(place: Place) -> list[Finding]:
    """A finding for each two steps of one subject: whether the later can follow the earlier.

    It fails if even the last month of the later step is before the first month of the earlier.
    """
    findings = []
    for subject, steps in dates_of(place).items():
        for earlier, later in combinations(steps, 2):
            first, second = steps[earlier], steps[later]
            holds = _end(second) >= _beginning(first)
            findings.append(
                Finding(
                    id=f"{PREFIX}{subject}.{later}-after-{earlier}",
                    statement=f"{_name(place, subject)}: {_words(later)} does not come before "
                    f"{_words(earlier)}",
                    where=f"{second.where}; {first.where}",
                    printed=second.value,
                    computed=first.value,
                    difference=float(_months(first.value) - _months(second.value)),
                    relation=">=",
                    unit=UNIT,
                    holds=holds,
                    verdict="holds" if holds else "fails",
                    severity="none" if holds else "medium",
                    note=""
                    if holds
                    else f"{capital(_words(later))} is printed for "
                    f"{quantity(second.value, UNIT)}, {_words(earlier)} for "
                    f"{quantity(first.value, UNIT)}: one of both dates is wrong.",
                    flag="",
                    figures=(second.id, first.id),
                )
            )
    return findings


def starts_before_opening(place: Place) -> Iterator[str]:
    """Notes on solutions that act in a year which ends before they open."""
    for solution in place.solutions:
        opening = dates_of(place).get(solution.id, {}).get("opening")
        if opening is not None and _end_of_year(solution.start) < _beginning(opening):
            yield (
                f"{solution.file.name} starts in {solution.start}, and it opens in "
                f"{quantity(opening.value, UNIT)}"
            )


def _name(place: Place, subject: str) -> str:
    names = {solution.id: solution.name for solution in place.solutions}
    return names.get(subject, capital(subject.replace("-", " ")))


def _words(step: str) -> str:
    return f"the {step.replace('-', ' ')}"


def _beginning(figure: Figure) -> int:
    return _months(figure.value if figure.low is None else figure.low)


def _end(figure: Figure) -> int:
    return _months(figure.value if figure.high is None else figure.high)


def _months(date: float) -> int:
    year, month = divmod(int(date), 100)
    return 12 * year + month


def _end_of_year(year: str) -> int:
    """The March in which a financial year such as 2018/19 ends."""
    return 12 * (int(year[:4]) + 1) + 3
