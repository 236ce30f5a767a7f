"""Everything the pages and the terminal show of organisations, made from a place's accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.accounts import (
    Accounts,
    Consolidation,
    FlowMatrix,
    Ledger,
    Mismatch,
    OrganisationAccount,
    account,
    calibrate,
    consolidate,
    differing_books,
    flow_matrix,
    follow,
    organisation_accounts,
)
from tripleaim.place import InputError, Place
from tripleaim.plan.as_printed import printed_activity
from tripleaim.plan.savings_by_organisation import Net, Savings, savings_by_organisation


@dataclass(frozen=True)
class OrganisationBooks:
    """The books of a place: flows by year, accounts by organisation, the system, what differs.

    `consolidations` (by year) take together the organisations whose whole book is known;
    `mismatches` are payments that the first year's plans do not book alike, `sentence` says what
    they come to.
    """

    place: str
    years: tuple[str, ...]
    flows: Mapping[str, FlowMatrix]
    organisations: tuple[OrganisationAccount, ...]
    consolidations: Mapping[str, Consolidation]
    mismatches: tuple[Mismatch, ...]
    savings: Savings
    ledger: Ledger
    sentence: str

    def organisation(self, organisation: str) -> OrganisationAccount:
        """One organisation's account; else an InputError with the nearest name."""
        for held in self.organisations:
            if held.id == organisation:
                return held
        raise InputError(
            "no organisation of this name has a book here",
            value=organisation,
            valid=[held.id for held in self.organisations],
        )


def organisation_books(
    place: Place,
    accounts: Accounts,
    net: Net | None = None,
    residents: Mapping[str, float] | None = None,
) -> OrganisationBooks:
    """The books of every organisation under do-nothing `accounts` and the savings `net`.

    `net` is solution -> side -> year -> £m (`net_of` gives it from an outcome); without it, what
    partners claim. `residents` by year (base year first) move the council's lines.
    """
    ledger = follow(place, accounts, residents)
    savings = savings_by_organisation(place, ledger, net or claims(place))
    organisations = organisation_accounts(
        place, accounts, ledger, savings=savings.in_year, full_year=savings.full_year
    )
    years = organisations[0].years
    flows = {year: flow_matrix(place, accounts, year, residents) for year in years}
    members = [held.id for held in organisations if held.whole]
    mismatches = tuple(
        found for year in years for found in differing_books(place, flows[year]).mismatches()
    )
    return OrganisationBooks(
        place=place.id,
        years=years,
        flows=flows,
        organisations=organisations,
        consolidations={year: consolidate(ledger, members, year) for year in years},
        mismatches=mismatches,
        savings=savings,
        ledger=ledger,
        sentence=_sentence(organisations, mismatches),
    )


def claims(place: Place) -> dict[str, dict[str, Mapping[str, float]]]:
    """What partners claim, as the solutions' files have it: solution -> side -> year -> £m."""
    return {solution.id: dict(solution.claim) for solution in place.solutions}


def accounts_as_printed(place: Place) -> Accounts:
    """The do-nothing accounts of the printed activity, without a run of the place.

    Contacts grow evenly (by a constant rate) from the first to the last printed year, people stay
    as many as the plan names. Calibrated to the printed gap where there is one. Raises InputError
    for a place whose activity is not printed.
    """
    activity = printed_activity(place)
    people = dict.fromkeys((place.base_year, *place.years), place.value("population.plan"))
    parameters, _ = calibrate(place, activity, people)
    return account(place, activity, people, parameters)


def _sentence(
    organisations: tuple[OrganisationAccount, ...], mismatches: tuple[Mismatch, ...]
) -> str:
    last = organisations[0].years[-1]
    short = [held for held in organisations if held.whole and held.position[last] < 0]
    whole = [held for held in organisations if held.whole]
    total = sum((held.position[last] for held in short), Decimal(0))
    said = (
        f"If nothing is done, {len(short)} of {len(whole)} organisations would be short in {last}, "
        f"by £{-total / 1_000_000:,.1f}m together"
    )
    if mismatches:
        twice = sum((found.difference for found in mismatches), Decimal(0))
        said += (
            f"; in {mismatches[0].period} partners plan to receive £{twice / 1_000_000:,.1f}m more "
            "from one another than they plan to pay"
        )
    return said + "."
