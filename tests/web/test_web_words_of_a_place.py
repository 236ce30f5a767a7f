"""A place's words are its own: nothing of another place, but in the title of a source."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Sequence
from html import unescape
from pathlib import Path

import docx
import pytest
from crawl import pages_of
from django.test import Client
from openpyxl import load_workbook

from data_folders import linked
from tripleaim.core import RunContext
from tripleaim.place import Place, load, name_old_defaults
from tripleaim.plan import Workspace, draw_futures, run_plan
from tripleaim.web import plans
from tripleaim.web.plans import PlanFolder
from tripleaim.web.ui.registry import registry

EARLY = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21")
LATER = ("2026/27", "2027/28", "2028/29", "2029/30", "2030/31")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def new_place(hamlet: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A place made from a population alone, with a solution, its plan and its range."""
    place = _copied(hamlet, tmp_path_factory.mktemp("new") / "hamlet", "2015/16", EARLY)
    run_plan(place, RunContext(7), data / place.id)
    draw_futures(Workspace.open(data / place.id), 4, context=RunContext(7))
    return place


@pytest.fixture(scope="module")
def later_place(hamlet: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The same people with a plan of 2026/27 to 2030/31, and a file that is read with a note."""
    folder = tmp_path_factory.mktemp("later") / "village"
    _copied(hamlet, folder, "2025/26", LATER)
    (folder / "figures.csv").write_text(
        "ID,value,low,high,unit,year,basis,status,source,where,cause\n"
        "opening.commissioner,-0.1,,,£m,2026/27,,assumed,tripleaim,,ours\n",
        "utf-8",
    )
    name_old_defaults(folder)
    place = load(folder)
    run_plan(place, RunContext(7), data / place.id)
    return place


def _copied(hamlet: Path, folder: Path, base_year: str, years: Sequence[str]) -> Place:
    """The hamlet under another name and in other years, with the solution of the example."""
    shutil.copytree(hamlet, folder)
    example = folder / "solutions" / "hospital-at-home.toml.example"
    solution = example.read_text("utf-8")
    for old, new in zip(EARLY, years, strict=True):
        solution = solution.replace(old, new)
    (folder / "solutions" / "hospital-at-home.toml").write_text(solution, "utf-8")
    horizon = (folder / "place.toml").read_text("utf-8")
    horizon = horizon.replace('id = "hamlet"', f'id = "{folder.name}"').replace(
        "2015/16", base_year
    )
    for old, new in zip(EARLY, years, strict=True):
        horizon = horizon.replace(old, new)
    (folder / "place.toml").write_text(horizon, "utf-8")
    return load(folder)


@pytest.fixture(scope="module")
def second_place(northamptonshire_run: Path, data: Path) -> Place:
    place = load("northamptonshire")
    linked(northamptonshire_run, data / place.id)
    return place


@pytest.fixture
def served(data: Path) -> None:
    plans.use(PlanFolder(data))


@pytest.fixture(scope="session")
def others_words(somerset: Place) -> Callable[[Place], re.Pattern[str]]:
    """What only Somerset's pages may say: its name, partners, sites, districts and records."""

    def words_for(place: Place) -> re.Pattern[str]:
        own = {o.name for o in place.organisations} | {o.short_name for o in place.organisations}
        names = {somerset.name, "Symphony", "562,446", "Yeovil", "Taunton", "Musgrove"}
        names |= {o.name for o in somerset.organisations} - own
        names |= {row["name"] for row in somerset.own.rows("sites.csv")}
        names |= {row["locality"] for row in somerset.own.rows("localities.csv")}
        return re.compile("|".join(rf"\b{re.escape(n)}\b" for n in sorted(names, key=len)[::-1]))

    return words_for


def without_titles(text: str, place: Place) -> str:
    """The text without what a source calls itself, and without the names of places compared."""
    own = [t for s in place.sources.values() for t in (s.title, s.publisher)]
    peers = [row["name"] for row in place.rows("peers.csv")]
    for name in sorted({*own, *peers}, key=len, reverse=True):
        text = text.replace(name, "").replace(name.replace('"', '""'), "")
    return text


def said_of_others(client: Client, place: Place, words: re.Pattern[str]) -> list[str]:
    """Every place on the place's pages that speaks of another place, with what is around it."""
    found = []
    for address, body in pages_of(client, place.id):
        text = without_titles(body, place)
        found += [
            f"{address}: …{text[max(0, m.start() - 60) : m.end() + 60]}…"
            for m in words.finditer(text)
        ]
    return found


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("which", ["new_place", "later_place"])
def test_a_new_place_speaks_of_no_other(
    client: Client,
    which: str,
    request: pytest.FixtureRequest,
    others_words: Callable[[Place], re.Pattern[str]],
) -> None:
    place: Place = request.getfixturevalue(which)
    words = re.compile(others_words(place).pattern + r"|\b[Cc]ounty('s)? ")
    assert said_of_others(client, place, words) == []


@pytest.mark.slow
@pytest.mark.usefixtures("served")
def test_northamptonshire_speaks_of_no_other(
    client: Client, second_place: Place, others_words: Callable[[Place], re.Pattern[str]]
) -> None:
    assert said_of_others(client, second_place, others_words(second_place)) == []


def test_the_workbook_of_a_new_place_speaks_of_no_other(
    data: Path, new_place: Place, others_words: Callable[[Place], re.Pattern[str]]
) -> None:
    book = load_workbook(data / new_place.id / "plan.xlsx", read_only=True)
    cells = [
        str(cell)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]
    words = others_words(new_place)
    assert len(cells) > 1000
    assert [c for c in cells if words.search(without_titles(c, new_place))] == []


@pytest.mark.usefixtures("served")
def test_a_figure_that_is_not_the_places_own_says_so(client: Client, new_place: Place) -> None:
    borrowed = new_place.figure("spend-per-head.acute")
    assert not new_place.is_own(borrowed)
    page = client.get(f"/places/{new_place.id}/figures/{borrowed.id}/").content.decode()
    assert "It is a default, because Hamlet has no figure of its own." in page
    table = client.get(f"/places/{new_place.id}/figures/").content.decode()
    assert "Default" in table
    assert "Hamlet&#39;s own" not in table


@pytest.mark.usefixtures("served", "new_place")
def test_missing_registers_and_lists_are_reported(client: Client) -> None:
    page = client.get("/places/hamlet/people/").content.decode()
    assert "by the population in its files. We have no practice lists" in page
    assert "We have no registers of Hamlet&#39;s practices and use England&#39;s." in page


@pytest.mark.usefixtures("served", "new_place")
def test_a_page_says_at_its_end_what_is_not_the_places_own(client: Client) -> None:
    page = unescape(client.get("/places/hamlet/activity/").content.decode())
    assert "What on this page is not Hamlet’s own" in page
    assert "Not known for this place: growth of contacts beyond size and age." in page
    assert "Used instead: England's growth." in page


@pytest.mark.usefixtures("served", "later_place")
def test_how_files_were_read_stands_below_each_file_with_what_to_do(client: Client) -> None:
    page = unescape(client.get("/places/village/figures/").content.decode())
    section = page.partition("How your files were read</h2>")[2].partition("</section>")[0]
    assert "If one of them is wrong, change the file and build the plan again." in section
    assert re.search(
        r"<h3[^>]*>figures.csv</h3>\s*<ul[^>]*><li>Line 1: the columns? ID (is|are) read as id",
        section,
    )


@pytest.mark.usefixtures("served", "new_place")
@pytest.mark.parametrize(
    ("address", "said", "never"),
    [
        ("", "The one solution</h2>", "All 1 solutions"),
        ("", "It claims £1.5m (claim assumed) in 2020/21.", "five largest"),
        ("", "No printed plan of Hamlet has been entered", "differs from what we compute"),
        ("solutions/", "The plan's one solution claims", "1 of the plan's 1"),
        ("audit/", "Enter its figures in figures.csv", "See those that agree"),
        ("people/", "Localities</h2>", "1 practice"),
        ("staff/", "in 2020/21, after overlap, whole-time staff", "after_overlap, "),
        ("money/incentives/", "carries out the one solution", "0 of 1"),
        ("money/benchmarks/", "Our data has no similar places for Hamlet", "can be result"),
        ("outcomes/", "tripleaim prevention FOLDER", "/footprint"),
        ("futures/", "Do nothing. It is best in", "£0 more"),
        ("activity/cut/", "point of delivery A&E, 2020/21", "acute-ae, "),
    ],
)
def test_a_place_without_a_printed_plan_is_told_what_there_is_and_what_to_do(
    client: Client, address: str, said: str, never: str
) -> None:
    page = client.get(f"/places/hamlet/{address}").content.decode()
    main = unescape(page.partition("<main")[2].partition("</main>")[0])
    assert said in main
    assert never not in main


@pytest.mark.usefixtures("served", "new_place")
def test_a_paper_says_nothing_of_what_an_unprinted_plan_assumes(client: Client) -> None:
    answer = client.get("/places/hamlet/download/paper.docx")
    paper = docx.Document(io.BytesIO(b"".join(answer)))
    told = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "How the numbers were made" in told
    assert "for granted" not in told


@pytest.mark.slow
@pytest.mark.usefixtures("served")
def test_a_page_that_a_scenario_leaves_as_it_was_says_so(
    client: Client, second_place: Place
) -> None:
    """Without one solution each page differs from the plan as printed, or says it does not."""
    printed = f"/places/{second_place.id}/"
    scenario = f"{printed}s/{second_place.solutions[0].id}.x/"
    unmoved = set()
    for entry in registry().pages:
        if "<" in entry.address or not entry.scenarios or entry.needs.job:
            continue
        pages = [
            client.get(base + entry.address, follow=True).content.decode()
            for base in (printed, scenario)
        ]
        before, after = (
            re.search(r"<main.*</main>", page.replace(base, "/"), re.DOTALL)[0]  # type: ignore[index]
            for page, base in zip(pages, (printed, scenario), strict=True)
        )
        says = "This scenario changes nothing on this page" in pages[1]
        assert says == entry.as_printed_only, entry.address
        # Other solutions than this one move activity and staff; a form that nothing has been typed
        # into yet shows no result.
        others = ("activity/", "staff/", "search/", "scenario/assumptions/")
        if before == after and not entry.address.startswith(others):
            unmoved.add(entry.address)
    assert {"people/", "audit/", "figures/", "money/benchmarks/"} <= unmoved
    assert unmoved <= {e.address for e in registry().pages if e.as_printed_only}


@pytest.mark.usefixtures("served", "new_place")
def test_kept_results_of_long_jobs_say_that_a_scenario_does_not_move_them(client: Client) -> None:
    says = "This scenario changes nothing on this page"
    jobs = [e for e in registry().pages if e.needs.job and "<" not in e.address]
    assert {e.needs.job for e in jobs} == {"futures", "prevention", "backtest"}
    for entry in jobs:
        assert says not in client.get(f"/places/hamlet/{entry.address}").content.decode()
        page = client.get(f"/places/hamlet/s/hospital-at-home.x/{entry.address}").content.decode()
        assert says in page, entry.address
