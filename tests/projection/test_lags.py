"""What a lag in a disease or risk factor file does to the laws, and what it does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from tripleaim.core import RunContext
from tripleaim.people import People, RiskFactor, read_illness, read_risk_factors, synthesise
from tripleaim.place import Place, load
from tripleaim.place.estimate import CENTRAL
from tripleaim.projection import Laws, fit_laws
from tripleaim.projection.fit import PLAN_STEPS, drift_of
from tripleaim.projection.plain import simulate_plainly
from tripleaim.projection.relatives import Relatives, read_sources, relatives_under

GOUT = """\
name = "Gout"
limiting = false
can_be_left = false

[prevalence]
status = "assumed"
source = "tripleaim"
cause = "made up"
age_bands = ["0-17", "18+"]
male = [0, 4.0]
female = [0, 4.0]

[death]
hazard_ratio = 1.1
status = "assumed"
source = "tripleaim"
cause = "made up"

[quality]
multiplier = 0.95
status = "assumed"
source = "tripleaim"
cause = "made up"

[[raised_by]]
condition = "asthma"
odds_ratio = 9.0
lag_years = 0
status = "assumed"
source = "tripleaim"
cause = "made up"
"""


def arrays_of(held: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Every array and plain value in a record or tuple of arrays, by where it stands."""
    if is_dataclass(held):
        for one in fields(held):
            yield from arrays_of(getattr(held, one.name), f"{name}.{one.name}")
    elif isinstance(held, tuple):
        for i, part in enumerate(held):
            yield from arrays_of(part, f"{name}[{i}]")
    else:
        yield name, held


def assert_same(found: object, wanted: object, but: tuple[str, ...] = ()) -> None:
    """Equal to the last bit, but for the named arrays."""
    ones, others = dict(arrays_of(found)), dict(arrays_of(wanted))
    assert ones.keys() == others.keys() > set(but)
    for name in ones.keys() - set(but):
        np.testing.assert_array_equal(ones[name], others[name], err_msg=name)  # type: ignore[arg-type]


@pytest.fixture
def with_file(hamlet: Path, tmp_path: Path) -> Callable[[str, str], Place]:
    """The hamlet with one file of its own."""

    def make(name: str, text: str) -> Place:
        folder = Path(copytree(hamlet, tmp_path / f"made-{len(list(tmp_path.iterdir()))}"))
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        return load(str(folder))

    return make


def tables_of(place: Place, people: People) -> Relatives:
    return relatives_under(read_sources(place, people.condition_ids, people.risk_ids), CENTRAL)


# --- links between conditions ---


def test_a_link_acts_on_onsets_alike_with_a_lag_of_0_and_of_1(
    with_file: Callable[[str, str], Place],
) -> None:
    now = with_file("diseases/gout.toml", GOUT)
    later = with_file("diseases/gout.toml", GOUT.replace("lag_years = 0", "lag_years = 1"))
    people = synthesise(now, RunContext(3))
    held = (tables_of(place, people).conditions for place in (now, later))
    for one, other in zip(*held, strict=True):
        np.testing.assert_array_equal(one, other)
    # Onsets of gout are raised by asthma by the odds to the power of clustering, no more, no less.
    ids, tables = people.condition_ids, tables_of(later, people)
    asthma, gout = ids.index("asthma"), tables.lanes.conditions.index("gout")
    assert tables.conditions[asthma // 11][1 << asthma % 11, gout] == np.float32(
        9.0 ** now.value("onset.clustering")
    )


def test_only_a_link_without_a_lag_ties_the_people_of_today(
    with_file: Callable[[str, str], Place],
) -> None:
    now = with_file("diseases/gout.toml", GOUT)
    later = with_file("diseases/gout.toml", GOUT.replace("lag_years = 0", "lag_years = 1"))
    unlinked = with_file("diseases/gout.toml", GOUT[: GOUT.index("[[raised_by]]")])
    gout = read_illness(now).ids.index("gout")
    assert list(read_illness(now).links[gout].values()) == [np.log(9.0)]
    assert read_illness(later).links[gout] == {}
    tied, loose, none = (synthesise(place, RunContext(3)) for place in (now, later, unlinked))
    np.testing.assert_array_equal(loose.conditions, none.conditions)
    assert (tied.conditions != none.conditions).any()


@pytest.mark.parametrize("lag", [0, 1])
def test_a_condition_raises_others_from_the_1_january_after_it_came(
    with_file: Callable[[str, str], Place], lag: int
) -> None:
    text = GOUT.replace("lag_years = 0", f"lag_years = {lag}").replace("= 9.0", "= 1e6")
    place = with_file("diseases/gout.toml", text)
    made = synthesise(place, RunContext(3))
    well = np.flatnonzero(made.conditions == 0)
    laws, people = _certain_asthma_in_year_one(place, made.take(well)), made.take(well)
    lived = simulate_plainly(people, laws, lives=True).trajectory
    assert lived is not None
    asthma, gout = (people.mask((name,)) for name in ("asthma", "gout"))
    has = lived.conditions[:, : len(people)]
    there = lived.present[:, : len(people)].all(axis=0)
    assert there.all()
    assert (has[0] == 0).all()
    assert ((has[1] & asthma) > 0).all()  # everybody falls ill in the first year
    assert ((has[1] & gout) == 0).all()  # in that year it raises nothing yet
    assert ((has[2] & gout) > 0).all()  # in the next it does, whatever the lag


