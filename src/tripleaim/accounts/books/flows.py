"""Who pays whom, and how much, on each line: every commissioner's money followed to providers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tripleaim.accounts.books.base_year import outside_part, own_part
from tripleaim.accounts.books.fitting import Cell, fit
from tripleaim.accounts.books.flow_table import FlowSeed
from tripleaim.accounts.books.inputs import CouncilLine, FlowInputs
from tripleaim.accounts.books.ledger import (
    MILLION,
    OUTSIDE,
    Ledger,
    ledger_of,
    payment,
    pounds,
    split,
)
from tripleaim.accounts.gap.model import Accounts, ByYear
from tripleaim.activity import Activity
from tripleaim.core import cached_property
from tripleaim.place import InputError


@dataclass(frozen=True, slots=True)
class Flow:
    """What one organisation pays another on one line in a year, £ to the penny.

    `within` is the payer's own line that holds a payment of the line "elsewhere" (else empty).
    """

    line: str
    payer: str
    payee: str
    amount: Decimal
    within: str = ""


@dataclass(frozen=True, slots=True)
class FlowFinding:
    """Of all that passed between organisations in a year, £, what went to the place's own trusts,
    and what the first payer paid. `place` and `payer` are names."""

    place: str
    year: str
    whole: Decimal
    to_own_trusts: Decimal
    payer: str
    paid: Decimal


@dataclass(frozen=True)
class FlowMatrix:
    """Every payment of one year from commissioners to providers.

    Sums of a line are what commissioners spend on it; sums of one of the place's own trusts are
    its income (before STF). `finding` says what stands out.
    """

    place: str
    year: str
    flows: tuple[Flow, ...]
    finding: FlowFinding | None = None

    def total(self, **matching: str) -> Decimal:
        """The sum of the flows whose fields have the values given, such as payee="RBA"."""
        return sum(
            (f.amount for f in self.flows if all(getattr(f, k) == v for k, v in matching.items())),
            Decimal(0),
        )

    @cached_property
    def payers(self) -> tuple[str, ...]:
        """Who pays, in order of what they pay."""
        return self._ordered("payer")

    @cached_property
    def payees(self) -> tuple[str, ...]:
        """Who is paid, in order of what they are paid."""
        return self._ordered("payee")

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, in the order of the accounts."""
        return tuple(dict.fromkeys(f.line for f in self.flows))

    def amounts(self, line: str | None = None) -> dict[Cell, Decimal]:
        """£ by (payer, payee), of one line or of all."""
        sums: dict[Cell, Decimal] = {}
        for flow in self.flows:
            if line in (None, flow.line):
                cell = (flow.payer, flow.payee)
                sums[cell] = sums.get(cell, Decimal(0)) + flow.amount
        return sums

    def shares(self, line: str | None = None) -> dict[Cell, float]:
        """The part (0 to 1) of what is spent on a line, or on all, that passes in each cell."""
        amounts = self.amounts(line)
        whole = sum(amounts.values(), Decimal(0))
        return {cell: float(amount / whole) if whole else 0.0 for cell, amount in amounts.items()}

    def ledger(self) -> Ledger:
        """Every flow in both books; a flow from or to the outside is in one book only."""
        both = ledger_of(payment(self.year, f.payer, f.payee, f.line, f.amount) for f in self.flows)
        return Ledger(tuple(e for e in both.entries if e.organisation != OUTSIDE))

    def _ordered(self, field: str) -> tuple[str, ...]:
        sums: dict[str, Decimal] = {}
        for flow in self.flows:
            name = getattr(flow, field)
            sums[name] = sums.get(name, Decimal(0)) + flow.amount
        return tuple(sorted(sums, key=lambda name: -sums[name]))


def flow_matrix(
    inputs: FlowInputs, accounts: Accounts, year: str, residents: ByYear | None = None
) -> FlowMatrix:
    """Who pays whom in `year` (the base year or a year of the plan), fitted to the accounts.

    The seeds of `flows.csv` are fitted so that what commissioners pay on each line is the line of
    the two-sided `accounts`, and what the place's own trusts earn in the first year is in
    proportion to their recorded incomes (in the base year, equal to them). Later years keep the
    first year's parts of each line. The council's lines follow `residents` by year (the same
    people throughout, if not given); NHS lines follow the registered, as the accounts do.

    Raises InputError for a year without accounts, or seeds that cannot meet them.
    """
    if year not in (inputs.base_year, *accounts.years):
        raise InputError("expected a year of the plan", value=year, valid=accounts.years)
    if year == inputs.base_year and not inputs.recorded_incomes:
        raise InputError("expected the trusts' incomes of the base year", value=year)
    seeds = inputs.seeds
    flows = [
        *_to_own_trusts(inputs, accounts, year, seeds),
        *_to_others(inputs, accounts, year, seeds),
    ]
    flows += _council(inputs, year, seeds, flows, residents)
    matrix = FlowMatrix(inputs.place, year, tuple(flows))
    return replace(matrix, finding=_finding(inputs, matrix))


