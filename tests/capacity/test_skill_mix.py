from __future__ import annotations

import pytest

from tripleaim.capacity import SkillMix, skill_mix
from tripleaim.place import Place
from tripleaim.wording import sentence


@pytest.fixture(scope="module")
def tables(somerset: Place) -> SkillMix:
    return skill_mix(somerset)


def test_every_printed_cell_comes_out_within_its_rounding_but_one(tables: SkillMix) -> None:
    assert len(tables.cells) == 118
    for cell in tables.cells:
        if cell in tables.cannot:
            continue
        half = 0.05 if cell.row == "growth" else 0.5
        off = 0.0 if cell.verdict == "reproduced" else 0.1
        assert abs(cell.computed - cell.printed) <= half + off, cell
    assert [c.verdict for c in tables.cells].count("reproduced") == 115


def test_the_cell_that_cannot_come_out_is_the_heads_of_doctors_in_2019_20(tables: SkillMix) -> None:
    (cell,) = tables.cannot
    assert (cell.figure, cell.printed, cell.computed) == (
        "skill-mix.gp-headcount.2019_20",
        379,
        369,
    )
    assert sentence(tables).endswith(
        "and 1 cannot be reproduced: doctors, 2019/20, is printed as 379 but is 369."
    )


def test_a_doctor_makes_76_29_contacts_a_week_and_those_who_return_are_counted(
    tables: SkillMix,
) -> None:
    doctors = tables.row("gp")
    assert doctors.contacts_a_wte == pytest.approx(76.29, abs=0.005)
    assert doctors.wte["2020/21"] == 254 + 20
    assert [round(doctors.contacts[y]) for y in tables.years] == [
        23650,
        22963,
        22277,
        21514,
        20904,
    ]


@pytest.mark.parametrize(
    ("group", "minutes", "contacts_a_wte"),
    [
        ("health-coach", 60, 25.43),
        ("paramedic", 20, 76.29),
        ("pharmacist", 30, 50.86),
        ("nurse", 15, 101.72),
    ],
)
def test_everybody_but_doctors_has_the_same_hours_with_patients(
    tables: SkillMix, group: str, minutes: float, contacts_a_wte: float
) -> None:
    row = tables.row(group)
    assert row.minutes == row.slot == minutes
    assert row.contacts_a_wte == pytest.approx(contacts_a_wte, abs=0.005)


def test_totals_of_staff_are_those_printed_once_rounding_is_undone(tables: SkillMix) -> None:
    assert [round(tables.total_wte[y]) for y in tables.years] == [1256, 1382, 1551, 1727, 1905]


def test_therapists_and_administration_make_no_contacts_that_are_printed(
    tables: SkillMix,
) -> None:
    silent = [row.group for row in tables.rows if row.contacts_a_wte == 0]
    assert silent == [
        "counselling",
        "physiotherapist",
        "mental-health-practitioner",
        "administration",
    ]
