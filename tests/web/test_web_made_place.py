"""The pages of a place made of a board speak of today and of no other place."""

from __future__ import annotations

import csv
import re
from html import unescape
from math import ceil

import pytest
from crawl import pages_of
from django.test import Client

from small_boards import small_board
from tripleaim.activity import measured_contacts
from tripleaim.core import RunContext
from tripleaim.measures import need_of
from tripleaim.place import Place
from tripleaim.plan import PlanDocument, run_plan
from tripleaim.web import plans
from tripleaim.web.plans import PlanFolder

WORDS = re.compile(
    r"\bCCGs?\b|\bSTFs?\b|\bSTPs?\b|\bQIPP\b|\bCIPs?\b|[aA]s printed|[Cc]ontrol totals?\b"
    r"|[Cc]linical [Cc]ommissioning|[Ss]ustainability and [Tt]ransformation"
    r"|Somerset|Northampton|Symphony"
)
OLD_YEAR = "2013/14"
FIGURES = re.compile(r"/figures(/|\.csv)")
"""Two of England's figures are of 2013/14 and say so."""
OTHERS = ("Somerset", "Northampton")
COMPARED = re.compile(r"/money/benchmarks|/(peers|margins)\.csv")
"""The page and the tables that compare the board with others, which they name."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A board of six trusts with one in a hundred of its people, and its plan."""
    root = tmp_path_factory.mktemp("made")
    place = small_board(root, "QKS", "kent-and-medway")
    run_plan(place, RunContext(7), root / "data" / place.id)
    plans.use(PlanFolder(root / "data"))
    return place


@pytest.mark.slow
def test_its_pages_have_no_words_of_2016_and_no_other_place(client: Client, made: Place) -> None:
    plans.use(PlanFolder(made.folder.parent / "data"))
    pages = list(pages_of(client, made.id))
    assert len(pages) > 100
    found = [
        f"{address}: …{text[max(0, hit.start() - 60) : hit.end() + 60]}…"
        for address, text in pages
        for hit in WORDS.finditer(text)
        if not (hit[0] in OTHERS and COMPARED.search(address))
    ]
    assert found == []
    assert not [a for a, text in pages if OLD_YEAR in text and not FIGURES.search(a)]


def test_a_page_says_what_is_measured_and_what_would_replace_the_rest(
    client: Client, made: Place
) -> None:
    plans.use(PlanFolder(made.folder.parent / "data"))
    page = unescape(client.get(f"/places/{made.id}/not-known/").content.decode())
    assert "NHS Kent and Medway is 50.0% complete. Of its 45 parts 18 are measured here" in page
    row = page.partition("Mortality to come")[2].partition("</tr>")[0]
    assert "Borrowed" in row
    assert "The national projection of 2014" in row
    assert "national population projections (ONS)" in row
    old = page.partition("Which tables are old?")[2].partition("Staff minutes per contact")[2]
    assert "about 2016" in old
    assert "No later table of England comes with the product" in old


def test_its_activity_starts_from_what_was_counted(client: Client, made: Place) -> None:
    counts = measured_contacts(made)
    plans.use(PlanFolder(made.folder.parent / "data"))
    written = (made.folder.parent / "data" / made.id / "plan.json").read_text(encoding="utf-8")
    document = PlanDocument.model_validate_json(written)
    for part in document.points_of_delivery:
        if part.id not in counts:
            assert part.measured is None
            continue
        found = part.measured
        assert found is not None
        assert found.contacts == counts[part.id].contacts
        before = document.activity["do_nothing_uncalibrated"][part.id]
        for year, contacts in document.activity["do_nothing"][part.id].items():
            assert contacts * found.uncalibrated == pytest.approx(before[year] * found.contacts)
    page = unescape(client.get(f"/places/{made.id}/activity/").content.decode())
    assert "A&E against 11,372 counted" in page
    assert "through A&E and direct ones" in page
    table = client.get(f"/places/{made.id}/download/activity-measured.csv").content.decode()
    assert len(table.splitlines()) == 3


def test_its_waiting_list_is_set_against_the_target(client: Client, made: Place) -> None:
    plans.use(PlanFolder(made.folder.parent / "data"))
    page = unescape(client.get(f"/places/{made.id}/activity/waiting/").content.decode())
    rows = made.rows("waiting_list.csv")
    people = round(sum(row["waiting"] for row in rows))
    late = sum(int(row["waiting"]) for row in rows if row["weeks_from"] >= 18)
    assert f"{people:,} people of NHS Kent and Medway wait to start planned treatment" in page
    assert f"{100 * (1 - late / people):.1f}% of them have waited for less than 18 weeks" in page
    assert (
        f"70% by the end of 2026/27 ({ceil(round(late - 0.3 * people, 6)):,} people fewer" in page
    )
    assert (
        f"92% by the end of 2028/29 ({ceil(round(late - 0.08 * people, 6)):,} people fewer" in page
    )
    assert "weeks of the planned admissions that we expect" in page
    table = client.get(f"/places/{made.id}/download/waiting-list.csv").content.decode()
    assert len(table.splitlines()) == 2 + len({row["specialty"] for row in rows})


def test_a_place_without_a_list_says_that_it_is_not_known(client: Client) -> None:
    page = unescape(client.get("/places/somerset/activity/waiting/").content.decode())
    assert "this place has no waiting_list.csv" in page