def _to_own_trusts(
    inputs: FlowInputs, accounts: Accounts, year: str, seeds: Sequence[FlowSeed]
) -> list[Flow]:
    trusts, incomes = inputs.trusts, inputs.trust_incomes
    fitted_in = inputs.base_year if year == inputs.base_year else accounts.years[0]
    rows = {
        line: amount for line, amount in own_part(inputs, accounts, fitted_in).items() if amount
    }
    whole = sum(rows.values(), Decimal(0))
    columns = inputs.recorded_incomes if fitted_in == inputs.base_year else {}
    if not columns:
        columns = dict(zip(trusts, split(whole, [incomes[t] for t in trusts]), strict=True))
    by_cell: dict[Cell, list[FlowSeed]] = {}
    for seed in seeds:
        if seed.payee in trusts and seed.seed > 0:
            by_cell.setdefault((seed.line, seed.payee), []).append(seed)
    fitted = fit(
        rows,
        columns,
        {cell: sum(s.seed for s in cell_seeds) for cell, cell_seeds in by_cell.items()},
    )
    parts = {
        seed: part
        for cell, amount in fitted.items()
        for seed, part in zip(
            by_cell[cell], split(amount, [s.seed for s in by_cell[cell]]), strict=True
        )
    }
    if year == fitted_in:
        return [Flow(s.line, s.payer, s.payee, part, s.within) for s, part in parts.items()]
    return _shared(
        own_part(inputs, accounts, year), {seed: float(part) for seed, part in parts.items()}
    )


def _to_others(
    inputs: FlowInputs, accounts: Accounts, year: str, seeds: Sequence[FlowSeed]
) -> list[Flow]:
    trusts, council = inputs.trusts, inputs.council
    parts = {s: s.seed for s in seeds if s.payee not in trusts and s.line not in council}
    return _shared(outside_part(inputs, accounts, year), parts)


def _shared(amounts: Mapping[str, Decimal], parts: Mapping[FlowSeed, float]) -> list[Flow]:
    """Each line's amount split among its flows."""
    flows = []
    for line, amount in amounts.items():
        line_seeds = [seed for seed in parts if seed.line == line and parts[seed] > 0]
        if not amount:
            continue
        if not line_seeds:
            raise InputError("expected at least one payee on this line", value=line)
        for seed, part in zip(
            line_seeds, split(amount, [parts[s] for s in line_seeds]), strict=True
        ):
            flows.append(Flow(line, seed.payer, seed.payee, part, seed.within))
    return flows


def _council(
    inputs: FlowInputs,
    year: str,
    seeds: Sequence[FlowSeed],
    paid: Sequence[Flow],
    residents: ByYear | None,
) -> list[Flow]:
    amounts = {}
    for line, council_line in inputs.council.items():
        spend = council_spend(council_line, (inputs.base_year, *inputs.years), year, residents)
        amounts[line] = spend - sum((f.amount for f in paid if f.within == line), Decimal(0))
        if amounts[line] < 0:
            raise InputError(
                "expected the council to spend more on this line than it pays trusts", value=line
            )
    return _shared(amounts, {s: s.seed for s in seeds if s.line in amounts})


def council_spend(
    line: CouncilLine, years: Sequence[str], year: str, residents: ByYear | None = None
) -> Decimal:
    """What the council spends on a line in `year`, £: its grant, else by prices and residents.

    `years` are the base year and those of the plan.
    """
    if year in line.printed:
        return pounds(line.printed[year])
    steps = years.index(year)
    people = residents[year] / residents[years[0]] if residents else 1.0
    return pounds(line.spend * MILLION * (1 + line.growth) ** steps * people)


def by_point_of_delivery(
    inputs: FlowInputs, matrix: FlowMatrix, activity: Activity
) -> dict[str, dict[Cell, Decimal]]:
    """The matrix of each NHS point of delivery, £ by (payer, payee).

    A line's spend is shared by its points of delivery by contacts x unit cost, and each flow of the
    line goes to those that its payee serves; both add up to the penny. Lines without a point of
    delivery (specialised services, elsewhere, the council's) are not in it.
    """
    served = {(s.line, s.payer, s.payee): s.points for s in inputs.seeds}
    unit_costs = {line.id: line.unit_costs for line in inputs.account.lines}
    cells_by_point: dict[str, dict[Cell, Decimal]] = {}
    for line in matrix.lines:
        points = {
            point: activity.contacts[point][matrix.year] * unit_cost
            for point, unit_cost in unit_costs.get(line, {}).items()
        }
        if not points:
            continue
        flows = [f for f in matrix.flows if f.line == line]
        names = {f"{f.payer} {f.payee}": f for f in flows}
        whole = sum((f.amount for f in flows), Decimal(0))
        columns = dict(zip(points, split(whole, list(points.values())), strict=True))
        seeds = {
            (name, point): weight
            for name, f in names.items()
            for point, weight in points.items()
            if point in (served[f.line, f.payer, f.payee] or points)
        }
        cells = fit({name: f.amount for name, f in names.items()}, columns, seeds)
        for (name, point), amount in cells.items():
            flow = names[name]
            cells_by_point.setdefault(point, {})[flow.payer, flow.payee] = amount
    return {p: cells_by_point[p] for p in inputs.account.points_of_delivery if p in cells_by_point}


def _finding(inputs: FlowInputs, matrix: FlowMatrix) -> FlowFinding:
    trusts = inputs.trusts
    names = {o.id: o.short_name for o in inputs.organisations}
    first = matrix.payers[0]
    return FlowFinding(
        place=inputs.name,
        year=matrix.year,
        whole=matrix.total(),
        to_own_trusts=sum((f.amount for f in matrix.flows if f.payee in trusts), Decimal(0)),
        payer=names.get(first, first),
        paid=matrix.total(payer=first),
    )


def parts_of_whole(amounts: Mapping[Cell, Decimal]) -> dict[Cell, float]:
    """The part (0 to 1) of the whole that passes in each cell; none where nothing passes."""
    whole = sum(amounts.values(), Decimal(0))
    return {cell: float(amount / whole) for cell, amount in amounts.items() if amount and whole}
