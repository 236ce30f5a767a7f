"""Cash beside average cost: what of the care avoided leaves providers' cost, and when."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.accounts.books.cost_structure import CostPart, CostStructure
from tripleaim.place import Place
from tripleaim.plan import Workspace, choose
from tripleaim.plan.overlap.cash import ANYBODY, Providers, cash_beside

YEARS = ("2016/17", "2017/18", "2018/19")


def part(behaviour: str, share: float, lag: int | None) -> CostPart:
    return CostPart(line="pay", behaviour=behaviour, share=share, low=share, high=share, lag=lag)


@pytest.fixture
def providers() -> Providers:
    """Of all that A&E costs a quarter goes at once, half two years later and a quarter stays."""
    structure = CostStructure(
        "any", (part("variable", 25, 0), part("semi-variable", 50, 2), part("fixed", 25, None))
    )
    return Providers({"ae": {"t": 1.0}}, {"t": structure, ANYBODY: structure})


def test_the_variable_part_falls_at_once_the_next_later_and_the_fixed_one_stays(
    providers: Providers,
) -> None:
    beside = cash_beside(providers, YEARS, {"ae": np.array([4e6, 8e6, 12e6])})
    assert beside.average_cost == pytest.approx([4, 8, 12])
    assert beside.cash == pytest.approx([1, 2, 3 + 0.5 * 4])


def test_care_that_is_added_costs_all_but_its_fixed_part_at_once(providers: Providers) -> None:
    beside = cash_beside(providers, YEARS, {"new": np.array([-4e6, -4e6, -4e6])})
    assert beside.cash == pytest.approx([-3, -3, -3])


def test_a_provider_that_gains_as_much_as_it_loses_releases_nothing(providers: Providers) -> None:
    level = np.array([4e6, 4e6, 4e6])
    beside = cash_beside(providers, YEARS, {"ae": level, "ae ": np.zeros(3)})
    even = cash_beside(
        Providers({"ae": {"t": 1.0}, "op": {"t": 1.0}}, providers.structures),
        YEARS,
        {"ae": level, "op": -level},
    )
    assert beside.cash[-1] == pytest.approx(3)
    assert even.cash == pytest.approx([0, 0, 0])


def test_the_plan_has_cash_and_average_cost_on_every_basis_where_effects_meet(
    somerset: Place, somerset_workspace: Workspace
) -> None:
    document = somerset_workspace.document(choose(somerset))
    last = somerset.last_year
    assert {"after_overlap", "on_evidence"} <= set(document.cash)
    assert "as_claimed" not in document.cash
    for basis in ("after_overlap", "on_evidence"):
        beside = document.cash[basis]
        whole, cash = beside.average_cost_gbp_m[last], beside.cash_gbp_m[last]
        assert 0.3 * whole < cash < 0.7 * whole
        assert beside.position_gbp_m[last] == pytest.approx(
            document.gap_gbp_m[basis][last] - (whole - cash)
        )
    first = document.cash["after_overlap"]
    assert first.cash_gbp_m["2016/17"] < 0.35 * first.average_cost_gbp_m["2016/17"]
