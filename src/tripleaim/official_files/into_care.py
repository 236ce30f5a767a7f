"""Waiting lists, A&E, beds, staff and allocations, put into a place's own tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tripleaim.official_files.dates import in_words
from tripleaim.official_files.draft import Draft
from tripleaim.official_files.into_people import edition_of, is_news, newest
from tripleaim.official_files.own_file import OwnFile, is_official
from tripleaim.official_files.publication import Publication

_FROM = (0, 18, 26, 52, 65, 78, 104)
LEAST_OF_A_LIST = 0.5
"""What part of the waiting list that a place has a new one is, at least; a smaller one is a cut."""
_LETTERS = 3
"""Letters and digits of a location of a board, at least: 00L."""
_COMMISSIONERS_OF_ENGLAND = 20
"""Boards whose people wait in a full extract, at least: a part of one has fewer."""
_CHANGED_ON = "2026-04"
"""The first month with the codes of the boards of April 2026."""


@dataclass(frozen=True, slots=True)
class _Extract:
    """A full extract, the first weeks of its columns, and the names of treatment functions."""

    one: Publication
    weeks: Sequence[int]
    names: Mapping[str, str]

    @property
    def source(self) -> str:
        return f"rtt-{self.one.edition}"


def put_waiting(draft: Draft, found: Sequence[Publication]) -> None:
    """The board's people who wait, and the lists of its own trusts."""
    table = draft.table("waiting_list.csv")
    used = newest(draft, found)[:1]
    if not used or table is None or not draft.board:
        for one in used:
            draft.say(one, "the place is no board's with a waiting_list.csv: nothing changes")
        return
    (one,) = used
    if not is_news(draft, one, one.edition, edition_of(table, "rtt")):
        return
    names = {str(code): str(name) for code, name in one.tables["specialties"]}
    names |= {
        row["specialty"]: row["name"]
        for row in draft.official.records("SELECT specialty, name FROM specialties")
    }
    extract = _Extract(one, [int(row[0] or 0) for row in one.tables["weeks"]], names)
    _put_list(draft, table, extract)
    _put_weeks(draft, extract)


def _put_list(draft: Draft, table: OwnFile, extract: _Extract) -> None:
    one, source = extract.one, extract.source
    shares = _shares(draft, one.edition)
    lost: set[str] = set()
    waiting: dict[tuple[str, str, int], float] = defaultdict(float)
    for provider, commissioner, specialty, *counts in one.tables["waiting"]:
        code = str(commissioner)
        share = shares.get(code.zfill(_LETTERS), 0)
        if share:
            lost |= {code} - {code.zfill(_LETTERS)}
            for week, count in zip(extract.weeks, counts, strict=True):
                band = max(start for start in _FROM if start <= week)
                waiting[str(provider), extract.names[str(specialty)], band] += (
                    int(count or 0) / share
                )
    if lost:
        draft.say(
            one, f"commissioners that lost zeros are read with them: {', '.join(sorted(lost))}"
        )
    if not waiting:
        draft.say(one, f"nobody of the board {draft.board} is in it: nothing changes")
        return
    rows: dict[tuple[str, ...], dict[str, str]] = {
        (*key[:2], str(key[2])): {
            "provider": key[0],
            "specialty": key[1],
            "weeks_from": str(key[2]),
            "waiting": str(round(people)),
            "status": "public",
            "source": source,
        }
        for key, people in waiting.items()
        if round(people)
    }
    before = table.sum_of("waiting")
    old = edition_of(table, "rtt")
    now = sum(int(row["waiting"]) for row in rows.values())
    if now < LEAST_OF_A_LIST * before:
        _put_part(draft, table, extract, rows)
    else:
        replace_rows(draft, table, rows)
        table.replace_words(in_words(old), in_words(one.edition))
        table.replace_words(f"rtt-{old}", source)
    draft.say(one, f"{now:,} of the board's people wait in it")
    draft.cite(one, source)
    draft.summed("waiting_list.csv", "waiting", before)
    draft.dated("waiting_list.csv", in_words(one.edition))
    draft.say(
        one, "provider_shares.csv and the flows that rest on it stay: make the place anew for them"
    )


