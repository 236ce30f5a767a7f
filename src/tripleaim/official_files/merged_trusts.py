"""Rows of trusts that have merged, put under the code of the trust that took over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tripleaim.boards import OfficialTables, trusts_by_code
from tripleaim.official_files.dates import in_words
from tripleaim.official_files.draft import Draft
from tripleaim.official_files.publication import Publication, Value
from tripleaim.place import PlaceFiles, successors

Row = tuple[Value, ...]

KEYS_OF_TABLES: Mapping[str, int] = {"months": 2, "beds": 4, "side": 5, "staff": 2, "waiting": 3}
"""Tables with the code of a trust in the first column: how many columns tell their rows apart."""
OF_TRUSTS = frozenset({"ae", "beds", "sickness", "waiting"})
"""The publications that have these tables."""


@dataclass(frozen=True, slots=True)
class TrustMerger:
    """`code` is part of `into` by now, since the day `since` (empty where it is not known)."""

    code: str
    into: str
    since: str

    @property
    def when(self) -> str:
        """The day in words, with a space before it; where it is not known it says so."""
        return f" on {in_words(self.since)}" if self.since else " (the day is not known)"


@dataclass(frozen=True, slots=True)
class TrustChanges:
    """What became of the codes of trusts; `divided` are those that several took over."""

    merged: Mapping[str, TrustMerger]
    divided: Mapping[str, tuple[str, ...]]


def trust_changes(files: PlaceFiles, official: OfficialTables) -> TrustChanges:
    """The changes that a place's successors.csv has, and those of the official codes alone."""
    after: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in successors(files):
        if one.kind == "trust":
            after[one.code].append((one.successor, one.since))
    for code, trust in trusts_by_code(official).items():
        if code not in after and code != trust:
            after[code].append((trust, ""))
    divided = {code: tuple(s for s, _ in all_) for code, all_ in after.items() if len(all_) > 1}
    one_to_one = {code: all_[0] for code, all_ in after.items() if len(all_) == 1}
    merged = {code: _followed(code, one_to_one) for code in one_to_one}
    return TrustChanges(merged, divided)


def _followed(code: str, after: Mapping[str, tuple[str, str]]) -> TrustMerger:
    """Where a code has come to by now, through others too."""
    into, since = after[code]
    seen = {code}
    while into in after and into not in seen:
        seen.add(into)
        into, later = after[into]
        since = max(since, later)
    return TrustMerger(code, into, since)


def under_successors(
    draft: Draft, found: Sequence[Publication], changes: TrustChanges
) -> list[Publication]:
    """The same publications with the rows of merged trusts added to those of their successors.

    Those of the place's own trusts are told, code by code. What is before the merger is added too:
    the place's tables have the trust as it is now, from their first month on. Where a line of one
    of them was refused, or the file has a part of the trust alone, the trust's rows are left out.
    """
    return [_of_one(draft, one, changes) for one in found]


def _of_one(draft: Draft, one: Publication, changes: TrustChanges) -> Publication:
    own = draft.trusts
    refused = {cell.strip().upper() for line in one.refused for cell in line.row.split(",")}
    tables = dict(one.tables)
    for name in KEYS_OF_TABLES:
        if name in tables:
            tables[name] = _added(draft, one, name, _TrustCodes(own, refused, changes))
    return replace(one, tables=tables)


@dataclass(frozen=True, slots=True)
class _TrustCodes:
    """The place's own trusts, codes in lines that were refused, and what became of codes."""

    own: Collection[str]
    refused: Collection[str]
    changes: TrustChanges

    def now(self, code: str) -> str:
        """The code that rows of `code` belong to; a trust of the place stays what it is."""
        merged = self.changes.merged.get(code)
        return code if merged is None or code in self.own else merged.into

    def of(self, trust: str) -> set[str]:
        """The codes that became part of a trust."""
        return {
            one.code
            for one in self.changes.merged.values()
            if one.into == trust and one.code not in self.own
        }


