"""Codes of organisations that changed: who took over from whom, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tripleaim.place.files import PlaceFiles
from tripleaim.place.model import Place

FILE, CLOSED_FILE = "successors.csv", "closed_practices.csv"
_FEW = 5
_WHO_KNOWS = "NHS England's Organisation Data Service"


@dataclass(frozen=True, slots=True)
class Successor:
    """`successor` took over from `code`, from the day `since` (empty where no source has it).

    `kind` is what both are: a trust or a commissioner.
    """

    code: str
    successor: str
    since: str
    kind: str
    source: str

    @property
    def when(self) -> str:
        """The day in words, with a space before it; empty where it is not known."""
        return f" on {in_words(self.since)}" if self.since else ""


def successors(files: PlaceFiles) -> tuple[Successor, ...]:
    """Every change of a code that the place's files, or its defaults', have."""
    rows = files.rows(FILE) if files.has(FILE) else ()
    return tuple(
        Successor(row["code"], row["successor"], row["since"], row["kind"], row["source"])
        for row in rows
    )


def later_codes(files: PlaceFiles) -> Mapping[str, str]:
    """The code that took over from each code that is no longer in use."""
    return {change.code: change.successor for change in successors(files)}


def code_hint(files: PlaceFiles, code: str, valid: Collection[str]) -> str:
    """What became of an unknown code, or from which known ones it took over; "" where not known.

    `valid` are the codes that are known where `code` was written.
    """
    changes = successors(files)
    after = [one for one in changes if one.code == code]
    for one in after:
        if one.successor in valid:
            return f"{code} became part of {one.successor}{one.when}"
    before = [one for one in _before(code, changes) if one.code in valid]
    if before:
        codes = ", ".join(f"{one.code}{one.when}" for one in before[:_FEW])
        return f"this place has those that {code} took over from: {codes}"
    if after:
        codes = " and ".join(f"{one.successor}{one.when}" for one in after)
        return f"{code} became part of {codes}, which is not in this place"
    closed = _closed(files).get(code)
    return f"{code} closed on {in_words(closed)}" if closed else ""


def _closed(files: PlaceFiles) -> dict[str, str]:
    """When a general practice closed, by its code."""
    rows = files.rows(CLOSED_FILE) if files.has(CLOSED_FILE) else ()
    return {row["practice"]: row["closed"] for row in rows}


def _before(code: str, changes: Collection[Successor]) -> Iterator[Successor]:
    """Everybody whose work has come to `code`, through others too."""
    wanted, seen = [code], {code}
    while wanted:
        now = wanted.pop()
        for one in changes:
            if one.successor == now and one.code not in seen:
                seen.add(one.code)
                wanted.append(one.code)
                yield one


def codes_that_changed(place: Place) -> Iterator[str]:
    """Notes on the place's organisations and practices whose codes are no longer in use."""
    changes = {one.code: one for one in reversed(successors(place.files))}
    own = {o.id for o in place.organisations} & set(changes)
    if own:
        listed = ", ".join(
            f"{code} to {changes[code].successor}{changes[code].when}" for code in sorted(own)
        )
        used = ", ".join(sorted({changes[code].source for code in own}))
        yield f"Codes that have changed since: {listed} (sources: {used})."
    if place.own.has("practices.csv"):
        closed = _closed(place.files)
        practices = [row["practice"] for row in place.rows("practices.csv")]
        closed_codes = [code for code in practices if code in closed]
        if closed_codes:
            listed = ", ".join(
                f"{code} on {in_words(closed[code])}" for code in closed_codes[:_FEW]
            )
            more = f" and {len(closed_codes) - _FEW} more" if len(closed_codes) > _FEW else ""
            yield (
                f"{len(closed_codes)} of {len(practices)} practices have since closed: "
                f"{listed}{more}. Where their patients went is not known; who would know: "
                f"{_WHO_KNOWS}."
            )


def in_words(day: str) -> str:
    """A day such as 2020-04-01 in words; any other text as it is."""
    try:
        then = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{then.day} {then:%B %Y}"
