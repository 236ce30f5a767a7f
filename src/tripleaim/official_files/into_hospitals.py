"""A&E, beds and staff, put into a place's own tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tripleaim.official_files.ae import WITH_BOOKED
from tripleaim.official_files.draft import Draft
from tripleaim.official_files.merged_trusts import say_others
from tripleaim.official_files.publication import Publication, Value
from tripleaim.official_files.rows_put import cell_text, put_rows, table_for


def put_months(draft: Draft, found: Sequence[Publication]) -> None:
    """A&E of the place's own trusts and of its board, every month that is in a file."""
    table = table_for(draft, found, "ae_months.csv")
    if table is None:
        return
    before = table.sum_of("attendances")
    columns = ("attendances", "type1", "over_4_hours", "admitted_through_ae")
    counted_without = _months_without_booked(found)
    ours = draft.trusts | ({draft.board} - {""})
    before_now = _boards_before(draft)
    for one in sorted(found, key=lambda each: each.edition):
        rows = [row for row in one.tables["months"] if row[0] in ours]
        rows += _of_boards_before(draft, one)
        if _basis(one) == WITH_BOOKED:
            twice = [row for row in rows if (row[0], row[1]) in counted_without]
            rows = [row for row in rows if (row[0], row[1]) not in counted_without]
            if twice and not rows:
                draft.say(
                    one,
                    "it counts booked appointments too; those without them are in another sheet "
                    "or file, which is used",
                )
                continue
        wanted = [
            {
                "organisation": str(row[0]),
                "month": str(row[1]),
                **{name: cell_text(value) for name, value in zip(columns, row[2:6], strict=True)},
                "emergency_admissions": cell_text(row[6]),
                "status": "public",
                "source": f"ae-monthly-{row[1]}",
            }
            for row in rows
        ]
        put_rows(draft, one, table, wanted, f"{len(draft.trusts)} trusts")
        others = [row[0] for row in one.tables["months"] if row[0] not in ours | set(before_now)]
        say_others(draft, one, others, "trusts and its board")
    if table.changes:
        latest = max(row["month"] for row in table.rows())
        draft.dated("ae_months.csv", f"up to {latest}")
        draft.summed("ae_months.csv", "attendances", before)


def _of_boards_before(draft: Draft, one: Publication) -> list[tuple[Value, ...]]:
    """The months of the place's board from those of the boards of 2024 that it took over."""
    rows = one.tables["months"]
    if not draft.board or draft.board in {row[0] for row in rows}:
        return []
    before = _boards_before(draft)
    here = {str(row[0]) for row in rows} & set(before)
    split = sorted(code for code, boards in before.items() if boards > 1)
    if here and (split or here != set(before)):
        missing = sorted(set(before) - here)
        why = f"{', '.join(split)} was split" if split else f"{', '.join(missing)} is not in it"
        draft.say(
            one,
            f"it has boards of 2024 ({', '.join(sorted(here))}) that became part of {draft.board}, "
            f"and {why}: the board's own months stay; take a file of April 2026 or later",
        )
        return []
    return board_months(draft.board, [row for row in rows if row[0] in here])


def _boards_before(draft: Draft) -> dict[str, int]:
    """The boards of 2024 that the place's board took over, with how many took each over."""
    found = draft.official.records(
        "SELECT icb24, count(DISTINCT icb26) AS boards FROM boards WHERE icb24 IN "
        "(SELECT icb24 FROM boards WHERE icb26 = $board) GROUP BY icb24",
        board=draft.board,
    )
    return {row["icb24"]: row["boards"] for row in found}


