"""Rows of official files put over those of a place's table; what is written by hand stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tripleaim.official_files.draft import Draft
from tripleaim.official_files.own_file import OwnFile, is_official
from tripleaim.official_files.publication import Publication


def replace_rows(
    draft: Draft, table: OwnFile, rows: Mapping[tuple[str, ...], Mapping[str, str]]
) -> None:
    """Put `rows` in the place of all rows of official sources; what is written by hand stays."""
    table.remove(
        lambda row: (
            is_official(row["source"]) and tuple(row[name] for name in table.key) not in rows
        )
    )
    kept = sum(not table.put(rows[key]) for key in sorted(rows))
    table.renew_sources(next(iter(rows.values()))["source"])
    if kept:
        draft.kept.append(f"{table.name}: {kept} rows with a source of the place's own")


def table_for(draft: Draft, found: Sequence[Publication], name: str) -> OwnFile | None:
    """The place's table that these publications go into; None, and told, where it has none."""
    table = draft.table(name)
    if table is None:
        for one in found:
            draft.say(one, f"the place has no {name}: nothing changes")
    return table


def put_rows(
    draft: Draft, one: Publication, table: OwnFile, rows: Iterable[Mapping[str, str]], of: str
) -> None:
    """Put each row over that of its key, and say how many were new, changed, or kept."""
    all_rows, kept, changes = list(rows), 0, len(table.changes)
    if not all_rows:
        draft.say(one, f"none of the place's {of} is in it: nothing changes")
        return
    new = sum(table.row(*(row[name] for name in table.key)) is None for row in all_rows)
    for row in all_rows:
        kept += not table.put(row)
    if kept:
        draft.kept.append(
            f"{table.name}: {kept} rows with a source of the place's own ({one.file})"
        )
    changed = len({change.key for change in table.changes[changes:]})
    if not changed:
        draft.say(one, "the place has these numbers: nothing changes")
        return
    draft.say(one, f"{table.name}: new rows: {new}, changed rows: {changed - new}")
    for source in sorted({row["source"] for row in all_rows} & table.sources()):
        draft.cite(one, source)


def cell_text(value: object) -> str:
    """A value as a cell of a table; empty for one that is not known."""
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)
