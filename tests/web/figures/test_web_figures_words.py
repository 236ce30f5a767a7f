"""The audit and figures in words."""

from dataclasses import replace

from sample_plan import FINDINGS, SampleWorkspace

from tripleaim.web.pages.figures.presenters import audit
from tripleaim.web.pages.figures.presenters.figures import ROWS, Search, notes_by_file
from tripleaim.web.ui.paging import list_page

WORKSPACE = SampleWorkspace()


def test_the_audit_is_grouped_by_severity() -> None:
    groups = audit.groups(audit.items(FINDINGS))
    assert [g.id for g in groups] == ["severity-high", "severity-medium", "severity-low"]
    assert [g.heading for g in groups] == ["High severity", "Medium severity", "Low severity"]
    [held] = audit.groups(audit.items(FINDINGS, "holds"))
    assert held.heading == ""


def test_the_audit_counts_what_holds_what_rounds_and_what_contradicts() -> None:
    assert audit.answer(FINDINGS, "Somerset") == (
        "Mostly. Of 50 sums, rates and repeated numbers that we checked, 30 are as printed, 5 "
        "differ by no more than rounding, and 15 contradict another number."
    )
    assert sum(row["count"] for row in audit.counts(FINDINGS).rows) == len(FINDINGS)


def test_the_audit_lists_the_most_serious_first_and_leaves_out_what_agrees() -> None:
    items = audit.items(FINDINGS)
    order = {"high": 0, "medium": 1, "low": 2}
    ranks = [order[i.severity] for i in items]
    assert ranks == sorted(ranks)
    assert len(items) == 15
    assert len(audit.items(FINDINGS, "holds")) == 30


def test_a_plan_that_adds_up_is_described_so() -> None:
    holding = [replace(f, holds=True, verdict="holds") for f in FINDINGS]
    assert audit.answer(holding, "Somerset").startswith("Yes. All 50")


def test_figures_are_found_by_every_word_typed() -> None:
    matches = Search(text="acute-ae 2020").matches(WORKSPACE.place)
    assert [f.id for f in matches] == ["activity.acute-ae.2020_21"]
    assert {f.status for f in Search(status="assumed").matches(WORKSPACE.place)} == {"assumed"}


def test_a_number_finds_the_figures_that_are_written_so() -> None:
    figure = WORKSPACE.place.figures["activity.acute-ae.2020_21"]
    assert figure in Search(text=f"{figure.value:,.0f}").matches(WORKSPACE.place)
    assert not Search(text="987654321.5").matches(WORKSPACE.place)


def test_a_page_beyond_the_last_is_the_last() -> None:
    figures = list(WORKSPACE.place.figures.values())
    shown = list_page(figures, "99", ROWS)
    assert shown.now == shown.last == -(-len(figures) // ROWS)
    assert shown.items[-1] is figures[-1]


def test_notes_on_files_stand_below_their_file_and_any_other_by_itself() -> None:
    notes = [
        'ages.csv, line 1: read as Windows-1252, because it is not UTF-8: "Côte: 1".',
        "the list of St. Mary.xlsx, sheet people, line 2: empty.",
        "ages.csv: 2 lines of totals equal the sum and are left out (all ages).",
        "nothing that names a file",
    ]
    assert notes_by_file(notes) == [
        (
            "ages.csv",
            [
                'Line 1: read as Windows-1252, because it is not UTF-8: "Côte: 1".',
                "2 lines of totals equal the sum and are left out (all ages).",
            ],
        ),
        ("the list of St. Mary.xlsx", ["Sheet people, line 2: empty."]),
        ("", ["nothing that names a file"]),
    ]
