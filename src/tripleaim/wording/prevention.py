"""Prevention's document in sentences: what a reader must know beside its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tripleaim.place import Figure
from tripleaim.wording.numbers import listed, plain

_CHANGES = {
    "risk level": "share who move to a lower level of",
    "risk shift": "shift in",
    "incidence": "new cases of",
    "outcome": "late outcome:",
    "contacts": "contacts at",
}


def programme_effect(changes: str, target: str) -> str:
    """One effect of a programme in a few words: "new cases of diabetes"."""
    return f"{_CHANGES[changes]} {target.replace('_', ' ')}"


def months_after(sex: str, from_month: int, to_month: int | None) -> str:
    """Whom and when a number is of, after its comma: ", women, months 0 to 3", ", for life"."""
    whom = {"male": ", men", "female": ", women"}.get(sex, "")
    if to_month is not None:
        return f"{whom}, months {from_month} to {to_month}"
    return whom + (f", from month {from_month} on" if from_month else ", for life")


@dataclass(frozen=True, slots=True)
class MortalityBeyond:
    """What mortality does after the last year of its projection: how much of that year's fall is
    kept each year (1: it goes on; 0: mortality is held)."""

    last_year: int
    kept: float


def prevention_notes(
    *,
    last_year: str,
    simulated: int,
    registered: int,
    without_evidence: Sequence[str],
    seeds: int = 1,
    draws: int = 0,
    draws_simulated: int = 0,
    mortality: MortalityBeyond | None = None,
    starts_moved: Sequence[tuple[str, str, str]] = (),
) -> list[str]:
    """What a reader must know of how the numbers were made.

    `without_evidence` names the programmes that no controlled study supports; `starts_moved` those
    that begin in another year than their file says: (name, year in the file, year here).
    """
    notes = [
        "People are synthetic: this shows what the evidence would mean, and is not a finding "
        "itself.",
        f"Contacts after {last_year} are calibrated with that year's factor: nothing later is"
        " printed.",
        "Money is at the prices of one year, so discount rates are real. An avoided contact"
        " counts at its average cost to the payer; the cash released is the part of providers'"
        " cost that is variable or follows later.",
        "Care that people need because they live longer is counted, so avoided cost may fall.",
        "Specialised services have no contacts in the plan and so no saving here.",
        "Nothing after the last year is counted. So most of the gain is left out for those who stop"
        " smoking young.",
        "QALYs are valued separately from the money and never added to it.",
        "Nobody joins a programme in the last year. A person who moves in is a member if the person"
        " they are modelled on is one.",
    ]
    if mortality is not None:
        notes.append(_mortality_beyond(mortality))
    if starts_moved:
        moved = listed([f"{name} ({was} to {now})" for name, was, now in starts_moved])
        notes.append(
            "Files that start a programme before this place's first year are counted from it"
            f" instead: {moved}."
        )
    if simulated < registered:
        notes.append(
            f"{simulated:,} of {registered:,} people were simulated and the results scaled: for"
            " rare events chance adds more uncertainty than the percentiles show."
        )
    if without_evidence:
        notes.append(
            "Our files hold no controlled evidence on these, so they have a cost and no effect: "
            f"{', '.join(without_evidence)}."
        )
    if seeds > 1:
        notes.append(
            f"Central values are the mean over {seeds} seeds of luck, and the error beside one is"
            " its standard error over them. Shares of programmes are exact given these lives,"
            " except for what three or more do to each other, which is spread evenly."
        )
    if draws:
        notes.append(
            f"Intervals come from {draws_simulated:,} draws simulated on samples of people, others"
            f" in each, and from a regression through them on the parameters, read off at"
            f" {draws:,} draws: it keeps what parameters do and leaves out chance in the samples."
            " How much chance is left is shown with what drives the intervals."
        )
    return notes


def _mortality_beyond(mortality: MortalityBeyond) -> str:
    then = {
        0.0: "is held at its last year",
        1.0: "goes on falling as in its last year",
    }.get(mortality.kept, f"keeps {100 * mortality.kept:.0f}% of its last year's fall each year")
    return (
        f"The national projection of mortality ends in {mortality.last_year}. After that mortality"
        f" at each age {then}: that is assumed."
    )


def late_outcome_notes(
    *,
    counted: Sequence[str],
    carried: Sequence[tuple[str, str]],
    years_lost: float,
    years_lived: float,
) -> list[str]:
    """How late outcomes count, with the size of what is left out.

    `counted` names the outcomes after which years are lost, `carried` those whose consequences a
    condition carries, with its name.
    """
    notes = [
        f"Years lost after {' and '.join(name.lower() for name in counted)} are worked out from the"
        " projection's life tables, by year, sex and age, and are part of QALYs and deaths. People"
        " who avoid them are not put back into the simulation: on the central values"
        f" {years_lost:,.0f}"
        f" of {years_lived:,.0f} years of life lived, {1e6 * years_lost / years_lived:,.0f} in a"
        " million, have no care, no condition and no part in life expectancy.",
        "They are counted at equal numbers of people: those who live longer have late outcomes too,"
        " but die and feel as people of that age do on average, late outcomes included.",
        "A late outcome that does not happen because a condition does not arise is partly in the"
        " condition's own relative risk of death and quality of life, which is an average of people"
        " with and without it.",
    ]
    if carried:
        names = [f"{outcome.lower()} ({condition.lower()})" for outcome, condition in carried]
        notes.append(
            f"What follows on {' and '.join(names)} is part of a condition, as is what follows"
            " on outcomes that are themselves conditions: nothing counts twice."
        )
    return notes


class ModelledBesideOfficial(Protocol):
    """A modelled number beside a printed and official ones. See `prevention.official`."""

    @property
    def measure(self) -> str:
        """life, healthy, or the slope of either."""

    @property
    def year(self) -> str:
        """The year of the modelled number."""

    @property
    def until(self) -> int:
        """The last calendar year that it pools."""

    @property
    def printed(self) -> Figure | None:
        """The printed number."""


def why_official_differs(beside: ModelledBesideOfficial) -> str:
    """Why modelled, printed and official numbers need not agree."""
    first = int(beside.year[:4])
    when = f"{first}" if beside.until == first else f"{first} to {beside.until}"
    model = (
        f"the model's is of {when}, of synthetic people registered with the place's practices, "
        "dying at the rates that the official projection of 2014 expected, at the place's level"
    )
    if beside.measure == "life":
        printed = beside.printed
        was = f"the printed one is of {printed.year} and of residents; " if printed else ""
        return (
            f"Official numbers are of residents who died and of past years; {was}{model}. That "
            "projection treated the many deaths of 2014/15 as chance, so its lives are longer."
        )
    if beside.measure == "healthy":
        return (
            "The official measure is very good or good health as people report it themselves, the "
            "model's is having no limiting condition of those it knows: two measures that "
            f"cannot check each other; and {model}."
        )
    return (
        "Official slopes are over tenths of England's areas, the model's is over national fifths "
        f"within one place, where few may live in the poorest; and {model}."
    )


def price_carried(cause: str, value: float, year: str, factor: float | None) -> str:
    """Why a price is as it is, with what carried it from its own year; `value` is carried."""
    if factor == 1.0:
        return cause
    what = (
        f"no index converts it from the prices of {year}"
        if factor is None
        else f"{plain(value / factor)} at the prices of {year} x {factor:.4f},"
        " the rise of NHS prices"
    )
    return "; ".join(part for part in (cause, what) if part)


def values_outside(count: int, of: int) -> list[str]:
    """That some values lie outside their own interval, and why; nothing where none does."""
    if not count:
        return []
    return [
        f"{count:,} of {of:,} values lie outside their own 10% to 90% and are marked: they are so"
        " small that chance is larger. The samples behind the interval are of other people than the"
        " value itself. We adjust neither."
    ]
