"""One number, one meaning: every headline has one value, on whatever page of whatever place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from listed_pages import is_new

from data_folders import linked
from tripleaim.accounts import has_flows
from tripleaim.plan import PlanDocument, Workspace, choose, first_year_not_met
from tripleaim.web import plans
from tripleaim.web.plans.folder import PlanFolder
from tripleaim.wording import count, percent, position, saves, signed

PLACES = ("somerset", "northamptonshire", "hamlet")
OTHER = re.compile("/(?:download|s)/")
"""Files, and the same pages again under a scenario."""

AMOUNT = r"(?:£[\d,.]+m (?:short|in surplus)|in balance)"


@dataclass(frozen=True)
class Headline:
    """A number that pages tell in words, and what the run's own documents say it is.

    `said` is a regular expression with one group, the number as a page says it; every match on
    every page must be one of `expected`, which is empty where the place has no such number.
    """

    name: str
    said: str
    expected: Callable[[Workspace, PlanDocument], set[str]]


def nhs(basis: str, year: int | str) -> Callable[[Workspace, PlanDocument], set[str]]:
    """The NHS position on a basis in a year of the plan, or over all of them, in words."""

    def told(_: Workspace, plan: PlanDocument) -> set[str]:
        key = plan.years[year] if isinstance(year, int) else year
        by_year = plan.gap_gbp_m.get(basis, {})
        return {position(by_year[key])} if key in by_year else set()

    return told


def aged(year: int | None) -> Callable[[Workspace, PlanDocument], set[str]]:
    """The share aged 75 and over in a year of the plan, or in the base year."""

    def told(_: Workspace, plan: PlanDocument) -> set[str]:
        key = plan.base_year if year is None else plan.years[year]
        return {percent(plan.aged_75_and_over_pct[key])}

    return told


def registered(_: Workspace, plan: PlanDocument) -> set[str]:
    """How many people are registered in the base year."""
    return {count(plan.population[plan.base_year])}


def first_year(which: str) -> Callable[[Workspace, PlanDocument], set[str]]:
    """The first year's position as printed or as our line has it, where the two differ."""

    def told(_: Workspace, plan: PlanDocument) -> set[str]:
        finding = first_year_not_met(plan)
        return {position(getattr(finding, which))} if finding else set()

    return told


def on_evidence(
    say: Callable[[float], str], *, of_none: bool
) -> Callable[[Workspace, PlanDocument], set[str]]:
    """What solutions come to together on evidence in the last year, as `say` has it.

    `of_none` says whether that stands on pages of a place without solutions too.
    """

    def told(run: Workspace, plan: PlanDocument) -> set[str]:
        gap, last = plan.gap_gbp_m, plan.years[-1]
        if not (run.place.solutions or of_none):
            return set()
        return {say(gap["on_evidence"][last] - gap["do_nothing"][last])}

    return told


def measured(run: Workspace, designs: tuple[str, ...]) -> int:
    """How many solutions have an effect that a study of one of these designs measured."""
    found = ([e.evidence for e in s.effects if e.evidence.measured] for s in run.place.solutions)
    return sum(any(e.design in designs for e in evidence) for evidence in found)


def studied(*designs: str, others: bool = False) -> Callable[[Workspace, PlanDocument], set[str]]:
    """How many solutions studies of these designs measured, or all others, in words."""

    def told(run: Workspace, _: PlanDocument) -> set[str]:
        every, some = len(run.place.solutions), measured(run, designs)
        if others:
            return {str(every - some)} if every else set()
        # Where no study measured anything, one sentence says so of all solutions.
        return {str(some)} if measured(run, ("controlled", "before-after")) else set()

    return told


def nhs_of_the_books(run: Workspace, plan: PlanDocument) -> set[str]:
    """The NHS's part of what organisations are short of: its gap, where anybody else has a book."""
    if not has_flows(run.place):
        return set()
    others = run.organisation_books().finding.others
    return nhs("do_nothing", -1)(run, plan) if others else set()


