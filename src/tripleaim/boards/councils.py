"""Councils with social care and their districts, by code or name, and what became of old codes."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from tripleaim.boards.changed_codes import code_changes
from tripleaim.boards.official import OfficialTables
from tripleaim.tables import InputError

_CODE = re.compile(r"E?(06|07|08|09|10)(0*)(\d{1,3})")
_SUFFIX = re.compile(r"\b(city|county|borough|district|metropolitan|council|of|the|and)\b|[&,.]")
_LISTED = 5


@dataclass(frozen=True, slots=True)
class CouncilArea:
    """A council (of the upper tier, or the only one) or a district, and its districts by code.

    `said` is what became of the code that was asked for; empty for a code of today.
    """

    code: str
    name: str
    districts: tuple[str, ...]
    said: str = ""


def council_called(text: str, tables: OfficialTables) -> CouncilArea:
    """The council or district that an ONS code (E06 to E10) or a name means.

    A council whose code another has taken over is that other, which is said. Raises InputError for
    one that was split, for a name that several have, and for anything else.
    """
    asked = text.strip()
    known = _areas(tables)
    code = _whole(asked.upper())
    if code in known:
        said = "" if code == asked.upper() else f"{asked} had lost zeros: read as {code}"
        return CouncilArea(code, *known[code], said)
    change = code_changes("council", [code], tables).get(code)
    if change is None:
        return _by_name(asked, known)
    names = ", ".join(f"{known[one][0]} ({one})" for one in change.successors)
    if len(change.successors) > 1:
        raise InputError(
            f"expected a council of today; {code} was split on {change.since} between {names}: "
            "use one of these",
            value=text,
        )
    (now,) = change.successors
    return CouncilArea(now, *known[now], f"{code} became {names} on {change.since}")


def _areas(tables: OfficialTables) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The name and the districts of each council and of each district, by code."""
    rows = tables.records(
        "SELECT council AS code, any_value(council_name) AS name, "
        "list(district ORDER BY district) AS districts FROM districts GROUP BY council "
        "UNION ALL SELECT district, name, [district] FROM districts WHERE district <> council "
        "ORDER BY code"
    )
    return {row["code"]: (row["name"], tuple(row["districts"])) for row in rows}


def _whole(code: str) -> str:
    """A code with the zeros that a spreadsheet may have lost; any other text as it is."""
    match = _CODE.fullmatch(code)
    return f"E{match[1]}{int(match[3]):06d}" if match else code


def _by_name(asked: str, known: dict[str, tuple[str, tuple[str, ...]]]) -> CouncilArea:
    wanted = _bare(asked)
    same = [code for code, (name, _) in known.items() if wanted and _bare(name) == wanted]
    if len(same) == 1:
        return CouncilArea(same[0], *known[same[0]])
    alike = [code for code, (name, _) in known.items() if wanted and wanted in _bare(name)]
    found: Collection[str] = same or alike[:_LISTED]
    if found:
        listed = ", ".join(f"{known[code][0]} ({code})" for code in found)
        raise InputError(f"expected one council; these are alike: {listed}", value=asked)
    raise InputError(
        "expected a council or a district of England by its ONS code (E06 to E10) or its name",
        value=asked,
        valid=[name for name, _ in known.values()],
    )


def _bare(name: str) -> str:
    return " ".join(_SUFFIX.sub(" ", name.lower()).split())
