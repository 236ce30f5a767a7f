"""Lists, the map of practices and registers, put into a place's own tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.boards import in_title_case
from tripleaim.official_files.dates import in_words
from tripleaim.official_files.draft import Draft
from tripleaim.official_files.own_file import OwnFile
from tripleaim.official_files.patients import band_name, practices_refused
from tripleaim.official_files.publication import Publication

WHOLE = 0.9
"""What part of a place's practices a file must have to be the whole list of them."""
_ODD = 2
"""A list this many times as large as before, or as small, is asked about."""
_SHIPPED = "gp-lists-2026-07"
_BY_HAND = re.compile(r"Entered by the place and kept: ([A-Z0-9, ]+)\.")
_BANDS = range(0, 100, 5)
_NO_NETWORK, _UNALLOCATED = "No network", "U"
"""What a place calls practices in no network, and the network's code that the map gives them."""
_HALF_A_YEAR = "these lists are half a year later."


def edition_of(table: OwnFile, family: str) -> str:
    """The latest edition of a family of sources that a table names: 2026-07; empty for none."""
    found = [s.removeprefix(f"{family}-") for s in table.sources() if s.startswith(f"{family}-")]
    return max(found, default="")


def newest(draft: Draft, found: Sequence[Publication]) -> list[Publication]:
    """The publications of the latest edition; of the others it is said that they are older."""
    latest = max((one.edition for one in found), default="")
    for one in found:
        if one.edition != latest:
            draft.say(one, f"not used: another file has {in_words(latest)}, which is later")
    return [one for one in found if one.edition == latest]


def is_news(draft: Draft, one: Publication, edition: str, before: str) -> bool:
    """Whether an edition is later than the place's; else it is said why nothing changes."""
    if not edition:
        draft.say(one, "not used: its edition is not known")
        return False
    if edition == before:
        draft.say(one, "the place has this edition: nothing changes")
    elif edition < before:
        draft.say(
            one,
            f"older than the place's ({in_words(before)}): nothing changes. To go back, restore "
            "the place's files as they were",
        )
    return edition > before


@dataclass(frozen=True, slots=True)
class _Edition:
    """The lists that are put in: their edition, that of the place, and whose lists they are.

    `sizes` are the people on the place's lists before, by practice; `wanted` the practices whose
    lists are put in, `by_hand` those that the place entered, `incomplete` those of
    which a line was refused or a sex is missing.
    """

    one: Publication
    before: str
    lists: Mapping[str, Mapping[tuple[str, int], int]]
    sizes: Mapping[str, int]
    wanted: set[str]
    by_hand: set[str]
    incomplete: set[str]
    maps: Sequence[Publication]

    @property
    def source(self) -> str:
        return f"gp-lists-{self.one.edition[:7]}"

    @property
    def gone(self) -> set[str]:
        """Practices without people any more, where the file has nearly all of the place's."""
        here = set(self.sizes) & set(self.lists)
        whole = len(here) >= WHOLE * len(self.sizes)
        return set(self.sizes) - here - self.by_hand - self.incomplete if whole else set()

    @property
    def rest(self) -> set[str]:
        """Practices that stay as they were: the file has not got them, or a line was refused."""
        return set(self.sizes) - self.gone - self.wanted - self.by_hand


def put_lists(draft: Draft, found: Sequence[Publication], maps: Sequence[Publication]) -> None:
    """People by practice, sex and band of five years."""
    table = draft.table("registered.csv")
    used = newest(draft, found)
    if not used or table is None:
        no_table(draft, used, "registered.csv")
        return
    first, edition = used[0], used[0].edition[:7]
    before = edition_of(table, "gp-lists")
    if not before:
        draft.say(first, "the place's lists have another source than the official ones: kept")
        return
    if not is_news(draft, first, edition, before):
        return
    lists = _merged(used)
    one_sex = {code for code, bands in lists.items() if len({sex for sex, _ in bands}) < 2}
    if one_sex:
        draft.say(
            first,
            f"{len(one_sex):,} practices have one sex only: put the file of the other sex into "
            "the folder too",
        )
    _apply_lists(draft, table, used, {c: b for c, b in lists.items() if c not in one_sex}, maps)


