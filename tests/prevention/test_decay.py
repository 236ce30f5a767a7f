"""How long effects last is what their studies measured, and each says which study that is."""

from __future__ import annotations

import pytest

from tripleaim.people import late_outcome_ids, read_diseases, read_risk_factors
from tripleaim.place import Place, load
from tripleaim.prevention.programme_files import Names, read_programmes
from tripleaim.prevention.programmes import Prevention, ProgrammeEffect


@pytest.fixture(scope="module")
def place() -> Place:
    return load("somerset")


@pytest.fixture(scope="module")
def shipped(place: Place) -> dict[str, Prevention]:
    names = Names(
        conditions=tuple(d.id for d in read_diseases(place)),
        risk_levels=tuple((r.id, r.levels) for r in read_risk_factors(place)),
        points_of_delivery=tuple(p.id for p in place.points_of_delivery),
        outcomes=late_outcome_ids(place),
    )
    return {p.id: p for p in read_programmes(place, names)}


def effect_of(shipped: dict[str, Prevention], programme: str, target: str) -> ProgrammeEffect:
    return next(e for e in shipped[programme].effects if e.target == target)


MEASURED = (
    # Programme, target, years after, share of the effect that its study still found, give or take.
    # WRAP: 1.49 kg of difference at one year and at five.
    ("weight-management", "bmi", 5, 1.0, 0.25),
    # PACE-UP: as many steps ahead at three years as at one.
    ("physical-activity", "inactivity", 3, 1.0, 0.25),
    # Project TrEAT: maintained over 48 months.
    ("alcohol-advice", "alcohol", 4, 1.0, 0.4),
    # 61% of those who began tablets take them, or take them again, after ten years.
    ("blood-pressure-and-atrial-fibrillation", "systolic_pressure", 10, 0.61, 0.005),
    # The Finnish trial: 58% fewer cases in the course, 36% fewer 3.5 years later.
    ("diabetes-prevention", "diabetes", 3.5, 0.36 / 0.58, 0.01),
    # ProAct65+: no less in the year after the classes.
    ("falls-prevention", "hip_fracture", 1, 1.0, 0.2),
)


@pytest.mark.parametrize("study", MEASURED)
def test_as_much_of_an_effect_is_left_as_its_study_measured(
    shipped: dict[str, Prevention], study: tuple[str, str, float, float, float]
) -> None:
    programme, target, years, measured, tolerance = study

    left = effect_of(shipped, programme, target).left(years, 0.0)

    assert left == pytest.approx(measured, abs=tolerance)


def test_who_stops_smoking_by_the_service_is_counted_after_relapse(
    shipped: dict[str, Prevention],
) -> None:
    stopping = effect_of(shipped, "smoking-cessation", "smoking")

    # 8% against 3% at twelve months, of whom 30% relapse.
    assert stopping.value == pytest.approx((0.08 - 0.03) * 0.70)
    # One in fifty a year would have stopped by then without help.
    assert stopping.left(10, 0.0) == pytest.approx(0.98**10, abs=0.005)


def test_exercise_spares_fractures_as_the_review_has_it_and_not_only_of_the_hip(
    shipped: dict[str, Prevention],
) -> None:
    for outcome in ("hip_fracture", "other_fracture"):
        effect = effect_of(shipped, "falls-prevention", outcome)
        assert (effect.value, effect.low, effect.high) == (0.73, 0.56, 0.95)


def test_a_referral_to_the_diabetes_course_costs_what_was_counted(
    shipped: dict[str, Prevention],
) -> None:
    (referral,) = shipped["diabetes-prevention"].costs

    assert (referral.kind, referral.value) == ("per person reached", 119)


def test_each_half_life_names_a_study_or_says_that_nobody_has_studied_it(
    place: Place, shipped: dict[str, Prevention]
) -> None:
    told_elsewhere = ("as for fractures", "as for the hip", "as for attendances")
    silent = [
        f"{programme.id}: {effect.target}"
        for programme in shipped.values()
        for effect in programme.effects
        if effect.half_life is not None
        and effect.half_life.cause not in told_elsewhere
        and "nobody has" not in effect.half_life.cause.lower()
        and not any(source in effect.half_life.cause for source in place.sources)
    ]

    assert silent == []


def test_no_programme_rests_on_memory(shipped: dict[str, Prevention]) -> None:
    recalled = [
        f"{programme.file.name}: {word}"
        for programme in shipped.values()
        for word in ("memory", "recalled")
        if word in programme.file.read_text(encoding="utf-8")
    ]

    assert recalled == []
