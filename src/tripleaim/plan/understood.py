"""What was understood of a place, and what in it asks for a second look."""

from __future__ import annotations

from collections.abc import Iterator

from tripleaim.accounts import account_inputs, read_flow_seeds
from tripleaim.people import has_lists
from tripleaim.place import (
    InputError,
    Place,
    codes_that_changed,
    converted_figures,
    people_in_words,
    people_of,
    questions_of_people,
    unread_figures,
)
from tripleaim.wording import money, signed

POPULATION = "population.csv"
_LARGE_OPENING, _LARGE_CLAIM = 0.25, 0.1
"""Parts of a year's spend beyond which an opening, or what a solution saves, is asked about."""
_A_HEAD = (500, 10_000)
"""Pounds a head outside which a year's spend is asked about: England's NHS spent about 2,000 in
2015/16 (spend-per-head.* and specialised.total of the defaults)."""


def what_was_understood(place: Place) -> tuple[str, ...]:
    """What was understood of a place's own files: people, money, units, figures that nothing reads.

    Among them are questions about what is of another size than usual; no fault is.
    """
    people = people_of(place.own) if place.own.has(POPULATION) else None
    return (
        *((people_in_words(people), *questions_of_people(people)) if people else ()),
        *converted_figures(place),
        *money_in_words(place),
        *claims_beside_spend(place)[1],
        *trusts_nobody_pays(place),
        *unread_figures(place),
        *codes_that_changed(place),
    )


def people_listed(place: Place) -> float:
    """How many people the place's money is for: those on its lists, else its population."""
    if has_lists(place):
        return float(sum(row["patients"] for row in place.rows("registered.csv")))
    return sum(people_of(place.own).values())


def money_in_words(place: Place) -> Iterator[str]:
    """Spend by line and openings in £m, and questions about those of another size than usual."""
    inputs, people = account_inputs(place), people_listed(place)
    spend = {line.name: line.base_spend(people) for line in inputs.lines}
    total = sum(spend.values())
    a_head = total * 1e6 / people
    largest = sorted(spend, key=lambda name: -spend[name])
    lines = ", ".join(f"{name} {money(spend[name])}" for name in largest)
    yield f"Spend in {place.base_year}: {money(total)}, £{a_head:,.0f} per person ({lines})."
    if not _A_HEAD[0] < a_head < _A_HEAD[1]:
        yield f"£{a_head:,.0f} per person is spent in {place.base_year}: is that so?"
    openings = {side: figure.value for side, figure in inputs.openings.items()}
    if openings:
        listed = ", ".join(f"{side} {signed(value)}" for side, value in openings.items())
        yield f"Openings, before savings, in {place.years[0]}: {listed}."
    for side, share in inputs.parameters.opening_shares.items():
        if side not in openings:
            of = "spend" if side == "commissioner" else "the income of the place's trusts"
            yield (
                f"No opening of the {side} is given: {share:.1%} of {of} is "
                f"used{f', {signed(share * total)}' if side == 'commissioner' else ''}."
            )
    for side, value in openings.items():
        if abs(value) > _LARGE_OPENING * total:
            yield (
                f"The opening of the {side}, {signed(value)}, is {abs(value) / total:.0%} of a "
                "year's spend: is it in £m?"
            )


def trusts_nobody_pays(place: Place) -> Iterator[str]:
    """A question on each of the place's trusts that no line of its own flows pays."""
    if not place.own.has("flows.csv"):
        return
    paid = {seed.payee for seed in read_flow_seeds(place)}
    for organisation in place.organisations:
        is_trust = organisation.side == "provider" and "trust" in organisation.kind
        if is_trust and organisation.id not in paid:
            yield f"No flow pays {organisation.name} ({organisation.id}): is that so?"


def claims_beside_spend(place: Place) -> tuple[list[InputError], list[str]]:
    """Faults of solutions that would save more than all that is spent, and questions of others."""
    if not place.solutions:
        return [], []
    inputs, people = account_inputs(place), people_listed(place)
    total = sum(line.base_spend(people) for line in inputs.lines)
    faults: list[InputError] = []
    questions: list[str] = []
    for solution in place.solutions:
        for side, years in solution.claim.items():
            year = max(years, key=lambda y: abs(years[y]))
            claim = years[year]
            share_of_spend = (
                f"{abs(claim) / total:.0%} of the {money(total)} that the place spends in a year"
            )
            if abs(claim) > total:
                faults.append(
                    InputError(
                        f"expected £m; this is {share_of_spend} (is it in £000?)",
                        file=solution.file,
                        column=f"claim.{side}.{year}",
                        value=f"{claim:g}",
                    )
                )
            elif abs(claim) > _LARGE_CLAIM * total:
                questions.append(
                    f"{solution.file.name} claims {signed(claim)} for the {side} in {year}, "
                    f"{share_of_spend}: is that so?"
                )
    return faults, questions