def board_months(board: str, rows: Sequence[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
    """The months of several boards added up as those of one; what one of them lacks is unknown."""
    by_month: dict[Value, list[tuple[Value, ...]]] = {}
    for row in rows:
        by_month.setdefault(row[1], []).append(row)
    return [
        (board, when, *(_sum(values) for values in zip(*(row[2:] for row in same), strict=True)))
        for when, same in by_month.items()
    ]


def _sum(values: Sequence[Value]) -> Value:
    known = [int(value) for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _basis(one: Publication) -> object:
    return one.tables["basis"][0][0]


def _months_without_booked(found: Sequence[Publication]) -> set[tuple[object, object]]:
    """Organisations and months that some file has without booked appointments."""
    return {
        (row[0], row[1])
        for one in found
        if _basis(one) != WITH_BOOKED
        for row in one.tables["months"]
    }


def put_beds(draft: Draft, found: Sequence[Publication]) -> None:
    """Beds of the place's own trusts by quarter: every quarter that is in a file."""
    table = table_for(draft, found, "beds.csv")
    if table is None:
        return
    names = ("organisation", "year", "quarter", "group", "available", "occupied")
    for one, beds in _beds_of(draft, found):
        wanted = [
            {
                **{name: cell_text(value) for name, value in zip(names, row, strict=True)},
                "status": "public",
                "source": f"kh03-{str(row[1]).replace('/', '-')}-{str(row[2]).lower()}",
            }
            for row in beds
            if row[0] in draft.trusts
        ]
        put_rows(draft, one, table, wanted, f"{len(draft.trusts)} trusts")
        say_others(draft, one, [row[0] for row in beds if row[0] not in draft.trusts], "trusts")
    if table.changes:
        if any(row["group"].startswith(("mental", "learning")) for row in table.rows()):
            table.replace_words(
                "Mental illness and learning disabilities are not in the source.",
                "Mental illness and learning disabilities are in the later quarters only.",
            )
        latest = max(f"{row['year']} {row['quarter']}" for row in table.rows())
        draft.dated("beds.csv", latest)


def _beds_of(
    draft: Draft, found: Sequence[Publication]
) -> list[tuple[Publication, Sequence[tuple[Value, ...]]]]:
    """The beds of each file, the earliest first; the two sides of long files are put together."""
    sides = [one for one in found if "side" in one.tables]
    rows = [(one, one.tables["beds"]) for one in found if "side" not in one.tables]
    values: dict[tuple[Value, ...], dict[Value, Value]] = {}
    for one in sides:
        for *key, side, value in one.tables["side"]:
            values.setdefault(tuple(key), {})[side] = value
    both: list[tuple[Value, ...]] = [
        (*key, side["available"], side["occupied"]) for key, side in values.items() if len(side) > 1
    ]
    for one in sides:
        if not both:
            draft.say(
                one,
                "it has one side of beds: put the file of the other side (available, occupied) "
                "into the folder too",
            )
    if sides and both:
        rows.append((sides[0], both))
    return sorted(rows, key=lambda each: each[0].edition)


def put_staff(draft: Draft, found: Sequence[Publication]) -> None:
    """Staff of the place's own trusts, months later than what the place has."""
    table = table_for(draft, found, "staff_in_post.csv")
    if table is None:
        return
    last = {
        row["employer"]: _end(row["period"])
        for row in table.rows()
        if row["group"] == "all staff" and not row["source"].endswith(row["period"])
    }
    for one in sorted(found, key=lambda each: each.edition):
        rows = [row for row in one.tables["staff"] if row[0] in draft.trusts]
        others = [row[0] for row in one.tables["staff"] if row[0] not in draft.trusts]
        say_others(draft, one, others, "trusts")
        later = [row for row in rows if str(row[1]) > last.get(str(row[0]), "")]
        if rows and not later:
            draft.say(
                one, f"the place has later staff (up to {max(last.values())}): nothing changes"
            )
            continue
        wanted = [
            {
                "employer": str(code),
                "period": str(month),
                "group": "all staff",
                "fte": cell_text(fte),
                "status": "public",
                "source": f"sickness-{month}",
            }
            for code, month, fte in later
        ]
        put_rows(draft, one, table, wanted, f"{len(draft.trusts)} trusts")


def _end(period: str) -> str:
    """The last month of a period: of 2024/25 it is 2025-03."""
    return f"{int(period[:4]) + 1}-03" if re.fullmatch(r"\d{4}/\d\d", period) else period
