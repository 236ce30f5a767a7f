"""The `place.toml` of a footprint folder: what it is called, its years, what it builds on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from tripleaim.place.addresses import PLACE_ID
from tripleaim.place.england_ages import DEFAULTS
from tripleaim.place.files import FolderFiles, PlaceFiles
from tripleaim.place.own_numbers.applying import with_own_numbers
from tripleaim.place.toml import Toml
from tripleaim.tables import InputError, is_year

SHIPPED = Path(str(files("tripleaim"))) / "footprints"


@dataclass(frozen=True, slots=True)
class Outline:
    """What `place.toml` says, and the files of the place and of the defaults it builds on."""

    id: str
    name: str
    files: PlaceFiles
    base_year: str
    years: tuple[str, ...]
    priorities: Mapping[int, str]


def shipped_places() -> tuple[str, ...]:
    """The ids of the footprints that come with the product, defaults left out."""
    names = (path.parent.name for path in SHIPPED.glob("*/place.toml"))
    return tuple(sorted(name for name in names if not _is_of_defaults(name)))


def _is_of_defaults(name: str) -> bool:
    """Whether a shipped footprint is England's defaults, or a later edition of these."""
    return name == DEFAULTS or _is_edition(name)


def _is_edition(name: str) -> bool:
    return name.startswith(f"{DEFAULTS}-")


def is_shipped(folder: Path) -> bool:
    """Whether a folder is that of a footprint that comes with the product."""
    return folder.parent == SHIPPED


def find(name_or_folder: str | Path) -> Path:
    """The folder of a shipped footprint by its id, or the given folder.

    Raises InputError with the nearest shipped name if there is neither.
    """
    text = str(name_or_folder)
    if PLACE_ID.fullmatch(text) and (SHIPPED / text / "place.toml").is_file():
        return SHIPPED / text
    try:
        if Path(text).is_dir():
            return Path(text)
    except ValueError:  # a character that no path can hold
        pass
    raise InputError(
        "expected the name of a shipped footprint or a folder that holds a place.toml",
        value=text,
        valid=shipped_places(),
    )


def read_outline(own: FolderFiles, defaults: Sequence[FolderFiles] | None = None) -> Outline:
    """What the `place.toml` of a folder says. Raises InputError at its first fault.

    The shipped defaults that it builds on are read too, unless theirs are given. Own numbers are
    put in place of official ones here, so that everything that is read of a place has them.
    """
    toml = own.toml("place.toml")
    toml.only(("id", "name", "builds_on", "base_year", "years", "priorities"))
    own_id = toml.take(str, "id")
    if not PLACE_ID.fullmatch(own_id):
        raise toml.fault(
            "expected a letter, then lower-case letters, digits and single hyphens",
            "id",
            value=own_id,
        )
    years = _years(toml)
    shipped = _defaults(toml)
    base_year = _base_year(toml, years)
    if defaults is None:
        defaults = [folder for top in shipped for folder in _editions(top, base_year)]
    return Outline(
        id=own_id,
        name=toml.take(str, "name"),
        files=PlaceFiles((with_own_numbers(own, tuple(defaults)), *defaults)),
        base_year=base_year,
        years=years,
        priorities={
            _priority(toml, key): toml.take(str, "priorities", key)
            for key in toml.take(dict, "priorities", default={})
        },
    )


def _defaults(toml: Toml) -> tuple[Path, ...]:
    name = toml.take(str, "builds_on", default="")
    if not name:
        return ()
    is_shipped = PLACE_ID.fullmatch(name) and (SHIPPED / name / "place.toml").is_file()
    if not is_shipped or _is_edition(name):
        shipped = [DEFAULTS, *shipped_places()]
        raise toml.fault("expected a shipped footprint", "builds_on", value=name, valid=shipped)
    return (SHIPPED / name,)


def _editions(defaults: Path, base_year: str) -> tuple[FolderFiles, ...]:
    """The defaults that a place of this base year builds on, the first file of a name counting.

    A later edition, `england-2026` say, has only what is newer. A place builds on the one whose own
    base year is nearest, on the older of two equally near, and on the first edition below it.
    """
    first = FolderFiles.read(defaults)
    later = [
        FolderFiles.read(path.parent)
        for path in sorted(SHIPPED.glob(f"{defaults.name}-*/place.toml"))
    ]
    at = int(base_year[:4])
    nearest = min([first, *later], key=lambda one: abs(at - _starts(one)))
    return (first,) if nearest is first else (nearest, first)


def _starts(folder: FolderFiles) -> int:
    base: str = folder.toml("place.toml").take(str, "base_year")
    return int(base[:4])


def _years(toml: Toml) -> tuple[str, ...]:
    years = toml.take(list, "years")
    if not years:
        raise toml.fault("expected at least one year", "years")
    for i, year in enumerate(years):
        if not isinstance(year, str) or not is_year(year):
            raise toml.fault('expected financial years such as "2016/17"', "years", i, value=year)
        if i and int(year[:4]) != int(years[i - 1][:4]) + 1:
            raise toml.fault("expected consecutive years", "years", i, value=year)
    return tuple(years)


def _base_year(toml: Toml, years: tuple[str, ...]) -> str:
    base: str = toml.take(str, "base_year")
    if not is_year(base) or int(base[:4]) != int(years[0][:4]) - 1:
        raise toml.fault(f"expected the year before {years[0]}", "base_year", value=base)
    return base


def _priority(toml: Toml, key: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", key):
        raise toml.fault("expected a whole number", "priorities", key, value=key)
    return int(key)
