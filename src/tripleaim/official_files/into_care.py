"""Waiting lists, put into a place's own tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.official_files.dates import in_words
from tripleaim.official_files.draft import Draft
from tripleaim.official_files.into_people import edition_of, is_news, newest
from tripleaim.official_files.into_shares import put_shares
from tripleaim.official_files.merged_trusts import say_others
from tripleaim.official_files.own_file import OwnFile, is_official
from tripleaim.official_files.publication import Publication
from tripleaim.official_files.rows_put import replace_rows

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
    parts: Mapping[str, float]

    @property
    def is_whole(self) -> bool:
        """Whether it has the people of all England, as published."""
        commissioners = {str(row[1]) for row in self.one.tables["waiting"]}
        return len(commissioners) >= _COMMISSIONERS_OF_ENGLAND

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
    weeks = [int(row[0] or 0) for row in one.tables["weeks"]]
    extract = _Extract(one, weeks, names, _parts(draft, one.edition))
    if _put_list(draft, table, extract):
        put_shares(draft, one, extract.parts)
    _put_weeks(draft, extract)


def _put_list(draft: Draft, table: OwnFile, extract: _Extract) -> bool:
    """Put the board's people in; whether the extract has all of them and those of others too."""
    one, source = extract.one, extract.source
    parts = extract.parts
    lost: set[str] = set()
    waiting: dict[tuple[str, str, int], float] = defaultdict(float)
    for provider, commissioner, specialty, *counts in one.tables["waiting"]:
        code = str(commissioner)
        part = parts.get(code.zfill(_LETTERS), 0)
        if part:
            lost |= {code} - {code.zfill(_LETTERS)}
            for week, count in zip(extract.weeks, counts, strict=True):
                band = max(start for start in _FROM if start <= week)
                waiting[str(provider), extract.names[str(specialty)], band] += (
                    int(count or 0) * part
                )
    if lost:
        draft.say(
            one, f"commissioners that lost zeros are read with them: {', '.join(sorted(lost))}"
        )
    missing = sum(bool(set(parts) & set(line.row.split(","))) for line in one.refused)
    if missing:
        draft.say(
            one,
            f"lines of the board's commissioners that were refused: {missing:,}. Their people are "
            "missing from this list; ask the publisher for them",
        )
    if not waiting:
        draft.say(one, f"nobody of the board {draft.board} is in it: nothing changes")
        return False
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
    is_part = now < LEAST_OF_A_LIST * before
    if is_part:
        _put_part(draft, table, extract, rows)
    else:
        replace_rows(draft, table, rows)
        table.replace_words(in_words(old), in_words(one.edition))
        table.replace_words(f"rtt-{old}", source)
    draft.say(one, f"{now:,} of the board's people wait in it")
    draft.cite(one, source)
    draft.summed("waiting_list.csv", "waiting", before)
    draft.dated("waiting_list.csv", in_words(one.edition))
    if is_part or not extract.is_whole:
        draft.say(
            one,
            f"provider_shares.csv, flows.csv, staff_shares.csv and the own trusts' share still "
            f"rest on {in_words(old)}: they need the full extract, with the people of all boards",
        )
        return False
    return True


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


def _parts(draft: Draft, month: str) -> dict[str, float]:
    """The commissioners whose people are the board's, with the part of them who are.

    A location of 2024 that was split is shared by the need of its practices, as `place make` does.
    """
    if month < _CHANGED_ON:
        rows = draft.official.records(
            "SELECT sub_icb24 AS code, part FROM location_parts WHERE icb26 = $board",
            board=draft.board,
        )
        return {row["code"]: row["part"] for row in rows}
    rows = draft.official.records("SELECT DISTINCT sub_icb26 AS code, icb26 FROM sub_icbs")
    homes: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        homes[row["code"]].add(row["icb26"])
    return {code: 1 / len(boards) for code, boards in homes.items() if draft.board in boards}


def _put_weeks(draft: Draft, extract: _Extract) -> None:
    one, source = extract.one, extract.source
    table = draft.table("waiting_weeks.csv")
    if table is None:
        return
    if not extract.is_whole:
        draft.say(
            one,
            "waiting_weeks.csv stays: people of few commissioners are in the file, and those of "
            "others wait at the place's trusts too; take the full extract",
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
    others = [row[0] for row in one.tables["waiting"] if row[0] not in trusts]
    say_others(draft, one, others, "trusts (waiting_weeks.csv)")
    if not rows:
        draft.say(one, "none of the place's trusts is in it: waiting_weeks.csv stays")
        return
    before, old = table.sum_of("waiting"), edition_of(table, "rtt")
    replace_rows(draft, table, rows)
    table.replace_words(in_words(old), in_words(one.edition))
    table.replace_words(f"rtt-{old}", source)
    draft.summed("waiting_weeks.csv", "waiting", before)
    draft.dated("waiting_weeks.csv", in_words(one.edition))
