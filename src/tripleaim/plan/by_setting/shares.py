"""Which part of which money belongs to which setting, from `settings.csv`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.accounts import grants, read_spend_lines
from tripleaim.place import FolderFiles, InputError, Place, Row, Status
from tripleaim.plan.by_setting.settings import NOT_KNOWN

FILE = "settings.csv"

POINT, LINE, GRANT = "point of delivery", "spend line", "grant"
INVESTMENT, PRIORITY, SOLUTION = "investment", "priority", "solution"

_TOLERANCE = 1e-6

Key = tuple[str, str, str]
"""What kind of money, which of it, and for a solution's effect at which point of delivery."""


@dataclass(frozen=True, slots=True)
class SettingShare:
    """The part (0 to 1) of some money that belongs to one setting, with its credible range."""

    setting: str
    share: float
    low: float
    high: float
    status: Status
    source: str
    where: str
    cause: str


Parts = tuple[SettingShare, ...]
"""The parts of one sum of money: they add up to 1."""


@dataclass(frozen=True)
class SettingShares:
    """All parts that a footprint states."""

    parts: Mapping[Key, Parts]

    def of(self, kind: str, name: str, point: str = "") -> Parts | None:
        """The parts of one sum of money; None where the footprint says nothing of it."""
        return self.parts.get((kind, name, point))


def whole(setting: str, cause: str, status: Status = "assumed") -> Parts:
    """All of some money in one setting, for a reason that no row of the file states."""
    return (SettingShare(setting, 1.0, 1.0, 1.0, status, "tripleaim", "", cause),)


UNPLACED = whole(NOT_KNOWN, "the footprint does not say in which setting this is spent")


def setting_shares(place: Place) -> SettingShares:
    """The parts of a place's own `settings.csv` and, for what it leaves out, of its defaults.

    Rows of the defaults about what the place does not have are left out. Raises InputError where
    neither has the file, and with file and line for parts that do not add up to 1, ranges that do
    not hold their share, unknown ids and sources, and assumptions without a cause.
    """
    folders = place.files.holding(FILE)
    if not folders:
        raise InputError(
            "expected a file that says in which setting money is spent", file=place.path(FILE)
        )
    parts: dict[Key, Parts] = {}
    for folder in reversed(folders):
        parts |= _folder_parts(place, folder)
    return SettingShares(parts)


def _folder_parts(place: Place, folder: FolderFiles) -> dict[Key, Parts]:
    own, known = folder is place.own, _known_ids(place)
    rows: dict[Key, list[Row]] = {}
    for row in folder.rows(FILE):
        valid = known[row["of"]]
        if row["id"] in valid:
            _check(place, row)
            rows.setdefault((row["of"], row["id"], row["point_of_delivery"]), []).append(row)
        elif own:
            raise row.fault("id", f"expected a {row['of']} of the place", valid)
    return {key: _whole_parts(group) for key, group in rows.items()}


def _known_ids(place: Place) -> dict[str, list[str]]:
    """What may be named of each kind; a line with contacts is placed by its points of delivery."""
    solutions = [solution.id for solution in place.solutions]
    with_contacts = {point.spend_line for point in place.points_of_delivery if point.nhs}
    lines = read_spend_lines(place) if place.has("spend_lines.csv") else ()
    return {
        POINT: [point.id for point in place.points_of_delivery],
        LINE: [line.id for line in lines if line.id not in with_contacts],
        GRANT: list(dict.fromkeys(grant.name for grant in grants(place))),
        INVESTMENT: solutions,
        PRIORITY: [str(priority) for priority in place.priorities],
        SOLUTION: solutions,
    }


def _check(place: Place, row: Row) -> None:
    low, high = _low(row), _high(row)
    if not low <= row["share"] <= high:
        raise row.fault("share", f"expected a share from {low:g} to {high:g}, its own range")
    if row["source"] not in place.sources:
        raise row.fault("source", "expected an id from a sources file", list(place.sources))
    if row["status"] == "assumed" and not row["cause"]:
        raise row.fault("cause", "expected a cause: say why this is assumed")
    if row["of"] == SOLUTION:
        changed = changed_points(place, row["id"])
        if row["point_of_delivery"] not in changed:
            raise row.fault(
                "point_of_delivery",
                "expected a point of delivery that the solution changes",
                changed,
            )
    elif row["point_of_delivery"]:
        raise row.fault("point_of_delivery", "expected nothing here: it belongs to solution rows")


def changed_points(place: Place, solution: str) -> list[str]:
    """The points of delivery at which a solution acts, and those that it moves contacts to."""
    effects = place.solution(solution).effects
    return [p for e in effects for p in (e.point_of_delivery, e.to) if p]


def _whole_parts(rows: Sequence[Row]) -> Parts:
    """The parts in these rows. Raises InputError unless they are parts of one whole."""
    seen: set[str] = set()
    for row in rows:
        if row["setting"] in seen:
            raise row.fault("setting", "the setting is listed twice for the same money")
        seen.add(row["setting"])
    total = sum(row["share"] for row in rows)
    if abs(total - 1) > _TOLERANCE:
        raise rows[-1].fault(
            "share",
            f"expected the parts of {rows[-1]['of']} {rows[-1]['id']} to add up to 1; "
            f"they add up to {total:g}",
        )
    return tuple(
        SettingShare(
            row["setting"],
            row["share"],
            _low(row),
            _high(row),
            row["status"],
            row["source"],
            row["where"],
            row["cause"],
        )
        for row in rows
    )


def _low(row: Row) -> float:
    low: float = row["share"] if row["low"] is None else row["low"]
    return low


def _high(row: Row) -> float:
    high: float = row["share"] if row["high"] is None else row["high"]
    return high
