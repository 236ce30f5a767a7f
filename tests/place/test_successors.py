"""Codes of organisations that changed: who took over, said with its source and never guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from tripleaim.place import Place, check, code_hint, codes_that_changed, load, successors

SOMERSET = ("11X", "RBA", "RA4", "RH5")


def test_every_change_has_a_source_and_a_day_that_can_be(somerset: Place) -> None:
    changes = successors(somerset.files)
    assert len(changes) > 150
    assert {one.source for one in changes} <= set(somerset.sources)
    for one in changes:
        assert one.code != one.successor
        assert not one.since or date(2012, 1, 1) <= date.fromisoformat(one.since)


def test_no_code_comes_back_to_itself(somerset: Place) -> None:
    after: dict[str, set[str]] = {}
    for one in successors(somerset.files):
        after.setdefault(one.code, set()).add(one.successor)
    for code in after:
        seen, now = set(), {code}
        while now:
            now = {later for each in now for later in after.get(each, set())} - seen
            assert code not in now
            seen |= now


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("QSL", "this place has those that QSL took over from: 11X on 1 July 2022"),
        ("RVJ", "RVJ became part of RA7 on 1 July 2026, which is not in this place"),
        ("L85005", "L85005 closed on 30 June 2020"),
        ("XYZ", ""),
        ("", ""),
    ],
)
def test_an_unknown_code_is_reported_with_what_became_of_it(
    somerset: Place, code: str, told: str
) -> None:
    assert code_hint(somerset.files, code, SOMERSET) == told


def test_a_code_is_followed_through_several_changes_and_both_ways(somerset: Place) -> None:
    files = somerset.files
    told = code_hint(files, "QPM", ("04G", "03V"))
    assert told == "this place has those that QPM took over from: 03V, 04G"
    assert code_hint(files, "RBA", ("RH5",)) == "RBA became part of RH5 on 1 April 2020"


def test_a_place_learns_which_of_its_codes_have_changed(somerset: Place) -> None:
    codes, practices = codes_that_changed(somerset)
    assert codes == (
        "Codes that have changed since: 11X to QSL on 1 July 2022, E10000027 to E06000066 on "
        "1 April 2023, RA4 to RH5 on 1 April 2023, RBA to RH5 on 1 April 2020 (sources: "
        "council-codes-2024, somerset-ft-2020, somerset-ft-2023, sub-icb-2026)."
    )
    assert practices.startswith("13 of 75 practices have since closed: L85005 on 30 June 2020")
    assert "Where their patients went is not known; who would know: NHS England's" in practices


def test_the_check_says_what_became_of_a_code_in_a_table(tmp_path: Path) -> None:
    folder = Path(copytree(load("somerset").folder, tmp_path / "somerset"))
    file = folder / "beds.csv"
    file.write_text(file.read_text("utf-8").replace("\nRA4,", "\nRA7,", 1), encoding="utf-8")
    told = [str(fault) for fault in check(folder).faults]
    assert len(told) == 1
    assert 'column "organisation": "RA7": expected a name from organisations.csv' in told[0]
