"""Income and expenditure of every organisation, line by line, tied to the two-sided accounts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from tripleaim.accounts.books.fitting import Cell, fit
from tripleaim.accounts.books.flow_table import ELSEWHERE
from tripleaim.accounts.books.flows import FlowMatrix, flow_matrix
from tripleaim.accounts.books.inputs import BookInputs, FlowInputs
from tripleaim.accounts.books.ledger import MILLION, OUTSIDE, Entry, Ledger, pounds, split
from tripleaim.accounts.gap.model import Accounts, ByYear, Kind, Side
from tripleaim.place import Place

NATIONAL = "national"
"""A commissioner of this kind is funded for what it spends; the others carry the opening position.
"""

Amounts = Mapping[str, Decimal]


def organisation_ledger(
    inputs: BookInputs, accounts: Accounts, residents: ByYear | None = None
) -> Ledger:
    """Every organisation's book for the base year (where trusts' incomes are known) and the plan.

    Contract income and its cost to the payer are the flows of `flow_matrix`. Commissioners have
    their funding, trusts the fund (STF, not recurrent) and their costs. A cost is booked as
    "line:nature", such as "acute:pay". Of every other organisation the book holds only what passes
    between it and the place.

    Sums of the commissioners and of the place's own trusts are the lines of `accounts` in every
    year of the plan, each rounded to the penny once; what NHS England pays trusts on the line
    elsewhere comes with the same funding. A trust's opening is the position that it states for
    the first year, and its part (by income) of what the providers' opening differs from those.
    """
    entries: list[Entry] = []
    flows = inputs.flows
    first = flow_matrix(flows, accounts, accounts.years[0], residents)
    base = (flows.base_year,) if flows.recorded_incomes else ()
    allocated = _allocations(flows, accounts, first)
    costs = _first_costs(inputs, accounts, first)
    for year in (*base, *accounts.years):
        matrix = flow_matrix(flows, accounts, year, residents)
        entries += matrix.ledger().entries
        entries += _passed_on(flows, matrix)
        if year == flows.base_year:
            entries += _recorded_funding(inputs, matrix)
            cells = _recorded_costs(inputs, matrix)
        else:
            for line, shares in allocated.items():
                entries += _funding(year, line, _line(accounts, "commissioner", line, year), shares)
            entries += _stf(inputs, accounts, year)
            cells = _costs(accounts, year, costs)
        entries += _costs_by_nature(inputs, year, cells)
        entries += _council_funding(inputs, year, first, matrix)
    return Ledger(tuple(entry for entry in entries if entry.amount))


def nature(line: str) -> str:
    """What kind of cost a line of the ledger is: pay, non-pay, drugs … or the line itself."""
    return line.partition(":")[2] or line


def service(line: str) -> str:
    """The line of the two-sided accounts behind a line of the ledger."""
    return line.partition(":")[0]


def commissioners(place: Place) -> tuple[str, ...]:
    """The place's commissioners."""
    return tuple(o.id for o in place.organisations if o.side == "commissioner")


def _line(accounts: Accounts, side: Side, name: str, year: str, kind: Kind = "income") -> Decimal:
    return sum(
        (
            pounds(line.amount(year) * MILLION)
            for line in accounts.lines
            if (line.side, line.line, line.kind) == (side, name, kind)
        ),
        Decimal(0),
    )


def _spent(inputs: FlowInputs, matrix: FlowMatrix) -> dict[str, dict[str, Decimal]]:
    """What each payer spends, by the funding that it comes from."""
    funding = {line.id: line.funding for line in inputs.account.lines}
    names = {"allocation": "allocation", "specialised": "specialised-funding"}
    sums: dict[str, dict[str, Decimal]] = {name: {} for name in names.values()}
    for flow in matrix.flows:
        if flow.line in funding:
            spent = sums[names[funding[flow.line]]]
            spent[flow.payer] = spent.get(flow.payer, Decimal(0)) + flow.amount
    return sums


def _allocations(
    inputs: FlowInputs, accounts: Accounts, first: FlowMatrix
) -> dict[str, dict[str, Decimal]]:
    """Each commissioner's funding in the first year, £ by line; its parts hold for later years."""
    kinds = {o.id: o.kind for o in inputs.organisations}
    spent = _spent(inputs, first)
    allocations = {}
    for line, by_payer in spent.items():
        amount = _line(accounts, "commissioner", line, first.year)
        national = {
            payer: paid
            for payer, paid in by_payer.items()
            if NATIONAL in kinds[payer] and line == "allocation"
        }
        others = {payer: paid for payer, paid in by_payer.items() if payer not in national}
        rest = amount - sum(national.values(), Decimal(0))
        parts = split(rest, [float(paid) for paid in others.values()]) if others else ()
        allocations[line] = {**dict(zip(others, parts, strict=True)), **national}
    return allocations


def _funding(year: str, line: str, amount: Decimal, shares: Amounts) -> list[Entry]:
    if not amount:
        return []
    parts = split(amount, [float(share) for share in shares.values()])
    return [
        Entry(year, organisation, OUTSIDE, line, part)
        for organisation, part in zip(shares, parts, strict=True)
    ]