def _added(draft: Draft, one: Publication, name: str, codes: _TrustCodes) -> list[Row]:
    width = KEYS_OF_TABLES[name]
    groups: dict[Row, list[Row]] = defaultdict(list)
    for row in one.tables[name]:
        groups[codes.now(str(row[0])), *row[1:width]].append(row)
    _say_divided(draft, one, name, codes)
    told: Counter[tuple[str, str]] = Counter()
    result: list[Row] = []
    for key, rows in groups.items():
        trust, came = str(key[0]), [str(row[0]) for row in rows if row[0] != key[0]]
        why = "" if name == "waiting" else _why_not(key, rows, _when(one, name, rows[0]), codes)
        told.update((code, why) for code in came or ([trust] if why else []))
        if not why:
            result.append(_sum(key, rows, width) if came else rows[0])
    for (code, why), number in sorted(told.items()):
        if name == "waiting" or codes.now(code) in codes.own:
            draft.say(one, _sentence(code, why, number, codes))
    _ask_for_parts(draft, one, name, codes)
    return result


def _why_not(key: Row, rows: Sequence[Row], when: str, codes: _TrustCodes) -> str:
    """Why a trust's rows of a period cannot be used; empty where they can."""
    trust = str(key[0])
    parts, here = codes.of(trust), {str(row[0]) for row in rows}
    lost = sorted(({trust} | parts) & set(codes.refused) - here)
    if parts and lost:
        return f"a line of {' and '.join(lost)}, of the same trust now, was refused"
    later = {code for code in parts if when < codes.changes.merged[code].since[:7]}
    if here & later and trust not in here and not (later <= here and len(later) > 1):
        return f"the file has it before the merger, and not the rest of {trust}"
    return ""


def _ask_for_parts(draft: Draft, one: Publication, name: str, codes: _TrustCodes) -> None:
    """Ask for the code of a place's trust that a file from before its merger does not have."""
    there = {str(row[0]) for row in one.tables[name]}
    for trust in sorted(there & set(codes.own)):
        first = min(_when(one, name, row) for row in one.tables[name] if row[0] == trust)
        for code in sorted(codes.of(trust) - there):
            merged = codes.changes.merged[code]
            if first < merged.since[:7] and code not in codes.refused:
                draft.say(
                    one,
                    f"{code} became part of {trust}{merged.when}, which is later, and is not in "
                    f"the file: has {trust} all its lines?",
                )


def _when(one: Publication, name: str, row: Row) -> str:
    """The first month of a row's period as 2026-01; that of the publication where it has none."""
    if name in ("beds", "side"):
        year, quarter = int(str(row[1])[:4]), int(str(row[2])[1:])
        return f"{year + quarter // 4}-{3 * (quarter % 4) + 1:02d}"
    return str(row[1]) if name in ("months", "staff") else one.edition[:7]


def _sum(key: Row, rows: Sequence[Row], width: int) -> Row:
    """Rows of one trust and period added up; a number that one of them lacks is not known."""
    columns = zip(*(row[width:] for row in rows), strict=True)
    return (*key, *(_total(values) for values in columns))


def _total(values: Sequence[Value]) -> Value:
    known = [value for value in values if isinstance(value, int | float)]
    if len(known) < len(values):
        return None
    added = sum(known)
    return round(added, 2) if isinstance(added, float) else added


def _sentence(code: str, why: str, number: int, codes: _TrustCodes) -> str:
    """What was done with the rows of a code, and why where they are not used."""
    merged = codes.changes.merged.get(code)
    if merged is None or codes.now(code) == code:
        return f"{code} is not used (rows: {number:,}): {why}"
    became = f"{code} became part of {merged.into}{merged.when}"
    if why:
        return f"{became}; it is not used (rows: {number:,}): {why}"
    return f"{became}: its rows are added to those of {merged.into} (rows: {number:,})"


def _say_divided(draft: Draft, one: Publication, name: str, codes: _TrustCodes) -> None:
    """Tell of trusts that several took over, where one of these is the place's."""
    rows = Counter(str(row[0]) for row in one.tables[name])
    for code, into in sorted(codes.changes.divided.items()):
        if rows[code] and code not in codes.own and set(codes.own) & set(into):
            draft.say(
                one,
                f"{code} was divided between {' and '.join(into)}: it is not used (rows: "
                f"{rows[code]:,})",
            )


def say_others(draft: Draft, one: Publication, codes: Iterable[object], whose: str) -> None:
    """Tell how many rows of a publication are of organisations that are not the place's."""
    rows = Counter(str(code) for code in codes)
    if rows:
        draft.say(
            one,
            f"of other organisations than the place's {whose}, and not used: {sum(rows.values()):,}"
            f" rows, {len(rows):,} codes",
        )
