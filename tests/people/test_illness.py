from __future__ import annotations

import csv
import io
from collections.abc import Callable

import numpy as np
import pytest

from tripleaim.people import read_illness
from tripleaim.people.illness import Illness
from tripleaim.place import InputError, Place

IDS = [
    "asthma",
    "atrial_fibrillation",
    "cancer",
    "chd",
    "ckd",
    "copd",
    "dementia",
    "depression",
    "diabetes",
    "epilepsy",
    "heart_failure",
    "hypertension",
    "learning_disability",
    "osteoarthritis",
    "osteoporosis",
    "peripheral_arterial_disease",
    "rheumatoid_arthritis",
    "serious_mental_illness",
    "severe_frailty",
    "stroke",
]


@pytest.fixture(scope="module")
def illness(somerset: Place) -> Illness:
    return read_illness(somerset)


def test_bits_follow_the_alphabet(illness: Illness) -> None:
    assert list(illness.ids) == IDS
    assert set(illness.priority_ids) == {
        "depression",
        "cancer",
        "diabetes",
        "chd",
        "stroke",
        "copd",
        "dementia",
        "ckd",
    }


def test_the_registers_are_those_of_somerset_with_england_for_comparison(illness: Illness) -> None:
    dementia, diabetes = illness.registers["dementia"], illness.registers["diabetes"]
    assert (dementia.count, dementia.list_size, dementia.minimum_age) == (5_404, 561_912, 0)
    assert (diabetes.count, diabetes.list_size, diabetes.minimum_age) == (30_616, 458_612, 17)
    assert dementia.pct == pytest.approx(0.9617, abs=1e-4)
    assert dementia.england_pct == pytest.approx(0.7590, abs=1e-4)
    assert not {"osteoporosis", "osteoarthritis", "severe_frailty"} & set(illness.registers)


def test_log_odds_run_straight_between_the_middles_of_age_bands(illness: Illness) -> None:
    # Dementia among women: 1.588% at 65-74 (middle 69.5), 7.412% at 75-84 (middle 79.5).
    low, high = (np.log(p / (1 - p)) for p in (0.01588, 0.07412))
    found = illness.shape[IDS.index("dementia"), 1]
    assert found[72] == pytest.approx(low + (high - low) * 0.25)
    assert found[105] == found[100]


def test_every_assumed_number_says_why(somerset: Place) -> None:
    for name in ("frailty.csv", "localities.csv"):
        text = somerset.path(name).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        for row in csv.DictReader(io.StringIO("\n".join(lines))):
            assert row["source"] in somerset.sources, (name, row)
            assert row["cause"] or row["status"] in ("public", "evidence"), (name, row)


def test_a_register_larger_than_its_list_is_refused(
    village: Callable[..., Place], thousand: str
) -> None:
    registers = (
        "register,condition,minimum_age,list_size,all_ages,register_count,england_pct,source\n"
        "AF,atrial_fibrillation,0,100,100,101,1.7,qof-2015-16\n"
    )
    with pytest.raises(InputError, match="no more people than list_size"):
        read_illness(village(thousand, registers=registers))


def test_a_condition_without_its_register_is_refused(
    village: Callable[..., Place], thousand: str
) -> None:
    registers = (
        "register,condition,minimum_age,list_size,all_ages,register_count,england_pct,source\n"
        "AF,atrial_fibrillation,0,100,100,2,1.7,qof-2015-16\n"
    )
    with pytest.raises(InputError, match="expected the register of this condition"):
        read_illness(village(thousand, registers=registers))
