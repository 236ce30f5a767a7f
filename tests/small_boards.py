"""Boards of today with one in a hundred of their people, quick enough for tests to plan."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path

from tripleaim.boards import make_place
from tripleaim.place import Place, load

ONE_IN = 100


def small_board(root: Path, board: str, name: str) -> Place:
    """The place of a board below `root`, with one in a hundred of its people."""
    folder = root / name
    shutil.copytree(make_place(root / "whole" / name, board).folder, folder)
    _fewer(folder / "registered.csv", ["patients"])
    _fewer(folder / "residents.csv", ["residents"])
    _fewer(folder / "registers.csv", ["list_size", "all_ages", "register_count"])
    _fewer(folder / "measured_contacts.csv", ["counted", "contacts"])
    (folder / "figures.csv").unlink()
    return load(folder)


def _fewer(table: Path, columns: Sequence[str]) -> None:
    """Keep one in a hundred of the people whom these columns count."""
    lines = table.read_text(encoding="utf-8").splitlines()
    above = [line for line in lines if line.startswith("#")]
    rows = list(csv.DictReader(lines[len(above) :]))
    for row in rows:
        row.update({name: str(round(float(row[name]) / ONE_IN)) for name in columns})
    with table.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"{line}\n" for line in above)
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
