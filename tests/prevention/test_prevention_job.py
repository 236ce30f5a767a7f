"""The whole job on a hamlet: identities between its parts, stopping and going on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tripleaim.core import Part, RunContext
from tripleaim.people import People, read_risk_factors, synthesise
from tripleaim.place import InputError, Place, load
from tripleaim.prevention import job
from tripleaim.prevention.compiled_programmes import compile_programmes
from tripleaim.prevention.document import PreventionDocument
from tripleaim.prevention.job import lags_of, names_of, run_prevention
from tripleaim.prevention.programme_files import read_programmes
from tripleaim.prevention.programmes import Prevention
from tripleaim.prevention.scenarios import late_outcomes, sampled
from tripleaim.prevention.versions import read_document
from tripleaim.projection import Laws, fit_laws, simulate
from tripleaim.projection.plain import simulate_plainly
from tripleaim.uncertainty import FanPart, IntervalPart
from watching import undeclared, watch

YEARS = 6


@pytest.fixture(scope="module")
def place(hamlet: Path) -> Place:
    return load(hamlet)


@pytest.fixture(scope="module")
def people(place: Place) -> People:
    return synthesise(place, RunContext(7))


@pytest.fixture(scope="module")
def laws(place: Place, people: People) -> Laws:
    return fit_laws(place, people, steps=YEARS)


@pytest.fixture(scope="module")
def programmes(place: Place, laws: Laws) -> tuple[Prevention, ...]:
    late = late_outcomes(laws.expected.names, [p.id for p in place.points_of_delivery])
    return read_programmes(place, names_of(place, laws, late))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prevention")


@pytest.fixture(scope="module")
def document(place: Place, people: People, folder: Path) -> PreventionDocument:
    context = RunContext(7)
    with watch(folder) as watched:
        document = run_prevention(
            place, people, context, years=YEARS, draws=16, sample=600, folder=folder, seeds=2
        )
    assert "late_outcomes.csv" in watched.asked
    assert not undeclared(watched, "prevention")
    return document


def test_the_document_comes_back_as_it_was_written(
    document: PreventionDocument, folder: Path
) -> None:
    assert read_document(folder / "prevention.json") == document


def test_the_document_says_what_it_was_made_from(
    document: PreventionDocument, place: Place, people: People
) -> None:
    assert document.inputs_sha256 == place.sha256_of("prevention")
    assert document.run.registered == len(people)
    assert document.run.simulated == 600
    assert document.run.draws == 16
    assert document.run.complete
    assert document.years[0] == "2016/17"
    assert len(document.years) == YEARS


def test_its_schema_is_the_one_in_the_reference() -> None:
    path = Path(__file__).parents[2] / "docs" / "reference" / "prevention.schema.json"

    assert json.loads(path.read_text("utf-8")) == PreventionDocument.model_json_schema()


def test_every_driver_has_its_parameter_and_what_knowing_it_is_worth(
    document: PreventionDocument,
) -> None:
    named = {key for part in document.uncertainty for d in part.drivers for key in d.parameters}
    assert document.decision is not None
    assert named
    assert {p.id for p in document.parameters} == named
    assert {w.id for w in document.decision.worth} == named


def test_the_option_that_is_best_on_average_is_the_one_expected_to_gain_most(
    document: PreventionDocument,
) -> None:
    assert document.decision is not None
    expected = {o.id: o.expected_gbp_m for o in document.decision.options}
    assert expected["none"] == 0
    assert expected[document.decision.best] == max(expected.values())
    assert sum(o.best_in for o in document.decision.options) >= 1


def test_shares_and_do_nothing_make_do_something(document: PreventionDocument) -> None:
    for part in document.attribution:
        found = part.nothing + sum(share.value for share in part.shares)
        assert found == pytest.approx(part.something, rel=1e-9, abs=1e-6)


def test_net_cost_by_payer_adds_up_in_the_central_draw(document: PreventionDocument) -> None:
    for money in (document.together, *(p.money for p in document.programmes)):
        by_payer = np.sum([fan.central for fan in money.net_cost_by_payer.values()], axis=0)
        whole = np.array(money.programme_cost.central) - np.array(money.avoided.central)
        np.testing.assert_allclose(by_payer, money.net_cost.central, atol=1e-7)
        np.testing.assert_allclose(whole, money.net_cost.central, atol=1e-7)


def test_undiscounted_sums_are_the_sums_of_the_years(document: PreventionDocument) -> None:
    money = document.together
    plain = next(s for s in money.sums if s.rate_pct == 0)

    assert plain.net_cost.central == pytest.approx(np.sum(money.net_cost.central), rel=1e-4)


def test_health_without_and_with_differ_by_their_difference(document: PreventionDocument) -> None:
    for row in document.health.rows:
        for before, after, between in zip(
            row.nothing.central, row.something.central, row.difference.central, strict=True
        ):
            assert (between is None) == (before is None or after is None)
            if before is not None and after is not None and between is not None:
                assert after - before == pytest.approx(between, abs=1e-4 * max(1, abs(before)))


def test_an_unsupported_programme_gains_nothing_and_costs_what_it_costs(
    document: PreventionDocument,
) -> None:
    for programme in document.programmes:
        if not programme.supported:
            assert programme.qalys.central == [0.0] * YEARS
            assert programme.money.avoided.central == [0.0] * YEARS
            assert np.sum(programme.money.programme_cost.central) > 0
            assert programme.money.sums[0].break_even.central is None


def test_a_second_run_takes_up_the_draws_that_are_kept_and_says_the_same(
    document: PreventionDocument,
    place: Place,
    people: People,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a draw was done again")

    monkeypatch.setattr(job.Redraw, "__call__", never)

    again = run_prevention(
        place, people, RunContext(7), years=YEARS, draws=16, sample=600, folder=folder, seeds=2
    )

    assert again == document


def test_a_run_that_is_stopped_leaves_the_document_as_it_was(
    document: PreventionDocument, place: Place, people: People, folder: Path
) -> None:
    def stop(what: str, _: float) -> None:
        if what == "projecting lives with other random numbers":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_prevention(
            place,
            people,
            RunContext(7, stop),
            years=YEARS,
            draws=2,
            seeds=1,
            sample=500,
            folder=folder,
        )

    assert read_document(folder / "prevention.json") == document


def test_people_who_are_not_reached_have_the_same_life(
    place: Place, people: People, laws: Laws, programmes: tuple[Prevention, ...]
) -> None:
    chosen = [p for p in programmes if p.id == "blood-pressure-and-atrial-fibrillation"]
    compiled = compile_programmes(place, chosen, laws, lags_of(read_risk_factors(place)))
    only_first = replace(compiled[0], coverage=compiled[0].coverage * np.array([1, 0, 0, 0, 0]))

    before = simulate_plainly(people, laws, lives=True).trajectory
    after = simulate_plainly(people, laws, programmes=[only_first], lives=True).trajectory

    assert before is not None
    assert after is not None
    others = np.flatnonzero(people.quintile != 1)
    np.testing.assert_array_equal(before.conditions[:, others], after.conditions[:, others])
    np.testing.assert_array_equal(before.present[:, others], after.present[:, others])


def test_a_programme_that_reaches_nobody_changes_nothing(
    place: Place, people: People, laws: Laws, programmes: tuple[Prevention, ...]
) -> None:
    compiled = compile_programmes(place, programmes, laws, lags_of(read_risk_factors(place)))
    idle = [replace(one, coverage=np.zeros_like(one.coverage)) for one in compiled]

    before, after = simulate(people, laws).tally, simulate(people, laws, programmes=idle).tally

    for name in ("people", "deaths", "onsets", "expected"):
        np.testing.assert_array_equal(getattr(before, name), getattr(after, name))
    assert after.joined.sum() == 0


def test_a_sample_is_the_same_people_each_time_and_as_many_as_asked(people: People) -> None:
    one, more = sampled(people, 300), sampled(people, 600)

    assert len(one) == 300
    assert set(one.person.tolist()) < set(more.person.tolist())
    assert sampled(people, None) is people


def test_a_horizon_shorter_than_the_plan_is_refused(place: Place, people: People) -> None:
    with pytest.raises(InputError, match="plan's years or more"):
        run_prevention(place, people, RunContext(7), years=2, folder=Path("nowhere"))


def test_fewer_fractures_are_all_that_falls_prevention_gains(
    document: PreventionDocument,
) -> None:
    falls = next(p for p in document.programmes if p.id == "falls-prevention")
    hip = next(s for s in falls.spared if s.outcome == "hip_fracture")

    # It changes no life, so the people are those of doing nothing to the last one.
    assert hip.averted.central is not None
    assert hip.averted.central > 0
    other = next(s for s in falls.spared if s.outcome == "other_fracture")
    fractures = [hip, other]
    qalys = [s.qalys.central or 0.0 for s in fractures]
    deaths = [s.deaths_averted.central or 0.0 for s in fractures]
    assert np.sum(falls.qalys.central) == pytest.approx(sum(qalys), rel=1e-4)
    assert falls.deaths_averted.central == pytest.approx(sum(deaths), rel=1e-4)
    assert hip.qalys.central is not None
    assert 0 < hip.qalys.central / hip.averted.central < 3


def test_who_spares_no_late_outcome_gains_nothing_by_it(document: PreventionDocument) -> None:
    for programme in document.programmes:
        if not programme.supported:
            assert [s.qalys.central for s in programme.spared] == [0.0, 0.0, 0.0]
            assert [s.deaths_averted.central for s in programme.spared] == [0.0, 0.0, 0.0]
            assert programme.deaths_averted.central == 0.0


def test_what_is_spared_is_what_is_no_longer_lost_and_is_shared_out(
    document: PreventionDocument,
) -> None:
    shares = {part.id: part for part in document.attribution}
    for one in document.spared:
        assert one.qalys.central is not None
        lost = document.health.totals[f"qalys-{one.outcome}"]
        assert lost.central == pytest.approx(-one.qalys.central, rel=1e-5, abs=1e-9)
        part = shares[f"qalys-{one.outcome}"]
        # The hamlet's sample is smaller than what may be shared out, so these are the same people.
        assert part.total == pytest.approx(-one.qalys.central, rel=1e-4, abs=1e-6)
        assert sum(s.value for s in part.shares) == pytest.approx(part.total)
    whole = shares["qalys"]
    assert whole.total == pytest.approx(document.headline.qalys.central, rel=1e-4)


def test_notes_say_how_many_years_of_life_are_not_put_back(document: PreventionDocument) -> None:
    years = sum(s.life_years.central or 0.0 for s in document.spared)

    assert any(f"{years:,.0f} of " in note and "in a million" in note for note in document.notes)


def test_each_number_behind_late_outcomes_has_a_source_that_is_known(
    document: PreventionDocument, place: Place
) -> None:
    assert {row.outcome for row in document.consequences} == {
        "amputation",
        "heart_attack",
        "hip_fracture",
        "other_fracture",
    }
    for row in document.consequences:
        assert row.source in place.sources or row.source == "tripleaim"
        assert row.cause or row.status != "assumed"
        assert (row.value is None) == (row.carried_by is not None)


def intervals(part: object, where: str = "document") -> Iterator[tuple[str, IntervalPart]]:
    """Every interval in a document, those of fans year by year, and where it is."""
    if isinstance(part, IntervalPart):
        yield where, part
    elif isinstance(part, FanPart):
        for y, (low, central, high) in enumerate(
            zip(part.p10, part.central, part.p90, strict=True)
        ):
            yield f"{where}[{y}]", IntervalPart(central=central, p10=low, p50=None, p90=high)
    elif isinstance(part, Part):
        for name in type(part).model_fields:
            yield from intervals(getattr(part, name), f"{where}.{name}")
    elif isinstance(part, dict | list):
        items = part.items() if isinstance(part, dict) else enumerate(part)
        for key, value in items:
            yield from intervals(value, f"{where}.{key}")


def is_inside(one: IntervalPart) -> bool:
    if one.p10 is None or one.central is None or one.p90 is None:
        return True
    return one.p10 == one.p90 or one.p10 <= one.central <= one.p90


def test_a_central_value_outside_its_own_interval_is_reported(
    document: PreventionDocument,
) -> None:
    """Of 600 people some small ones may not, and no headline; they are counted in a note."""
    every = list(intervals(document))
    out = [where for where, one in every if not is_inside(one)]
    assert len(every) > 1000
    assert [where for where in out if where.startswith("document.headline")] == []
    assert len(out) < 0.01 * len(every)
    told = [note for note in document.notes if "lie outside their own 10% to 90%" in note]
    assert bool(told) == bool(out)
    assert all(note.startswith(f"{len(out):,} of ") for note in told)


def test_the_error_of_luck_is_shown_with_central_values(document: PreventionDocument) -> None:
    assert document.run.seeds == 2
    assert document.headline.qalys.luck is not None
    assert document.headline.qalys.luck > 0
    for programme in document.programmes:
        assert programme.joined_total.luck is not None
    for outcome in document.attribution:
        assert {share.way for share in outcome.shares} == {"exact"}


def test_money_and_qalys_of_a_row_are_on_one_basis(document: PreventionDocument) -> None:
    assert document.value is not None
    for row in document.value.rows:
        net, qalys = row.net_cost.central, row.qalys.central
        assert net is not None
        assert qalys is not None
        cost, avoided = row.programme_cost.central, row.avoided.central
        assert net == pytest.approx((cost or 0.0) - (avoided or 0.0), abs=1e-4)
        if qalys > 1e-6:
            assert row.gbp_per_qaly.central == pytest.approx(1e6 * net / qalys, rel=1e-3)
        else:
            assert row.gbp_per_qaly.central is None


def test_the_bundle_without_idle_programmes_costs_less_by_their_cost_and_gains_the_same(
    document: PreventionDocument,
) -> None:
    assert document.value is not None
    rows = {(r.id, r.basis, r.rate_pct): r for r in document.value.rows}
    idle = document.value.without_effect
    assert sorted(idle) == sorted(p.id for p in document.programmes if not p.supported)
    for basis in {r.basis for r in document.value.rows}:
        whole, acting = (rows[key, basis, 0.0] for key in ("together", "acting"))
        of_idle = sum(rows[key, basis, 0.0].programme_cost.central or 0.0 for key in idle)
        assert acting.qalys == whole.qalys
        less = (whole.programme_cost.central or 0) - (acting.programme_cost.central or 0)
        assert less == pytest.approx(of_idle, rel=0.02)


def test_a_lifetime_gains_no_less_than_its_first_years_and_costs_them_too(
    document: PreventionDocument,
) -> None:
    assert document.value is not None
    assert document.value.joining_years == document.plan_years
    rows = {(r.id, r.basis, r.rate_pct): r for r in document.value.rows}
    for programme in document.programmes:
        first = rows[programme.id, "first joiners, horizon", 0.0]
        life = rows[programme.id, "first joiners, lifetime", 0.0]
        assert first.joined == life.joined
        assert (first.joined.central or 0) <= (programme.joined_total.central or 0) * 1.1
        assert (life.programme_cost.central or 0) >= (first.programme_cost.central or 0) - 1e-9


def test_what_a_qaly_is_worth_makes_a_programme_no_less_acceptable(
    document: PreventionDocument,
) -> None:
    assert document.value is not None
    for curve in document.value.acceptability:
        assert len(curve.pct) == len(document.value.thresholds_gbp)
        if curve.id not in document.value.without_effect:
            continue
        assert set(curve.pct) == {0.0}


def test_published_evaluations_are_compared_with_ours_with_a_reason(
    document: PreventionDocument, place: Place
) -> None:
    assert {row.programme for row in document.published} >= {
        "alcohol-advice",
        "physical-activity",
        "weight-management",
    }
    for row in document.published:
        assert row.source in place.sources
        assert row.gbp_per is not None or row.finding
        assert row.why
        if row.ratio is not None:
            assert row.within_twice == (0.5 <= row.ratio <= 2)


def test_a_document_of_version_3_is_read_and_one_of_version_2_refused(
    document: PreventionDocument, tmp_path: Path
) -> None:
    content = json.loads(document.model_dump_json())
    for name in ("value", "published"):
        del content[name]
    for name in ("qalys_discounted", "gbp_per_qaly", "gbp_per_qaly_acting"):
        del content["headline"][name]
    old = tmp_path / "prevention.json"
    old.write_text(json.dumps(content | {"schema_version": "3"}), encoding="utf-8")

    read = read_document(old)

    assert read.schema_version == "4"
    assert read.value is None
    assert read.programmes == document.programmes
    old.write_text(json.dumps(content | {"schema_version": "2"}), encoding="utf-8")
    with pytest.raises(InputError, match="has version 2 of the document"):
        read_document(old)
