"""One disease, one file: what it may say, and that adding one touches nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tripleaim.core import RunContext
from tripleaim.people import People, read_diseases, read_illness, recorded_pct, synthesise
from tripleaim.people.disease_files import read_disease_files
from tripleaim.people.illness import through_risks
from tripleaim.people.risk_files import read_risk_factors
from tripleaim.place import InputError, Place, load

GOUT = """\
name = "Gout"
limiting = false
can_be_left = true

[prevalence]
status = "assumed"
source = "tripleaim"
cause = "made up"
age_bands = ["0-17", "18-64", "65+"]
male = [0, 2.0, 6.0]
female = [0, 0.5, 2.0]

[death]
hazard_ratio = 1.1
low = 1.0
high = 1.2
status = "assumed"
source = "tripleaim"
cause = "made up"

[quality]
multiplier = 0.95
status = "assumed"
source = "tripleaim"
cause = "made up"

[[raised_by]]
condition = "ckd"
odds_ratio = 2.0
lag_years = 0
status = "assumed"
source = "tripleaim"
cause = "made up"

[contacts]
status = "assumed"
source = "tripleaim"
cause = "made up"

[contacts.multipliers]
gp = 1.2

[contacts.multipliers.prescribing]
value = 1.5
low = 1.2
high = 1.8
status = "assumed"
source = "tripleaim"
cause = "said"
"""


def with_files(folder: Path, **diseases: str) -> Place:
    (folder / "diseases").mkdir(exist_ok=True)
    for name, text in diseases.items():
        (folder / "diseases" / f"{name}.toml").write_text(text, encoding="utf-8")
    return load(str(folder))


def conditions_by_name(people: People) -> dict[str, np.ndarray]:
    return {
        name: (people.conditions >> np.uint32(k)) & 1 == 1
        for k, name in enumerate(people.condition_ids)
    }


def test_one_more_file_adds_one_disease_and_changes_no_other(
    village: Callable[..., Place], thousand: str
) -> None:
    before = conditions_by_name(synthesise(village(thousand), RunContext(5)))
    place = with_files(village(thousand).folder, gout=GOUT)
    after = conditions_by_name(synthesise(place, RunContext(5)))
    assert set(after) - set(before) == {"gout"}
    assert list(after) == sorted(after)
    for name, had in before.items():
        assert (after[name] == had).all(), name
    assert 10 < after["gout"].sum() < 80


def test_a_disease_that_raises_another_changes_that_one_and_its_effects(
    village: Callable[..., Place], thousand: str
) -> None:
    place = village(thousand)
    before = conditions_by_name(synthesise(place, RunContext(5)))
    alone = GOUT[: GOUT.index("[[raised_by]]")] + GOUT[GOUT.index("[contacts]") :]
    dementia = place.path("diseases/dementia.toml").read_text(encoding="utf-8")
    link = '\n[[raised_by]]\ncondition = "gout"\nodds_ratio = 30.0\nlag_years = 0\n'
    link += 'status = "assumed"\nsource = "tripleaim"\ncause = "made up"\n'
    place = with_files(place.folder, gout=alone, dementia=dementia + link)
    after = conditions_by_name(synthesise(place, RunContext(5)))
    moved = {name for name, had in before.items() if (after[name] != had).any()}
    assert moved == {"dementia", "severe_frailty"}  # severe frailty is raised by dementia
    assert abs(int(after["dementia"].sum()) - int(before["dementia"].sum())) <= 1
    assert after["dementia"][after["gout"]].mean() > 3 * before["dementia"][after["gout"]].mean()


def test_every_number_of_a_file_is_read(village: Callable[..., Place], thousand: str) -> None:
    place = with_files(village(thousand).folder, gout=GOUT)
    gout = {d.id: d for d in read_diseases(place)}["gout"]
    assert (gout.name, gout.priority, gout.register) == ("Gout", False, "")
    assert (gout.limiting, gout.can_be_left, gout.trend) == (False, True, 0.0)
    assert (gout.death.value, gout.death.low, gout.death.high) == (1.1, 1.0, 1.2)
    assert gout.quality.value == 0.95
    assert [(r.condition, r.odds_ratio.value, r.lag_years) for r in gout.raised_by] == [
        ("ckd", 2.0, 0)
    ]
    assert {p: e.value for p, e in gout.contacts.items()} == {"gp": 1.2, "prescribing": 1.5}
    assert gout.contacts["prescribing"].high == 1.8
    assert gout.contacts["gp"].cause == "made up"
    assert gout.outcomes == {}
    assert (gout.deprivation == 1).all()
    middle = gout.shape[1, 41]  # women of 18-64
    assert 1 / (1 + np.exp(-middle)) == pytest.approx(0.005)
    assert recorded_pct(place, "gout")[0, [17, 18, 64, 65, 105]].tolist() == [0, 2, 2, 6, 6]


def test_a_register_loses_people_only_where_the_file_says_so_with_its_status(
    village: Callable[..., Place], thousand: str, somerset: Place
) -> None:
    losing = {d.id for d in read_disease_files(somerset) if d.register_loses}
    assert losing == {"learning_disability", "serious_mental_illness"}
    folder = village(thousand).folder
    block = '\n[register_loses]\nstatus = "calibrated"\nsource = "tripleaim"\n'
    kept = GOUT.replace("can_be_left = true", "can_be_left = false")
    assert not {d.id: d for d in read_diseases(with_files(folder, gout=kept))}[
        "gout"
    ].register_loses
    place = with_files(folder, gout=kept + block)
    assert {d.id: d for d in read_diseases(place)}["gout"].register_loses
    with pytest.raises(InputError, match="only for a condition"):
        read_diseases(with_files(folder, gout=GOUT + block))
    with pytest.raises(InputError, match="status"):
        read_diseases(with_files(folder, gout=kept + "\n[register_loses]\n"))


def test_the_twenty_diseases_keep_what_was_known_of_them(somerset: Place) -> None:
    diseases = {d.id: d for d in read_disease_files(somerset)}
    assert list(diseases) == sorted(diseases)
    assert len(diseases) == 20
    assert diseases["stroke"].death.value == 2.1
    assert diseases["diabetes"].deprivation.tolist() == [1.7, 1.489, 1.304, 1.142, 1.0]
    assert diseases["severe_frailty"].contacts["acute-non-elective"].value == 2.17
    assert diseases["diabetes"].outcomes["amputation"].value == 8.0
    assert {d for d in diseases if diseases[d].can_be_left} == {"asthma", "depression", "epilepsy"}
    assert all(0.5 < d.quality.value < 1 for d in diseases.values())
    # Somerset's own register moves diabetes by 0.98% a year, England's by 1.01%.
    assert diseases["diabetes"].trend == pytest.approx(0.0098)
    elsewhere = {d.id: d for d in read_disease_files(load("england"))}
    assert elsewhere["diabetes"].trend == pytest.approx(0.0101)
    # Northamptonshire's registers of both groups: 33,366 and 3,643 of 587,678 in 2015/16.
    second = {d.id: d for d in read_disease_files(load("northamptonshire"))}
    assert second["diabetes"].trend == pytest.approx(0.0077)


def test_what_deprivation_does_is_split_between_risk_factors_and_the_rest(somerset: Place) -> None:
    risks = read_risk_factors(somerset)
    whole = {d.id: d for d in read_disease_files(somerset)}
    rest = {d.id: d for d in read_diseases(somerset)}
    for name, disease in whole.items():
        carried = through_risks(disease, risks)
        assert carried[-1] == 1
        np.testing.assert_allclose(rest[name].deprivation * carried, disease.deprivation)
    carried = through_risks(whole["copd"], risks)
    assert 1.2 < carried[0] < whole["copd"].deprivation[0]
    assert (np.diff(carried) < 0).all()
    assert (through_risks(whole["learning_disability"], risks) == 1).all()


def lagged(text: str, years: int) -> str:
    return text.replace("lag_years = 0", f"lag_years = {years}")


ROUND = GOUT.replace('name = "Gout"', 'name = "Lumps"').replace('"ckd"', '"gout"')


def test_conditions_may_raise_each_other_in_a_circle_only_with_a_lag(
    village: Callable[..., Place], thousand: str
) -> None:
    folder = village(thousand).folder
    gout = GOUT.replace('"ckd"', '"lumps"')
    with pytest.raises(InputError, match=r"in a circle.*gout <- lumps <- gout") as fault:
        read_illness(with_files(folder, gout=gout, lumps=ROUND))
    assert fault.value.file == str(folder / "diseases" / "lumps.toml")
    assert fault.value.line == 1 + ROUND.split("\n").index('condition = "gout"')
    illness = read_illness(with_files(folder, gout=gout, lumps=lagged(ROUND, 1)))
    k, c = illness.ids.index("lumps"), illness.ids.index("gout")
    assert illness.links[k] == {}
    assert list(illness.links[c]) == [k]


def test_a_circle_of_any_length_is_reported_by_file_line_value_and_path(
    village: Callable[..., Place], thousand: str
) -> None:
    def raised(name: str, cause: str, lag: int) -> str:
        return lagged(GOUT.replace("Gout", name).replace('"ckd"', f'"{cause}"'), lag)

    folder = village(thousand).folder
    three = {"aches": ("Aches", "bumps"), "bumps": ("Bumps", "cramps"), "cramps": ("C", "aches")}
    files = {name: raised(*said, lag=0) for name, said in three.items()}
    with pytest.raises(InputError) as found:
        read_illness(with_files(folder, **files))
    fault = found.value
    assert fault.file == str(folder / "diseases" / "cramps.toml")
    assert fault.line == 1 + files["cramps"].split("\n").index('condition = "aches"')
    assert (fault.column, fault.value) == ("raised_by.0.condition", "aches")
    assert fault.expected.startswith("these conditions raise each other's odds in a circle; ")
    assert "lag_years of 1 (aches <- bumps <- cramps <- aches)" in fault.expected
    # A lag on any one of the three opens it, whichever the others are.
    for name, said in three.items():
        opened = with_files(folder, **{**files, name: raised(*said, lag=1)})
        ids = [d.id for d in read_diseases(opened)]
        assert ids.count(name) == 1
        links = read_illness(opened).links
        assert links[ids.index(name)] == {}
        assert sum(len(links[ids.index(n)]) for n in three) == 2


def test_a_lag_beyond_the_year_of_the_engine_is_refused_by_file_line_key_and_value(
    village: Callable[..., Place], thousand: str
) -> None:
    place = with_files(village(thousand).folder, gout=lagged(GOUT, 2))
    with pytest.raises(InputError) as found:
        read_diseases(place)
    fault = found.value
    assert fault.file == str(place.path("diseases/gout.toml"))
    assert fault.line == 1 + GOUT.split("\n").index("lag_years = 0")
    assert (fault.column, fault.value) == ("raised_by.0.lag_years", 2)
    assert fault.expected == (
        "expected 0 to 1 (years: 0 also affects today's people, 1 affects only new cases)"
    )


def test_no_shipped_link_lags_beyond_the_year_of_the_engine() -> None:
    for name in ("england", "somerset", "northamptonshire"):
        for disease in read_disease_files(load(name)):
            assert {link.lag_years for link in disease.raised_by} <= {0, 1}, disease.id


@pytest.mark.parametrize(
    ("change", "expected", "at"),
    [
        (("hazard_ratio = 1.1", "hazard_ratio = -1.1"), "expected 0 to 1,000", "hazard_ratio"),
        (("hazard_ratio = 1.1", "hazard_ratio = 0"), "expected more than 0", "hazard_ratio"),
        (("odds_ratio = 2.0", "odds_ratio = 0"), "expected more than 0", "odds_ratio"),
        (("high = 1.2", "high = 1.05"), "an interval that holds its point 1.1", "high = 1.05"),
        (("low = 1.0", "low = 1.15"), "an interval that holds its point 1.1", "low = 1.15"),
        (("low = 1.0", "low = 0"), "expected more than 0", "low = 0"),
        (("2.0, 6.0]", "2.0, 101]"), "expected 0 to 100", "male"),
        (("[0, 0.5, 2.0]", "[0, 0.5]"), "expected 3 numbers", "female"),
        (("female = [0, 0.5, 2.0]\n", ""), "this key is required", "[prevalence]"),
        (('"18-64", ', ""), "consecutive age bands", "age_bands"),
        (('"65+"', '"65-84"'), "an open-ended last age band", "age_bands"),
        (('condition = "ckd"', 'condition = "ckp"'), 'Did you mean "ckd"', "condition"),
        (('condition = "ckd"', 'condition = "gout"'), "of another condition", "condition"),
        (("gp = 1.2", "gps = 1.2"), 'Did you mean "gp"', "gps"),
        (("gp = 1.2", "gp = -1"), "expected 0 to 1,000", "gp = -1"),
        (("multiplier = 0.95", "multiplier = 1.05"), "expected 0 to 1 ", "multiplier"),
        (
            ("lag_years = 0", "lag_years = -1"),
            "0 also affects.*1 affects only new cases",
            "lag_years",
        ),
        (
            ("lag_years = 0", "lag_years = 2"),
            "0 also affects.*1 affects only new cases",
            "lag_years",
        ),
        (
            ("lag_years = 0", "lag_years = 50"),
            "0 also affects.*1 affects only new cases",
            "lag_years",
        ),
        (("lag_years = 0", "lag_years = 0.5"), "a whole number", "lag_years"),
        (('status = "assumed"', 'status = "guessed"'), "expected one of published", "status"),
        (('source = "tripleaim"', 'source = "nobody"'), "an id from a sources file", "source"),
        (('cause = "made up"', 'cause = ""'), "say why this is assumed", "cause"),
        (("limiting = false", 'limiting = "no"'), "expected true or false", "limiting"),
        (("limiting = false", "limitng = false"), 'Did you mean "limiting"', "limitng"),
    ],
)
def test_a_fault_is_reported_with_its_file_and_line(
    village: Callable[..., Place],
    thousand: str,
    change: tuple[str, str],
    expected: str,
    at: str,
) -> None:
    text = GOUT.replace(*change, 1)
    assert text != GOUT
    place = with_files(village(thousand).folder, gout=text)
    with pytest.raises(InputError, match=expected) as fault:
        read_diseases(place)
    assert fault.value.file == str(place.path("diseases/gout.toml"))
    assert at.split(" ", maxsplit=1)[0] in text.split("\n")[(fault.value.line or 0) - 1]


def test_a_late_outcome_has_one_of_three_names(
    village: Callable[..., Place], thousand: str
) -> None:
    text = GOUT + '\n[outcomes]\nstatus = "assumed"\nsource = "tripleaim"\ncause = "x"\n'
    text += "[outcomes.multipliers]\nhip_fractures = 2\n"
    with pytest.raises(InputError, match='Did you mean "hip_fracture"'):
        read_diseases(with_files(village(thousand).folder, gout=text))


def test_a_place_may_hold_at_most_twenty_eight_diseases(
    village: Callable[..., Place], thousand: str
) -> None:
    extra = {f"z{n}": GOUT for n in range(9)}
    with pytest.raises(InputError, match="at most 28 diseases"):
        read_diseases(with_files(village(thousand).folder, **extra))


def test_a_trend_of_the_place_names_a_disease_that_there_is(
    village: Callable[..., Place], thousand: str
) -> None:
    head = "condition,pct_a_year,england_register_pct,place_register_pct,ageing_pct,"
    head += "status,source,cause\n"
    place = village(thousand, condition_trends=head + "astma,1,,,,assumed,tripleaim,x\n")
    with pytest.raises(InputError, match=r'line 2.*Did you mean "asthma"'):
        read_diseases(place)
