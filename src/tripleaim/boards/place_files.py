"""The files of a place that are no table of one subject: outline, sources, first words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tripleaim.boards.extents import Extent
from tripleaim.boards.official import OfficialTables
from tripleaim.boards.organisations import CHANGED_ON, THIS_YEAR
from tripleaim.boards.own_tables import OwnTable
from tripleaim.place import SHIFTS


def outline_text(own_id: str, extent: Extent, base_year: str, years: Sequence[str]) -> str:
    """`place.toml`: id, name, years, and the three shifts as priorities."""
    listed = ", ".join(f'"{year}"' for year in years)
    shifts = "\n".join(f'{number} = "{name}"' for number, name in SHIFTS.items())
    return (
        f"# {extent.name} ({extent.code}), made from official statistics. "
        "What this folder does not\n# have is taken from England's defaults.\n"
        f'id = "{own_id}"\nname = "{extent.place}"\nbuilds_on = "england"\n'
        f'base_year = "{base_year}"\nyears = [{listed}]\n\n'
        f"# The three shifts, until the plan names its own priorities.\n[priorities]\n{shifts}\n"
    )


def readme_text(own_id: str, extent: Extent, tables: Iterable[OwnTable]) -> str:
    """What the folder has, file by file, and what to do next."""
    rows = "\n".join(f"| `{table.name}` | {_about(table)} |" for table in tables)
    before = ", ".join(extent.before)
    cut = "\n\n".join([extent.rule, *(f"- {note}." for note in extent.notes)])
    now = extent.year == THIS_YEAR
    when = f"as it is since {CHANGED_ON}" if now else f"as it was until {CHANGED_ON}"
    return (
        f"# {extent.place}\n\n"
        f"A footprint for Triple Aim of {extent.name} ({extent.code}) {when}\n"
        f"(boards of 2024: {before}), made from official statistics. Years 2026/27 to 2030/31 at\n"
        "prices of 2025/26. `completeness.csv`: what is measured here, what is England's.\n"
        "`old_defaults.csv`: which of England's tables are old, and what would replace them.\n\n"
        f"{f'{cut}{chr(10)}{chr(10)}' if extent.rule else ''}"
        "Enter first what `asked_for.csv` asks for: nobody publishes a board's opening position\n"
        "or the growth of its allocation. Add each to `figures_money.csv` with its source.\n\n"
        f"| file | holds |\n|---|---|\n{rows}\n\n"
        f"Next:\n\n    tripleaim place check {own_id}\n    tripleaim plan {own_id} --out out\n"
    )


def source_table(tables: OfficialTables, texts: Iterable[str]) -> OwnTable:
    """The official sources that the place's files name."""
    named = {word for text in texts for word in re.findall(r"[\w-]+", text)}
    rows = tables.records(
        'SELECT id, title, publisher, "table", edition, licence, note FROM sources ORDER BY id'
    )
    return OwnTable(
        "sources.csv",
        ("Where this place's own numbers come from. Add a line before you add a number.",),
        ("id", "title", "publisher", "table", "edition", "licence", "note"),
        [tuple(row.values()) for row in rows if row["id"] in named],
    )


def _about(table: OwnTable) -> str:
    """The first sentence of the comments above a table."""
    text = " ".join(table.above)
    return re.split(r"(?<=[a-z)])[.:](?: |$)", text)[0]
