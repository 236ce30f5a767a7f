"""What people wrote by hand in a made place, carried into the same place made anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from tripleaim.official_files.draft import KEYS
from tripleaim.official_files.own_file import OwnFile, is_official

_OTHER_KEYS: Mapping[str, tuple[str, ...]] = {
    "figures_money.csv": ("id",),
    "openings.csv": ("organisation", "year"),
    "asked_for.csv": ("id",),
    "need_weights.csv": ("practice",),
    "lsoas.csv": ("lsoa",),
    "residents.csv": ("district", "sex", "age"),
    "flows.csv": ("line", "payer", "payee"),
    "staff_shares.csv": ("point_of_delivery", "group", "organisation"),
    "provider_shares.csv": ("provider",),
    "council_spend.csv": ("organisation", "year", "service"),
    "delays.csv": ("organisation", "period"),
}
_MADE_ANEW = frozenset({"README.md", "completeness.csv"})
_OF_A_SIZE = frozenset({"£m", "£", "people", "practices"})
_OUTLINE = "place.toml"


def keep_what_was_written(old: Path, fresh: Path, new: Path, about: str) -> list[str]:
    """Put into the place `new` what people wrote by hand in `old`; what became of it, in lines.

    `fresh` is `old` as the program makes it: what differs was written by hand, or comes from later
    official files. `about` is the name of what `old` was cut to, for figures that depend on it.
    """
    told: list[str] = []
    for file in sorted(path for path in old.rglob("*") if path.is_file()):
        name = file.relative_to(old)
        made = fresh / name
        if name.name in _MADE_ANEW or (made.is_file() and _same(file, made)):
            continue
        if not made.is_file():
            told.append(_copied(file, new / name, name.as_posix()))
        elif name.name == _OUTLINE:
            told.append(_outline(file, new / name))
        else:
            told += _rows(file, made, new / name, about)
    return told


def _same(one: Path, other: Path) -> bool:
    return one.read_bytes().replace(b"\r\n", b"\n") == other.read_bytes()


def _copied(file: Path, target: Path, name: str) -> str:
    if target.is_file():
        return f"{name}: the new place has its own; yours is not carried over"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.read_bytes())
    return f"{name}: your own file, kept"


def _outline(file: Path, target: Path) -> str:
    """The outline as it was written, with the id and the name of the new place."""
    text = target.read_text(encoding="utf-8")
    own = file.read_text(encoding="utf-8")
    for line in re.findall(r'^(?:id|name) = ".*"$', text, flags=re.M):
        key = line.split(" ")[0]
        own = re.sub(rf"^{key} = .*$", line.replace("\\", r"\\"), own, flags=re.M)
    target.write_text(own, encoding="utf-8", newline="\n")
    return f"{_OUTLINE}: as you wrote it, with the new id and name"


def _rows(file: Path, made: Path, target: Path, about: str) -> list[str]:
    """Rows that differ from those made: put over or beside the new place's."""
    name = file.name
    key = KEYS.get(name) or _OTHER_KEYS.get(name)
    old, fresh, new = (OwnFile.read(path, key) if key else None for path in (file, made, target))
    if key is None or old is None or fresh is None or new is None:
        return [
            f"{name}: it differs from what is made, and no row of it can be told apart: not kept"
        ]
    told = []
    later = 0
    for row in list(old.rows()):
        codes = [row[column] for column in key]
        before = fresh.row(*codes)
        if before == row:
            continue
        source = row.get("source", "")
        if source and before is not None and is_official(source):
            later += 1
        elif before is not None and new.row(*codes) is None:
            told.append(f"{name}, {' '.join(codes)}: not kept, the new place has no such row")
        else:
            new.remove(partial(_has, dict(zip(key, codes, strict=True))))
            new.put(row)
            told.append(f"{name}, {' '.join(codes)}: kept as written{_check(row, about)}")
    if later:
        told.append(f"{name}: {later} rows of later official files: refresh the new place")
    gone = sum(old.row(*[row[column] for column in key]) is None for row in fresh.rows())
    if gone:
        told.append(f"{name}: {gone} rows that were taken out are in the new place if it has them")
    target.write_text(new.text(), encoding="utf-8", newline="\n")
    return told


def _has(cells: Mapping[str, str], row: Mapping[str, str]) -> bool:
    return all(row[column] == value for column, value in cells.items())


def _check(row: Mapping[str, str], about: str) -> str:
    if row.get("unit") in _OF_A_SIZE or "position" in row:
        return f"; it was entered for {about}: enter it anew for the new boundaries"
    return ""
