"""Every solution is compared with what the plan prints of it, thing by thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.place import PRINTED_THINGS, InputError, Solution, load

PLACES = {name: load(name) for name in ("somerset", "northamptonshire")}
SOLUTIONS = [solution for place in PLACES.values() for solution in place.solutions]
NOT_NAMED = "not named in the "


@pytest.mark.parametrize("solution", SOLUTIONS, ids=lambda s: s.id)
def test_everything_in_a_solution_is_cited_or_marked_as_ours(solution: Solution):
    assert [line.thing for line in solution.printed] == list(PRINTED_THINGS)
    assert solution.printed_source.endswith("-stp-2016")
    for line in solution.printed:
        assert line.where if line.status == "published" else line.cause
        assert bool(line.says) == bool(line.where)


@pytest.mark.parametrize("solution", SOLUTIONS, ids=lambda s: s.id)
def test_an_owner_is_somebody_whom_the_plan_names_or_nobody(solution: Solution):
    line = solution.printed_line("owner")
    assert line is not None
    if solution.owner.startswith(NOT_NAMED):
        assert line.status == "assumed"
        return
    assert line.status == "published"
    for name in solution.owner.split(" (")[0].split(" and "):
        assert name in line.says


@pytest.mark.parametrize("solution", SOLUTIONS, ids=lambda s: s.id)
def test_an_amount_is_printed_or_its_split_is_marked_as_ours(solution: Solution):
    line = solution.printed_line("amount")
    assert line is not None
    assert line.status == solution.claim_status
    if not solution.amount_known:
        assert "not known" in line.cause


def test_the_plan_prints_the_amount_of_one_solution_and_the_report_of_none():
    printed = [solution.id for solution in SOLUTIONS if solution.claim_status == "published"]
    assert printed == ["delayed-transfers-halved"]
    delays = PLACES["somerset"].solution("delayed-transfers-halved").claim["providers"]
    somerset = PLACES["somerset"]
    assert delays["2016/17"] == somerset.value("dtoc.saving.2016_17")
    assert delays["2020/21"] == pytest.approx(12 * somerset.value("dtoc.saving-a-month") / 1000)


def test_each_priority_of_somerset_has_the_lead_that_the_plan_names():
    leads = {
        (solution.priority, solution.owner.split(" (")[0])
        for solution in PLACES["somerset"].solutions
        if not solution.owner.startswith(NOT_NAMED)
    }
    assert leads == {
        (1, "David Slack"),
        (1, "Nick Broughton"),
        (2, "Pat Flaherty"),
        (3, "Nick Broughton"),
        (4, "Sam Barrell"),
        (5, "Paul Mears and David Slack"),
    }
    unnamed = [s.id for s in PLACES["somerset"].solutions if s.owner == "not named in the plan"]
    assert unnamed == ["diabetes-prevention", "falls-prevention", "prescribing-efficiency"]


def test_the_report_of_northamptonshire_names_no_owner():
    owners = {solution.owner for solution in PLACES["northamptonshire"].solutions}
    assert owners == {"not named in the report"}


@pytest.mark.parametrize("name", PLACES)
def test_every_published_figure_says_where_it_is_printed(name: str):
    place = PLACES[name]
    assert [f.id for f in place.figures.values() if f.status == "published" and not f.where] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('status = "assumed"           # published, assumed', 'status = "printed"',
         'column "printed.start.status": "printed": expected published or assumed'),
        ('status = "assumed"           # published, assumed', 'status = "published"',
         'column "printed.start.status": "published": expected where the plan prints it'),
        ('cause = "an example"\n', 'says = "May 2017"\n',
         'column "printed.start": "May 2017": expected says and where together, or neither'),
        ('cause = "an example"\n', "",
         'column "printed.start.status": "assumed": expected a cause for what is assumed'),
        ('[printed.start]', '[printed.begin]',
         'column "printed.begin": "begin": unknown key; expected source, solution, start, owner'),
        ('[printed]                    # what the plan prints of it; leave out where nobody has '
         'checked\nsource = "tripleaim"', '[printed]\nsource = "tripelaim"',
         'column "printed.source": "tripelaim": expected the id of a source'),
    ],
)  # fmt: skip
def test_a_printed_line_that_says_too_little_is_refused(
    arden: Path, old: str, new: str, message: str
):
    file = arden / "solutions" / "hospital-at-home.toml"
    head, mark, tail = file.read_text(encoding="utf-8").partition("[printed]")
    file.write_text(head + (mark + tail).replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as fault:
        load(arden)
    assert message in str(fault.value)
