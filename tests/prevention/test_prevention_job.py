"""The whole job on a hamlet: identities between its parts, stopping and going on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tripleaim.core import RunContext
from tripleaim.people import People, read_risk_factors, synthesise
from tripleaim.place import InputError, Place, load
from tripleaim.prevention import job
from tripleaim.prevention.compiled_programmes import compile_programmes
from tripleaim.prevention.document import PreventionDocument
from tripleaim.prevention.job import lags_of, names_of, read_document, run_prevention
from tripleaim.prevention.programmes import Prevention, read_programmes
from tripleaim.prevention.scenarios import late_outcomes, sampled
from tripleaim.projection import Laws, fit_laws, simulate
from tripleaim.projection.plain import simulate_plainly
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
            place, people, context, years=YEARS, draws=2, sample=600, folder=folder, coalitions=8
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
    assert document.run.draws == 2
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
        place, people, RunContext(7), years=YEARS, draws=2, sample=600, folder=folder, coalitions=8
    )

    assert again == document


def test_a_run_that_is_stopped_leaves_the_document_as_it_was(
    document: PreventionDocument, place: Place, people: People, folder: Path
) -> None:
    def stop(what: str, _: float) -> None:
        if what == "sharing out what programmes do":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_prevention(
            place,
            people,
            RunContext(7, stop),
            years=YEARS,
            draws=2,
            sample=500,
            folder=folder,
            coalitions=8,
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
