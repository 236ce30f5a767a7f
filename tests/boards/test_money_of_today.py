"""The money of a made place: published allocations, trusts' costs of today, what is of 2016."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tripleaim.accounts import account_inputs
from tripleaim.accounts.gap.first_year import first_year_spend
from tripleaim.boards import MadePlace, OfficialTables, extent_of
from tripleaim.boards.allocations import allocations_of
from tripleaim.boards.organisations import board_called
from tripleaim.boards.people import people_registered
from tripleaim.boards.spend import LineSpend, care_costs, spend_of
from tripleaim.boards.trusts import own_trusts, provider_shares
from tripleaim.place import DEFAULTS, InputError, Place, load

PUBLISHED = {
    "primary-care": "general practice",
    "pharmacy-eye-dental": "pharmacy, eye and dental care",
    "running-cost": "running cost",
    "specialised": "specialised services",
}
CORE = (
    *("acute", "community-and-mental-health", "continuing-health-care", "prescribing"),
    "other-programme",
)


def allocated(folder: Path, stream: str) -> float:
    """£ that a made place's allocations.csv has of a stream."""
    place = load(folder)
    rows = place.rows("allocations.csv")
    return sum(float(row["pounds"]) for row in rows if row["stream"] == stream)


def spend(code: str, tables: OfficialTables, england: Place) -> dict[str, LineSpend]:
    extent = extent_of(board_called(code, tables), tables)
    shares = provider_shares(extent, tables)
    return spend_of(
        england,
        tables,
        allocations=allocations_of(extent, tables),
        shares=shares,
        own=own_trusts(extent, tables, shares),
        people=people_registered(extent, tables),
    )


@pytest.fixture(scope="module")
def england() -> Place:
    return load(DEFAULTS)


def test_four_lines_are_the_published_allocations(made: MadePlace) -> None:
    place = load(made.folder)
    for line, stream in PUBLISHED.items():
        figure = place.figure(f"allocation.{line}")
        assert figure.value == pytest.approx(allocated(made.folder, stream), abs=1), line
        assert (figure.unit, figure.source) == ("£", "allocations-2025-26")


def test_the_other_lines_come_to_the_core_allocation(made: MadePlace) -> None:
    place = load(made.folder)
    figures = [place.figure(f"spend-per-head.{line}") for line in CORE]
    core = allocated(made.folder, "core services")
    assert sum(f.value for f in figures) * made.registered == pytest.approx(core, rel=1e-6)
    assert {figure.status for figure in figures} == {"calibrated"}
    assert all("a person before that, times" in figure.cause for figure in figures)
    assert [f.id.rpartition(".")[2] for f in figures if f.cause.startswith("of 2016")] == [
        *("continuing-health-care", "prescribing", "other-programme")
    ]


def test_lines_of_the_first_year_add_up_to_the_allocation_less_the_opening(
    made: MadePlace,
) -> None:
    place = load(made.folder)
    inputs = account_inputs(place)
    assert inputs.allocation is not None
    people = dict.fromkeys((place.base_year, *place.years), 1.01 * made.registered)
    for opening, growth in ((0.0, 0.0), (-31.7, 0.021), (12.5, -0.004)):
        entered = replace(
            inputs.parameters.with_opening("commissioner", opening),
            allocation_growth=dict.fromkeys(place.years, growth),
        )
        by_line = first_year_spend(inputs, people, entered)
        whole = sum(by_line[line.id] for line in inputs.lines if line.funding == "allocation")
        allocation = inputs.allocation.value * (1 + growth)
        assert whole == pytest.approx(allocation - opening, rel=1e-12)
        pharmacy = place.value("allocation.pharmacy-eye-dental") / 1e6
        assert by_line["pharmacy-eye-dental"] == pytest.approx(pharmacy * (1 + growth), rel=1e-12)
        assert by_line["specialised"] == pytest.approx(place.value("allocation.specialised") / 1e6)


def test_an_opening_that_leaves_nothing_for_care_is_refused(one_county: MadePlace) -> None:
    inputs = account_inputs(load(one_county.folder))
    people = dict.fromkeys((inputs.base_year, *inputs.years), float(one_county.registered))
    surplus = inputs.parameters.with_opening("commissioner", 1300.0)
    with pytest.raises(InputError, match=r"£193\.6m is stated by line"):
        first_year_spend(inputs, people, surplus)


def test_unit_costs_are_costs_of_2024_25_over_contacts(one_county: MadePlace) -> None:
    place = load(one_county.folder)
    admissions = place.figure("unit-cost.acute-non-elective")
    assert admissions.value == round((24_925.442 + 5_455.279) / (4.599401 + 6.605591), 2)
    outpatients = place.figure("unit-cost.acute-outpatient")
    assert outpatients.value == round(145.09 / 0.749645, 2)  # Somerset's trust
    assert {outpatients.year, admissions.year} == {"2024/25"}
    [acute] = [line for line in account_inputs(place).lines if line.id == "acute"]
    # A year of prices on, 4.83%; nothing rises in a plan at constant prices.
    assert acute.unit_costs["acute-outpatient"] == pytest.approx(outpatients.value * 1.0483)
    # England's of 2016/17 goes the whole way.
    assert acute.unit_costs["acute-other"] == pytest.approx(30 * 1.3247, abs=0.01)


def test_costs_of_a_place_of_2016_are_not_moved() -> None:
    place = load("somerset")
    units = {p.id: place.value(p.unit_cost) for p in place.points_of_delivery if p.nhs}
    inputs = account_inputs(place)
    assert {k: v for line in inputs.lines for k, v in line.unit_costs.items()} == units


def test_trusts_costs_and_the_core_allocation_of_england_nearly_agree(
    tables: OfficialTables, england: Place
) -> None:
    """What is modelled before it is set to the allocation: 3% more in England."""
    costs = care_costs(tables)
    assert costs.hospital_and_other == pytest.approx(91_990.8, abs=0.1)
    factors = {}
    modelled = published = 0.0
    for row in tables.records("SELECT DISTINCT icb26 FROM boards ORDER BY icb26"):
        lines = spend(row["icb26"], tables, england).values()
        core = [line for line in lines if line.modelled is not None]
        factors[row["icb26"]] = sum(o.pounds for o in core) / sum(o.modelled or 0 for o in core)
        modelled += sum(one.modelled or 0 for one in core)
        published += sum(one.pounds for one in core)
    assert published == pytest.approx(116.741038e9, rel=1e-6)
    assert modelled / published == pytest.approx(1.026, abs=0.001)
    assert (min(factors, key=factors.__getitem__), max(factors, key=factors.__getitem__)) == (
        *("QHL", "QT6"),
    )
    assert sum(0.9 < factor < 1.1 for factor in factors.values()) >= 32