HEADLINES = (
    Headline(
        "if nothing changes",
        rf"If nothing changes, the NHS is ({AMOUNT})",
        nhs("do_nothing", -1),
    ),
    Headline(
        "as claimed",
        rf"If every claim comes true, it is ({AMOUNT})",
        nhs("as_claimed", -1),
    ),
    Headline(
        "after overlap",
        rf"after removing double counting, it is ({AMOUNT})",
        nhs("after_overlap", -1),
    ),
    Headline("both sides together", rf"Together that is ({AMOUNT})", nhs("do_nothing", -1)),
    Headline("all years", rf"({AMOUNT}) over the \d+ years", nhs("do_nothing", "cumulative")),
    Headline(
        "first year as printed",
        rf"the plan prints ({AMOUNT}), and our line",
        first_year("printed"),
    ),
    Headline(
        "first year of our line",
        rf"and our line has ({AMOUNT})",
        first_year("computed"),
    ),
    Headline(
        "75 and over, base year",
        r"([\d.]+%) (?:of the registered )?are 75 or over in",
        aged(None),
    ),
    Headline("75 and over, first year", r"share aged 75 and over from ([\d.]+%)", aged(0)),
    Headline("75 and over, last year", r"by \d{4}/\d\d it will be ([\d.]+%)", aged(-1)),
    Headline("75 and over at the end", r"aged 75 and over from \S+ to ([\d.]+%)\.", aged(-1)),
    Headline("people", r"([\d,]+) people(?: are registered with|, by the population)", registered),
    Headline(
        "on evidence, together",
        r"(?:so the net saving on evidence is|That leaves) (\S+?)(?:\. | for all together)",
        on_evidence(signed, of_none=False),
    ),
    Headline(
        "on evidence, compared",
        r"all of it together (.+?)\. That is a lower",
        on_evidence(saves, of_none=True),
    ),
    Headline(
        "solutions that studies measured",
        r"measured an effect of (\d+) of",
        studied("controlled", "before-after"),
    ),
    Headline("and controlled ones", r"For (\d+) they were controlled", studied("controlled")),
    Headline(
        "that no study measured",
        r"No study measured (?:the other|an effect of any of the) (\d+)",
        studied("controlled", "before-after", others=True),
    ),
    Headline("the NHS in the books", rf"together \(the NHS ({AMOUNT})", nhs_of_the_books),
)


@pytest.fixture(scope="module")
def folder(
    somerset_run: Path,
    northamptonshire_run: Path,
    hamlet_run: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A data folder with the runs of three places."""
    data = tmp_path_factory.mktemp("three places")
    for name, run in zip(PLACES, (somerset_run, northamptonshire_run, hamlet_run), strict=True):
        linked(run, data / name)
    return data


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, dict[str, str]]:
    """The text of every page by place and address, found by following links from its first."""
    source = PlanFolder(folder)
    plans.use(source)
    client = Client(headers={"host": "localhost"})
    return {name: dict(walk(client, name)) for name in PLACES}


def walk(client: Client, name: str) -> Iterator[tuple[str, str]]:
    """Each page that can be reached within a place, with its words."""
    home = f"/places/{name}/"
    seen: list[str] = []
    left = [home]
    while left:
        path = left.pop(0)
        if not is_new(path, seen, most=1):
            continue
        seen.append(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        body = answer.content.decode()
        yield path, words_of(body)
        links = (unescape(link) for link in re.findall(r'href="([^"#?]+/)["#?]', body))
        left += [link for link in links if link.startswith(home) and not OTHER.search(link)]


def words_of(body: str) -> str:
    """What a page says, without its pictures."""
    bare = re.sub(r"(?s)<(script|style|svg|head)\b.*?</\1>|<[^>]+>", " ", body)
    return re.sub(r"\s+", " ", unescape(bare)).replace(" .", ".").replace(" ,", ",")


@pytest.mark.parametrize("name", PLACES)
def test_each_headline_has_one_value_on_all_pages_of_a_place(
    name: str, folder: Path, pages: dict[str, dict[str, str]]
) -> None:
    run = Workspace.open(folder / name)
    plan = run.document(choose(run.place, seed=run.seed))
    assert len(pages[name]) > 10
    for headline in HEADLINES:
        told = {
            (path, value)
            for path, text in pages[name].items()
            for value in re.findall(headline.said, text)
        }
        assert {value for _, value in told} == headline.expected(run, plan), (headline.name, told)
