"""A board's trusts, councils and other partners, and who of its patients goes to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.boards.extents import HERE, Extent, board_shares
from tripleaim.boards.official import OfficialTables, Record
from tripleaim.boards.organisations import bare_name
from tripleaim.boards.own_tables import Cell, OwnTable, in_title_case
from tripleaim.boards.people import LICENCE

LEAST_SHARE_OF_A_TRUST = 0.25
"""What part of its waiting list a board's people must be for a trust of a split board to be own."""
LEAST_SHARE_OF_A_COUNCIL = 0.1
"""What part of a council's people must live in the board for it to be a partner."""
LEAST_OF_A_PART = 0.1
"""What part of the waiting people of a place that is no board must wait at a trust for it to be
own, and what part of its residents must be a council's for that to be a partner."""
PRACTICES = "general-practices"
ACUTE, OTHER = "acute trust", "community and mental health trust"
_KINDS = {
    "Acute and Acute & Community Trusts": ACUTE,
    "Acute Specialist Trusts": ACUTE,
    "Community Trusts": OTHER,
    "Mental Health & Learning Disability and Mental Health, "
    "Learning Disability & Community Trusts": OTHER,
}
_SHARES = """
WITH here AS (
    SELECT unnest($locations) AS sub_icb24, unnest($parts) AS part
), listed AS (
    SELECT provider, sum(waiting) AS everybody, coalesce(sum(waiting * part), 0) AS here
    FROM waiting LEFT JOIN here USING (sub_icb24) GROUP BY provider
)
SELECT provider, coalesce(n.name, provider) AS name, here, here / everybody AS of_provider,
       here / sum(here) OVER () AS of_board
FROM listed LEFT JOIN providers AS n USING (provider)
WHERE here > 0 ORDER BY here DESC, provider
"""
_TRUSTS = """
SELECT trust, t.name, kind, coalesce(systems24, '') AS systems, cost_m, planned_pct
FROM trusts AS t LEFT JOIN trust_finance USING (trust) ORDER BY trust
"""
_COUNCILS = f"""
WITH {HERE}
SELECT council, any_value(council_name) AS name,
       sum(people_2022) FILTER (here) / sum(people_2022) AS part,
       sum(people_2022) FILTER (here) / (SELECT sum(people_2022) FROM here WHERE here) AS of_place
FROM here JOIN districts USING (district) GROUP BY council ORDER BY council
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class ProviderShare:
    """The part of a provider's waiting list who are this board's people, and the reverse."""

    code: str
    name: str
    waiting: int
    of_provider: float
    of_board: float


@dataclass(frozen=True, slots=True)
class OwnTrust:
    """A trust of the board: £m that it cost in 2024/25, and its planned position of 2025/26.

    `cost` and `planned_pct` (per cent of what it costs) are None where they are not published;
    `share` is the part of its waiting list that this board's people are, None without a list.
    `part` is what part of the trust the place has (its cost is that part's): 1 for a board.
    """

    code: str
    name: str
    kind: str
    cost: float | None
    planned_pct: float | None
    share: float | None
    part: float = 1.0

    @property
    def which_part(self) -> str:
        """Which part of it a place that is no board has, before "of" it; "" for all of it."""
        return f"the place's part, {100 * self.part:.1f}%, of " if self.part != 1 else ""


@dataclass(frozen=True, slots=True)
class Council:
    """A council with social care, and the part of its people who live in the board."""

    code: str
    name: str
    part: float


def provider_shares(extent: Extent, tables: OfficialTables) -> tuple[ProviderShare, ...]:
    """Who treats the board's people, by the waiting list of January 2026, the largest first.

    A location that was split is shared by the need of its practices.
    """
    return tuple(
        ProviderShare(
            row["provider"],
            in_title_case(row["name"]),
            round(row["here"]),
            row["of_provider"],
            row["of_board"],
        )
        for row in tables.records(
            _SHARES,
            locations=list(extent.locations),
            parts=list(extent.locations.values()),
        )
    )


def own_trusts(
    extent: Extent, tables: OfficialTables, shares: Sequence[ProviderShare]
) -> tuple[OwnTrust, ...]:
    """The acute, community and mental health trusts of the board.

    They are those of the boards of 2024 that it has all of. Of a board that was split it has those
    a quarter or more of whose waiting list are its people. A place that is no board has a part of
    each trust that treats it.
    """
    if not extent.is_board:
        return _trusts_of_part(extent, tables, shares)
    names = {
        row["icb24"]: bare_name(row["name24"])
        for row in tables.records("SELECT DISTINCT icb24, name24 FROM boards")
    }
    whole = {names[code] for code in extent.whole}
    split = {names[code] for code in extent.before} - whole
    part = {share.code: share.of_provider for share in shares}
    return tuple(
        OwnTrust(
            *(row["trust"], row["name"], _KINDS[row["kind"]]),
            *(row["cost_m"], row["planned_pct"], part.get(row["trust"])),
        )
        for row in tables.records(_TRUSTS)
        if row["kind"] in _KINDS
        and (
            (systems := {bare_name(name) for name in row["systems"].split(";")}) & whole
            or (systems & split and part.get(row["trust"], 0) >= LEAST_SHARE_OF_A_TRUST)
        )
    )


def _trusts_of_part(
    extent: Extent, tables: OfficialTables, shares: Sequence[ProviderShare]
) -> tuple[OwnTrust, ...]:
    """The trusts of a place that is no board, each with the part of it that is the place's.

    Acute trusts where a tenth or more of its waiting people wait (the first one where none has so
    many), in proportion to their lists; community and mental health trusts of its boards of 2024,
    in proportion to the need of the place's practices.
    """
    rows = {row["trust"]: row for row in tables.records(_TRUSTS) if row["kind"] in _KINDS}
    acute = [one for one in shares if one.code in rows and _kind(rows[one.code]) == ACUTE]
    most = [one for one in acute if one.of_board >= LEAST_OF_A_PART] or acute[:1]
    parts = {one.code: one.of_provider for one in most}
    need = {bare_name(one.name): one.of_board for one in board_shares(extent, tables)}
    for code, row in rows.items():
        systems = {bare_name(name) for name in row["systems"].split(";")} & set(need)
        if _kind(row) == OTHER and systems:
            parts[code] = sum(need[name] for name in systems) / len(row["systems"].split(";"))
    return tuple(
        OwnTrust(
            *(code, rows[code]["name"], _kind(rows[code])),
            *(_times(rows[code]["cost_m"], part), rows[code]["planned_pct"], 1.0, part),
        )
        for code, part in sorted(parts.items())
        if part > 0
    )


def _kind(row: Record) -> str:
    return _KINDS[row["kind"]]


def _times(cost: float | None, part: float) -> float | None:
    return None if cost is None else cost * part


def councils_of(extent: Extent, tables: OfficialTables) -> tuple[Council, ...]:
    """The councils with social care a tenth or more of whose people live in the board."""
    return tuple(
        Council(row["council"], _council_name(row["council"], row["name"]), row["part"])
        for row in tables.records(_COUNCILS, areas=extent.areas)
        if row["part"]
        and (
            row["part"] >= LEAST_SHARE_OF_A_COUNCIL
            or (not extent.is_board and row["of_place"] >= LEAST_OF_A_PART)
        )
    )


def organisation_table(
    extent: Extent, trusts: Sequence[OwnTrust], councils: Sequence[Council]
) -> OwnTable:
    """The board, its trusts, its practices as one body, and its councils."""
    public: tuple[Cell, ...] = ("public", "trusts-2026-08", "")
    practices = "the practices as one body; practices.csv lists them one by one"
    return OwnTable(
        "organisations.csv",
        ("Partners of August 2026 by NHS code, councils by ONS code.", LICENCE),
        ("id", "name", "short_name", "kind", "side", "status", "source", "cause"),
        [
            (
                *(extent.code, extent.name, extent.short_name, extent.commissioner_kind),
                *("commissioner", "public", "boards-2026", ""),
            ),
            *(
                (one.code, one.name, short_name(one.name, extent), one.kind, "provider", *public)
                for one in trusts
            ),
            (
                *(PRACTICES, "General practices", "GP practices", "general practice", "provider"),
                *("assumed", "tripleaim", practices),
            ),
            *(
                (one.code, one.name, one.name, "council", "council", "public", "areas-2021", "")
                for one in councils
            ),
        ],
    )


def share_table(
    extent: Extent, shares: Sequence[ProviderShare], trusts: Sequence[OwnTrust]
) -> OwnTable:
    """Where the board's people wait: trusts, independent hospitals and others."""
    own = {one.code for one in trusts}
    return OwnTable(
        "provider_shares.csv",
        (
            "Who treats the board's people: the waiting list of January 2026 by provider (source",
            "rtt-2026-01). of_provider: the part of the provider's list who are this board's",
            "people;",
            "of_board: the part of this board's list that waits there. It stands for hospital care",
            "that is planned; no table of emergencies by commissioner was found.",
            LICENCE,
        ),
        ("provider", "name", "waiting", "of_provider", "of_board", "own", "status", "source"),
        [
            (
                *(one.code, one.name, one.waiting, round(one.of_provider, 4)),
                *(round(one.of_board, 4), "yes" if one.code in own else "no"),
                *(extent.status, "rtt-2026-01"),
            )
            for one in shares
        ],
    )


def short_name(name: str, extent: Extent) -> str:
    """A trust's name without what all trusts are called, unless the board has that name too."""
    if bare_name(name).partition(" foundation")[0].partition(" trust")[0] == bare_name(extent.name):
        return name.replace("NHS Foundation Trust", "FT").replace("NHS Trust", "Trust")
    for ending in (" NHS Foundation Trust", " NHS Trust"):
        name = name.removesuffix(ending)
    return name


def _council_name(code: str, name: str) -> str:
    return f"{name} County Council" if code.startswith("E10") else f"{name} Council"
