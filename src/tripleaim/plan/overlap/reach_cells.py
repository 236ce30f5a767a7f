"""In which cells of people reach groups have their contacts: locality, age, sex and the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tripleaim.activity import CellGrid, sums_by
from tripleaim.core import whole_file
from tripleaim.data_folder import DamagedFileError, again, read_arrays, taking_apart
from tripleaim.plan.overlap.groups import distinct_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_COLUMNS = ("group", "cell", "contacts")


@dataclass(frozen=True)
class YearCells:
    """One year: R rows, one for each group and cell that have people in common.

    group     (R,) which group of the year
    cell      (R,) which cell of the grid
    contacts  (R, P) expected contacts if nothing is done
    """

    group: Ints
    cell: Ints
    contacts: Floats


@dataclass(frozen=True)
class ReachCells:
    """The cells of the reach groups of every year of the plan."""

    grid: CellGrid
    by_year: tuple[YearCells, ...]

    def times(self, contacts: Floats) -> ReachCells:
        """The same cells with contacts times (P, Y), all alike."""
        years = [
            replace(now, contacts=now.contacts * contacts[:, y])
            for y, now in enumerate(self.by_year)
        ]
        return replace(self, by_year=tuple(years))


def cells_of_groups(
    group: Ints, cell: Ints, contacts: npt.NDArray[np.float32], cells: int
) -> YearCells:
    """The rows of n people: their group (n,), their cell (n,) of `cells`, their contacts (n, P)."""
    keys, row = distinct_of(group * cells + cell)
    return YearCells(keys // cells, keys % cells, sums_by(row, contacts, len(keys)))


def save_cells(reach: ReachCells, path: Path, made_from: str) -> None:
    """Write the rows to an .npz file, whole or not at all; `made_from` says what they came from."""
    arrays = {
        f"{column}_{y}": getattr(now, column).astype(kind)
        for y, now in enumerate(reach.by_year)
        for column, kind in zip(_COLUMNS, (np.int32, np.int32, np.float64), strict=True)
    }
    with whole_file(path) as unfinished, unfinished.open("wb") as file:
        np.savez(
            file,
            made_from=np.array(made_from),
            localities=np.array(reach.grid.localities),
            years=np.array(len(reach.by_year)),
            **arrays,
        )


def load_cells(path: Path, made_from: str) -> ReachCells:
    """The rows in an .npz file.

    Raises DamagedFileError if it is missing, cut off, not such a file, or made from something else
    than `made_from`: then the place is to be built again.
    """
    mend = again(path.parent)
    arrays = read_arrays(path, mend)
    with taking_apart(path, mend, "does not contain cells of reach groups"):
        if str(arrays["made_from"]) != made_from:
            raise DamagedFileError("was made from another place or seed", file=path, mend=mend)
        by_year = tuple(
            YearCells(
                arrays[f"group_{y}"].astype(np.int64),
                arrays[f"cell_{y}"].astype(np.int64),
                arrays[f"contacts_{y}"],
            )
            for y in range(int(arrays["years"]))
        )
        return ReachCells(CellGrid(tuple(map(str, arrays["localities"]))), by_year)