def _merged(used: Sequence[Publication]) -> dict[str, dict[tuple[str, int], int]]:
    lists: dict[str, dict[tuple[str, int], int]] = defaultdict(dict)
    for publication in used:
        for code, sex, band, patients in publication.tables["ages"]:
            lists[str(code)][str(sex), int(band or 0)] = int(patients or 0)
    return lists


def _apply_lists(
    draft: Draft,
    table: OwnFile,
    used: Sequence[Publication],
    lists: Mapping[str, Mapping[tuple[str, int], int]],
    maps: Sequence[Publication],
) -> None:
    one, sizes = used[0], Counter[str]()
    for row in table.rows():
        sizes[row["practice"]] += int(float(row["patients"] or 0))
    here = set(sizes) & set(lists)
    if not here:
        draft.say(one, f"none of the place's {len(sizes)} practices is in it: nothing changes")
        return
    before = edition_of(table, "gp-lists")
    by_hand = _by_hand(draft, table, before)
    wanted = (here | _new_practices(draft, lists, maps)) - by_hand
    refused = practices_refused(used)
    incomplete = refused | (set(_merged(used)) - set(lists))
    new = _Edition(one, before, lists, sizes, wanted, by_hand, incomplete, maps)
    stay = sorted((refused & set(sizes)) - wanted - by_hand)
    if stay:
        draft.say(one, f"a line of each was refused, so they stay as they were: {', '.join(stay)}")
    total = table.sum_of("patients")
    _put_people(table, new)
    _say_sizes(draft, new)
    table.remove(lambda row: row["practice"] in new.gone)
    _name_edition(table, new)
    _place_new(draft, new)
    draft.cite(one, new.source)
    draft.summed("registered.csv", "patients", total)
    _put_figures(draft, new)
    _put_spend(draft, total, table.sum_of("patients"))
    if not new.rest:
        draft.dated("registered.csv", in_words(one.edition))


def _put_people(table: OwnFile, new: _Edition) -> None:
    for code in sorted(new.wanted):
        for sex in ("male", "female"):
            for band in _BANDS:
                patients = new.lists[code].get((sex, band), 0)
                key = {"practice": code, "sex": sex, "age_band": band_name(band)}
                if patients or table.row(*key.values()):
                    table.put(key | {"patients": str(patients)})


def _by_hand(draft: Draft, table: OwnFile, before: str) -> set[str]:
    """Practices whose lists the place's people entered: those marked, and those not as shipped."""
    marked = {
        code.strip()
        for found in _BY_HAND.finditer(table.comments())
        for code in found[1].split(",")
    }
    if f"gp-lists-{before}" == _SHIPPED:
        shipped: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
        for row in draft.official.records("SELECT practice, sex, age_band, patients FROM lists"):
            shipped[row["practice"]][row["sex"], row["age_band"]] = row["patients"]
        own: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
        for line in table.rows():
            own[line["practice"]][line["sex"], line["age_band"]] = int(float(line["patients"] or 0))
        marked |= {code for code, bands in own.items() if shipped.get(code) != bands}
    if marked:
        draft.kept.append(
            f"registered.csv: {', '.join(sorted(marked))}: entered by the place, not as published"
        )
    return marked


def _new_practices(
    draft: Draft, lists: Mapping[str, object], maps: Sequence[Publication]
) -> set[str]:
    """Practices with people that the place has not yet and that the map puts into its board."""
    if not draft.board:
        return set()
    homes = {str(row[0]): str(row[6]).upper() for one in maps for row in one.tables["practices"]}
    shipped = draft.official.records(
        "SELECT practice FROM practice_homes WHERE icb26 = $board", board=draft.board
    )
    known = {row["practice"] for row in shipped if row["practice"] not in homes}
    ours = {code for code, home in homes.items() if home == draft.board} | known
    table = draft.table("registered.csv")
    there = {row["practice"] for row in table.rows()} if table else set()
    return (ours & set(lists)) - there