def _recorded_funding(inputs: BookInputs, matrix: FlowMatrix) -> list[Entry]:
    """The base year's funding: what was spent and the surplus that was stated, none if not."""
    stated = inputs.stated
    return [
        Entry(
            matrix.year,
            payer,
            OUTSIDE,
            line,
            paid + (stated.get((matrix.year, payer), Decimal(0)) if line == "allocation" else 0),
        )
        for line, by_payer in _spent(inputs.flows, matrix).items()
        for payer, paid in by_payer.items()
    ]


def _passed_on(inputs: FlowInputs, matrix: FlowMatrix) -> list[Entry]:
    """Funding of what commissioners pay the trusts besides the lines of the accounts."""
    return [
        Entry(
            matrix.year, payer, OUTSIDE, "other-funding", matrix.total(payer=payer, line=ELSEWHERE)
        )
        for payer in inputs.commissioners
    ]


def _stf(inputs: BookInputs, accounts: Accounts, year: str) -> list[Entry]:
    """The fund of a year by trust, in the proportions of the first year's control totals."""
    trusts = inputs.fund_parts
    parts = split(_line(accounts, "providers", "stf", year), list(trusts.values()))
    return [
        Entry(year, trust, OUTSIDE, "stf", part, recurrent=False)
        for trust, part in zip(trusts, parts, strict=True)
    ]


def _first_costs(inputs: BookInputs, accounts: Accounts, first: FlowMatrix) -> dict[Cell, Decimal]:
    """The trusts' costs of the first year by (line, trust): both margins met."""
    year, incomes = first.year, inputs.flows.trust_incomes
    rows = _cost_rows(accounts, year)
    fund = {entry.organisation: entry.amount for entry in _stf(inputs, accounts, year)}
    earned = {trust: first.total(payee=trust) + fund[trust] for trust in incomes}
    stated = inputs.stated
    positions = {trust: stated.get((year, trust), Decimal(0)) for trust in incomes}
    opening = sum(earned.values(), Decimal(0)) - sum(rows.values(), Decimal(0))
    rest = split(opening - sum(positions.values(), Decimal(0)), list(incomes.values()))
    columns = {
        trust: earned[trust] - positions[trust] - part
        for trust, part in zip(incomes, rest, strict=True)
    }
    seeds = {
        (line, trust): float(first.total(line=line, payee=trust))
        for line in rows
        for trust in incomes
    }
    return fit(rows, columns, seeds)


def _cost_rows(accounts: Accounts, year: str) -> dict[str, Decimal]:
    return {
        line.line: -pounds(line.amount(year) * MILLION)
        for line in accounts.lines
        if line.side == "providers" and line.kind == "cost"
    }


def _costs(accounts: Accounts, year: str, first: Mapping[Cell, Decimal]) -> dict[Cell, Decimal]:
    if year == accounts.years[0]:
        return dict(first)
    cells: dict[Cell, Decimal] = {}
    for line, amount in _cost_rows(accounts, year).items():
        line_cells = [cell for cell in first if cell[0] == line]
        if amount:
            parts = split(amount, [float(first[cell]) for cell in line_cells])
            cells.update(zip(line_cells, parts, strict=True))
    return cells


def _recorded_costs(inputs: BookInputs, matrix: FlowMatrix) -> dict[Cell, Decimal]:
    stated = inputs.stated
    cells: dict[Cell, Decimal] = {}
    for trust in inputs.flows.trusts:
        earned = {line: matrix.total(line=line, payee=trust) for line in matrix.lines}
        cost = matrix.total(payee=trust) - stated.get((matrix.year, trust), Decimal(0))
        parts = split(cost, [float(amount) for amount in earned.values()])
        cells.update(((line, trust), part) for line, part in zip(earned, parts, strict=True))
    return cells


def _costs_by_nature(inputs: BookInputs, year: str, cells: Mapping[Cell, Decimal]) -> list[Entry]:
    return [
        Entry(year, trust, OUTSIDE, f"{line}:{kind}", -part)
        for (line, trust), amount in cells.items()
        for kind, part in inputs.structures[trust].by_line(amount).items()
    ]


def _council_funding(
    inputs: BookInputs, year: str, first: FlowMatrix, matrix: FlowMatrix
) -> list[Entry]:
    """The council's own funding of its lines: the first year's, growing at a stated rate."""
    flows, stated = inputs.flows, inputs.stated
    lines = flows.council
    source = matrix if year == flows.base_year else first
    growth = 1 + inputs.council_growth
    steps = 0 if year == flows.base_year else flows.years.index(year)
    entries = []
    for council in {f.payer: None for f in matrix.flows if f.line in lines}:
        needed = source.total(payer=council) - source.total(payee=council)
        amount = needed + stated.get((source.year, council), Decimal(0))
        grown = pounds(amount * Decimal(str(growth)) ** steps)
        entries.append(Entry(year, council, OUTSIDE, "council-funding", grown))
    return entries
