"""Prevention's document in sentences: what a reader must know beside its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tripleaim.place import Figure
from tripleaim.wording.numbers import plain

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
    people = {"male": ", men", "female": ", women"}.get(sex, "")
    if to_month is not None:
        return f"{people}, months {from_month} to {to_month}"
    return people + (f", from month {from_month} on" if from_month else ", for life")


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
) -> list[str]:
    """What a reader must know of how the numbers were made.

    `without_evidence` names the programmes that no controlled study supports.
    """
    notes = [
        "People are synthetic: this shows what the evidence would mean. It is not a finding "
        "itself.",
        f"Contacts after {last_year} are calibrated with that year's factor, because the plan "
        "prints no later year.",
        "Money is at the prices of one year, so discount rates are real. An avoided contact"
        " counts at its average cost to the payer; the cash released is the part of providers'"
        " cost that is variable or follows later.",
        "We count the care that people need because they live longer, so the avoided cost may "
        "fall.",
        "Specialised services have no contacts in the plan, so they save nothing here.",
        "We count nothing after the last year. So most of the gain for people who stop smoking "
        "young is left out.",
        "QALYs are valued separately from the money and never added to it.",
        "Nobody joins a programme in the last year. A person who moves in is a member if the person"
        " they are modelled on is one.",
    ]
    if mortality is not None:
        notes.append(_mortality_beyond(mortality))
    if simulated < registered:
        notes.append(
            f"{simulated:,} of {registered:,} people were simulated, and we scaled the results. "
            "For rare events, chance adds more uncertainty than the percentiles show."
        )
    if without_evidence:
        notes.append(
            "Our files have no controlled evidence on these programmes, so they have a cost and "
            f"no effect: {', '.join(without_evidence)}."
        )
    if seeds > 1:
        notes.append(
            f"Central values are the mean over {seeds} random seeds, and the error shown is their "
            "standard error. Shares of programmes are exact for these lives. The exception is the "
            "joint effect of three or more programmes, which is shared evenly."
        )
    if draws:
        notes.append(
            f"Intervals come from {draws_simulated:,} draws, each simulated on another sample of "
            "people, and from a regression of the results on the parameters, evaluated at "
            f"{draws:,} draws. The regression keeps the effect of the parameters and leaves out "
            "chance in the samples. The table of what drives the intervals shows how much chance "
            "is left."
        )
    return notes


def _mortality_beyond(mortality: MortalityBeyond) -> str:
    then = {
        0.0: "stays at the level of its last year",
        1.0: "continues to fall as in its last year",
    }.get(mortality.kept, f"keeps {100 * mortality.kept:.0f}% of its last year's fall each year")
    return (
        f"The national projection of mortality ends in {mortality.last_year}. After that "
        f"mortality at each age {then}. We assume that."
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
        f"Years lost after {' and '.join(name.lower() for name in counted)} come from the "
        "projection's life tables, by year, sex and age, and are part of QALYs and deaths. People "
        f"who avoid them do not return to the simulation: on the central values {years_lost:,.0f} "
        f"of {years_lived:,.0f} years of life lived, {1e6 * years_lost / years_lived:,.0f} in a "
        "million, have no care and no condition, and do not count in life expectancy.",
        "We count them for equal numbers of people. People who live longer also have late "
        "outcomes, but their mortality and quality of life are the average for their age, late "
        "outcomes included.",
        "A condition's own relative risk of death and quality of life are averages of people with "
        "and without its late outcomes. So they already include part of a late outcome that does "
        "not happen because the condition does not arise.",
    ]
    if carried:
        names = [f"{outcome.lower()} ({condition.lower()})" for outcome, condition in carried]
        notes.append(
            f"The effect of {' and '.join(names)} is part of a condition, and so is the effect of "
            "outcomes that are themselves conditions. So no effect is counted twice."
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
        f"the model's number is for {when}. It covers synthetic people registered with the "
        "place's practices, who die at the rates of the official projection of 2014, at the "
        "place's level"
    )
    if beside.measure == "life":
        printed = beside.printed
        was = f"the printed number is for {printed.year} and for residents; " if printed else ""
        return (
            f"Official numbers are for residents and for past years; {was}{model}. That "
            "projection treated the many deaths of 2014/15 as chance, so its lives are longer."
        )
    if beside.measure == "healthy":
        return (
            "The official measure is very good or good health, as people report it themselves. "
            "The model's measure is having no limiting condition among those in the model. The "
            f"two measures cannot check each other. Also, {model}."
        )
    return (
        "Official slopes are over tenths of England's areas. The model's slope is over national "
        "fifths within one place, where few people may live in the most deprived fifth. Also, "
        f"{model}."
    )


def price_carried(cause: str, value: float, year: str, factor: float | None) -> str:
    """Why a price is as it is, with what carried it from its own year; `value` is carried."""
    if factor == 1.0:
        return cause
    what = (
        f"we have no index to convert it from the prices of {year}"
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
        f"{count:,} of {of:,} values lie outside their own 10% to 90% and are marked. They are so "
        "small that chance is larger. The interval comes from other samples of people than the "
        "value itself. We adjust neither."
    ]
