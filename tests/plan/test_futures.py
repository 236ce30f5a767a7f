from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tripleaim.accounts import LIMITS
from tripleaim.core import RunContext, Stopped
from tripleaim.place import InputError
from tripleaim.place.estimate import CENTRAL, Z_95, Draw
from tripleaim.plan import Workspace
from tripleaim.plan.futures import FUTURES_FILE, FuturesDocument, draw_futures, parameters
from tripleaim.plan.futures.assemble import Drawn, gathered_document
from tripleaim.plan.futures.document import LivesPart
from tripleaim.plan.futures.draw_outcome import POSITIONS, Central, Future
from tripleaim.plan.futures.first_order import drawn_positions, drawn_starts
from tripleaim.plan.futures.run import stacked
from tripleaim.plan.futures.uncertain_parameters import place_in
from tripleaim.plan.overlap.scenario import choose
from tripleaim.uncertainty import as_matrix, draws, shared_cause
from tripleaim.uncertainty.ranges import Z_80
from tripleaim.wording import futures_notes
from watching import undeclared, watch

NOTHING, CLAIMED, OVERLAP, EVIDENCE, UNKNOWN = range(5)
COMMISSIONER, PROVIDERS = 0, 1


@pytest.fixture(scope="module")
def workspace(somerset_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Somerset's run in a folder of this file's own."""
    folder = tmp_path_factory.mktemp("futures") / "somerset"
    shutil.copytree(somerset_run, folder)
    return Workspace.open(folder, "somerset")


@pytest.fixture(scope="module")
def central(workspace: Workspace) -> Central:
    place = workspace.place
    return Central.of(
        place,
        nothing=workspace.nothing,
        money=workspace.money,
        calibration=workspace.calibration.money,
        groups=workspace.groups,
        scenario=choose(place, seed=7),
    )


@pytest.fixture(scope="module")
def as_it_is(central: Central) -> Future:
    return central.future(CENTRAL)


@pytest.fixture(scope="module")
def document(workspace: Workspace) -> FuturesDocument:
    """32 draws, with lives drawn on few people; all that they ask for is declared."""
    with watch(workspace.folder) as watched:
        document = draw_futures(Workspace.open(workspace.folder), 32, most_people=3_000)
    assert watched.asked
    assert not undeclared(watched, "futures")
    return document


def by(central: Central, parameter: str, z: float) -> Future:
    return central.future(Draw(1, {parameter: z}))


def test_its_schema_is_the_one_in_the_reference() -> None:
    path = Path(__file__).parents[2] / "docs" / "reference" / "futures.schema.json"
    assert json.loads(path.read_text("utf-8")) == FuturesDocument.model_json_schema()


def test_the_central_future_is_the_plan(workspace: Workspace, as_it_is: Future) -> None:
    document = workspace.document(choose(workspace.place, seed=7))
    for r, result in enumerate(POSITIONS[:4]):
        for s, side in enumerate(("commissioner", "providers")):
            printed = [document.sides[side][result][year] for year in document.years]
            assert as_it_is.position[r, s] == pytest.approx(printed, abs=1e-9)
    contacts = [
        list(document.activity["on_evidence"][p].values()) for p in document.activity["on_evidence"]
    ]
    assert as_it_is.contacts[2] == pytest.approx(np.array(contacts), rel=1e-12)
    for s, solution in enumerate(document.solutions):
        assert as_it_is.solutions[s] == pytest.approx(
            list(solution.on_evidence_gbp_m.values()), abs=1e-9
        )


def test_every_parameter_has_a_status_and_an_assumed_one_a_cause(workspace: Workspace) -> None:
    found = parameters(workspace.place, workspace.nothing)
    assert len({p.id for p in found}) == len(found)
    assert all(p.estimate.cause for p in found if p.estimate.status == "assumed")


def test_every_figure_and_kind_of_growth_that_is_drawn_moves_something(
    workspace: Workspace, central: Central, as_it_is: Future
) -> None:
    for parameter in parameters(workspace.place, workspace.nothing):
        if parameter.id.startswith(("figure/", "growth/")):
            z = -Z_95 if parameter.estimate.high == parameter.estimate.value else Z_95
            end = by(central, parameter.id, z)
            money = np.abs(end.position - as_it_is.position).max()
            assert max(money, np.abs(end.contacts - as_it_is.contacts).max()) > 1e-6, parameter.id


def test_a_dearer_solution_costs_its_extra_investment_and_nothing_else(
    workspace: Workspace, central: Central, as_it_is: Future
) -> None:
    """1.5 times the investment at the upper end of its range."""
    place = workspace.place
    dearer = by(central, "programme/enhanced-primary-care/cost", Z_95)
    s = [solution.id for solution in place.solutions].index("enhanced-primary-care")
    extra = 0.5 * central.terms.investment[s]
    change = (dearer.position - as_it_is.position).sum(axis=1)
    assert change[NOTHING] == pytest.approx(np.zeros(5), abs=1e-9)
    for result in (CLAIMED, OVERLAP, EVIDENCE):
        assert change[result] == pytest.approx(-extra, abs=1e-9)


def test_a_roll_out_that_falls_short_takes_its_share_of_the_gross_claim(
    workspace: Workspace, central: Central, as_it_is: Future
) -> None:
    """0.4 of the planned uptake at the lower end: 0.6 of claim and investment does not come."""
    s = [x.id for x in workspace.place.solutions].index("hospital-at-home")
    short = by(central, "programme/hospital-at-home/uptake", -Z_95)
    gross = central.terms.claimed[s].sum(axis=0) + central.terms.investment[s]
    change = (short.position - as_it_is.position).sum(axis=1)
    assert change[CLAIMED] == pytest.approx(-0.6 * gross, abs=1e-9)
    assert change[NOTHING] == pytest.approx(np.zeros(5), abs=1e-9)
    assert (change[OVERLAP][gross > 0] < 0).all()


def test_an_opening_moves_its_own_side_by_what_its_range_says(
    central: Central, as_it_is: Future
) -> None:
    """The stated opening of -35.0 has -17.8 at its upper end: 17.2 more in the first year."""
    better = by(central, "figure/opening.commissioner", Z_95)
    change = better.position - as_it_is.position
    assert change[NOTHING, COMMISSIONER, 0] == pytest.approx(17.2, abs=1e-9)
    assert change[:, PROVIDERS] == pytest.approx(np.zeros((5, 5)), abs=1e-9)


def test_care_that_is_not_the_nhss_money_does_not_move_its_gap(
    central: Central, as_it_is: Future
) -> None:
    more = by(central, "growth/social-care", Z_95)
    assert more.position[NOTHING] == pytest.approx(as_it_is.position[NOTHING], abs=1e-9)
    p = [p.id for p in central.place.points_of_delivery].index("social-care")
    grown = 1.016 ** np.arange(5)
    assert more.contacts[0, p] == pytest.approx(as_it_is.contacts[0, p] * grown, rel=1e-12)


def test_a_weaker_effect_changes_what_evidence_supports_and_nothing_claimed(
    central: Central, as_it_is: Future
) -> None:
    weaker = by(central, "programme/care-home-support/effect", Z_95)
    change = (weaker.position - as_it_is.position).sum(axis=1)
    assert change[[NOTHING, CLAIMED, OVERLAP]] == pytest.approx(np.zeros((3, 5)), abs=1e-9)
    assert change[EVIDENCE].sum() < 0


def test_what_nobody_has_tested_saves_from_nothing_to_its_claim(
    workspace: Workspace, central: Central, as_it_is: Future
) -> None:
    """At the bottom only the investment is left; half the way up half of the gross claim is."""
    s = [x.id for x in workspace.place.solutions].index("independent-sector-reduction")
    never, half, whole = (
        by(central, "programme/independent-sector-reduction/delivered", z) for z in (-9.0, 0.0, 9.0)
    )
    investment = central.terms.investment[s]
    assert never.drawn[s] == pytest.approx(-investment, abs=1e-9)
    gross = whole.drawn[s] + investment
    assert half.drawn[s] + investment == pytest.approx(gross / 2, rel=0.02)
    change = (whole.position - never.position).sum(axis=1)
    assert change[[NOTHING, CLAIMED, OVERLAP, EVIDENCE]] == pytest.approx(
        np.zeros((4, 5)), abs=1e-9
    )
    assert (change[UNKNOWN][gross > 0] > 0).all()
    assert half.position[UNKNOWN] == pytest.approx(as_it_is.position[UNKNOWN], abs=1e-9)


def test_what_a_controlled_study_measured_is_not_drawn_from_its_claim(workspace: Workspace) -> None:
    ids = {p.id for p in parameters(workspace.place, workspace.nothing)}
    assert "programme/falls-prevention/delivered" not in ids
    assert "programme/alcohol-advice/delivered" in ids
    assert "programme/complex-care-hubs/delivered" in ids


def test_savings_to_the_first_order_are_close_to_draws_followed_from_end_to_end(
    workspace: Workspace, central: Central
) -> None:
    """Of the same draws, £m: doing nothing is exact, and the error of the rest is small compared
    with its spread.

    Smaller effects overlap less than the first order has it, so that it is a little too low.
    """
    place = workspace.place
    moving = parameters(place, workspace.nothing)
    followed = np.stack(
        [
            central.future(draw).position.sum(axis=1)
            for draw in draws(moving, 16, 7, correlation=shared_cause(place))
        ]
    )
    starts = drawn_starts(place, workspace.nothing, workspace.calibration.money, 16)
    quick = drawn_positions(place, starts, workspace.outcome(choose(place, seed=7)))
    for name, row, most in (
        ("do_nothing", NOTHING, 1e-9),
        ("on_evidence", EVIDENCE, 2.0),
        ("not_known_drawn", UNKNOWN, 10.0),
    ):
        apart = np.abs(quick[name] - followed[:, row])
        assert apart.max() < most, (name, apart.max())
        assert apart.mean() < 0.1 * followed[:, row].std(axis=0).mean()


def test_drawing_the_unknown_is_wider_and_gives_knowing_a_worth(document: FuturesDocument) -> None:
    last = document.years[-1]
    fixed, drawn = (
        document.position_gbp_m[name]["nhs"][last] for name in ("on_evidence", "not_known_drawn")
    )
    assert drawn.p90 - drawn.p10 > 1.2 * (fixed.p90 - fixed.p10)
    worth = [part.worth_gbp_m for part in document.worth_of_solutions]
    assert worth == sorted(worth, reverse=True)
    assert worth[0] > 1.0
    for part in document.worth_of_solutions:
        assert 0 <= part.pays_in <= 1
        assert part.worth_gbp_m >= 0
        if part.pays_in in (0.0, 1.0):
            assert part.worth_gbp_m == pytest.approx(0.0, abs=1e-6)


def test_more_people_and_contacts_of_a_draws_lives_are_used(
    central: Central, as_it_is: Future
) -> None:
    more = central.future(CENTRAL, np.full((12, 5), 1.02), np.full(5, 1.01))
    assert more.people == pytest.approx(1.01 * as_it_is.people, rel=1e-12)
    assert more.contacts[0] == pytest.approx(1.02 * as_it_is.contacts[0], rel=1e-12)


def test_figures_in_a_draw_stay_what_they_can_be(workspace: Workspace) -> None:
    """However far a draw goes, a share stays a share and a price is not negative."""
    for z in (-6.0, 6.0):
        place = workspace.place
        ids = [p.id for p in parameters(place, workspace.nothing) if p.id.startswith("figure/")]
        figures = place_in(place, Draw(1, dict.fromkeys(ids, z))).figures
        assert all(0 <= f.value <= 100 for f in figures.values() if "own-trusts-share." in f.id)
        assert all(f.value >= 0 for f in figures.values() if f.id.startswith("unit-cost."))
        assert 0 <= figures["solutions.before-after-weight"].value <= 1


def test_futures_are_written_with_fans_drivers_and_a_decision(
    workspace: Workspace, document: FuturesDocument
) -> None:
    assert workspace.futures == document
    nhs = document.position_gbp_m["on_evidence"]["nhs"]
    assert nhs["cumulative"].central == pytest.approx(
        sum(nhs[year].central for year in document.years), abs=1e-5
    )
    for ways in document.position_gbp_m.values():
        for years in ways.values():
            assert all(f.p10 <= f.p50 <= f.p90 for f in years.values())
    assert {len(h.drivers) for h in document.headlines} == {10}
    assert all(h.interval.p10 < h.interval.central < h.interval.p90 for h in document.headlines[:2])
    best = [o for o in document.decision.options if o.id == document.decision.best]
    assert best[0].expected_gbp_m == max(o.expected_gbp_m for o in document.decision.options)
    whole = document.decision.perfect_information_gbp_m
    assert all(0 <= w.gbp_m <= whole + 2 * w.error_gbp_m for w in document.decision.worth)
    known = {p.id for p in document.parameters}
    assert all(set(d.parameters) <= known for h in document.headlines for d in h.drivers)


def test_what_evidence_saves_is_a_difference_within_the_same_draw(
    document: FuturesDocument,
) -> None:
    """The fan of a difference is far narrower than the difference of fans."""
    saved = document.saving_gbp_m["on_evidence"]["cumulative"]
    gap = document.position_gbp_m["do_nothing"]["nhs"]["cumulative"]
    assert saved.p90 - saved.p10 < 0.5 * (gap.p90 - gap.p10)


def test_every_central_value_lies_between_the_ends_of_its_own_interval(
    workspace: Workspace, central: Central, as_it_is: Future
) -> None:
    """Centre and ends come from one distribution, whose median is the centre of each parameter.

    Lives are as they are expected. An end is known to a standard error of the 10% quantile of so
    many draws of a normal distribution.
    """
    moving = parameters(workspace.place, workspace.nothing)
    shared = shared_cause(workspace.place)
    drawn = draws(moving, 128, 7, correlation=shared)
    document = gathered_document(
        central,
        "",
        Drawn(
            as_it_is,
            stacked([central.future(draw) for draw in drawn]),
            moving,
            as_matrix(drawn, [p.id for p in moving]),
            shared,
            {},
        ),
        LivesPart(people=1, of=1, chance_draws=0, chance_seeds=0),
    )
    rows = document.to_arrow().to_pylist()
    ranged = [row for row in rows if row["low"] is not None]
    assert len(ranged) > 400
    error = np.sqrt(0.1 * 0.9 / 128) / 0.1755 / (2 * Z_80)

    def beyond(row: dict[str, float]) -> float:
        most = max(row["low"] - row["value"], row["value"] - row["high"])
        return most / ((row["high"] - row["low"]) or 1.0)

    assert [row for row in ranged if beyond(row) > error] == []


def test_a_draw_says_where_figures_had_to_give_way_to_each_other(
    document: FuturesDocument,
) -> None:
    assert [(limit.id, limit.draws) for limit in document.limits] == [("own-trusts-income", 0)]
    notes = futures_notes(
        draws=256, parameters=9, people_drawn=5, people=5, place="Here", limited={LIMITS[0]: 12}
    )
    assert notes[-1].startswith("In 12 of 256 draws, figures that are possible one by one")


def test_the_same_draws_give_the_same_bytes_resumed_or_not(
    workspace: Workspace, document: FuturesDocument, tmp_path: Path
) -> None:
    assert workspace.folder is not None
    assert document.draws == 32
    one = (workspace.folder / FUTURES_FILE).read_bytes()
    other = tmp_path / "again"
    shutil.copytree(workspace.folder, other)
    shutil.rmtree(other / "draws")
    again = replace(workspace, folder=other)
    reports: list[tuple[str, float]] = []
    context = RunContext(
        7,
        lambda what, done: reports.append((what, done)),
        lambda: reports[-1] == ("drawing futures", 0.5),
    )
    with pytest.raises(Stopped, match="50% of this done: drawing futures"):
        draw_futures(again, 32, most_people=3_000, context=context)
    draw_futures(again, 32, most_people=3_000)
    assert (other / FUTURES_FILE).read_bytes() == one


def test_futures_of_another_run_are_not_shown(
    workspace: Workspace, document: FuturesDocument, tmp_path: Path
) -> None:
    assert workspace.folder is not None
    assert workspace.futures == document
    held = json.loads((workspace.folder / FUTURES_FILE).read_text(encoding="utf-8"))
    other = replace(workspace, folder=tmp_path)
    assert other.futures is None
    for key, value in (("inputs_sha256", "other"), ("seed", 8), ("version", "0")):
        (tmp_path / FUTURES_FILE).write_text(json.dumps({**held, key: value}), encoding="utf-8")
        assert other.futures is None
    (tmp_path / FUTURES_FILE).write_text(json.dumps(held), encoding="utf-8")
    assert other.futures is not None
    (tmp_path / FUTURES_FILE).write_text('{"footprint": "somerset"', encoding="utf-8")
    with pytest.raises(InputError, match="draw them again"):
        _ = other.futures


def test_a_place_without_solutions_has_futures_too(hamlet_run: Path, tmp_path: Path) -> None:
    shutil.copytree(hamlet_run, tmp_path / "hamlet")
    document = draw_futures(Workspace.open(tmp_path / "hamlet"), 16)
    assert document.solutions_on_evidence_gbp_m == {}
    assert {o.interval.p50 for o in document.decision.options} == {0.0}
    assert document.decision.perfect_information_gbp_m == 0.0
    nothing, claimed = (document.position_gbp_m[r]["nhs"] for r in ("do_nothing", "as_claimed"))
    assert nothing == claimed


def test_a_workspace_without_a_folder_is_refused(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="kept in a folder"):
        draw_futures(replace(workspace, folder=None), 4)
