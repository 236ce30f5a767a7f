"""One organisation's account, as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal

from tripleaim.accounts.books.flow_table import own_trusts
from tripleaim.accounts.books.ledger import OUTSIDE, Entry, Ledger
from tripleaim.accounts.books.organisation_bridge import (
    SAVINGS,
    OrganisationBridge,
    organisation_bridge,
)
from tripleaim.accounts.books.organisations import commissioners, nature, service
from tripleaim.accounts.books.positions import stated_positions
from tripleaim.accounts.gap.model import Accounts
from tripleaim.place import InputError, Organisation, Place

PoundsByYear = Mapping[str, Decimal]

_CAPACITY = f"{SAVINGS}:capacity only"
_NAMES = {
    "allocation": "Allocation",
    "specialised-funding": "Funding of specialised services",
    "other-funding": "Funding of other contracts",
    "council-funding": "Council's own funding",
    "stf": "Sustainability and Transformation Fund",
    "pay": "Pay",
    "non-pay": "Non-pay",
    "drugs": "Drugs",
    "capital charges": "Capital charges",
    "elsewhere": "Other contracts",
}


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of income (positive) or cost (negative), £ by year.

    `counterparty` is the organisation on the other side, empty for staff, suppliers and Treasury.
    """

    kind: Literal["income", "cost"]
    line: str
    name: str
    counterparty: str
    recurrent: bool
    amounts: PoundsByYear


@dataclass(frozen=True)
class OrganisationAccount:
    """Income, expenditure and position of one organisation, £ to the penny by year.

    lines          contract income by payer, other income, then costs: pay, non-pay, drugs, capital
                   charges, and what is paid to others by line
    position       income less cost if nothing is done
    savings        the plan's in-year savings by release, empty without a plan
    planned        position with savings
    planned_cash   position with those savings only that change what is paid (capacity left out)
    underlying     planned, less what will not recur
    exit_run_rate  underlying, with the full-year effect of what began in the year
    flows_in, flows_out   £ by counterparty and year
    whole          False where only what passes between it and the place is known: it then has no
                   position, and its bridge is None
    stated         whether the organisation stated its position of the first of `years`; one that
                   did not is taken as in balance in a recorded year
    """

    place: str
    id: str
    name: str
    short_name: str
    kind: str
    side: str
    whole: bool
    stated: bool
    years: tuple[str, ...]
    lines: tuple[AccountLine, ...]
    position: PoundsByYear
    savings: Mapping[str, PoundsByYear]
    planned: PoundsByYear
    planned_cash: PoundsByYear
    underlying: PoundsByYear
    exit_run_rate: PoundsByYear
    flows_in: Mapping[str, PoundsByYear]
    flows_out: Mapping[str, PoundsByYear]
    bridge: OrganisationBridge | None


def organisation_account(
    place: Place,
    accounts: Accounts,
    ledger: Ledger,
    organisation: str,
    *,
    savings: Ledger | None = None,
    full_year: Ledger | None = None,
) -> OrganisationAccount:
    """The account of one organisation from the books of `organisation_ledger`.

    `savings` are the plan's in-year savings by organisation (line "savings:" and how they are
    released), `full_year` what they would bring more if they had run the whole year. Raises
    InputError for an organisation that the place does not have.
    """
    about = _organisation(place, organisation)
    book = ledger.only(organisation=organisation)
    years = tuple(
        y
        for y in (place.base_year, *accounts.years)
        if y != place.base_year or any(e.period == y for e in ledger.entries)
    )
    saved = (savings or Ledger(())).only(organisation=organisation)
    grown = (full_year or Ledger(())).only(organisation=organisation)
    position = {y: book.total(period=y) for y in years}
    planned = {y: position[y] + saved.total(period=y) for y in years}
    underlying = {
        y: planned[y]
        - book.total(period=y, recurrent=False)
        - saved.total(period=y, recurrent=False)
        for y in years
    }
    whole = (
        organisation in (*commissioners(place), *own_trusts(place)) or about.side == "council"
    ) and bool(book.entries)
    return OrganisationAccount(
        place=place.id,
        id=about.id,
        name=about.name,
        short_name=about.short_name,
        kind=about.kind,
        side=about.side,
        whole=whole,
        stated=(years[0], organisation) in stated_positions(place),
        years=years,
        lines=_lines(place, book, years),
        position=position if whole else {},
        savings=_savings(saved, years),
        planned=planned if whole else {},
        planned_cash=(
            {y: planned[y] - saved.total(period=y, line=_CAPACITY) for y in years} if whole else {}
        ),
        underlying=underlying if whole else {},
        exit_run_rate=({y: underlying[y] + grown.total(period=y) for y in years} if whole else {}),
        flows_in=_flows(book, years, 1),
        flows_out=_flows(book, years, -1),
        bridge=(
            organisation_bridge(place, accounts, ledger, organisation, savings) if whole else None
        ),
    )


