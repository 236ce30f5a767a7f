"""Prevention of a place whose years come after those that England's files were written for."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tripleaim.core import RunContext
from tripleaim.people import synthesise
from tripleaim.place import Place, at_prices_of, load
from tripleaim.prevention import PreventionDocument, run_prevention
from tripleaim.projection import mortality_known_to
from tripleaim.projection.vitals import IMPROVEMENT_KEPT, read_vitals

YEARS = ("2026/27", "2027/28", "2028/29", "2029/30", "2030/31")


@pytest.fixture(scope="module")
def place(hamlet: Path) -> Place:
    outline = hamlet / "place.toml"
    text = outline.read_text(encoding="utf-8").splitlines()
    years = ", ".join(f'"{year}"' for year in YEARS)
    kept = [line for line in text if not line.startswith(("base_year", "years"))]
    at = next((i for i, line in enumerate(kept) if line.startswith("[")), len(kept))
    kept[at:at] = ['base_year = "2025/26"', f"years = [{years}]"]
    folder = hamlet.parent / "later-hamlet"
    folder.mkdir()
    for file in hamlet.iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    (folder / "place.toml").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return load(folder)


@pytest.fixture(scope="module")
def document(place: Place, tmp_path_factory: pytest.TempPathFactory) -> PreventionDocument:
    people = synthesise(place, RunContext(7))
    folder = tmp_path_factory.mktemp("later")
    return run_prevention(place, people, RunContext(7), draws=0, seeds=1, sample=500, folder=folder)


def test_a_programme_starts_as_long_after_the_first_year_as_in_the_file(
    document: PreventionDocument,
) -> None:
    starts = {p.id: p.start for p in document.programmes}
    assert starts["smoking-cessation"] == "2027/28"
    assert starts["early-diagnosis-of-cancer"] == "2028/29"
    assert (document.years[0], document.years[-1]) == ("2026/27", "2045/46")


def test_costs_of_the_defaults_are_carried_to_the_first_year(
    place: Place, document: PreventionDocument
) -> None:
    """£119 at the prices of 2016/17: the index to 2025/26, then 2.3%, the plan's own."""
    rises = (1.0124, 1.016, 1.0214, 1.0249, 1.0258, 1.0732, 1.0247, 1.0402, 1.0483, 1.023)
    factor = math.prod(rises)
    assert factor == pytest.approx(1.355006, abs=5e-7)
    [cost] = next(p for p in document.programmes if p.id == "diabetes-prevention").costs
    assert cost.value == pytest.approx(119 * factor, rel=1e-9)
    assert cost.cause.endswith("; 119 at the prices of 2016/17 x 1.3550, the rise of NHS prices")
    assert at_prices_of(place, "unit-cost.social-care", "2026/27") == pytest.approx(26 * factor)


def test_what_is_assumed_of_mortality_is_said(document: PreventionDocument) -> None:
    assert (
        "The national projection of mortality ends in 2038. After that mortality at each age "
        "continues to fall as in its last year. We assume that."
    ) in document.notes


def test_mortality_goes_on_falling_as_in_its_last_year(place: Place) -> None:
    death = read_vitals(place, 20).death[:, :, 60]
    # Steps straddle two years of the projection: the third after its end is wholly beyond it.
    at = mortality_known_to(place) - 2025 + 2
    fall = death[at] / death[at - 1]
    assert death[at + 1] / death[at] == pytest.approx(fall, rel=1e-9)
    assert (fall < 1).all()


def test_mortality_is_held_where_the_figure_says_so(place: Place, tmp_path: Path) -> None:
    for file in place.folder.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "figures.csv").write_text(
        "id,value,low,high,unit,year,basis,status,source,where,cause\n"
        f"{IMPROVEMENT_KEPT},0,,,share,after 2038,each age,assumed,tripleaim,,held for a test\n",
        encoding="utf-8",
    )
    death = read_vitals(load(tmp_path), 20).death[:, :, 60]
    at = mortality_known_to(place) - 2025 + 2
    assert death[at + 1] == pytest.approx(death[at], rel=0)
