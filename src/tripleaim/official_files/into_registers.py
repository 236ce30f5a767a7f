"""Disease registers, put into a place's own tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from tripleaim.official_files.dates import in_words
from tripleaim.official_files.draft import Draft
from tripleaim.official_files.into_people import WHOLE, edition_of, is_news, newest, no_table
from tripleaim.official_files.own_file import is_official
from tripleaim.official_files.publication import Publication

_ENGLAND = 5_000
"""Practices of a file of all England, at least: there were 6,129 in August 2026."""


def put_registers(draft: Draft, found: Sequence[Publication]) -> None:
    """Registers by practice, and the board's, which are their sums."""
    table = draft.table("practice_registers.csv")
    used = newest(draft, found)[:1]
    if not used or table is None:
        no_table(draft, used, "practice_registers.csv")
        return
    (one,) = used
    if not is_news(draft, one, one.edition, edition_of(table, "qof").replace("-", "/")):
        return
    edition = one.edition.replace("/", "-")
    practices = draft.table("practices.csv")
    ours = {row["practice"] for row in practices.rows()} if practices else set()
    ours |= {row["practice"] for row in table.rows()}
    rows = [row for row in one.tables["registers"] if row[0] in ours]
    here = {str(row[0]) for row in rows}
    if not rows:
        draft.say(one, f"none of the place's {len(ours)} practices is in it: nothing changes")
        return
    source, before = f"qof-{edition}", table.sum_of("register_count")
    kept = 0
    for code, register, age, size, count in rows:
        kept += not table.put(
            {
                "practice": str(code),
                "register": str(register),
                "minimum_age": str(age),
                "list_size": str(size),
                "register_count": str(count),
                "status": "public",
                "source": source,
            },
            renew=True,
        )
    if kept:
        draft.kept.append(f"practice_registers.csv: {kept} rows with a source of the place's own")
    draft.say(one, f"{len(here)} of the place's practices are in it")
    table.add_comment(f"Rows with the source {source} are of 31 March {int(edition[:4]) + 1}.")
    draft.cite(one, source)
    draft.summed("practice_registers.csv", "register_count", before)
    _put_sums(draft, one, source, ours, here)


def _put_sums(draft: Draft, one: Publication, source: str, ours: set[str], here: set[str]) -> None:
    """The board's registers, where the file has nearly all of its practices."""
    table, by_practice = draft.table("registers.csv"), draft.table("practice_registers.csv")
    open_now = draft.table("practices.csv")
    wanted = {row["practice"] for row in open_now.rows()} if open_now else ours
    if table is None or by_practice is None:
        return
    if len(wanted & here) < WHOLE * len(wanted):
        draft.say(one, "registers.csv stays: the file has too few of the place's practices")
        return
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for row in by_practice.rows():
        if row["source"] == source or not is_official(row["source"]):
            for column in ("list_size", "register_count"):
                sums[row["register"]][column] += int(float(row[column]))
    england = _england(one)
    everybody = max(s["list_size"] for s in sums.values())
    before = table.sum_of("register_count")
    for own in list(table.rows()):
        register = own["register"]
        if register not in sums:
            draft.say(one, f"the register {register} is not in it: kept as it was")
            continue
        row = {
            "register": register,
            "list_size": str(sums[register]["list_size"]),
            "all_ages": str(everybody),
            "register_count": str(sums[register]["register_count"]),
            "source": source,
        }
        if register in england:
            row["england_pct"] = f"{england[register]:.4f}"
        if not table.put(row, renew=True):
            draft.kept.append(f"registers.csv: {register} by {own['source']}")
    if not england:
        draft.say(one, "England's percentages stay: the file is not of all England")
    table.add_comment(f"Rows with the source {source} are of 31 March {int(source[4:8]) + 1}.")
    draft.summed("registers.csv", "register_count", before)
    draft.dated("registers.csv", in_words(f"{int(source[4:8]) + 1}-03-31"))
    draft.dated("practice_registers.csv", in_words(f"{int(source[4:8]) + 1}-03-31"))


def _england(one: Publication) -> dict[str, float]:
    rows = one.tables["registers"]
    if len({row[0] for row in rows}) < _ENGLAND:
        return {}
    sizes, counts = Counter[str](), Counter[str]()
    for _, register, _, size, count in rows:
        sizes[str(register)] += int(size or 0)
        counts[str(register)] += int(count or 0)
    return {register: 100 * counts[register] / size for register, size in sizes.items() if size}
