"""A plan's own peer figures: what is derived from print, to the penny."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tripleaim.measures import PrintedPeer, printed_peers, right_sizing
from tripleaim.place import InputError, Place, load
from tripleaim.wording import sentence, sentences


@pytest.fixture(scope="module")
def lines(somerset: Place) -> dict[str, PrintedPeer]:
    return {line.id: line for line in printed_peers(somerset)}


def test_peers_spend_follows_from_the_printed_percentage(lines: dict[str, PrintedPeer]) -> None:
    assert {name: line.peers for name, line in lines.items()} == {
        "acute": Decimal("630.48"),
        "community-and-mental-health": Decimal("267.00"),
        "continuing-health-care": Decimal("73.04"),
        "prescribing": Decimal("173.86"),
        "care-home-admissions": None,
    }


def test_pounds_are_what_the_peers_level_would_release_or_cost(
    lines: dict[str, PrintedPeer],
) -> None:
    # 562,446 x (662 - 662 / 1.05), and so on.
    assert lines["acute"].pounds == Decimal("17730440.57")
    assert lines["continuing-health-care"].pounds == Decimal("6162451.83")
    assert lines["prescribing"].pounds == Decimal("-11734668.82")
    assert lines["community-and-mental-health"].pounds == 0


def test_the_rounding_of_print_is_carried_to_the_pounds(lines: dict[str, PrintedPeer]) -> None:
    for line in lines.values():
        if line.pounds is not None and line.low is not None and line.high is not None:
            assert line.low < line.pounds < line.high
    # A match printed as 0% could be half a per cent either way: £0.75m on £267 a head.
    match = lines["community-and-mental-health"]
    assert match.low is not None
    assert match.high is not None
    assert match.low < Decimal(-740_000)
    assert match.high > Decimal(740_000)


def test_without_a_printed_spend_no_pounds_follow(lines: dict[str, PrintedPeer]) -> None:
    line = lines["care-home-admissions"]
    assert line.pounds is None
    assert sentence(line).startswith(
        "Permanent admissions to care homes: 13% above the average that the plan names"
    )


def test_right_sizing_adds_what_is_released_and_what_it_costs(somerset: Place) -> None:
    found = right_sizing(somerset, printed_peers(somerset))
    assert found.released == Decimal("17730440.57") + Decimal("6162451.83")
    assert found.net == found.released + found.cost
    assert found.gap == Decimal("174.625") * 1_000_000
    assert sentence(found) == (
        "If the place spent what its peers spend for each person, it would release £23.9m a year "
        "and spend £11.7m more. That is £12.2m net, 7% of the gap of £174.6m."
    )


def test_cutting_what_is_already_below_its_peers_is_said(somerset: Place) -> None:
    said = sentences(right_sizing(somerset, printed_peers(somerset)).findings)
    assert any(
        text.startswith("Prescribing already costs £11.7m a year less than at its peers' level")
        for text in said
    )


def test_a_place_that_prints_no_peers_has_no_lines() -> None:
    assert printed_peers(load("northamptonshire")) == ()


def test_an_unknown_figure_is_refused_by_line(tmp_path: Path, somerset: Place) -> None:
    folder = Path(shutil.copytree(somerset.folder, tmp_path / "somerset"))
    path = folder / "benchmarks.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace("spend-per-head.acute", "spend-per-heads.acute"), "utf-8")
    with pytest.raises(InputError, match=r"column \"spend\".*spend-per-head.acute"):
        printed_peers(load(folder))
