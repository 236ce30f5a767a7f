"""Every picture of every page as a file: SVG and PNG, with what stands around it on the page."""

from __future__ import annotations

import json
import re
import struct
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from listed_pages import OF_MONEY_AND_STAFF, OF_PREVENTION
from prevention_county import PreventionPlans
from sample_runs import RunsPlans, backtest, finished, with_futures

from tripleaim.web import plans
from tripleaim.web.pages.people.pictures import MapArea, deprivation_map
from tripleaim.web.plans import open_plans
from tripleaim.web.ui.charts.key import MARKS
from tripleaim.web.ui.charts.picture import Picture
from tripleaim.web.ui.charts.picture_file import png_file, svg_file
from tripleaim.web.ui.registry import registry

SVG = "{http://www.w3.org/2000/svg}"
FIGURE = re.compile(r'<figure class="ta-picture">.*?</figure>\s*(?:<p.*?</p>)?', re.DOTALL)
OF_SAMPLE = (
    *("", "activity/", "money/", "solutions/", "solutions/falls/", "compare/", "audit/"),
    *("compare/?with=falls.x", "solutions/?class=not+known&was=falls.x", "s/falls.x/"),
    *("s/falls.x/solutions/falls/", "people/"),
)

DRAWN_ALIKE = {
    *(path for path in OF_PREVENTION if "sort=" in path),
    *("money/organisations/11X/", "money/settings/?basis=on_evidence"),
    *("money/organisations/?year=2020/21&line=acute", "outcomes/attribution/?outcome=net"),
}
"""Pages whose pictures are those of another page in the list, or like them."""
WITHOUT = ("control-totals", "published", "risks", "open-book", "settings")
"""Pages that have no picture over the county, of which no run was kept."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> PreventionPlans:
    return PreventionPlans(tmp_path_factory.mktemp("data"))


def _hold(client: Client, page: str) -> list[str]:
    """Hold each picture of a page against its two files; the titles of those that there are."""
    body = client.get(page).content.decode()
    titles = []
    for figure in FIGURE.findall(body):
        png, svg = (unescape(one) for one in re.findall(r'<a href="([^"]+)" download>', figure))
        assert (png.partition("?")[0][-4:], svg.partition("?")[0][-4:]) == (".png", ".svg")
        assert "was=" not in svg
        drawn = client.get(svg)
        assert (drawn.status_code, drawn.headers["Content-Type"]) == (200, "image/svg+xml"), svg
        assert drawn.headers["Cache-Control"].startswith("public")
        root = ET.fromstring(drawn.content.decode())  # noqa: S314
        assert root.tag == f"{SVG}svg"
        title, description = root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")
        assert description
        assert description.endswith(".")
        texts = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
        assert title
        assert title.split()[0] in texts
        assert re.search(
            r"Made by Triple Aim \d+\.\d+\.\d+, seed \d+, from inputs [0-9a-f]{12}", texts
        )
        assert "Source: Triple Aim’s plan of " in texts
        caption = re.search(r"<figcaption[^>]*>(.*?)</figcaption>", figure, re.DOTALL)
        if caption:
            assert unescape(caption[1]) in texts
        for meaning in re.findall(r'ta-key__mark--[a-z0-9-]+"></span>([^<]+)</li>', figure):
            assert unescape(meaning) in texts
        dots = client.get(png)
        assert (dots.status_code, dots.headers["Content-Type"]) == (200, "image/png"), png
        assert dots.content.startswith(b"\x89PNG\r\n\x1a\n")
        size = struct.unpack(">II", dots.content[16:24])
        assert size == tuple(2 * int(root.attrib[k]) for k in ("width", "height"))
        for answer, ending in ((drawn, "svg"), (dots, "png")):
            assert re.fullmatch(
                rf'attachment; filename="[a-z]+-[A-Za-z0-9+._-]+\.{ending}"',
                answer.headers["Content-Disposition"],
            )
        titles.append(title)
    assert len(titles) == body.count('<figure class="ta-picture">')
    return titles


@pytest.mark.parametrize("path", OF_SAMPLE)
def test_each_picture_of_the_plan_has_two_files(client: Client, path: str) -> None:
    assert _hold(client, f"/places/somerset/{path}") or path in ("people/", "money/")


@pytest.mark.parametrize(
    "path", [path for path in (*OF_MONEY_AND_STAFF, *OF_PREVENTION) if path not in DRAWN_ALIKE]
)
def test_each_picture_of_a_run_and_of_a_long_job_has_two_files(
    client: Client, source: PreventionPlans, path: str
) -> None:
    plans.use(source)
    drawn = _hold(client, f"/places/county/{path}")
    assert drawn or any(one in path for one in WITHOUT)


@pytest.mark.parametrize(("path", "number"), [("outcomes/backtest/?group=deaths", 2)])
def test_pictures_of_the_back_test_have_files(
    client: Client, tmp_path: Path, path: str, number: int
) -> None:
    plans.use(RunsPlans(tmp_path))
    finished(tmp_path, "backtest", backtest(), draws_of=100)
    assert len(_hold(client, f"/places/somerset/{path}")) == number


def test_a_named_run_and_its_lasting_result_have_files_of_their_own(
    client: Client, tmp_path: Path, source: PreventionPlans
) -> None:
    plans.use(source)
    assert _hold(client, f"/places/county/outcomes/run/{source.job.order.id}/leading/")
    plans.use(RunsPlans(tmp_path))
    job = with_futures(tmp_path)
    assert len(_hold(client, f"/places/somerset/runs/{job.order.id}/result/")) == 2
    assert len(_hold(client, "/places/somerset/futures/")) == 2


def test_the_file_says_place_page_picture_and_scenario_in_its_name(client: Client) -> None:
    def name(path: str) -> str:
        answer = client.get(f"/places/somerset/{path}")
        return str(answer.headers["Content-Disposition"]).partition('filename="')[2][:-1]

    assert name("pictures/gap.svg") == "somerset-plan-gap.svg"
    assert name("solutions/falls/pictures/effect.png") == "somerset-solutions-falls-effect.png"
    assert re.fullmatch(
        r"somerset-[0-9a-f]{8}-compare-savings\.svg", name("s/falls.x/compare/pictures/savings.svg")
    )


def test_what_was_asked_of_the_page_is_drawn_in_the_file(client: Client) -> None:
    every = client.get("/places/somerset/solutions/pictures/solutions.svg").content.decode()
    some = client.get("/places/somerset/solutions/pictures/solutions.svg?owner=nobody")
    body = client.get("/places/somerset/solutions/?priority=1").content.decode()
    assert "pictures/solutions.svg?priority=1" in body
    one = client.get("/places/somerset/solutions/pictures/solutions.svg?priority=1")
    assert "Preventing falls" in every
    assert one.content.decode() != every
    assert some.status_code == 404


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "pictures/nonesuch.svg",
            "This page has no picture called “nonesuch”. Its pictures are “gap” and “classes”.",
        ),
        ("figures/pictures/gap.png", "It has no pictures."),
        ("outcomes/pictures/net-cost.svg", "This has not been computed yet"),
        ("staff/pictures/staff.png", "has no"),
    ],
)
def test_an_unknown_picture_is_answered_with_those_that_there_are(
    client: Client, path: str, said: str
) -> None:
    answer = client.get(f"/places/somerset/{path}")
    assert answer.status_code == 404
    assert said in unescape(answer.content.decode())


def test_a_picture_made_again_has_the_same_tag_and_another_scenario_another(
    client: Client,
) -> None:
    def tag(path: str) -> str:
        open_plans().kept.forget(lambda _key: True)
        answer = client.get(f"/places/somerset/{path}")
        assert answer.status_code == 200
        return str(answer.headers["ETag"])

    for ending in ("svg", "png"):
        printed = tag(f"pictures/gap.{ending}")
        assert printed == tag(f"pictures/gap.{ending}")
        assert printed != tag(f"s/falls.x/pictures/gap.{ending}")


def test_every_mark_of_a_key_is_drawn_on_pages_and_in_files() -> None:
    style = Path(registry.__code__.co_filename).parent / "style" / "tripleaim.css"
    known = set(re.findall(r"\.ta-key__mark--([a-z0-9-]+)", style.read_text(encoding="utf-8")))
    assert known == set(MARKS)


def test_a_map_is_a_file_too() -> None:
    outlines = {"lsoas": {"E01": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}
    shown = {"E01": MapArea(3, "Bath & “North”: third fifth")}
    svg = svg_file(deprivation_map(json.dumps(outlines), shown, "A map", "It shows."), "Bath", [])
    assert ET.fromstring(svg).findtext(f"{SVG}title") == "A map"  # noqa: S314
    assert "Least deprived fifth" in svg
    assert "Contains OS data" in svg
    assert png_file(svg).startswith(b"\x89PNG")


def test_long_and_odd_text_is_broken_and_written_as_text() -> None:
    caption = "Money & people <script> " + "words " * 60
    drawn = Picture(
        "A & B", "It is odd.", '<svg width="100" height="40" viewBox="0 0 100 40"></svg>', ""
    ).called("odd", caption, (("dot", "a < b"),))
    svg = svg_file(drawn, "Bath & North “East” Somerset", ["Source: x", "Made by y"])
    root = ET.fromstring(svg)  # noqa: S314
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert texts[0] == "Bath & North “East” Somerset"
    assert "a < b" in texts
    assert " ".join(texts).count("words") == 60
    assert max(map(len, texts)) < 100
    assert png_file(svg).startswith(b"\x89PNG")
