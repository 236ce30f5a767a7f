"""Whether dates can be: nothing is evaluated before it opens, nor opens before it is approved.

A study of a service is an evaluation of it: no edition of it is older than the service. A date is
a figure called `date.<subject>.<step>` with the unit month, written as YYYYMM; one that is printed
as a span, such as late 2018, has the span as its range. The steps of a subject come in the order
of STEPS.
"""

from __future__ import annotations

import re
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
                    else (
                        f"{capital(_words(later))} is printed for {quantity(second.value, UNIT)}, "
                        f"{_words(earlier)} for {quantity(first.value, UNIT)}: one of the two "
                        "dates is wrong."
                    ),
                    flag="",
                    figures=(second.id, first.id),
                )
            )
    return findings


def studies_after_start(place: Place) -> list[Finding]:
    """A finding for each study that watched a solution's own service: whether it could have.

    Its edition is compared with the solution's opening where that is a date, else against its first
    year. It fails if even the edition's last month is before their first. A study whose edition is
    no date is left out.
    """
    findings = []
    for solution in place.solutions:
        watched = [e.evidence for e in solution.effects if e.evidence.of_this_service]
        for evidence in {e.source: e for e in watched}.values():
            source = place.sources.get(evidence.source)
            edition = _edition(source.edition) if source else None
            if source is None or edition is None:
                continue
            opening = dates_of(place).get(solution.id, {}).get("opening")
            line = solution.printed_line("start")
            starts = int(solution.start[:4]) * 100 + 4 if opening is None else int(opening.value)
            first = _months(starts) if opening is None else _beginning(opening)
            holds = _months(edition[1]) >= first
            begins = f"starts in {solution.start}" if opening is None else "opens later"
            findings.append(
                Finding(
                    id=f"{PREFIX}{solution.id}.study-after-start.{source.id}",
                    statement=f"{solution.name}: a study of it does not come before its start",
                    where=f"{source.title}; {evidence.where}; "
                    f"start: {line.where if line and line.where else 'not printed'}",
                    printed=float(edition[0]),
                    computed=float(starts),
                    difference=float(_months(starts) - _months(edition[0])),
                    relation=">=",
                    unit=UNIT,
                    holds=holds,
                    verdict="holds" if holds else "other basis, date or scope",
                    severity="none" if holds else "medium",
                    note=""
                    if holds
                    else (
                        f"The study is of {quantity(edition[0], UNIT)} and the solution {begins}: "
                        "it measured the earlier service, and not what the plan adds."
                    ),
                    flag="",
                    figures=() if opening is None else (opening.id,),
                )
            )
    return findings


def _edition(text: str) -> tuple[int, int] | None:
    """The first and the last month, YYYYMM, of an edition such as 2018 or 2016-02-21."""
    dated = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-\d{2})?)?", text)
    if not dated:
        return None
    year, month = int(dated[1]) * 100, int(dated[2] or 0)
    return (year + month,) * 2 if month else (year + 1, year + 12)


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
