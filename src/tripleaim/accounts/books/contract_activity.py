"""Activity priced, and split by who pays and who is paid, as the contracts in the books have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tripleaim.accounts.books.flow_table import has_flows
from tripleaim.accounts.books.flows import by_point_of_delivery, flow_matrix, parts_of_whole
from tripleaim.accounts.books.inputs import flow_inputs
from tripleaim.accounts.gap.model import Accounts, ByYear
from tripleaim.activity import ALL, SCHEMA, Activity, Origin, contract_rows
from tripleaim.place import Place

Contract = tuple[str, str]
"""Who pays and who is paid."""


@dataclass(frozen=True)
class Contracts:
    """The part (0 to 1) of each point of delivery that passes under each contract.

    `shares[year][point]` holds them by (commissioner, provider); a point of delivery of which it
    is not known who pays whom is not in it. Flows are of the whole place: nothing says which
    locality's care a provider gives, so no row of a locality has a share.
    """

    shares: Mapping[str, Mapping[str, Mapping[Contract, float]]]

    def named(self, activity: Activity) -> Activity:
        """The same rows with commissioner and provider where there is but one of them."""
        table = activity.table.unify_dictionaries().combine_chunks()
        years, year = _codes(table, "year")
        points, point = _codes(table, "point_of_delivery")
        sole = [[self.sole(y, p) for p in points] for y in years]
        for field, side in (("commissioner", 0), ("provider", 1)):
            names = sorted({pair[side] for row in sole for pair in row})
            numbers = np.array([[names.index(pair[side]) for pair in row] for row in sole])
            column = pa.DictionaryArray.from_arrays(
                pa.array(numbers[year, point], pa.int16()), pa.array(names, pa.string())
            )
            table = table.set_column(SCHEMA.get_field_index(field), SCHEMA.field(field), column)
        return Activity(table)

    def sole(self, year: str, point: str) -> Contract:
        """The commissioner and the provider where there is but one of them, else `all`."""
        known = self.shares.get(year, {}).get(point, {})
        payers, payees = {payer for payer, _ in known}, {payee for _, payee in known}
        return (
            payers.pop() if len(payers) == 1 else ALL,
            payees.pop() if len(payees) == 1 else ALL,
        )


def contracts(
    place: Place, accounts: Accounts, activity: Activity, residents: ByYear | None = None
) -> Contracts:
    """Who buys how much of each NHS point of delivery of whom, in every year of the plan."""
    if not has_flows(place):
        return Contracts({})
    inputs, shares = flow_inputs(place), {}
    for year in accounts.years:
        matrix = flow_matrix(inputs, accounts, year, residents)
        by_point = by_point_of_delivery(inputs, matrix, activity)
        shares[year] = {
            point: parts_of_whole(cells) for point, cells in by_point.items() if sum(cells.values())
        }
    return Contracts(shares)


def by_contract(activity: Activity, known: Contracts, origin: Origin) -> Activity:
    """The same activity again, as rows known by contract, cost and all.

    Every contract has its share of a point of delivery's quantity, bed days and cost; what passes
    under no known contract stands under `all`.
    """
    sums = activity.by("year", "point_of_delivery").to_pylist()
    tables = []
    for year in dict.fromkeys(row["year"] for row in sums):
        rows = [
            (
                row["point_of_delivery"],
                *contract,
                share * row["quantity"],
                share * row["bed_days"],
                None if row["cost"] is None else share * row["cost"],
            )
            for row in sums
            if row["year"] == year
            for contract, share in _shares(known, year, row["point_of_delivery"])
        ]
        tables.append(contract_rows(year, rows, origin))
    return Activity(pa.concat_tables(tables))


def priced(
    activity: Activity, costs: Mapping[str, Mapping[str, float]], known: Contracts
) -> Activity:
    """The same rows with their cost (£), and with commissioner and provider where there is one.

    `costs[year][point]` is pounds a contact; a year or point of delivery without a cost keeps
    null, and so does one whose cost is 0, since no NHS money is spent there.
    """
    table = known.named(activity).table
    years, year = _codes(table, "year")
    points, point = _codes(table, "point_of_delivery")
    each = np.array([[costs.get(y, {}).get(p, 0.0) or np.nan for p in points] for y in years])
    cost = each[year, point] * table["quantity"].to_numpy()
    column = pa.array(cost, pa.float64(), from_pandas=True)
    at = SCHEMA.get_field_index("cost")
    return Activity(table.set_column(at, SCHEMA.field("cost"), column))


def _shares(known: Contracts, year: str, point: str) -> Iterator[tuple[Contract, float]]:
    shares = known.shares.get(year, {}).get(point, {})
    yield from shares.items()
    if not shares:
        yield (ALL, ALL), 1.0


def _codes(table: pa.Table, name: str) -> tuple[Sequence[str], npt.NDArray[np.intp]]:
    """The labels of a column, and which of them each row has."""
    column = table[name].combine_chunks()
    return column.dictionary.to_pylist(), column.indices.to_numpy().astype(np.intp)
