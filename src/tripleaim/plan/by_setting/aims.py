"""What a plan promises of where money goes, from `setting_aims.csv`."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.place import Place, Status

FILE = "setting_aims.csv"

BED_TO_HOME, TREATMENT_TO_PREVENTION = "bed-to-home", "treatment-to-prevention"


@dataclass(frozen=True, slots=True)
class SettingAim:
    """One promise, in our own words. `figure` is its printed number, empty where none is."""

    id: str
    sentence: str
    figure: str
    status: Status
    source: str
    where: str


def setting_aims(place: Place) -> tuple[SettingAim, ...]:
    """What the place's plan promises; nothing if it has no such file.

    Raises InputError for an unknown figure or source.
    """
    if not place.has(FILE):
        return ()
    aims = []
    for row in place.rows(FILE):
        if row["figure"] and row["figure"] not in place.figures:
            raise row.fault("figure", "expected the id of a figure", list(place.figures))
        if row["source"] not in place.sources:
            raise row.fault("source", "expected an id from a sources file", list(place.sources))
        aims.append(SettingAim(**row.values))
    return tuple(aims)
