"""The official projection of residents, put into a place's own table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tripleaim.official_files.draft import Draft
from tripleaim.official_files.into_people import edition_of, is_news, newest, no_table
from tripleaim.official_files.publication import Publication


def put_projections(draft: Draft, found: Sequence[Publication]) -> None:
    """Residents to come by year, sex and band, of a board whose locations are all whole."""
    table = draft.table("residents_to_come.csv")
    used = newest(draft, [one for one in found if one.tables["people"]])
    if not used or table is None:
        no_table(draft, used, "residents_to_come.csv")
        return
    before = edition_of(table, "ons-snpp")
    if not all(is_news(draft, one, one.edition, before) for one in used):
        return
    locations, split = _locations(draft)
    sums: dict[tuple[str, str, int], float] = defaultdict(float)
    missing = set(locations)
    for one in used:
        for code, sex, band, year, people in one.tables["people"]:
            if code in locations and sex in ("male", "female"):
                missing.discard(str(code))
                sums[str(year), str(sex), int(band or 0)] += float(people or 0)
    if split or missing or not sums:
        draft.say(used[0], _why_not(split, missing))
        return
    source, total = f"ons-snpp-{used[0].edition}", table.sum_of("residents")
    for own in list(table.rows()):
        band = int(own["age_band"].rstrip("+").partition("-")[0])
        value = sums.get((own["year"], own["sex"], band))
        if value is None:
            draft.say(used[0], f"{own['year']} is not in it: kept as it was")
            continue
        key = {name: own[name] for name in table.key}
        table.put(
            key | {"residents": f"{value:.1f}", "status": "public", "source": source}, renew=True
        )
    table.replace_words(f"ons-snpp-{before}", source)
    table.replace_words(f"{before}-based", f"{used[0].edition}-based")
    draft.cite(used[0], source)
    draft.summed("residents_to_come.csv", "residents", total)
    draft.dated("residents_to_come.csv", f"official projection of {used[0].edition}")


def _locations(draft: Draft) -> tuple[set[str], set[str]]:
    """The ONS codes of the board's locations, and those of them that are split between boards."""
    rows = draft.official.records("SELECT DISTINCT ons24 AS code, icb26 FROM sub_icbs")
    boards: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        boards[row["code"]].add(row["icb26"])
    ours = {code for code, homes in boards.items() if draft.board in homes}
    return ours, {code for code in ours if len(boards[code]) > 1}


def _why_not(split: set[str], missing: set[str]) -> str:
    if split:
        return (
            f"{', '.join(sorted(split))} is split between boards and is shared when a place is "
            "made: nothing changes"
        )
    return (
        f"the board's locations {', '.join(sorted(missing))} are not in it by sex: take the "
        "workbook by location of a board, with males and females"
    )