def _say_sizes(draft: Draft, new: _Edition) -> None:
    """Tell how many people the lists had and have, and what is odd."""
    sizes, now = new.sizes, {code: sum(new.lists[code].values()) for code in new.wanted}
    both = new.wanted & set(sizes)
    draft.say(
        new.one,
        f"{len(both)} of the place's {len(sizes)} practices are put in: "
        f"{sum(sizes[code] for code in both):,} people were on their lists, "
        f"{sum(now[code] for code in both):,} are now",
    )
    added = ", ".join(f"{code} ({now[code]:,})" for code in sorted(new.wanted - set(sizes)))
    if added:
        draft.say(new.one, f"practices that the place had not: {added}")
    for code in sorted(both):
        if sizes[code] and not sizes[code] / _ODD <= now[code] <= sizes[code] * _ODD:
            draft.say(
                new.one,
                f"{code} had {sizes[code]:,} people and has {now[code]:,}: did lists merge?",
            )
    if new.gone:
        told = ", ".join(f"{code} ({sizes[code]:,} people)" for code in sorted(new.gone))
        draft.say(new.one, f"not in the lists any more, taken out: {told}")
    boards = {str(code): int(n or 0) for code, n in new.one.tables["boards"]}
    said = boards.get(draft.board)
    if said is not None and said != sum(now.values()):
        draft.say(
            new.one,
            f"the file says {said:,} people for {draft.board}, the place's practices in it have "
            f"{sum(now.values()):,}: is the practice map of this edition in the folder?",
        )


def _name_edition(table: OwnFile, new: _Edition) -> None:
    """Say in the comments which edition the lists are of, and which practices are of another."""
    if new.by_hand:
        table.add_comment(f"Entered by the place and kept: {', '.join(sorted(new.by_hand))}.")
    if new.rest:
        table.add_comment(
            f"{len(new.wanted)} practices are of {in_words(new.one.edition)} (source "
            f"{new.source}), {len(new.rest)} as they were."
        )
        return
    table.replace_words(in_words(f"{new.before}-01"), in_words(new.one.edition))
    table.replace_words(f"gp-lists-{new.before}", new.source)
    table.replace_words(_HALF_A_YEAR, "these lists are later.")


def _place_new(draft: Draft, new: _Edition) -> None:
    """Put practices that are new into the map, and take out those that are gone."""
    table = draft.table("practices.csv")
    added = new.wanted - set(new.sizes)
    if table is None or not (added or new.gone):
        return
    table.remove(lambda row: row["practice"] in new.gone)
    rows = {str(row[0]): row for found in new.maps for row in found.tables["practices"]}
    for code in sorted(added - {row["practice"] for row in table.rows()}):
        _, name, postcode, number, network, *_ = rows.get(code, (code, code, "", "", "", "", ""))
        locality = _network(str(number), str(network)) or _NO_NETWORK
        _put_locality(draft, new.one, locality)
        near = [r for r in table.rows() if r["locality"] == locality] or list(table.rows())
        lat, lon = (sum(float(r[side]) for r in near) / len(near) for side in ("lat", "lon"))
        table.put(
            {
                "practice": code,
                "name": in_title_case(str(name)),
                "postcode": str(postcode),
                "locality": locality,
                "lat": f"{lat:.5f}",
                "lon": f"{lon:.5f}",
                "location_status": "assumed",
            }
        )
        draft.say(new.one, f"{code} stands in the middle of {locality}: enter where it is")


def _network(code: str, name: str) -> str:
    """The neighbourhood of a network of the map; empty where the map has none."""
    return _NO_NETWORK if code == _UNALLOCATED else in_title_case(name)


def _put_locality(draft: Draft, one: Publication, name: str) -> None:
    """Put a network that the place had not into its neighbourhoods."""
    table = draft.table("localities.csv")
    if table is None or table.row(name):
        return
    source = f"{'gp-map' if one.kind == 'practice-map' else 'gp-lists'}-{one.edition[:7]}"
    cause = "the map's name of the network"
    table.put({"locality": name, "status": "public", "source": source, "cause": cause})
    draft.cite(one, source)
    draft.say(one, f"{name} is a neighbourhood that the place had not")


