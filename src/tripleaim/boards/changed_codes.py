"""The one table of codes that changed: boards, locations, trusts, small areas, practices."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tripleaim.boards.official import OfficialTables

_TRUSTS = """
WITH RECURSIVE went AS (
    SELECT code, successor FROM successors WHERE kind = 'trust'
    UNION
    SELECT went.code, s.successor FROM went
    JOIN successors AS s ON s.kind = 'trust' AND s.code = went.successor
)
SELECT code, min(successor) AS trust FROM went
WHERE successor IN (SELECT trust FROM trusts) GROUP BY code
UNION ALL
SELECT trust, trust FROM trusts
"""


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What became of a code: its successors (none if it closed), and since when.

    `since` is a day or a year; empty where no source has it. `change` is one of merged, split,
    taken over, closed.
    """

    code: str
    successors: tuple[str, ...]
    since: str
    change: str


def code_changes(
    kind: str, codes: Collection[str], tables: OfficialTables
) -> dict[str, CodeChange]:
    """What became of those of the `codes` that are no more, by code.

    `kind` is commissioner, location, trust, area or practice. An area of 2021 that has a code of
    2011 too is not here: it did not change.
    """
    rows = tables.records(
        "SELECT code, list(successor ORDER BY successor) AS successors, min(since) AS since, "
        "any_value(change) AS change FROM successors "
        "WHERE kind = $kind AND code IN (SELECT unnest($codes)) GROUP BY code",
        kind=kind,
        codes=sorted(codes),
    )
    return {
        row["code"]: CodeChange(
            row["code"],
            tuple(code for code in row["successors"] if code),
            row["since"],
            row["change"],
        )
        for row in rows
    }


def trusts_by_code(tables: OfficialTables) -> dict[str, str]:
    """The trust of August 2026 by every code that it has or that joined it since 2012."""
    return {row["code"]: row["trust"] for row in tables.records(_TRUSTS)}
