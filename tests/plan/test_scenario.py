"""A scenario has one address and one file, and both come back as they were."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_place import SOLUTIONS, YEARS, small_place

from tripleaim.place import InputError, load
from tripleaim.plan.assumptions import assumptions_of
from tripleaim.plan.basis import Basis
from tripleaim.plan.overlap.scenario import Choice, choose, from_token, read_scenario

PLACE = small_place()
IDS = [s.id for s in SOLUTIONS]
SOMERSET = load("somerset")
OFFERED = {one.id: one for one in assumptions_of(SOMERSET)}

shares = st.floats(0, 1, allow_nan=False)
some_choice = st.one_of(
    st.builds(
        Choice,
        st.sampled_from([Basis.AS_CLAIMED, Basis.ON_EVIDENCE]),
        st.none() | shares,
        st.none() | st.sampled_from(YEARS),
    ),
    st.builds(
        Choice,
        st.just(Basis.OWN_VALUE),
        st.none() | shares,
        st.none() | st.sampled_from(YEARS),
        shares,
    ),
    st.just(Choice(Basis.OFF)),
)
scenarios = st.builds(
    lambda choices, total, seed: choose(PLACE, choices, period_total=total, seed=seed),
    st.dictionaries(st.sampled_from(IDS), some_choice),
    st.sampled_from(["in addition", "included"]),
    st.integers(0, 2**32 - 1),
)


@given(scenarios)
def test_a_scenario_comes_back_from_its_address(scenario):
    assert re.fullmatch(r"[A-Za-z0-9.~-]*", scenario.token)
    back = from_token(PLACE, scenario.token)
    assert back == scenario
    assert back.sha256 == scenario.sha256


assumed = st.dictionaries(st.sampled_from(sorted(OFFERED)), st.floats(0, 1), max_size=4).map(
    lambda shares: {
        name: OFFERED[name].least + share * (OFFERED[name].most - OFFERED[name].least)
        for name, share in shares.items()
    }
)


@given(assumed)
def test_what_is_assumed_comes_back_from_its_address_and_its_file(tmp_path_factory, values):
    scenario = choose(SOMERSET, {"falls-prevention": Choice(Basis.OFF)}, assumptions=values)

    assert re.fullmatch(r"[A-Za-z0-9._~-]*", scenario.token)
    assert from_token(SOMERSET, scenario.token) == scenario
    path = tmp_path_factory.mktemp("scenario") / "scenario.toml"
    path.write_text(scenario.toml(), encoding="utf-8")
    assert read_scenario(SOMERSET, path) == scenario
    assert scenario.assumptions == pytest.approx(
        {n: v for n, v in values.items() if round(v, 4) != OFFERED[n].value}, abs=5e-5
    )


def test_an_address_says_what_is_assumed_in_words():
    scenario = choose(
        SOMERSET,
        assumptions={"opening.providers": -50.4, "demand.gp": 1.5, "efficiency.tariff.2019_20": 2},
    )

    address = "set.demand.gp.1-5~set.opening.providers.-50-4"
    assert scenario.token == address
    assert scenario.name == "2 assumptions changed"
    assert scenario.changed


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("inflation.provider-costs", 3.0, "inflation.provider-cost"),
        ("growth.gp", 3.0, "expected an assumption that can be changed"),
        ("inflation.provider-cost", float("nan"), "expected a number from -50 to 50"),
        ("solutions.before-after-weight", 1.01, "expected a number from 0 to 1"),
        ("unit-cost.gp", -1.0, "expected a number from 0 to"),
    ],
)
def test_what_cannot_be_assumed_is_refused(name, value, message):
    with pytest.raises(InputError, match=message):
        choose(SOMERSET, assumptions={name: value})


def test_a_file_that_assumes_what_cannot_be_is_refused_with_its_line(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('place = "somerset"\n[assumptions]\n"unit-cost.gpp" = 3\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.toml.*line 3.*unit-cost\.gp"):
        read_scenario(SOMERSET, path)


@given(scenarios)
def test_a_scenario_comes_back_from_its_file(tmp_path_factory, scenario):
    path = tmp_path_factory.mktemp("scenario") / "scenario.toml"
    path.write_text(scenario.toml(), encoding="utf-8")
    assert read_scenario(PLACE, path) == scenario


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_name_comes_back_from_its_file(tmp_path_factory, name):
    path = tmp_path_factory.mktemp("scenario") / "scenario.toml"
    path.write_text(choose(PLACE, name=name).toml(), encoding="utf-8", newline="")
    assert read_scenario(PLACE, path).name == name


LINES = ["[choices]", "[choices.fewer]", "choices = 3", "seed = -1", "seed = 1e3", "uptake = [1]"]
LINES += [
    'place = "small"',
    "basis = 7",
    'reading = "included"',
    'period_total = "other"',
    "fewer = 1",
    "own = inf",
    "[[x]]",
]


@settings(deadline=None)  # it writes a file each time
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=12)))
def test_any_file_is_read_or_refused(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("scenario") / "scenario.toml"
    path.write_text("\n".join(['place = "small"', *lines]), encoding="utf-8", errors="replace")
    try:
        named = read_scenario(PLACE, path).place
    except InputError as fault:
        named = fault.file
    assert named in ("small", str(path))


@given(scenarios, scenarios)
def test_two_scenarios_have_one_address_only_if_they_choose_alike(one, other):
    assert (one.token == other.token) == (one == other)
    assert (one.sha256 == other.sha256) == (one == other)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(token):
    try:
        scenario = from_token(PLACE, token)
    except InputError:
        return
    assert scenario.token == token


def test_a_plan_is_printed_where_something_of_it_is_published():
    assert choose(SOMERSET).name == "As printed"
    assert choose(SOMERSET, period_total="included").name.startswith("As printed, first year")
    assert choose(PLACE).name == "As it is"


def test_the_plan_as_it_is_has_the_empty_address():
    plan = choose(PLACE)
    assert (plan.token, plan.name, dict(plan.choices)) == ("", "As it is", {})
    spelt_out = {"fewer": Choice(Basis.AS_CLAIMED, uptake=0.5, start="2016/17")}
    assert choose(PLACE, spelt_out) == plan


def test_the_address_can_be_read():
    scenario = choose(
        PLACE,
        {
            "moved": Choice(Basis.OWN_VALUE, uptake=0.255, start="2018/19", own=0.05),
            "fewer": Choice(Basis.ON_EVIDENCE),
            "cheaper": Choice(Basis.OFF, uptake=0.3),
        },
        period_total="included",
        seed=9,
    )
    parts = ["in", "seed9", "cheaper.x", "fewer.e", "moved.o.u25-5.s2018.v0-05"]
    assert scenario.token.split("~") == parts
    assert scenario.name == "3 solutions changed, first year included in the total"


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("fewr.e", 'Did you mean "fewer"'),
        ("fewer.z", "expected c, e, o or x"),
        ("fewer.e.s2031", "expected c, e, o or x"),
        ("fewer.e.u101", "expected a share between 0 and 1"),
        ("fewer.o", "expected an own value with the basis"),
        ("fewer.e.v0-1", "expected an own value with the basis"),
        ("fewer.e.u40-0", "in its standard form"),
        ("moved.e~fewer.e", "in its standard form"),
        ("fewer.c", "in its standard form"),
        ("in~in", "in its standard form"),
        ("seed99999999999", "there is no solution of this name"),
        ("seed4294967296", "expected a seed"),
        ("x" * 2001, "at most 2000 characters"),
    ],
)
def test_a_bad_address_is_refused_and_said_why(token, said):
    with pytest.raises(InputError, match=re.escape(said)):
        from_token(PLACE, token)


GOOD = """\
place = "small"
[choices.fewer]
basis = "own_value"
uptake = 0.4
start = "2017/18"
own = 0.1
"""


def test_a_file_and_a_hash_from_before_version_2_are_read_as_they_were_meant(tmp_path):
    path = tmp_path / "old.toml"
    path.write_text(
        'place = "small"\nreading = "included"\n[choices.fewer]\nbasis = "evidence"\n'
        '[choices.moved]\nbasis = "own"\nown = 0.1\n'
        '[choices.cheaper]\nbasis = "claim"\nuptake = 0.2\n',
        encoding="utf-8",
    )
    scenario = read_scenario(PLACE, path)
    assert scenario.period_total == "included"
    assert {s: c.basis for s, c in scenario.choices.items()} == {
        "cheaper": Basis.AS_CLAIMED,
        "fewer": Basis.ON_EVIDENCE,
        "moved": Basis.OWN_VALUE,
    }
    assert scenario.token.split("~") == ["in", "cheaper.c.u20", "fewer.e", "moved.o.v0-1"]
    assert choose(PLACE).sha256 == hashlib.sha256(b'["small",""]').hexdigest()


def test_a_file_says_the_period_total_once(tmp_path):
    path = tmp_path / "both.toml"
    path.write_text(
        'place = "small"\nreading = "included"\nperiod_total = "included"\n', encoding="utf-8"
    )
    with pytest.raises(InputError, match="unknown key"):
        read_scenario(PLACE, path)


@pytest.mark.parametrize("basis", [Basis.AFTER_OVERLAP, Basis.AS_CHOSEN])
def test_one_solution_is_not_counted_on_what_only_all_together_have(basis):
    with pytest.raises(InputError, match="expected one of as_claimed, on_evidence, own_value, off"):
        choose(PLACE, {"fewer": Choice(basis)})


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"small"', '"large"', 1, "expected a scenario of small"),
        ("choices.fewer", "choices.fewr", 2, 'Did you mean "fewer"'),
        ('"own_value"', '"hope"', 3, "expected one of as_claimed, on_evidence, own_value, off"),
        ("0.4", "1.4", 4, "expected a share between 0 and 1"),
        ("0.4", "nan", 4, "expected a finite number"),
        ("0.4", '"half"', 4, "expected a number"),
        ("2017/18", "2071/72", 5, "expected a year of the plan"),
        ("own = 0.1", "mine = 0.1", 6, "unknown key"),
        ("\nown = 0.1", "", 2, "expected an own value"),
    ],
)
def test_a_bad_scenario_file_is_refused_with_file_and_line(tmp_path, old, new, line, said):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(said)) as fault:
        read_scenario(PLACE, path)
    assert fault.value.file == str(path)
    assert fault.value.line == line
