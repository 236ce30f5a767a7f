"""A place while it is refreshed: its tables, its organisations, what is said, what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tripleaim.boards import OfficialTables
from tripleaim.official_files.dates import in_words
from tripleaim.official_files.own_file import OwnFile
from tripleaim.official_files.publication import Publication
from tripleaim.tables import InputError

KEYS: Mapping[str, tuple[str, ...]] = {
    "registered.csv": ("practice", "sex", "age_band"),
    "practices.csv": ("practice",),
    "localities.csv": ("locality",),
    "figures.csv": ("id",),
    "practice_registers.csv": ("practice", "register"),
    "registers.csv": ("register",),
    "waiting_list.csv": ("provider", "specialty", "weeks_from"),
    "waiting_weeks.csv": ("organisation", "specialty", "week"),
    "ae_months.csv": ("organisation", "month"),
    "beds.csv": ("organisation", "year", "quarter", "group"),
    "staff_in_post.csv": ("employer", "period", "group"),
    "residents_to_come.csv": ("year", "sex", "age_band"),
    "allocations.csv": ("stream", "from_board", "year"),
    "organisations.csv": ("id",),
    "provider_shares.csv": ("provider",),
    "flows.csv": ("line", "payer", "payee"),
    "staff_shares.csv": ("point_of_delivery", "group", "organisation"),
    "figures_money.csv": ("id",),
    "sources.csv": ("id",),
    "completeness.csv": ("part", "what"),
}


@dataclass(frozen=True, slots=True)
class SumChange:
    """What a column of a file adds up to, before and after."""

    file: str
    column: str
    before: float
    after: float


@dataclass
class Draft:
    """The tables of a place that are changed, and what is told of each publication.

    `said` are lines by publication's file; `kept` are what was written by hand and stays.
    """

    folder: Path
    official: OfficialTables
    said: dict[str, list[str]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    sums: list[SumChange] = field(default_factory=list)
    _tables: dict[str, OwnFile | None] = field(default_factory=dict)
    _before: dict[str, str] = field(default_factory=dict)

    def table(self, name: str) -> OwnFile | None:
        """A table of the place as it is by now; None where it has none."""
        if name not in self._tables:
            try:
                self._tables[name] = OwnFile.read(self.folder / name, KEYS[name])
            except (OSError, UnicodeDecodeError) as fault:
                raise InputError(
                    f"expected a table in UTF-8 that can be read ({fault})",
                    file=self.folder / name,
                ) from None
            table = self._tables[name]
            if table:
                self._before[name] = table.text()
        return self._tables[name]

    def changed(self) -> dict[str, str]:
        """The texts of the tables that differ from the place's, by name."""
        return {
            name: table.text()
            for name, table in self._tables.items()
            if table and table.text() != self._before[name]
        }

    @property
    def board(self) -> str:
        """The code of the place's board; empty for a place that is none."""
        table = self.table("organisations.csv")
        rows = table.rows() if table else ()
        return next((row["id"] for row in rows if "care board" in row.get("kind", "")), "")

    @property
    def trusts(self) -> set[str]:
        """The codes of the place's own trusts."""
        table = self.table("organisations.csv")
        return (
            {row["id"] for row in table.rows() if "trust" in row.get("kind", "")}
            if table
            else set()
        )

    def say(self, publication: Publication, text: str) -> None:
        """Tell something of a publication."""
        self.said.setdefault(publication.file, []).append(text)

    def cite(self, publication: Publication, source: str) -> None:
        """Put a source into the place's sources, unless it is there."""
        table = self.table("sources.csv")
        if table is None or any(row["id"] == source for row in table.rows()):
            return
        table.put(
            {
                "id": source,
                "title": f"{publication.title}, {in_words(publication.edition)}",
                "publisher": "Office for National Statistics"
                if source.startswith("ons-")
                else "NHS England",
                "table": publication.file.rpartition(": ")[2],
                "edition": publication.edition,
                "licence": "Open Government Licence v3.0",
                "note": "read from the published file by tripleaim place refresh",
            }
        )

    def dated(self, name: str, period: str) -> None:
        """Put the new period of a file into the list of what the place has."""
        table = self.table("completeness.csv")
        if table is None:
            return
        for row in [row for row in table.rows() if row.get("file") == name and row.get("period")]:
            if row["standing"] == "measured":
                table.put({"part": row["part"], "what": row["what"], "period": period})

    def summed(self, name: str, column: str, before: float) -> None:
        """Keep what a column added up to before, to tell it beside what it does now."""
        table = self.table(name)
        if table:
            self.sums.append(SumChange(name, column, before, table.sum_of(column)))
