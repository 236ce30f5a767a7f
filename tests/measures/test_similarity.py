"""The ten most similar places: exact, symmetric, and never the place itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tripleaim.measures import area_of, benchmark_inputs, peers, read_areas
from tripleaim.measures.areas import add_up, ages
from tripleaim.measures.inputs import Variable, variables
from tripleaim.measures.similarity import distance
from tripleaim.place import InputError, Place, load


def test_somersets_ten_are_the_rural_and_older_counties(somerset: Place) -> None:
    assert [peer.name for peer in peers(benchmark_inputs(somerset))] == [
        "Cumbria",
        "Wiltshire",
        "Ipswich and East Suffolk",
        "Northumberland",
        "Northern, Eastern and Western Devon",
        "Kernow",
        "Shropshire",
        "South Worcestershire",
        "East Riding of Yorkshire",
        "West Hampshire",
    ]


def test_the_nearest_comes_first_and_the_place_itself_never(somerset: Place) -> None:
    found = peers(benchmark_inputs(somerset), count=300)
    assert len(found) == 208
    assert "11X" not in {peer.id for peer in found}
    assert [peer.distance for peer in found] == sorted(peer.distance for peer in found)


def test_the_list_of_the_base_year_is_the_area_that_a_place_is(somerset: Place) -> None:
    own = area_of(somerset, read_areas(somerset))
    assert own is not None
    assert own.size == 562_446
    assert own.share(75, 120) == pytest.approx(58_850 / 562_446)


def test_a_peer_says_how_certain_it_is(somerset: Place) -> None:
    found = peers(benchmark_inputs(somerset))
    assert {peer.trials for peer in found} == {7}
    assert found[0].stays == 7
    assert all(0 <= peer.stays <= 7 for peer in found)


def test_distance_is_the_weighted_root_mean_square_of_standardised_differences() -> None:
    wanted = (
        Variable("a", "a", 1, "assumed", ""),
        Variable("b", "b", 3, "assumed", ""),
        Variable("c", "c", 5, "assumed", ""),
    )
    spread = {"a": 2.0, "b": 0.5, "c": 0.0}
    one, other = {"a": 4.0, "b": 1.0, "c": 1.0}, {"a": 8.0, "b": 2.0, "c": 9.0}
    # (1 x 2^2 + 3 x 2^2) / 4; c does not vary and tells nobody apart.
    assert distance(one, other, wanted, spread) == 2
    assert distance(other, one, wanted, spread) == 2
    assert distance(one, one, wanted, spread) == 0


def test_a_place_of_two_groups_is_both_added_up_and_has_similar_places() -> None:
    place = load("northamptonshire")
    own = area_of(place, read_areas(place))
    assert own is not None
    assert own.parts == ("04G", "03V")
    assert own.size == 664_798 + 75_227
    found = peers(benchmark_inputs(place))
    assert len(found) == 10
    assert not {"04G", "03V"} & {peer.id for peer in found}


def test_any_place_that_names_its_groups_has_similar_places(hamlet: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(hamlet, tmp_path / "hamlet"))
    table = folder / "organisations.csv"
    table.write_text(table.read_text("utf-8").replace("commissioner,The", "04Y,The", 1), "utf-8")
    found = peers(benchmark_inputs(load(folder)))
    assert len(found) == 10


def test_a_place_whose_lists_are_not_held_has_no_similar_places(
    altered: Callable[[Place, str, str, str], Place],
) -> None:
    place = load("northamptonshire")
    rows = place.text("peer_lists.csv").splitlines(keepends=True)
    without = "".join(row for row in rows if not row.startswith(("04G,", "03V,")))
    place = altered(place, "peer_lists.csv", place.text("peer_lists.csv"), without)
    assert peers(benchmark_inputs(place)) == []


def test_a_place_with_no_listed_commissioner_has_no_similar_places(hamlet: Path) -> None:
    assert peers(benchmark_inputs(load(hamlet))) == []


def test_areas_add_up_to_one_with_scores_weighted_by_lists(somerset: Place) -> None:
    areas = read_areas(somerset)
    one, other = areas["11X"], areas["11N"]
    both = add_up([one, other], "South West")
    assert both.size == one.size + other.size
    assert both.imd_score == pytest.approx(
        (one.size * one.imd_score + other.size * other.imd_score) / both.size
    )


def test_ages_of_a_band() -> None:
    assert ages("5-14") == (5, 14)
    assert ages("75+") == (75, 120)
    with pytest.raises(ValueError, match="expected an age band"):
        ages("old")


def test_every_weight_says_why(somerset: Place) -> None:
    assert all(variable.cause for variable in variables(somerset))


def test_an_unknown_variable_is_refused_by_line(tmp_path: Path, somerset: Place) -> None:
    folder = Path(shutil.copytree(somerset.folder, tmp_path / "somerset"))
    (folder / "similarity.csv").write_text(
        "variable,name,weight,status,source,cause\nwealth,wealth,1,assumed,tripleaim,a try\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError, match=r"line 2, column \"variable\": \"wealth\""):
        peers(benchmark_inputs(load(folder)))