def _certain_asthma_in_year_one(place: Place, people: People) -> Laws:
    """Two years with nothing but asthma, certain in the first, and gout, rare without asthma."""
    laws = fit_laws(place, people, steps=2)
    laws.hazard[:] = 0
    laws.ending[:] = 0
    laws.newborn_death[:] = 0
    ids = laws.lanes.conditions
    laws.quintile[:], laws.frail[:] = 1, 0
    for table in laws.risk:
        table[:] = 1
    laws.hazard[0, :, :, ids.index("asthma")] = 1000
    # Raised by 1e6 to the power of clustering it is certain.
    laws.hazard[:, :, :, ids.index("gout")] = 1e-7
    return laws


# --- what a risk factor does ---


def lagged(place: Place, name: str, years: int) -> str:
    """England's table of that effect with another lag."""
    text = place.path(f"risk_factors/{name}").read_text(encoding="utf-8")
    changed, times = re.subn(r"(?m)^# lag_years: \d+$", f"# lag_years: {years}", text)
    assert times == 1
    return changed


def effect(place: Place, risk: str, target: str) -> tuple[RiskFactor, int]:
    factor = next(f for f in read_risk_factors(place) if f.id == risk)
    return factor, factor.effects[target].lag_years


def test_two_laws_that_differ_in_a_lag_only_differ_in_the_drift_after_year_five_only(
    hamlet: Path, with_file: Callable[[str, str], Place]
) -> None:
    name = "risk_factors/smoking~copd.csv"
    short, long = (
        with_file(name, lagged(load(str(hamlet)), "smoking~copd.csv", years)) for years in (0, 20)
    )
    assert (effect(short, "smoking", "copd")[1], effect(long, "smoking", "copd")[1]) == (0, 20)
    people = synthesise(short, RunContext(3))
    np.testing.assert_array_equal(people.conditions, synthesise(long, RunContext(3)).conditions)
    # A person's own level acts at once, whatever the lag.
    tables = tables_of(short, people)
    for one, other in zip(tables.risk, tables_of(long, people).risk, strict=True):
        np.testing.assert_array_equal(one, other)

    one, other = (fit_laws(place, people, steps=PLAN_STEPS + 1) for place in (short, long))
    assert_same(one, other, but=(".hazard",))
    copd = one.lanes.conditions.index("copd")
    different = (one.hazard != other.hazard).any(axis=(1, 2))
    assert set(zip(*np.nonzero(different), strict=True)) == {(PLAN_STEPS, copd)}
    # What differs is the drift: to first order the hazards of those who differ in nothing else.
    drifts = [
        drift_of(tables_of(place, people), copd, "2019/20", "2020/21", CENTRAL)
        for place in (short, long)
    ]
    fitted = [law.hazard[PLAN_STEPS, :, :, copd].astype(np.float64) for law in (one, other)]
    some = fitted[0] > 1e-6  # below it is the tail of smoothing by age
    assert some.sum() > 50
    moved, said = (np.log(a[some] / b[some]) for a, b in (fitted, drifts))
    np.testing.assert_allclose(moved, said, rtol=0.05)


def test_the_drift_is_read_off_levels_as_many_years_before_as_the_lag_says(
    hamlet: Path, with_file: Callable[[str, str], Place]
) -> None:
    people = synthesise(load(str(hamlet)), RunContext(3))
    k = people.condition_ids.index("copd")
    for years in (0, 7, 20):
        place = with_file(
            "risk_factors/smoking~copd.csv", lagged(load(str(hamlet)), "smoking~copd.csv", years)
        )
        smoking = effect(place, "smoking", "copd")[0]
        relative = np.moveaxis(smoking.effects["copd"].relative, 0, -1)
        # COPD has one risk factor, so this is all of its drift from 2019/20 to 2034/35.
        assert [f.id for f in read_risk_factors(place) if "copd" in f.effects] == ["smoking"]
        before, after = (
            (smoking.shares(year - years) * relative).sum(axis=-1) for year in (2020, 2035)
        )
        found = drift_of(tables_of(place, people), k, "2019/20", "2034/35", CENTRAL)
        np.testing.assert_allclose(found, after / before, rtol=1e-12)
        assert found[0, 60] < 1  # smoking falls, so it falls whatever the lag


@pytest.mark.parametrize("target", ["death", "heart_attack"])
def test_a_lag_to_death_or_a_late_outcome_changes_no_law(
    hamlet: Path, with_file: Callable[[str, str], Place], target: str
) -> None:
    # What smoking does to death is solved from all deaths, whose table says the lag.
    name = "smoking~all_cause.csv" if target == "death" else f"smoking~{target}.csv"
    short, long = (
        with_file(f"risk_factors/{name}", lagged(load(str(hamlet)), name, years))
        for years in (0, 20)
    )
    assert (effect(short, "smoking", target)[1], effect(long, "smoking", target)[1]) == (0, 20)
    people = synthesise(short, RunContext(3))
    assert_same(*(fit_laws(place, people, steps=PLAN_STEPS + 2) for place in (short, long)))