def _put_part(
    draft: Draft, table: OwnFile, extract: _Extract, rows: Mapping[tuple[str, ...], dict[str, str]]
) -> None:
    """Put in the providers of a part of an extract; the others stay as they were."""
    providers = {key[0] for key in rows}
    table.remove(
        lambda row: (
            row["provider"] in providers
            and is_official(row["source"])
            and tuple(row[name] for name in table.key) not in rows
        )
    )
    for row in rows.values():
        table.put(row)
    others = {row["provider"] for row in table.rows()} - providers
    draft.say(
        extract.one,
        f"it has less than half of the place's waiting list, so it is a part of the extract: "
        f"{len(providers)} providers are put in, {len(others)} stay as they were",
    )
    table.add_comment(
        f"Rows with the source {extract.source} are of {in_words(extract.one.edition)}."
    )


def _shares(draft: Draft, month: str) -> dict[str, int]:
    """The commissioners whose people are the board's, each with how many boards share it."""
    column = "sub_icb26" if month >= _CHANGED_ON else "sub_icb24"
    rows = draft.official.records(f"SELECT DISTINCT {column} AS code, icb26 FROM sub_icbs")  # noqa: S608 - our own words
    homes: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        homes[row["code"]].add(row["icb26"])
    return {code: len(boards) for code, boards in homes.items() if draft.board in boards}


def _put_weeks(draft: Draft, extract: _Extract) -> None:
    one, source = extract.one, extract.source
    table = draft.table("waiting_weeks.csv")
    if table is None:
        return
    commissioners = {str(row[1]) for row in one.tables["waiting"]}
    if len(commissioners) < _COMMISSIONERS_OF_ENGLAND:
        draft.say(
            one,
            f"waiting_weeks.csv stays: people of {len(commissioners)} commissioners are in the "
            "file, and those of others wait at the place's trusts too; take the full extract",
        )
        return
    trusts = draft.trusts
    waiting: Counter[tuple[str, str, int]] = Counter()
    for provider, _, specialty, *counts in one.tables["waiting"]:
        if provider in trusts:
            for week, count in zip(extract.weeks, counts, strict=True):
                waiting[str(provider), extract.names[str(specialty)], week] += int(count or 0)
    rows: dict[tuple[str, ...], dict[str, str]] = {
        (*key[:2], str(key[2])): {
            "organisation": key[0],
            "specialty": key[1],
            "week": str(key[2]),
            "waiting": str(people),
            "status": "public",
            "source": source,
        }
        for key, people in waiting.items()
        if people
    }
    if not rows:
        draft.say(one, "none of the place's trusts is in it: waiting_weeks.csv stays")
        return
    before, old = table.sum_of("waiting"), edition_of(table, "rtt")
    replace_rows(draft, table, rows)
    table.replace_words(in_words(old), in_words(one.edition))
    table.replace_words(f"rtt-{old}", source)
    draft.summed("waiting_weeks.csv", "waiting", before)
    draft.dated("waiting_weeks.csv", in_words(one.edition))


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


def _table_for(draft: Draft, found: Sequence[Publication], name: str) -> OwnFile | None:
    """The place's table that these publications go into; None, and told, where it has none."""
    table = draft.table(name)
    if table is None:
        for one in found:
            draft.say(one, f"the place has no {name}: nothing changes")
    return table


def put_months(draft: Draft, found: Sequence[Publication]) -> None:
    """A&E of the place's own trusts and of its board, every month that is in a file."""
    table = _table_for(draft, found, "ae_months.csv")
    if table is None:
        return
    before = table.sum_of("attendances")
    columns = ("attendances", "type1", "over_4_hours", "admitted_through_ae")
    for one in sorted(found, key=lambda each: each.edition):
        ours = draft.trusts | ({draft.board} - {""})
        rows = [row for row in one.tables["months"] if row[0] in ours]
        wanted = [
            {
                "organisation": str(row[0]),
                "month": str(row[1]),
                **{name: _cell(value) for name, value in zip(columns, row[2:6], strict=True)},
                "emergency_admissions": _cell(row[6]),
                "status": "public",
                "source": f"ae-monthly-{row[1]}",
            }
            for row in rows
        ]
        put_rows(draft, one, table, wanted, f"{len(draft.trusts)} trusts")
    if table.changes:
        latest = max(row["month"] for row in table.rows())
        draft.dated("ae_months.csv", f"up to {latest}")
        draft.summed("ae_months.csv", "attendances", before)


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


