"""Calibration as a value: solved once, frozen, handed to every scenario, draw and override."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tripleaim.accounts import Calibrated, MoneyCalibration
from tripleaim.core import write_whole
from tripleaim.data_folder import DamagedFileError, again, read_json, taking_apart


@dataclass(frozen=True)
class Calibration:
    """All that was solved so that printed figures are met.

    contact_factors  by point of delivery and year, what uncalibrated contacts are multiplied by
    money            what is added to the stated openings and to the growth of the allocation
    inputs_sha256    what it was solved from; with `seed`, the people's
    """

    contact_factors: Mapping[str, Mapping[str, float]]
    money: MoneyCalibration
    inputs_sha256: str
    seed: int

    @property
    def sha256(self) -> str:
        """The hash of all its values, in hexadecimal."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def save_calibration(calibration: Calibration, path: Path) -> None:
    """Write the calibration as JSON, whole or not at all."""
    content = {**asdict(calibration), "sha256": calibration.sha256}
    write_whole(path, json.dumps(content, indent=1) + "\n")


def read_calibration(path: Path) -> Calibration:
    """What `save_calibration` wrote. Raises DamagedFileError if it is missing or was changed."""
    mend = again(path.parent)
    content = read_json(path, mend)
    with taking_apart(path, mend, "does not contain a calibration"):
        sha256, money = content.pop("sha256"), content.pop("money")
        solved = tuple(Calibrated(**value) for value in money.pop("solved"))
        calibration = Calibration(**content, money=MoneyCalibration(**money, solved=solved))
        same = calibration.sha256 == sha256
    if not same:
        raise DamagedFileError("has been changed since it was written", file=path, mend=mend)
    return calibration