def test_need_of_its_practices_adds_up(client: Client, made: Place) -> None:
    found = need_of(made)
    assert found is not None
    assert found.allocation is not None
    plans.use(PlanFolder(made.folder.parent / "data"))
    rows = made.rows("need_weights.csv")
    for parts in (found.localities, found.practices):
        assert sum(one.people for one in parts) == pytest.approx(sum(r["people"] for r in rows))
        assert sum(one.core for one in parts) == pytest.approx(sum(r["core"] for r in rows))
        for share in ("by_need", "by_people"):
            pounds = sum(getattr(one, share) for one in parts)
            assert pounds == pytest.approx(found.allocation)
    page = unescape(client.get(f"/places/{made.id}/people/need/").content.decode())
    assert f"NHS Kent and Medway has {100 * found.whole.core / found.whole.people:.0f}% of" in page
    table = client.get(f"/places/{made.id}/download/need-practices.csv").content.decode()
    assert len(table.splitlines()) == 1 + len(rows)


def test_its_general_practitioners_are_those_counted(client: Client, made: Place) -> None:
    plans.use(PlanFolder(made.folder.parent / "data"))
    counted = sum(row["fte"] for row in made.rows("staff_levels.csv"))
    table = client.get(f"/places/{made.id}/download/staff-measured.csv").content.decode()
    first, *trusts = list(csv.DictReader(table.splitlines()))
    assert float(first["counted"]) == pytest.approx(counted, abs=0.5)
    assert len(trusts) == len(
        [r for r in made.rows("staff_in_post.csv") if r["group"] == "all staff"]
    )
    page = unescape(client.get(f"/places/{made.id}/staff/").content.decode())
    assert "Where a group was counted here" in page


def test_pages_of_money_ask_for_what_nobody_publishes(client: Client, made: Place) -> None:
    plans.use(PlanFolder(made.folder.parent / "data"))
    for address in ("", "money/"):
        page = unescape(client.get(f"/places/{made.id}/{address}").content.decode())
        assert "The gap is not known" in page
        assert "Opening position of NHS Kent and Medway in 2026/27" in page
        assert 'name="growth.allocation"' in page


@pytest.mark.slow
def test_each_page_says_what_it_rests_on(client: Client, made: Place) -> None:
    plans.use(PlanFolder(made.folder.parent / "data"))
    rows = made.rows("completeness.csv")
    for address, parts in {
        "people/": {"People"},
        "activity/": {"People", "Care"},
        "money/": {"People", "Care", "Money"},
        "": {"People", "Care", "Money", "Staff", "Plan"},
    }.items():
        page = unescape(client.get(f"/places/{made.id}/{address}").content.decode())
        of_it = [row for row in rows if row["part"] in parts]
        measured = sum(row["standing"] == "measured" for row in of_it)
        assert f"Made from {len(of_it)} parts: {measured} measured here, " in page
        borrowed = next(row for row in of_it if row["standing"] == "borrowed")
        assert f"To replace it: {borrowed['replaced_by']}." in page
        assert "What on this page is not" not in page


def test_waiting_times_are_beside_the_targets_of_each_year(client: Client, made: Place) -> None:
    plans.use(PlanFolder(made.folder.parent / "data"))
    page = unescape(client.get(f"/places/{made.id}/activity/waiting-times/").content.decode())
    cancer = page.partition("Treated for cancer within 62 days of referral")[2]
    assert "NHS England (cancer waiting times by provider)" in cancer
    rows = client.get(f"/places/{made.id}/download/waiting-times.csv").content.decode().split("\n")
    assert rows[0].startswith("what,now,people,period,2025/26,2026/27,2027/28,2028/29,")
    planned = next(row for row in rows if row.startswith("Waiting 18 weeks"))
    assert ",January 2026,65%,70%,not found,92%," in planned


def test_solutions_that_are_ready_show_their_size_here_and_can_be_chosen(
    client: Client, made: Place
) -> None:
    plans.use(PlanFolder(made.folder.parent / "data"))
    table = client.get(f"/places/{made.id}/download/solutions-ready.csv").content.decode()
    rows = {row["name"]: row for row in csv.DictReader(table.splitlines())}
    assert len(rows) == len([s for s in made.solutions if not s.chosen]) >= 10
    registered = 20_395
    for row in rows.values():
        assert 0 < float(row["take_part"]) <= float(row["people"]) < 1.1 * registered
        assert float(row["cost"]) > 0
        assert row["class"]
    assert rows["Health coaching by telephone"]["class"] == "shown not to work"
    assert rows["Same-day emergency care"]["net"] == "not known"

    home = f"/places/{made.id}/"
    page = unescape(client.get(f"{home}solutions/").content.decode())
    assert "No solution is in the plan yet." in page
    chosen = f"{home}s/care-home-support.e/solutions/"
    assert f'href="{chosen}care-home-support/"' in page
    inside = unescape(client.get(chosen).content.decode())
    assert "Support to care homes" in inside.partition('id="ready"')[0]
    one = unescape(client.get(f"{home}solutions/falls-prevention/").content.decode())
    assert "ready to choose" in one
    assert "For this solution alone to pay for itself" in one
