"""Who saves, who loses and what cost goes when: worked by hand, and true under every rule."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_place import COSTS, SOLUTIONS, YEARS, Folk, effect, evidence, small_place, solution

from tripleaim.accounts.books.ledger import OUTSIDE
from tripleaim.accounts.rules.payment import (
    Rule,
    Terms,
    activity,
    aligned,
    at_cost,
    blended,
    block,
    capitated,
    marginal,
)
from tripleaim.place import FolderFiles, Organisation, Place, PlaceFiles
from tripleaim.plan import Choice, Workspace, choose, evaluate
from tripleaim.plan.basis import Basis
from tripleaim.plan.incentive.changes import changes
from tripleaim.plan.incentive.incentive_model import VERDICTS, IncentiveTable
from tripleaim.plan.incentive.incentives import incentive_table, incentives, payment_rules
from tripleaim.plan.incentive.judgement import incentives_finding
from tripleaim.plan.incentive.routes import Route, routes, routes_to_doers
from tripleaim.plan.overlap.outcome import prices
from tripleaim.wording import sentence

D = Decimal
HERE = ("hospital", "visiting")
STRUCTURE = """kind,line,behaviour,share,low,high,lag,status,source,cause
any,pay,variable,30,30,30,0,assumed,ours,a test
any,pay,semi-variable,50,50,50,1,assumed,ours,a test
any,pay,fixed,20,20,20,,assumed,ours,a test
"""
ALONG = {
    "ward": (Route("ccg", "hospital", 0.75), Route("ccg", "elsewhere", 0.25)),
    "clinic": (Route("ccg", "hospital", 1.0),),
    "home": (Route("ccg", "visiting", 0.8), Route("ccg", "elsewhere", 0.2)),
}
ONE_HOSPITAL = {**ALONG, "ward": (Route("ccg", "hospital", 1.0),)}
TERMS = (
    activity(),
    marginal(D("0.7"), D("0.9")),
    block(),
    blended(D("0.2")),
    aligned(D("0.75"), D("0.5")),
    capitated(),
    at_cost(),
)


def organisation(name: str, side: str) -> Organisation:
    return Organisation(name, name, name.title(), "a kind", side, "assumed", "ours", "a test")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("small")
    (made / "cost_structure.csv").write_text(STRUCTURE, "utf-8")
    return made


def place_with(folder: Path, *solutions) -> Place:
    return replace(
        small_place(solutions),
        files=PlaceFiles((FolderFiles.read(folder),)),
        organisations=(
            organisation("ccg", "commissioner"),
            organisation("hospital", "provider"),
            organisation("visiting", "provider"),
            organisation("elsewhere", "other"),
        ),
    )


def everyone(place: Place):
    """Groups in which all are reached: 1,000 ward contacts a year, 400 clinic, 2,000 home."""
    folk = Folk(n=1, solutions=len(place.solutions))
    folk.reached[:] = True
    folk.reached_before[:] = False
    folk.contacts[:] = np.array([1000.0, 400.0, 2000.0, 50.0])
    return folk.groups(place)


def under(terms: Terms, **points: Terms) -> Rule:
    return Rule("x", "X", "A rule.", terms, points)


def told(place: Place, rule: Rule, *, along=None, groups=None, own=0.1, **more) -> IncentiveTable:
    """The table where every solution has the size `own`."""
    groups = groups or everyone(place)
    scenario = choose(place, {s.id: Choice(Basis.OWN_VALUE, own=own) for s in place.solutions})
    return incentive_table(
        place,
        evaluate(place, groups, COSTS, scenario),
        rule,
        costs=COSTS,
        planned=groups.contacts,
        along=along or ONE_HOSPITAL,
        **more,
    )


def felt(table: IncentiveTable, solution_id: str, organisation_id: str):
    return {e.organisation: e for e in table.of(solution_id).organisations}[organisation_id]


def by_year(*amounts: object) -> dict[str, Decimal]:
    return dict(zip(YEARS, (D(str(a)) for a in amounts), strict=True))


FEWER = solution("fewer", effect("contact rate", "ward"), organisations=("ccg", "hospital"))
MOVED = solution(
    "moved",
    effect("place of contact", "ward", to="home", contacts_each=4.0),
    organisations=("visiting",),
    uptake=0.4,
    recurrent=dict.fromkeys(YEARS, 0.02),
)
CHEAPER = solution("cheaper", effect("unit cost", "ward"), organisations=("hospital",), uptake=1.0)


def test_an_admission_avoided_under_tariff_saves_the_payer_what_the_payee_loses(folder) -> None:
    # Half of 1,000 are reached and a tenth of their admissions go: 50 at £1,600, £1,650, £1,700.
    table = told(place_with(folder, FEWER), under(activity()))
    ccg, hospital = felt(table, "fewer", "ccg"), felt(table, "fewer", "hospital")
    assert ccg.pays_less == hospital.loses_income == by_year(80_000, 82_500, 85_000)
    assert ccg.net == by_year(80_000, 82_500, 85_000)
    # 30% goes at once; 50% a year later, of what was gone then; 20% stays.
    assert hospital.cost_falls == by_year(24_000, 24_750 + 40_000, 25_500 + 41_250)
    assert hospital.cost_stays == by_year(56_000, 17_750, 18_250)
    assert hospital.net == by_year(-56_000, -17_750, -18_250)


def test_under_block_the_provider_keeps_what_cost_goes_and_the_payer_saves_nothing(folder) -> None:
    table = told(place_with(folder, FEWER), under(block()))
    assert felt(table, "fewer", "ccg").total == 0
    hospital = felt(table, "fewer", "hospital")
    assert hospital.loses_income == by_year(0, 0, 0)
    assert hospital.net == by_year(24_000, 64_750, 66_750)
    assert table.of("fewer").verdict == "wanted"


def test_the_marginal_rate_splits_what_the_admission_is_worth(folder) -> None:
    # The baseline is 900: all 50 avoided are above it, and are paid 70%.
    table = told(place_with(folder, FEWER), under(marginal(D("0.7"), D("0.9"))))
    assert felt(table, "fewer", "ccg").pays_less == by_year(56_000, 57_750, 59_500)
    # At 980 only 20 are above it; the other 30 cost their whole price.
    table = told(place_with(folder, FEWER), under(marginal(D("0.7"), D("0.98"))))
    assert felt(table, "fewer", "ccg").pays_less[YEARS[0]] == (20 * D("0.7") + 30) * 1600


def test_work_moved_under_block_costs_its_new_provider_and_brings_no_income(folder) -> None:
    # A tenth of the 40% reached: 40 admissions fewer and 160 visits at £50, £52 and £54 more.
    table = told(place_with(folder, MOVED), under(activity(), home=block()))
    visiting = felt(table, "moved", "visiting")
    assert visiting.loses_income == by_year(0, 0, 0)
    # What is added costs its variable and semi-variable part at once: 80%.
    assert visiting.cost_falls == by_year(-6_400, -6_656, -6_912)
    assert visiting.invests == by_year(20_000, 20_000, 20_000)
    row = table.of("moved")
    assert row.verdict == "not wanted"
    assert sentence(row.finding).startswith("Those who carry it out lose: over the plan's years")


def test_work_moved_under_tariff_is_paid_to_those_who_do_it_alone(folder) -> None:
    table = told(place_with(folder, MOVED), under(activity()), along=ALONG)
    visiting = felt(table, "moved", "visiting")
    assert visiting.loses_income == by_year(-8_000, -8_320, -8_640)
    elsewhere, hospital = felt(table, "moved", "elsewhere"), felt(table, "moved", "hospital")
    assert elsewhere.loses_income == by_year(10 * 1600, 10 * 1650, 10 * 1700)
    assert hospital.loses_income == by_year(30 * 1600, 30 * 1650, 30 * 1700)
    assert felt(table, "moved", "ccg").pays_less[YEARS[0]] == 40 * 1600 - 8_000


def test_the_provider_keeps_cheaper_work_unless_it_is_paid_at_cost(folder) -> None:
    place = place_with(folder, CHEAPER)
    kept = told(place, under(activity()), along=ALONG)
    assert felt(kept, "cheaper", "hospital").net == by_year(160_000, 165_000, 170_000)
    assert {e.organisation for e in kept.of("cheaper").organisations} == {"hospital"}
    passed = told(place, under(at_cost()), along=ALONG)
    assert felt(passed, "cheaper", "ccg").net == by_year(160_000, 165_000, 170_000)
    assert felt(passed, "cheaper", "hospital").net == by_year(0, 0, 0)
    assert felt(passed, "cheaper", "elsewhere").cost_falls[YEARS[0]] == 40_000


def test_a_commissioner_saves_its_own_spending_under_any_rule(folder) -> None:
    own = replace(CHEAPER, organisations=("ccg",))
    along = {**ALONG, "ward": (Route("ccg", OUTSIDE, 0.4), Route("ccg", "hospital", 0.6))}
    for terms in TERMS[:-1]:
        table = told(place_with(folder, own), under(terms), along=along)
        assert felt(table, "cheaper", "ccg").cost_falls == by_year(160_000, 165_000, 170_000)
        assert len(table.of("cheaper").organisations) == 1


def test_what_others_outside_do_is_paid_for_by_the_rule_like_any_other_work(folder) -> None:
    along = {**ALONG, "ward": (Route("ccg", OUTSIDE, 1.0),)}
    for terms, saved in ((block(), 0), (activity(), 80_000)):
        table = told(place_with(folder, FEWER), under(terms), along=along)
        assert felt(table, "fewer", "ccg").pays_less[YEARS[0]] == saved
        others = felt(table, "fewer", OUTSIDE)
        assert others.name == "Others"
        assert others.cost_falls == by_year(24_000, 64_750, 66_750)


def test_a_place_without_solutions_says_so(folder) -> None:
    said = sentence(incentives_finding(place_with(folder), "X", (), ()))
    assert said == "Small has no solutions, so no organisation gains or loses."


def test_what_frees_capacity_only_releases_no_cost(folder) -> None:
    room = replace(FEWER, release="capacity only")
    table = told(place_with(folder, room), under(block()))
    hospital = felt(table, "fewer", "hospital")
    assert hospital.cost_falls == by_year(0, 0, 0)
    assert hospital.cost_stays == by_year(80_000, 82_500, 85_000)
    assert "It frees capacity rather than cash." in sentence(table.of("fewer").finding)


def test_investment_is_shared_by_those_who_do_it_or_paid_by_the_commissioner(folder) -> None:
    costly = replace(FEWER, recurrent=dict.fromkeys(YEARS, 0.000001))
    shared = told(place_with(folder, costly), under(block()))
    # A pound a year between two.
    assert felt(shared, "fewer", "hospital").invests == by_year("0.5", "0.5", "0.5")
    paid = told(place_with(folder, costly), under(block()), funded_by="commissioner")
    assert felt(paid, "fewer", "ccg").invests == by_year(1, 1, 1)
    assert felt(paid, "fewer", "hospital").invests == by_year(0, 0, 0)
    assert shared.notes[:-1] == paid.notes[:-1]
    assert shared.notes[-1] != paid.notes[-1]


def test_the_sentence_says_who_gains_and_who_loses(folder) -> None:
    table = told(place_with(folder, FEWER), under(activity()), own=0.4)
    assert sentence(table.of("fewer").finding) == (
        "Some of those who carry it out gain and others lose: over the plan's years Ccg would "
        "gain £1.0m, but Hospital would lose £0.4m. Hospital would lose £1.0m of income and save "
        "£0.6m of cost. The system as a whole would be £0.6m better off."
    )
    assert sentence(table.finding) == (
        "Under “X”, some who carry out the one solution gain and others lose. In 2018/19 the "
        "place's own providers would lose £0.3m of income, "
        "and their cost would fall by £0.3m."
    )


def test_a_solution_without_organisations_has_no_winner(folder) -> None:
    table = told(place_with(folder, replace(FEWER, organisations=())), under(activity()))
    assert table.of("fewer").verdict == "nobody named"
    assert all(verdict in VERDICTS for verdict in (row.verdict for row in table.solutions))


def test_claims_alone_contain_no_contacts(folder) -> None:
    place = place_with(folder, FEWER)
    outcome = evaluate(place, everyone(place), COSTS, choose(place))
    with pytest.raises(ValueError, match="not the claims themselves"):
        changes(place, outcome, outcome.as_claimed, prices(place, COSTS))


def test_those_who_do_it_are_those_who_are_paid_among_them() -> None:
    ward = ALONG["ward"]
    assert routes_to_doers(ward, ("hospital", "ccg")) == (Route("ccg", "hospital", 1.0),)
    assert routes_to_doers(ward, ("ccg",)) == ward
    outside = (Route("ccg", OUTSIDE, 0.5), Route("ccg", "hospital", 0.5))
    assert routes_to_doers(outside, ("ccg",)) == (Route("ccg", OUTSIDE, 1.0),)


WITH_DOERS = tuple(
    replace(s, organisations=doers)
    for s, doers in zip(
        SOLUTIONS,
        (("hospital",), ("ccg", "hospital"), ("visiting",), ("ccg",), ()),
        strict=True,
    )
)
EVIDENCED = replace(
    WITH_DOERS[2],
    effects=(
        effect(
            "place of contact",
            "ward",
            to="home",
            contacts_each=4.0,
            evidence=evidence(-0.2, -0.3, -0.1, "controlled"),
        ),
    ),
    under_population_cap=True,
)


RULES = st.builds(
    lambda otherwise, points: under(otherwise, **points),
    st.sampled_from(TERMS),
    st.dictionaries(st.sampled_from(("ward", "clinic", "home")), st.sampled_from(TERMS)),
)


@given(
    st.integers(0, 1000),
    RULES,
    st.sampled_from(("as_chosen", "after_overlap", "on_evidence")),
    st.sampled_from(("doers", "commissioner")),
)
@settings(max_examples=25, deadline=None)
def test_a_rule_moves_money_and_changes_no_total(
    folder: Path, seed: int, rule: Rule, basis, funded_by
) -> None:
    place = place_with(folder, *WITH_DOERS[:2], EVIDENCED, *WITH_DOERS[3:])
    groups = Folk(seed, n=40).groups(place)
    outcome = evaluate(place, groups, COSTS, choose(place))

    def table(rule: Rule) -> IncentiveTable:
        return incentive_table(
            place,
            outcome,
            rule,
            costs=COSTS,
            planned=groups.contacts,
            along=ALONG,
            basis=basis,
            funded_by=funded_by,
        )

    found, tariff = table(rule), table(under(activity()))
    gross = outcome.gross(getattr(outcome, basis))
    for row in found.solutions:
        for y in YEARS:
            effects = row.organisations
            assert sum(e.pays_less[y] for e in effects) == sum(e.loses_income[y] for e in effects)
            assert row.system[y] == sum(e.cost_falls[y] - e.invests[y] for e in effects)
    for at, y in enumerate(YEARS):
        together = found.organisations
        whole = sum(e.cost_falls[y] + e.cost_stays[y] for e in together)
        # What effects save, at full cost, is what goes and what stays; a penny for each rounding.
        assert abs(float(whole) - 1e6 * gross[at]) < 1
        assert found.system[y] == sum(row.system[y] for row in found.solutions)
        if not any(t.at_cost for t in (rule.otherwise, *rule.points.values())):
            assert found.system[y] == tariff.system[y]
            assert found.cost_released[y] == tariff.cost_released[y]


@given(st.integers(0, 1000), st.floats(0, 0.5))
@settings(max_examples=10, deadline=None)
def test_under_block_no_income_changes(folder: Path, seed: int, own: float) -> None:
    place = place_with(folder, *WITH_DOERS)
    groups = Folk(seed, n=20).groups(place)
    table = told(place, under(block()), along=ALONG, groups=groups, own=own)
    for effect_ in table.organisations:
        assert not any(effect_.loses_income.values())
        assert not any(effect_.pays_less.values())


def test_somersets_table_adds_up_under_every_rule(somerset_workspace: Workspace) -> None:
    place = somerset_workspace.place
    outcome = somerset_workspace.outcome(choose(place, seed=somerset_workspace.seed))
    gross = outcome.gross(outcome.as_chosen)
    tables = [
        incentives(somerset_workspace, rule.id, outcome=outcome)
        for rule in payment_rules(place).rules
    ]
    assert len({tuple(t.system.values()) for t in tables}) == 1
    assert len({t.finding for t in tables}) == len(tables)
    for table in tables:
        for at, year in enumerate(place.years):
            whole = sum(e.cost_falls[year] + e.cost_stays[year] for e in table.organisations)
            assert abs(float(whole) - 1e6 * gross[at]) < 10


def test_in_somerset_hospitals_lose_income_by_avoiding_contacts_unless_they_are_paid_by_block(
    somerset_workspace: Workspace,
) -> None:
    place = somerset_workspace.place
    tariff, fixed = (incentives(somerset_workspace, rule) for rule in ("activity", "block"))
    for name in ("ambulatory-emergency-care", "outpatient-redesign"):
        assert tariff.of(name).verdict == "not wanted"
        assert felt(tariff, name, "RBA").total < 0 < felt(tariff, name, "11X").total
        assert felt(fixed, name, "RBA").total > felt(tariff, name, "RBA").total
        assert felt(fixed, name, "RBA").loses_income == dict.fromkeys(place.years, D(0))
        assert "11X" not in {e.organisation for e in fixed.of(name).organisations}


def test_all_of_a_point_of_delivery_is_bought_along_some_route(
    somerset_workspace: Workspace,
) -> None:
    found = routes(
        somerset_workspace.place,
        somerset_workspace.money.calibrated,
        somerset_workspace.nothing.activity,
    )
    assert set(found) == {p.id for p in somerset_workspace.place.points_of_delivery if p.nhs}
    for here in found.values():
        assert sum(r.share for r in here) == pytest.approx(1, abs=1e-12)
