"""The chain that leads to a late outcome, read off the effects of diseases and risk factors."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from tripleaim.people import Disease, RaisedBy, RiskEffect, RiskFactor, read_diseases
from tripleaim.place import InputError, Place, load
from tripleaim.place.estimate import Estimate
from tripleaim.prevention.assemble_leading_measures import conditions_with_early_signs
from tripleaim.prevention.leading_measures import Leading, chain, movements
from tripleaim.prevention.programmes import Change, Prevention, ProgrammeEffect

ONE = Estimate(1.0)


def disease(
    name: str,
    raised_by: tuple[tuple[str, int], ...] = (),
    outcomes: tuple[str, ...] = (),
    death: float = 1.0,
) -> Disease:
    return Disease(
        id=name,
        name=name.replace("_", " ").capitalize(),
        priority=False,
        register="",
        shape=np.zeros((2, 106)),
        deprivation=np.ones(5),
        raised_by=tuple(RaisedBy(c, Estimate(2.0), lag) for c, lag in raised_by),
        death=Estimate(death),
        contacts={},
        outcomes={late: Estimate(2.0) for late in outcomes},
        quality=ONE,
        limiting=False,
        trend=0.0,
        can_be_left=False,
    )


def risk(name: str, targets: dict[str, int]) -> RiskFactor:
    return RiskFactor(
        id=name,
        name=name.capitalize(),
        levels=("low", "high"),
        level_names=("Low", "High"),
        base=np.full((2, 106, 2), 0.5),
        trend=np.zeros((2, 106)),
        base_year=2016,
        gradient=np.zeros(5),
        correlation={},
        effects={
            t: RiskEffect(t, np.ones((2, 2, 106)), 0.1, lag, "assumed", "tripleaim")
            for t, lag in targets.items()
        },
    )


def programme(name: str, changes: Change, target: str, value: float = 0.5) -> Prevention:
    effect = ProgrammeEffect(
        changes=changes,
        target=target,
        value=value,
        low=value,
        high=value,
        unit="",
        level_widths=(1.0,),
        part=1.0,
        lag_years=0,
        half_life=None,
        excess_left=(),
        design="controlled",
        status="assumed",
        source="tripleaim",
        where="",
        cause="",
    )
    return Prevention(
        id=name,
        name=name.capitalize(),
        summary="",
        who="age >= 16",
        clauses=(),
        start="2016/17",
        years_to_full=1,
        uptake_a_year=(0.1,) * 5,
        uptake_full=(0.5,) * 5,
        uptake_range=(1.0, 1.0),
        uptake_status="assumed",
        uptake_source="tripleaim",
        uptake_cause="",
        effects=(effect,),
        costs=(),
        file=Path("x.toml"),
    )


DISEASES = (
    disease("hypertension"),
    disease("diabetes", outcomes=("amputation",)),
    disease("atrial_fibrillation", raised_by=(("hypertension", 0),)),
    disease(
        "stroke",
        raised_by=(("atrial_fibrillation", 0), ("diabetes", 0), ("hypertension", 0)),
        death=2.0,
    ),
    disease("depression", raised_by=(("stroke", 1),)),
    disease("asthma"),
)
RISKS = (
    risk("bmi", {"diabetes": 3, "hypertension": 2}),
    risk("smoking", {"stroke": 5, "death": 1}),
    risk("loneliness", {"depression": 0}),
)


def named(found: tuple[Leading, ...]) -> list[str]:
    return [m.key for m in found]


def test_the_chain_to_stroke_is_what_raises_it_and_what_raises_that() -> None:
    assert named(chain("stroke", DISEASES, RISKS)) == [
        "risk/bmi",
        "risk/smoking",
        "condition/diabetes",
        "condition/hypertension",
        "condition/atrial_fibrillation",
    ]


def test_an_outcomes_own_prevalence_and_dead_ends_are_left_out() -> None:
    keys = named(chain("amputation", DISEASES, RISKS))
    assert keys == ["risk/bmi", "condition/diabetes"]
    assert "condition/stroke" not in named(chain("stroke", DISEASES, RISKS))
    assert named(chain("asthma", DISEASES, RISKS)) == []


def test_each_measure_says_what_it_acts_on_and_how_soon_it_can_show() -> None:
    found = {m.id: m for m in chain("stroke", DISEASES, RISKS)}
    assert found["bmi"].acts_on == ("condition/diabetes", "condition/hypertension")
    assert (found["bmi"].lag_years, found["smoking"].lag_years) == (2, 5)
    assert found["atrial_fibrillation"].generation == 2
    assert found["bmi"].name == "Bmi"


def test_only_what_raises_death_leads_to_it() -> None:
    keys = named(chain("deaths", DISEASES, RISKS))
    assert "condition/stroke" in keys
    assert "risk/smoking" in keys
    assert "condition/depression" not in keys


def test_programmes_come_first_and_only_what_they_move_is_watched() -> None:
    walking = programme("walking", "risk shift", "bmi")
    found = chain("stroke", DISEASES, RISKS, (walking,))
    assert named(found)[:2] == ["programme/walking", "risk/bmi"]
    assert "risk/smoking" not in named(found)
    screening = programme("screening", "incidence", "stroke")
    assert named(chain("stroke", DISEASES, RISKS, (screening,))) == ["programme/screening"]


def test_a_programme_without_effect_leads_to_nothing() -> None:
    idle = programme("idle", "risk shift", "bmi", value=0.0)
    assert chain("stroke", DISEASES, RISKS, (idle,)) == ()


def test_a_circle_with_a_lag_is_a_chain_and_one_without_is_refused() -> None:
    circle = (disease("a", raised_by=(("b", 0),)), disease("b", raised_by=(("a", 2),), death=3.0))
    assert set(named(chain("deaths", circle, ()))) == {"condition/a", "condition/b"}
    endless = (disease("a", raised_by=(("b", 0),)), disease("b", raised_by=(("a", 0),), death=3.0))
    with pytest.raises(ValueError, match="a lag in every circle"):
        chain("deaths", endless, ())


def test_one_more_disease_is_one_more_link_and_moves_no_other() -> None:
    more = (*DISEASES, disease("gout", raised_by=(("diabetes", 0),), outcomes=("amputation",)))
    keys = named(chain("amputation", more, RISKS))
    assert keys == ["risk/bmi", "condition/diabetes", "condition/gout"]


def test_movements_are_members_people_moved_down_and_people_with_a_condition() -> None:
    walking = programme("walking", "risk shift", "bmi")
    measures = chain("amputation", DISEASES, RISKS, (walking,))
    members = np.array([[100.0, 200.0], [10.0, 20.0]])
    fewer = np.array([[0.0, -3.0], [0.0, -1.0]])
    found = movements(
        measures,
        {"walking": members},
        {"bmi": {"walking": np.array([0.5, 0.1])}},
        {"diabetes": fewer},
    )
    assert found.shape == (2, 2, 3)
    assert np.array_equal(found[..., 0], members)
    assert found[..., 1] == pytest.approx(np.array([[-50.0, -100.0], [-1.0, -2.0]]))
    assert np.array_equal(found[..., 2], fewer)


def test_englands_diseases_lead_to_stroke_by_the_ways_their_files_name() -> None:
    diseases = read_diseases(load("england"))
    found = {m.id: m for m in chain("stroke", diseases, ())}
    assert {"hypertension", "atrial_fibrillation", "diabetes"} <= set(found)
    assert "condition/stroke" in found["atrial_fibrillation"].acts_on
    assert found["hypertension"].generation < found["atrial_fibrillation"].generation
    late = {m.id for m in chain("amputation", diseases, ())}
    assert {"diabetes", "peripheral_arterial_disease"} <= late
    assert "depression" not in late


def with_early_signs(hamlet: Path, folder: Path, *conditions: str) -> Place:
    """The hamlet, listing these conditions of its own."""
    shutil.copytree(hamlet, folder)
    lines = ("condition", *conditions)
    (folder / "early_signs.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load(folder)


def test_a_place_has_the_early_signs_that_it_lists_itself(hamlet: Path, tmp_path: Path) -> None:
    place = with_early_signs(hamlet, tmp_path / "hamlet", "dementia")
    assert conditions_with_early_signs(place, ["stroke", "dementia"]) == ["dementia"]


def test_a_condition_that_nobody_knows_is_refused_by_line(hamlet: Path, tmp_path: Path) -> None:
    place = with_early_signs(hamlet, tmp_path / "hamlet", "stroke", "scurvy")
    with pytest.raises(InputError, match="expected the id of a condition") as refusal:
        conditions_with_early_signs(place, ["stroke", "dementia"])
    assert refusal.value.line == 3
