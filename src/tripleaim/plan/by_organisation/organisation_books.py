"""The books of all organisations, worked out from a place's accounts."""

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
    book_inputs,
    by_point_of_delivery,
    consolidate,
    differing_books,
    flow_matrix,
    organisation_accounts,
    organisation_ledger,
)
from tripleaim.activity import Activity
from tripleaim.place import InputError, Place
from tripleaim.plan.by_organisation.savings_by_organisation import (
    Net,
    Savings,
    savings_by_organisation,
)
from tripleaim.wording import BooksFinding


@dataclass(frozen=True)
class OrganisationBooks:
    """The books of a place: flows by year, accounts by organisation, the system, what differs.

    `points` is who pays whom by year and point of delivery, £ by (payer, payee), for the years and
    lines that have contacts. `consolidations` (by year) combine the organisations whose whole book
    is known; `mismatches` are payments that organisations' plans for the first year record
    differently.
    """

    place: str
    years: tuple[str, ...]
    flows: Mapping[str, FlowMatrix]
    points: Mapping[str, Mapping[str, Mapping[tuple[str, str], Decimal]]]
    organisations: tuple[OrganisationAccount, ...]
    consolidations: Mapping[str, Consolidation]
    mismatches: tuple[Mismatch, ...]
    savings: Savings
    ledger: Ledger
    finding: BooksFinding

    def organisation(self, organisation: str) -> OrganisationAccount:
        """One organisation's account; else an InputError with the nearest name."""
        for account in self.organisations:
            if account.id == organisation:
                return account
        raise InputError(
            "there are no accounts of an organisation of this name",
            value=organisation,
            valid=[account.id for account in self.organisations],
        )


def organisation_books(
    place: Place,
    accounts: Accounts,
    *,
    activity: Activity | None = None,
    net: Net | None = None,
    residents: Mapping[str, float] | None = None,
) -> OrganisationBooks:
    """The books of every organisation under do-nothing `accounts` and the savings `net`.

    `net` is solution -> side -> year -> £m (`net_of` gives it from an outcome); without it, what
    partners claim. `activity` splits the flows by point
    of delivery. `residents` by year (base year first) move the council's lines.
    """
    inputs = book_inputs(place)
    ledger = organisation_ledger(inputs, accounts, residents)
    savings = savings_by_organisation(place, ledger, net or claims(place))
    organisations = organisation_accounts(
        place, accounts, ledger, savings=savings.in_year, full_year=savings.full_year
    )
    years = organisations[0].years
    flows = {year: flow_matrix(inputs.flows, accounts, year, residents) for year in years}
    members = [account.id for account in organisations if account.whole]
    mismatches = tuple(
        mismatch for year in years for mismatch in differing_books(place, flows[year]).mismatches()
    )
    return OrganisationBooks(
        place=place.id,
        years=years,
        flows=flows,
        points={y: by_point_of_delivery(inputs.flows, flows[y], activity) for y in place.years}
        if activity
        else {},
        organisations=organisations,
        consolidations={year: consolidate(ledger, members, year) for year in years},
        mismatches=mismatches,
        savings=savings,
        ledger=ledger,
        finding=_finding(organisations, mismatches),
    )


def claims(place: Place) -> dict[str, dict[str, Mapping[str, float]]]:
    """What partners claim, as the solutions' files have it: solution -> side -> year -> £m."""
    return {solution.id: dict(solution.claim) for solution in place.solutions}


def _finding(
    organisations: tuple[OrganisationAccount, ...], mismatches: tuple[Mismatch, ...]
) -> BooksFinding:
    last = organisations[0].years[-1]
    whole = [account for account in organisations if account.whole]
    short = [account for account in whole if account.position[last] < 0]
    return BooksFinding(
        organisations=len(whole),
        short=len(short),
        year=last,
        shortfall=-sum((account.position[last] for account in short), Decimal(0)),
        nhs=sum((a.position[last] for a in whole if a.side != "council"), Decimal(0)),
        others={a.short_name: a.position[last] for a in whole if a.side == "council"},
        counted_twice_in=mismatches[0].period if mismatches else "",
        counted_twice=sum((mismatch.difference for mismatch in mismatches), Decimal(0)),
    )
