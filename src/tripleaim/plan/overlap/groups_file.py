"""Reach groups on disk, so that a page need not build the people again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from tripleaim.core import whole_file
from tripleaim.data_folder import DamagedFileError, again, read_arrays, taking_apart
from tripleaim.plan.overlap.groups import Groups, Onset, YearGroups

_COLUMNS = ("patterns", "pattern", "sets", "onsets", "people", "contacts")


def save_groups(groups: Groups, path: Path, made_from: str = "") -> None:
    """Write `groups` to an .npz file, whole or not at all; `made_from` says what they came from."""
    about = {
        "made_from": made_from,
        "years": groups.years,
        "solutions": groups.solutions,
        "points_of_delivery": groups.points_of_delivery,
        "conditions": groups.conditions,
        "onsets": [[o.condition, o.year, str(o.solutions)] for o in groups.onsets],
    }
    arrays: dict[str, Any] = {"attributable": groups.attributable}
    for y, now in enumerate(groups.by_year):
        arrays |= {f"{column}_{y}": getattr(now, column) for column in _COLUMNS}
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as unfinished, unfinished.open("wb") as file:
        np.savez_compressed(file, about=np.array(json.dumps(about)), **arrays)


def load_groups(path: Path, made_from: str = "") -> Groups:
    """The groups in an .npz file.

    Raises DamagedFileError if it is missing, cut off, not such a file, or made from something else
    than `made_from`: then they are to be made again.
    """
    mend = again(path.parent)
    arrays = read_arrays(path, mend)
    with taking_apart(path, mend, "does not contain reach groups"):
        about = json.loads(str(arrays["about"]))
        if about["made_from"] != made_from:
            raise DamagedFileError("was made from another place or seed", file=path, mend=mend)
        return Groups(
            years=tuple(about["years"]),
            solutions=tuple(about["solutions"]),
            points_of_delivery=tuple(about["points_of_delivery"]),
            conditions=tuple(about["conditions"]),
            onsets=tuple(Onset(c, y, int(bits)) for c, y, bits in about["onsets"]),
            attributable=arrays["attributable"],
            by_year=tuple(
                YearGroups(**{column: arrays[f"{column}_{y}"] for column in _COLUMNS})
                for y in range(len(about["years"]))
            ),
        )