def put_beds(draft: Draft, found: Sequence[Publication]) -> None:
    """Beds of the place's own trusts by quarter: every quarter that is in a file."""
    table = _table_for(draft, found, "beds.csv")
    if table is None:
        return
    names = ("organisation", "year", "quarter", "group", "available", "occupied")
    for one in sorted(found, key=lambda each: each.edition):
        wanted = [
            {
                **{name: _cell(value) for name, value in zip(names, row, strict=True)},
                "status": "public",
                "source": f"kh03-{str(row[1]).replace('/', '-')}-{str(row[2]).lower()}",
            }
            for row in one.tables["beds"]
            if row[0] in draft.trusts
        ]
        put_rows(draft, one, table, wanted, f"{len(draft.trusts)} trusts")
    if table.changes:
        if any(row["group"].startswith(("mental", "learning")) for row in table.rows()):
            table.replace_words(
                "Mental illness and learning disabilities are not in the source.",
                "Mental illness and learning disabilities are in the later quarters only.",
            )
        latest = max(f"{row['year']} {row['quarter']}" for row in table.rows())
        draft.dated("beds.csv", latest)


def put_staff(draft: Draft, found: Sequence[Publication]) -> None:
    """Staff of the place's own trusts, months later than what the place has."""
    table = _table_for(draft, found, "staff_in_post.csv")
    if table is None:
        return
    last = {
        row["employer"]: _end(row["period"])
        for row in table.rows()
        if row["group"] == "all staff" and not row["source"].endswith(row["period"])
    }
    for one in sorted(found, key=lambda each: each.edition):
        rows = [row for row in one.tables["staff"] if row[0] in draft.trusts]
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
                "fte": _cell(fte),
                "status": "public",
                "source": f"sickness-{month}",
            }
            for code, month, fte in later
        ]
        put_rows(draft, one, table, wanted, f"{len(draft.trusts)} trusts")


def _end(period: str) -> str:
    """The last month of a period: of 2024/25 it is 2025-03."""
    return f"{int(period[:4]) + 1}-03" if re.fullmatch(r"\d{4}/\d\d", period) else period


def put_allocations(draft: Draft, found: Sequence[Publication]) -> None:
    """What the board is allocated: years from the place's last on."""
    table = _table_for(draft, found, "allocations.csv")
    if table is None:
        return
    before = table.sum_of("pounds")
    rows = list(table.rows())
    official = [row for row in rows if is_official(row["source"])]
    last = max((row["year"] for row in official), default="")
    shares: dict[tuple[object, ...], dict[str, str]] = {
        (row["stream"], row["from_board"]): row for row in official
    }
    boards = {row["from_board"] for row in rows} | {draft.board}
    by_age = sorted(found, key=_first_year)
    latest = {row[:3]: one.file for one in by_age for row in one.tables["allocations"]}
    for one in by_age:
        mine = [row for row in one.tables["allocations"] if row[1] in boards]
        later = [row for row in mine if str(row[2]) >= last]
        wanted = [
            _allocation(row, shares)
            for row in later
            if latest[row[:3]] == one.file and (row[1] == draft.board or row[:2] in shares)
        ]
        if later and not wanted:
            draft.say(one, "another workbook has a later edition of these years: not used")
        elif mine and not wanted:
            draft.say(one, f"the place has {last}, which is later: nothing changes")
        else:
            put_rows(draft, one, table, wanted, "boards")
    if table.changes:
        draft.summed("allocations.csv", "pounds", before)
        draft.kept.append(
            "figures_money.csv: what the accounts start from is not changed; see allocations.csv"
        )


def _first_year(one: Publication) -> tuple[str, str]:
    """How recent a sheet is: a later workbook begins with a later year."""
    return min(str(row[2]) for row in one.tables["allocations"]), one.edition


def _allocation(
    row: Sequence[object], shares: Mapping[tuple[object, ...], Mapping[str, str]]
) -> dict[str, str]:
    stream, board, year, pounds, distance = row
    own = shares.get((str(stream), str(board)), {"share": "1", "status": "public", "cause": ""})
    return {
        "stream": str(stream),
        "from_board": str(board),
        "year": str(year),
        "pounds": str(round(float(str(pounds)) * float(own["share"]))),
        "share": own["share"],
        "distance_from_target": _cell(distance),
        "status": own["status"],
        "source": f"allocations-{str(year).replace('/', '-')}",
        "cause": own["cause"],
    }


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)
