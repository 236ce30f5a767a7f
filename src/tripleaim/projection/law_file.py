"""Laws to and from one file: the same laws are the same bytes."""

from __future__ import annotations

import json
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from tripleaim.core import whole_file
from tripleaim.place import InputError
from tripleaim.projection.lanes import Lanes
from tripleaim.projection.laws import Expected, Laws

VERSION = 2
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""Every part of the file bears this date, so that its bytes depend on the laws alone."""


def save_laws(laws: Laws, path: Path, *, inputs: str = "") -> None:
    """Store laws as npz; `inputs` is the hash of what they were fitted to.

    The file appears whole or not at all: it is written under another name and then renamed.
    """
    about = {
        "version": VERSION,
        "inputs": inputs,
        "years": laws.years,
        "conditions": laws.lanes.conditions,
        "risk_levels": laws.risk_levels,
        "frailty_power": laws.frailty_power,
        "male_share": laws.male_share,
        "quantities": laws.expected.names,
    }
    arrays: dict[str, Any] = {"about": np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)}
    for holder, prefix in ((laws, ""), (laws.expected, "expected.")):
        for one in fields(holder):
            value = getattr(holder, one.name)
            if isinstance(value, np.ndarray):
                arrays[prefix + one.name] = value
            elif isinstance(value, tuple) and value and isinstance(value[0], np.ndarray):
                arrays |= {f"{prefix}{one.name}.{i}": part for i, part in enumerate(value)}
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as unfinished, zipfile.ZipFile(unfinished, "w") as archive:
        for key, array in arrays.items():
            with archive.open(zipfile.ZipInfo(f"{key}.npy", _MOMENT), "w") as member:
                np.lib.format.write_array(member, np.ascontiguousarray(array))


def load_laws(path: Path, *, inputs: str | None = None) -> Laws:
    """The laws that `save_laws` stored.

    Raises InputError if the file is missing, holds no laws of this version, or was fitted to other
    `inputs` than those given.
    """
    if not path.is_file():
        raise InputError("expected stored laws; the file is missing", file=path)
    try:
        with np.load(path) as file:
            arrays = dict(file)
        about = json.loads(arrays.pop("about").tobytes())
    except (ValueError, KeyError, OSError, zipfile.BadZipFile):
        raise InputError("expected laws that save_laws stored", file=path) from None
    if about["version"] != VERSION:
        raise InputError(
            f"expected laws of version {VERSION}", file=path, value=str(about["version"])
        )
    if inputs is not None and about["inputs"] != inputs:
        raise InputError("expected laws fitted to these inputs", file=path, value=about["inputs"])

    def several(name: str) -> tuple[Any, ...]:
        keys = [key for key in arrays if key.startswith(f"{name}.")]
        return tuple(arrays[f"{name}.{i}"] for i in range(len(keys)))

    single = {key: value for key, value in arrays.items() if "." not in key}
    return Laws(
        years=tuple(about["years"]),
        lanes=Lanes(tuple(about["conditions"])),
        risk_levels=tuple((name, tuple(levels)) for name, levels in about["risk_levels"]),
        conditions=several("conditions"),
        risk=several("risk"),
        thresholds=several("thresholds"),
        frailty_power=about["frailty_power"],
        male_share=about["male_share"],
        expected=Expected(
            names=tuple(about["quantities"]),
            rate=arrays["expected.rate"],
            conditions=several("expected.conditions"),
            risk=several("expected.risk"),
        ),
        **single,
    )