def organisation_accounts(
    place: Place,
    accounts: Accounts,
    ledger: Ledger,
    *,
    savings: Ledger | None = None,
    full_year: Ledger | None = None,
) -> tuple[OrganisationAccount, ...]:
    """The accounts of all organisations of the place that have a book, in its order."""
    keepers = {entry.organisation for entry in ledger.entries}
    return tuple(
        organisation_account(place, accounts, ledger, o.id, savings=savings, full_year=full_year)
        for o in place.organisations
        if o.id in keepers
    )


def account_json(account: OrganisationAccount) -> dict[str, Any]:
    """The account as plain data; amounts are pounds as numbers."""
    plain: dict[str, Any] = _plain(asdict(account))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _fields(account: OrganisationAccount) -> dict[str, Any]:
    return {name: getattr(account, name) for name in OrganisationAccount.__dataclass_fields__}


def _organisation(place: Place, organisation: str) -> Organisation:
    for about in place.organisations:
        if about.id == organisation:
            return about
    raise InputError(
        "there is no organisation of this name",
        file=place.path("organisations.csv"),
        value=organisation,
        valid=[o.id for o in place.organisations],
    )


def _lines(place: Place, book: Ledger, years: tuple[str, ...]) -> tuple[AccountLine, ...]:
    """Entries of one kind, line and counterparty together; a trust's own costs by nature."""
    names = {o.id: o.short_name for o in place.organisations}
    sums: dict[tuple[str, str, str, bool], dict[str, Decimal]] = {}
    for entry in book.entries:
        key = (*_key(entry), entry.recurrent)
        by_year = sums.setdefault(key, dict.fromkeys(years, Decimal(0)))
        by_year[entry.period] += entry.amount
    lines = []
    for (kind, line, counterparty, recurrent), amounts in sums.items():
        name = _NAMES.get(line, line.replace("-", " ").capitalize())
        if counterparty:
            joined = "from" if kind == "income" else "to"
            name = f"{name}, {joined} {names.get(counterparty, counterparty)}"
        lines.append(
            AccountLine(
                "income" if kind == "income" else "cost",
                line,
                name,
                counterparty,
                recurrent,
                amounts,
            )
        )
    return tuple(sorted(lines, key=lambda line: line.kind != "income"))


def _key(entry: Entry) -> tuple[str, str, str]:
    kind = "income" if entry.amount > 0 else "cost"
    counterparty = "" if entry.counterparty == OUTSIDE else entry.counterparty
    return kind, service(entry.line) if counterparty else nature(entry.line), counterparty


def _savings(saved: Ledger, years: tuple[str, ...]) -> dict[str, PoundsByYear]:
    sums: dict[str, dict[str, Decimal]] = {}
    for entry in saved.entries:
        by_year = sums.setdefault(nature(entry.line), dict.fromkeys(years, Decimal(0)))
        by_year[entry.period] += entry.amount
    return dict(sums)


def _flows(book: Ledger, years: tuple[str, ...], sign: int) -> dict[str, PoundsByYear]:
    sums: dict[str, dict[str, Decimal]] = {}
    for entry in book.entries:
        if entry.counterparty != OUTSIDE and entry.amount * sign > 0:
            by_year = sums.setdefault(entry.counterparty, dict.fromkeys(years, Decimal(0)))
            by_year[entry.period] += abs(entry.amount)
    return dict(sorted(sums.items(), key=lambda pair: -pair[1][years[-1]]))
