"""Every figure has a status and a source, and an assumed one says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from faulty import outcome
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.place import STATUS_MEANING, STATUSES, InputError, Source, load
from tripleaim.place.figures import read_figures, read_figures_with_faults, read_sources

HEADER = "id,value,low,high,unit,year,basis,status,source,where,cause\n"
SOURCES_HEADER = "id,title,publisher,table,edition,licence,note\n"
SOURCES = {"plan": Source("plan", "The plan", "Partners", "chart", "2016", "facts only", "")}


def test_a_figure_is_read_with_its_interval_and_its_source(tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(
        HEADER + "gap.nhs,-174.6,-180,,£m,2020/21,in-year,published,plan,chart,\n", encoding="utf-8"
    )
    figure = read_figures(file, SOURCES)["gap.nhs"]
    assert (figure.value, figure.low, figure.high) == (-174.6, -180.0, None)
    assert (figure.status, figure.source, figure.where) == ("published", "plan", "chart")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "gap,1,,,£m,,,assumed,plan,,",
            'column "cause": nothing (an empty cell): '
            "expected a cause: say why this figure is assumed.",
        ),
        (
            "gap,1,,,£m,,,public,plann,,",
            'column "source": "plann": expected an id from sources.csv. Did you mean "plan"?',
        ),
        (
            "gap,1,2,3,£m,,,public,plan,,",
            'column "value": "1.0": expected a value within its bounds, 2 and 3.',
        ),
        (
            "gap,4,,3,£m,,,public,plan,,",
            'column "value": "4.0": expected a value within its bounds, 3.',
        ),
        (
            "gap nhs,1,,,£m,,,public,plan,,",
            'column "id": "gap nhs": expected letters, digits, dots, hyphens and underscores only.',
        ),
        ("a,1,,,£m,,,public,plan,,\na,2,,,£m,,,public,plan,,", "the figure is listed twice."),
    ],
)
def test_a_figure_with_a_fault_is_refused(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(f"{HEADER}{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        read_figures(file, SOURCES)
    assert str(refusal.value).endswith(message)


def test_a_source_listed_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sources.csv"
    file.write_text(f"{SOURCES_HEADER}a,A,A,A,A,A,\na,B,B,B,B,B,\n", encoding="utf-8")
    with pytest.raises(InputError, match='line 3, column "id": "a": the source is listed twice'):
        read_sources(file)


@pytest.mark.parametrize("column", ["title", "publisher", "table", "edition"])
def test_a_source_says_title_publisher_table_and_edition(tmp_path: Path, column: str) -> None:
    cells = dict.fromkeys(SOURCES_HEADER.strip().split(","), "A") | {column: ""}
    file = tmp_path / "sources.csv"
    file.write_text(SOURCES_HEADER + ",".join(cells.values()) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=f'line 2, column "{column}": nothing '):
        read_sources(file)


def test_a_cause_and_who_would_know_are_separate(tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(
        HEADER
        + "a,1,,,£m,,,assumed,plan,,a guess; who would know: the finance team\n"
        + "b,1,,,£m,,,assumed,plan,,a choice\n",
        encoding="utf-8",
    )
    figures = read_figures(file, SOURCES)
    assert (figures["a"].reason, figures["a"].who_would_know) == ("a guess", "the finance team")
    assert (figures["b"].reason, figures["b"].who_would_know) == ("a choice", "")


def test_each_status_has_a_meaning() -> None:
    assert tuple(STATUS_MEANING) == STATUSES


def test_the_place_overrides_the_default_it_builds_on() -> None:
    somerset, england = load("somerset"), load("england")
    shared = set(somerset.figures) & set(england.figures)
    assert set(england.figures) == shared
    assert somerset.path("quintile_shares.csv") == england.path("quintile_shares.csv")
    assert somerset.path("organisations.csv") != england.path("organisations.csv")


def test_an_unknown_figure_is_refused_with_the_nearest() -> None:
    place = load("northamptonshire")
    assert place.value("savings.total") == 116
    with pytest.raises(InputError) as refusal:
        place.value("saving.total")
    assert str(refusal.value) == (
        f'{place.folder}: "saving.total": there is no figure of this name. Did you mean '
        '"savings.total"?'
    )


def test_northamptonshire_has_116_million_of_savings_of_which_three_quarters_are_ideas() -> None:
    place = load("northamptonshire")
    claims = {
        s.id: sum(side[place.last_year] for side in s.claim.values()) for s in place.solutions
    }
    ideas = sum(claims[s.id] for s in place.solutions if s.maturity == "idea")
    assert round(sum(claims.values()), 6) == place.value("savings.total") == 116
    assert round(ideas, 6) == place.value("savings.undeveloped") == 87
    assert ideas / 116 == place.value("savings.undeveloped-share") == 0.75


CELL = st.sampled_from(["", "a", "1", "-1", "2", "public", "assumed", "plan", "x y", "£", "1e999"])


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=40)
    | st.lists(st.lists(CELL, min_size=10, max_size=12), max_size=4).map(
        lambda rows: "\n".join(map(",".join, rows)).encode()
    )
)
def test_any_bytes_are_figures_or_a_fault_of_input(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any_figures.csv"
    file.write_bytes(HEADER.encode() + raw)
    found = outcome(lambda: read_figures(file, SOURCES))
    if isinstance(found, InputError):
        assert str(found).startswith(str(file))
    else:
        assert all(figure.source in SOURCES for figure in found.values())


@pytest.mark.parametrize("year", ["2015-16", "2015/2016", "FY15/16"])
def test_a_year_of_a_figure_is_read_as_people_write_it(tmp_path: Path, year: str) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(HEADER + f"spend-per-head.acute,630,,,£/head,{year},,public,plan,,\n", "utf-8")
    figures, faults = read_figures_with_faults(file, SOURCES)
    assert faults == []
    assert figures["spend-per-head.acute"].year == "2015/16"


@pytest.mark.parametrize("year", ["FY16", "2015/17", "2011-12", "1066/67"])
def test_a_year_that_no_year_can_be_is_refused_by_name(tmp_path: Path, year: str) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(HEADER + f"growth.allocation,2,,,%,{year},,public,plan,,\n", "utf-8")
    _, faults = read_figures_with_faults(file, SOURCES)
    assert [(fault.line, fault.column, fault.value) for fault in faults] == [(2, "year", year)]
