"""What goes at once, what goes later, and what stays."""

import shutil
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.accounts.books.cost_structure import (
    CostPart,
    CostStructure,
    cost_structure,
    read_cost_structures,
    released,
)
from tripleaim.place import InputError, load

YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21")
QUARTERS = CostStructure(
    "ward",
    (
        CostPart("drugs", "variable", 25, 20, 30, 0),
        CostPart("pay", "semi-variable", 50, 40, 60, 2),
        CostPart("capital charges", "fixed", 25, 20, 30, None),
    ),
)
AMOUNTS = st.decimals(min_value=-(10**8), max_value=10**8, places=2)


def by_year(*levels: str) -> dict[str, Decimal]:
    return {year: Decimal(level) for year, level in zip(YEARS, levels, strict=True)}


def test_variable_cost_falls_at_once_semi_variable_after_its_lag_and_fixed_cost_never():
    level = by_year("100", "100", "100", "100", "100")
    assert released(QUARTERS, level) == by_year("25", "25", "75", "75", "75")


def test_a_team_is_released_only_when_its_work_stays_away():
    level = by_year("100", "0", "100", "100", "100")
    assert released(QUARTERS, level) == by_year("25", "0", "25", "25", "75")


def test_added_work_brings_its_staff_at_once():
    level = by_year("-100", "-100", "0", "0", "0")
    assert released(QUARTERS, level) == by_year("-75", "-75", "0", "0", "0")


@given(st.lists(AMOUNTS, min_size=5, max_size=5))
def test_no_more_is_released_than_was_avoided(levels):
    avoided = dict(zip(YEARS, levels, strict=True))
    for year, amount in released(QUARTERS, avoided).items():
        assert abs(amount) <= abs(avoided[year])
        assert amount * avoided[year] >= 0


@given(AMOUNTS)
def test_a_cost_is_split_by_line_and_by_behaviour_to_the_penny(cost):
    assert sum(QUARTERS.by_line(cost).values()) == cost
    assert sum(QUARTERS.by_behaviour(cost).values()) == cost


def test_the_shipped_structures_know_acute_trusts_and_any_other():
    place = load("somerset")
    assert cost_structure(place, "RBA").kind == "acute trust"
    assert cost_structure(place, "RH5").kind == "community and mental health trust"
    assert cost_structure(place, "somerset-practices").kind == "any"
    acute = read_cost_structures(place)["acute trust"]
    assert (acute.share("variable"), acute.share("semi-variable"), acute.share("fixed")) == (
        22,
        46,
        32,
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("any,pay,variable,90,80,100,0,assumed,tripleaim,why", "add up to 100"),
        ("any,pay,fixed,100,90,100,1,assumed,tripleaim,why", "an empty cell for fixed cost"),
        ("any,pay,variable,100,90,95,0,assumed,tripleaim,why", "within low and high"),
        ("ward,pay,variable,100,90,100,0,assumed,tripleaim,why", "rows for the kind any"),
    ],
)
def test_an_impossible_cost_structure_is_refused(hamlet, tmp_path, rows, said):
    folder = tmp_path / "hamlet"
    shutil.copytree(hamlet, folder)
    header = "kind,line,behaviour,share,low,high,lag,status,source,cause\n"
    (folder / "cost_structure.csv").write_text(header + rows + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_cost_structures(load(folder))
