"""A place beside its similar ones: what is compared, what is left out, and that it says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import tripleaim
from tripleaim.measures import (
    Benchmarks,
    Comparison,
    benchmark_inputs,
    benchmarks,
    funnel_points,
    read_areas,
)
from tripleaim.measures.catchments import HES_BANDS, read_catchments
from tripleaim.measures.expected import contact_pattern, expected
from tripleaim.measures.observed import measures
from tripleaim.place import InputError, Place, load
from tripleaim.wording import (
    area_spread,
    benchmarks_method,
    sentence,
    sentences,
    trust_margins,
    with_sentences,
)


@pytest.fixture(scope="module")
def found(somerset: Place) -> Benchmarks:
    return benchmarks(somerset)


@pytest.fixture(scope="module")
def by_id(found: Benchmarks) -> dict[str, Comparison]:
    return {comparison.id: comparison for comparison in found.comparisons}


def test_a_register_is_compared_with_the_published_prevalence(by_id: dict[str, Comparison]) -> None:
    row = by_id["register.hypertension"]
    assert row.value == pytest.approx(100 * 90_980 / 561_912)
    assert row.low is not None
    assert row.high is not None
    assert row.low < row.value < row.high
    assert row.england_value == pytest.approx(13.81, abs=0.01)


def test_what_is_expected_has_the_sum_of_what_is_observed(somerset: Place) -> None:
    areas = [area for area in read_areas(somerset).values() if area.size]
    for measure in measures(somerset, areas):
        assert set(measure.expected) == set(measure.observed)
        total = sum(measure.observed.values())
        assert sum(measure.expected.values()) == pytest.approx(total)


def test_somersets_ages_explain_more_illness_than_average(by_id: dict[str, Comparison]) -> None:
    # Recorded high blood pressure is above England's, and below what its ages lead one to expect.
    row = by_id["register.hypertension"]
    assert row.value > row.england_value
    assert row.ratio < 1
    assert row.standardised < row.england_value


def test_areas_that_lean_on_trusts_without_figures_are_left_out(
    found: Benchmarks, by_id: dict[str, Comparison]
) -> None:
    row = by_id["admissions"]
    assert row.missing == (
        "Kernow",
        "South Worcestershire",
        "East Riding of Yorkshire",
        "West Hampshire",
    )
    assert len(row.peers) == 6
    assert sentence(found.absent[0]).startswith("Hospital admissions: not known for Kernow,")


def test_excess_is_what_the_place_has_beyond_its_peers_ratio(
    by_id: dict[str, Comparison],
) -> None:
    row = by_id["register.hypertension"]
    assert row.excess == pytest.approx(90_980 * (1 - row.peers_ratio / row.ratio))


def test_beds_are_no_events_and_have_no_limits(by_id: dict[str, Comparison]) -> None:
    row = by_id["beds"]
    assert (row.low, row.high, row.verdict) == (None, None, "not tested")
    assert row.spread.chance_pct is None


def test_ages_explain_most_of_the_spread_of_what_comes_with_age(
    by_id: dict[str, Comparison],
) -> None:
    spread = by_id["register.atrial_fibrillation"].spread
    assert spread.age_and_sex_pct < spread.crude_pct / 2
    assert spread.chance_pct is not None
    assert spread.chance_pct < spread.deprivation_pct


def test_deprivation_explains_part_of_the_spread_of_copd(by_id: dict[str, Comparison]) -> None:
    spread = by_id["register.copd"].spread
    assert spread.deprivation_pct < 0.7 * spread.age_and_sex_pct


def test_all_patients_of_a_trust_are_shared_out(somerset: Place) -> None:
    catchments = read_catchments(somerset)
    for trust in catchments.trusts:
        total = sum(shares.get(trust, 0.0) for shares in catchments.shares.values())
        assert total == pytest.approx(1, abs=0.003)


def test_an_areas_beds_are_its_shares_of_its_trusts(somerset: Place) -> None:
    catchments = read_catchments(somerset)
    hand = sum(
        share * catchments.trusts[trust].amounts["beds"]
        for trust, share in catchments.shares["11X"].items()
    )
    assert catchments.amount(["11X"], "beds") == pytest.approx(hand)
    assert catchments.coverage(["11X"], "beds") == 1


def test_coverage_falls_by_the_beds_of_trusts_without_the_figure(somerset: Place) -> None:
    catchments = read_catchments(somerset)
    assert catchments.coverage(["11N"], f"admissions_{HES_BANDS[0]}") < 0.5


def test_an_area_twice_as_large_expects_twice_as_much(somerset: Place) -> None:
    areas = [area for area in read_areas(somerset).values() if area.size][:3]
    pattern = contact_pattern(somerset, "acute-ae", tuple(areas[0].lists))
    once = expected(areas, [10, 20, 30], pattern)
    twice = expected([*areas, areas[0]], [10, 20, 30, 10], pattern)
    assert sum(once) == pytest.approx(60)
    assert twice[0] == pytest.approx(twice[3])
    assert twice[1] / twice[0] == pytest.approx(once[1] / once[0])


def test_a_funnel_holds_the_place_its_peers_and_the_verdict(
    somerset: Place, found: Benchmarks, by_id: dict[str, Comparison]
) -> None:
    name = "register.copd"
    limits, points = funnel_points(benchmark_inputs(somerset), found.peers, name)
    assert [point.id for point in points if point.kind == "place"] == ["11X"]
    assert sum(point.kind == "peer" for point in points) == 10
    own = next(point for point in points if point.kind == "place")
    assert own.ratio == pytest.approx(by_id[name].after_deprivation)
    assert limits.verdict(own.ratio, own.expected) == by_id[name].verdict
    outside = [p for p in points if limits.verdict(p.ratio, p.expected) != "as expected"]
    assert len(outside) < 0.2 * len(points)


def test_beds_have_no_funnel(somerset: Place, found: Benchmarks) -> None:
    with pytest.raises(InputError, match="there is no measure of this name with a funnel"):
        funnel_points(benchmark_inputs(somerset), found.peers, "beds")


def test_trust_margins_are_position_over_income(found: Benchmarks) -> None:
    trusts = {margin.id: margin for margin in found.margins if margin.kind == "trust"}
    assert trusts["RA4"].margin_pct == pytest.approx(100 * -18.605 / 126.671)
    assert sum(margin.kind == "peer" for margin in found.margins) == 10


def test_every_result_has_a_sentence(found: Benchmarks) -> None:
    for row in (*found.peers, *found.comparisons, *found.printed):
        assert sentence(row).endswith(".")
    assert "of 20 measures of Somerset are outside the usual spread" in sentence(found)
    assert "areas of England" in area_spread(found.comparisons[0])
    assert trust_margins(found.margins).startswith("The acute trusts that treat Somerset")
    assert len(benchmarks_method(found)) == 4


def test_spend_above_peers_with_activity_below_them_is_reported(found: Benchmarks) -> None:
    assert found.right_sizing is not None
    assert any(
        text.startswith(
            "The plan says that acute care costs 5% more than at its peers. Official figures"
        )
        for text in sentences(found.right_sizing.findings)
    )


def test_the_document_is_json_and_pounds_are_exact_texts(found: Benchmarks) -> None:
    document = json.loads(json.dumps(with_sentences(found)))
    assert document["printed"][0]["pounds"] == "17730440.57"
    assert document["peers"][0]["id"] == "01H"


def test_northamptonshire_is_beside_ten_similar_places() -> None:
    found = benchmarks(load("northamptonshire"))
    assert len(found.peers) == 10
    named = {c.name: c for c in found.comparisons}
    depression = named["Depression"]
    # 62,312 of the 579,293 aged 18 and over on the lists of both groups.
    assert depression.value == pytest.approx(100 * 62_312 / 579_293)
    assert found.printed == ()
    assert {m.name for m in found.margins if m.kind == "trust"} == {
        "Kettering General Hospital",
        "Northampton General Hospital",
    }


def test_a_place_made_from_a_population_alone_is_no_listed_area(hamlet: Path) -> None:
    found = benchmarks(load(hamlet))
    assert sentence(found.absent[0]) == "The file peers.csv has no commissioner of Hamlet."
    assert found.specialised is None


@pytest.mark.parametrize("words", [("somerset",), ("northamptonshire", "--json")])
def test_the_verb_prints_tables_or_json(words: tuple[str, ...]) -> None:
    done = tripleaim("benchmarks", *words)
    assert done.returncode == 0, done.stderr
    if "--json" in words:
        assert json.loads(done.stdout)["place"] == "Northamptonshire"
    else:
        assert "The 10 places most like Somerset" in done.stdout
