"""400 seeded changes of a place's files: nonsense is refused by name, other spellings are read.

`pytest -s` prints the table of what was tried.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import place_mutations
import pytest
from place_mutations import Mutation

from tripleaim.place import Check, File, FolderFiles, check, load
from tripleaim.plan.check import faults_of_rooms

SEED, HARMFUL, HARMLESS = 21, 320, 80
TABLES_OF_ITS_OWN = (
    *("points_of_delivery", "spend_lines", "flows", "cost_structure", "price_index"),
    *("staff", "staff_groups", "staff_supply", "quintile_shares", "quintile_mortality"),
    *("quintile_contacts", "trends", "level", "quality_norms", "outcome_rates"),
    *("late_outcomes", "similarity", "benchmark_measures", "stf_conditions", "local_levels"),
    *("mortality_level", "migration", "frailty", "peer_trusts", "prevention_evaluations"),
)
MORE_OF_ITS_OWN = (
    "risk_factors/smoking.csv",
    "risk_factors/smoking.toml",
    "diseases/asthma.toml",
    "prevention/smoking-cessation.toml",
)
OWN = {
    "beds.csv": "organisation,year,quarter,group,available,occupied,status,source\n"
    "providers,2015/16,Q1,general and acute,524.08,410.22,public,tripleaim\n"
    "providers,2015/16,Q2,general and acute,520.4,409,public,tripleaim\n",
    "sites.csv": "id,name,organisation,kind,postcode,lon,lat,status,source,cause\n"
    "north,North Hospital,providers,community hospital,TA6 4GU,-2.97,51.14,public,tripleaim,\n",
    "figures.csv": "id,value,low,high,unit,year,basis,status,source,where,cause\n"
    "spend-per-head.acute,645,,,£/head,2015/16,,assumed,tripleaim,,from the ledger\n"
    "opening.commissioner,-4.5,-5,-4,£m,2016/17,,assumed,tripleaim,,from the ledger\n",
}


@pytest.fixture(scope="module")
def place(hamlet: Path) -> FolderFiles:
    """The files of a place with many tables of its own, without a fault; none is on a disk."""
    england = load("england").own
    own = FolderFiles.read(hamlet)
    tables = [f"{name}.csv" for name in TABLES_OF_ITS_OWN]
    files = dict(own.files)
    for name in (*tables, *(name for name in MORE_OF_ITS_OWN if england.has(name))):
        files[name] = File.of(own.path / name, england.file(name).raw)
    example = own.file("solutions/hospital-at-home.toml.example").raw
    texts = {"solutions/hospital-at-home.toml": example}
    texts |= {name: text.encode() for name, text in OWN.items()}
    files |= {name: File.of(own.path / name, raw) for name, raw in texts.items()}
    return FolderFiles(own.path, files)


def changed(place: FolderFiles, mutation: Mutation) -> FolderFiles:
    """The place's files after a change; what was parsed of the others is kept."""
    files = dict(place.files)
    name = mutation.renamed or mutation.file
    del files[mutation.file]
    if mutation.raw is not None:
        files[name] = File.of(place.path / name, mutation.raw)
    kept = {key: made for key, made in place._parsed.items() if key[0] != mutation.file}
    return replace(place, files=files, _parsed=kept)


def sampled(kinds: Iterator[Mutation], most: int, rng: random.Random) -> list[Mutation]:
    """Some of each kind, as many of each as there may be."""
    by_kind: defaultdict[str, list[Mutation]] = defaultdict(list)
    for mutation in kinds:
        by_kind[mutation.kind].append(mutation)
    for alike in by_kind.values():
        rng.shuffle(alike)
    taken: list[Mutation] = []
    while len(taken) < most and any(by_kind.values()):
        taken += [alike.pop() for alike in by_kind.values() if alike]
    return taken[:most]


def harmful(place: FolderFiles, rng: random.Random) -> Iterator[Mutation]:
    for name, file in place.files.items():
        if name.endswith(".csv"):
            if name != "population.csv":
                yield from place_mutations.harmful_cells(name, file.raw, rng)
            yield from place_mutations.harmful_tables(name, file.raw, rng)
        elif name.endswith(".toml"):
            yield from place_mutations.harmful_toml(name, file.raw, rng)
        else:
            continue
        yield from place_mutations.harmful_files(name, file.raw, rng)


def harmless(place: FolderFiles, rng: random.Random) -> Iterator[Mutation]:
    for name, file in place.files.items():
        if name.endswith(".csv"):
            yield from place_mutations.harmless_tables(name, file.raw, rng)
        elif name.endswith(".toml"):
            yield from place_mutations.harmless_toml(name, file.raw, rng)


def told(found: Check) -> str:
    """What the check of files says, or else the readers of all rooms."""
    faults = found.faults or (faults_of_rooms(found.place) if found.place else ())
    return "\n".join(map(str, faults))


def table(tried: dict[str, list[bool]]) -> str:
    width = max(map(len, tried))
    lines = [f"{kind:{width}}  {len(ok):3}  {sum(ok):3}" for kind, ok in sorted(tried.items())]
    return "\n".join([f"{'kind':{width}}  tried  right", *lines])


def test_the_place_that_is_changed_has_no_fault(place: FolderFiles) -> None:
    assert told(check(place)) == ""


def test_nonsense_is_refused_by_the_name_of_its_file(place: FolderFiles) -> None:
    rng = random.Random(SEED)  # noqa: S311 - no secret
    tried: defaultdict[str, list[bool]] = defaultdict(list)
    passed = []
    check(place)  # what is parsed of the files is kept for all that follow
    for mutation in sampled(harmful(place, rng), HARMFUL, rng):
        said = told(check(changed(place, mutation)))
        right = all(part in said for part in mutation.told) and bool(said)
        tried[mutation.kind].append(right)
        if not right:
            passed.append(f"{mutation.kind} in {mutation.file}: {said[:300] or 'no fault'}")
    print(table(tried))
    assert sum(map(len, tried.values())) == HARMFUL
    assert passed == []


def values(place: FolderFiles, name: str) -> object:
    """What is read of a file: rows in any order, or the values of a TOML file."""
    if name.endswith(".toml"):
        return place.toml(name).data
    return sorted(map(repr, (sorted(row.values.items()) for row in place.rows(name))))


def test_other_ways_to_write_the_same_are_read_to_the_same_values(place: FolderFiles) -> None:
    rng = random.Random(SEED)  # noqa: S311 - no secret
    tried: defaultdict[str, list[bool]] = defaultdict(list)
    refused = []
    check(place)
    for mutation in sampled(harmless(place, rng), HARMLESS, rng):
        other = changed(place, mutation)
        found = check(other)
        # The rooms are asked once of each kind: they read rows, which are compared below.
        said = "\n".join(map(str, found.faults)) if tried[mutation.kind] else told(found)
        same = not said and values(other, mutation.file) == values(place, mutation.file)
        tried[mutation.kind].append(same)
        if not same:
            refused.append(f"{mutation.kind} in {mutation.file}: {said[:300] or 'other values'}")
    print(table(tried))
    assert sum(map(len, tried.values())) == HARMLESS
    assert refused == []