def _put_figures(draft: Draft, new: _Edition) -> None:
    """How many people and practices there are, in figures.csv."""
    table, lists = draft.table("figures.csv"), draft.table("registered.csv")
    if table is None or lists is None:
        return
    practices = {row["practice"] for row in lists.rows() if float(row["patients"] or 0)}
    counts = {
        "people.registered": int(lists.sum_of("patients")),
        "people.practices": len(practices),
    }
    for figure, value in counts.items():
        before = table.row(figure)
        if before is None:
            continue
        year = new.one.edition[:4]
        row = {"id": figure, "value": str(value), "year": year, "source": new.source}
        if not table.put(row):
            draft.kept.append(
                f"figures.csv: {figure} is {before['value']} by {before['source']}; the lists "
                f"have {value}"
            )


def _put_spend(draft: Draft, before: float, after: float) -> None:
    """Spend a head was set so that it adds up to the allocation: it is shared by the new people."""
    table = draft.table("figures_money.csv")
    if table is None or not before or not after:
        return
    for row in list(table.rows()):
        if row["id"].startswith("spend-per-head.") and row["status"] == "calibrated":
            sides = {name: row[name] for name in ("value", "low", "high") if row[name]}
            table.put(
                {"id": row["id"], "source": row["source"]}
                | {name: f"{float(text) * before / after:.4f}" for name, text in sides.items()}
            )


def no_table(draft: Draft, used: Sequence[Publication], name: str) -> None:
    """Tell that the place has no table for these publications."""
    for one in used:
        draft.say(one, f"the place has no {name} of the known columns: nothing changes")


def put_map(draft: Draft, found: Sequence[Publication]) -> None:
    """Names, postcodes and networks of the place's practices."""
    table = draft.table("practices.csv")
    used = newest(draft, found)[:1]
    if not used or table is None:
        no_table(draft, used, "practices.csv")
        return
    (one,) = used
    before = edition_of(table, "gp-map")
    if not before:
        draft.say(one, "the place's practices have another source than the official map: kept")
        return
    if not is_news(draft, one, one.edition[:7], before):
        return
    rows = {str(row[0]): row for row in one.tables["practices"]}
    there = {row["practice"] for row in table.rows()}
    if not there & set(rows):
        draft.say(one, f"none of the place's {len(there)} practices is in it: nothing changes")
        return
    for own in list(table.rows()):
        if own["practice"] in rows:
            _put_practice(draft, table, own, [str(cell) for cell in rows[own["practice"]]], one)
    missing = sorted(there - set(rows))
    if missing and len(missing) <= (1 - WHOLE) * len(there):
        draft.say(
            one, f"not in the map any more, kept until the lists say so: {', '.join(missing)}"
        )
    source = f"gp-map-{one.edition[:7]}"
    if there <= set(rows):
        table.replace_words(f"gp-map-{before}", source)
    else:
        table.add_comment(f"{len(there & set(rows))} practices as in the map of {source}.")
    draft.cite(one, source)
    draft.dated("practices.csv", in_words(one.edition))


def _put_practice(
    draft: Draft, table: OwnFile, own: dict[str, str], row: Sequence[str], one: Publication
) -> None:
    _, name, postcode, code, network, _, board = row
    if draft.board and board and board.upper() != draft.board:
        draft.say(one, f"{own['practice']} is in the board {board} now: take it out, or keep it")
        return
    wanted = {
        "name": in_title_case(name),
        "postcode": postcode,
        "locality": _network(code, network) or own["locality"],
    }
    changed = {
        column: value
        for column, value in wanted.items()
        if value and value.lower() != own[column].lower()
    }
    if changed:
        if "locality" in changed:
            _put_locality(draft, one, changed["locality"])
        table.put({"practice": own["practice"], **changed})
