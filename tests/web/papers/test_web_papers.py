"""Papers read back: slides, Word and PDF say what pages say, and can be read out."""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pptx
import pypdf
import pytest
from django.test import Client
from docx.oxml.ns import qn
from prevention_county import PreventionPlans
from printed_county import CountyPlans

from tripleaim import wording as words
from tripleaim.plan import PlanDocument
from tripleaim.web import plans
from tripleaim.web.pages.papers.parts import BoardPack, Bullets, Exhibit, Heading, Paper, Paragraph
from tripleaim.web.pages.papers.writers.pdf import pdf_file
from tripleaim.web.pages.papers.writers.slides import slides_file
from tripleaim.web.pages.papers.writers.word import word_file
from tripleaim.web.plans import open_plans
from tripleaim.web.ui.charts import Picture
from tripleaim.web.ui.tables import PageColumn, PageTable

NAMES = ("board-pack.pptx", "paper.docx", "paper.pdf")
Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> PreventionPlans:
    return PreventionPlans(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def county(source: PreventionPlans) -> Files:
    """The papers of the county as its plan prints it, with a run of prevention."""
    plans.use(source)
    return {name: _file(f"/places/county/download/{name}") for name in NAMES}


@pytest.fixture(scope="module")
def document(source: PreventionPlans) -> PlanDocument:
    """The plan that the county's papers are of."""
    plans.use(source)
    return PlanDocument.model_validate_json(_file("/places/county/download/plan.json"))


def _file(address: str) -> bytes:
    answer = Client(headers={"host": "localhost"}).get(address)
    assert answer.status_code == 200, address
    return bytes(answer.content)


def _slides(file: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(file))


def _text(shape: Any) -> str:
    return str(shape.text_frame.text)


def test_a_board_pack_has_a_slide_for_each_main_picture_between_its_title_and_the_unknown(
    county: Files,
) -> None:
    show = _slides(county["board-pack.pptx"])
    titles = [_text(slide.shapes.title) for slide in show.slides]
    assert titles[0] == "The plan of Somerset, 2016/17 to 2020/21"
    assert titles[1].startswith("If nothing changes, the NHS is £174.6m short in 2020/21.")
    assert titles[-1] == "What is not known"
    assert len(titles) == len(set(titles)) == 8
    assert all(title.endswith(".") for title in titles[1:-1])
    first = _text(show.slides[0].placeholders[1])
    assert "Scenario: As printed" in first
    assert "Data: people as registered in 2015/16" in first
    assert re.search(r"Made by Triple Aim \d+\.\d+\.\d+, seed \d+, from inputs [0-9a-f]{12}", first)


def test_a_screen_reader_gets_each_slide_in_the_order_in_which_it_is_seen(county: Files) -> None:
    show = _slides(county["board-pack.pptx"])
    assert show.core_properties.title == "The plan of Somerset, 2016/17 to 2020/21"
    assert show.core_properties.language == "en-GB"
    for slide in list(show.slides)[1:-1]:
        title, picture, foot = slide.shapes
        assert title.shape_id == slide.shapes.title.shape_id
        described = picture._element._nvXxPr.cNvPr.get("descr")
        assert described
        assert described.endswith(".")
        assert "Made by Triple Aim" in _text(foot)
        assert title.top + title.height <= picture.top
        assert picture.top + picture.height <= foot.top
        assert foot.top + foot.height <= show.slide_height
        assert picture.left >= 0
        assert picture.left + picture.width <= show.slide_width
    runs = [r for slide in show.slides for r in slide._element.iter() if r.tag.endswith("}rPr")]
    assert {run.get("lang") for run in runs} == {"en-GB"}


def test_the_notes_of_a_slide_hold_the_numbers_of_the_plan(
    county: Files, document: PlanDocument
) -> None:
    show = _slides(county["board-pack.pptx"])
    gap, activity, *_ = (s.notes_slide.notes_text_frame.text for s in list(show.slides)[1:-1])
    for position, by_year in document.gap_gbp_m.items():
        [line] = [
            one
            for one in gap.splitlines()
            if one.startswith(f"{words.position_name(position)}. {document.years[0]}")
        ]
        for year, value in by_year.items():
            assert f"{year}: {words.account(value)}" in line
    for point in document.points_of_delivery:
        assert f"{point.name}. " in activity
        assert words.percent(point.growth_pct) in activity


def test_word_has_headings_header_rows_alternative_texts_a_title_and_a_language(
    county: Files,
) -> None:
    word = docx.Document(io.BytesIO(county["paper.docx"]))
    assert word.core_properties.title == "The plan of Somerset, 2016/17 to 2020/21"
    levels = [int(p.style.name[-1]) for p in word.paragraphs if p.style.name.startswith("Heading ")]
    assert levels[0] == 1
    assert levels.count(1) == 11
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert {e.get(qn("w:val")) for e in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    pictures = list(word.element.iter(qn("wp:docPr")))
    assert len(pictures) == 7
    assert all(one.get("descr").endswith(".") for one in pictures)
    assert word.tables
    for table in word.tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_the_table_of_the_gap_in_word_is_that_of_the_plan(
    county: Files, document: PlanDocument
) -> None:
    word = docx.Document(io.BytesIO(county["paper.docx"]))
    table = word.tables[0]
    header, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert header[:2] == ["Scenario", document.years[0]]
    assert rows == [
        [
            words.position_name(position),
            *(words.account(by_year[year]) for year in header[1:]),
        ]
        for position, by_year in document.gap_gbp_m.items()
    ]


def _tags(element: Any) -> Iterator[Any]:
    """Every structure element of a PDF below this one."""
    one = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(one, list):
        for child in one:
            yield from _tags(child)
    elif isinstance(one, dict):
        yield one
        if "/K" in one:
            yield from _tags(one["/K"])


def test_the_pdf_is_tagged_and_says_its_title_language_and_what_pictures_show(
    county: Files,
) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(county["paper.pdf"]))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata
    assert pdf.metadata.title == "The plan of Somerset, 2016/17 to 2020/21"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    tags = list(_tags(root["/StructTreeRoot"]))
    kinds = Counter(str(tag.get("/S")) for tag in tags)
    assert kinds["/H1"] == 11
    assert kinds["/Table"] >= 8
    assert kinds["/TH"] > kinds["/Table"]
    described = [str(t["/Alt"]) for t in tags if t.get("/S") == "/Figure" and "/Alt" in t]
    assert len(described) == 7
    assert all(one.endswith(".") for one in described)
    assert 6 <= len(pdf.pages) <= 12


def test_word_and_pdf_hold_the_same_numbers(county: Files) -> None:
    word = docx.Document(io.BytesIO(county["paper.docx"]))
    said = [p.text for p in word.paragraphs]
    said += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    pages = pypdf.PdfReader(io.BytesIO(county["paper.pdf"])).pages
    # A number at the end of a line may be followed by the number of the page.
    pdf = " ".join(page.extract_text() for page in pages)
    number = re.compile(r"\d[\d,]*(?:\.\d+)?")
    in_word, in_pdf = (set(number.findall(text)) for text in (" ".join(said), pdf))
    assert len(in_word) > 300
    assert in_word - in_pdf == set()


def test_no_sentence_of_the_paper_differs_from_the_page_that_says_it(
    client: Client, source: PreventionPlans, county: Files
) -> None:
    plans.use(source)
    word = docx.Document(io.BytesIO(county["paper.docx"]))
    paragraphs = {p.text for p in word.paragraphs}
    for path in (
        "",
        "activity/",
        "money/",
        "money/organisations/",
        "staff/",
        "outcomes/",
        "audit/",
    ):
        body = unescape(client.get(f"/places/county/{path}").content.decode())
        [answer] = re.findall(r'<p class="nhsuk-lede-text ta-answer">(.*?)</p>', body, re.DOTALL)
        assert answer in paragraphs, path


def test_a_scenarios_address_gives_the_papers_of_that_scenario(
    client: Client, source: PreventionPlans, county: Files
) -> None:
    plans.use(source)
    under = "/places/county/s/falls-prevention.x/download/"
    answer = client.get(f"{under}board-pack.pptx")
    assert re.fullmatch(
        r'attachment; filename="county-[0-9a-f]{8}-board-pack\.pptx"',
        answer.headers["Content-Disposition"],
    )
    show = _slides(answer.content)
    assert "With “Falls prevention”" in _text(show.slides[1].shapes.title)
    assert "Scenario: 1 solution changed" in _text(show.slides[0].placeholders[1])
    pdf = client.get(f"{under}paper.pdf")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content != county["paper.pdf"]


def test_a_place_without_a_run_of_prevention_says_so_and_has_no_slide_of_it(
    client: Client,
) -> None:
    show = _slides(client.get("/places/somerset/download/board-pack.pptx").content)
    last = _text(show.slides[-1].placeholders[1])
    assert "We have not computed what prevention costs" in last
    titles = [_text(slide.shapes.title) for slide in show.slides]
    assert not any("programmes cost" in title for title in titles)
    # The sample keeps no run, so that neither books of organisations nor staff are known.
    assert len(titles) == 5
    word = docx.Document(io.BytesIO(client.get("/places/somerset/download/paper.docx").content))
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert "Prevention over twenty years" in headings
    assert "Staff" not in headings


def test_a_paper_made_again_is_the_same_and_a_run_of_prevention_makes_another(
    client: Client, county: Files
) -> None:
    plans.use(CountyPlans())
    for name in NAMES:
        first = client.get(f"/places/county/download/{name}")
        open_plans().kept.forget(lambda _key: True)
        again = client.get(f"/places/county/download/{name}")
        assert first.content == again.content
        assert first.headers["ETag"] == again.headers["ETag"]
        assert first.content != county[name]
        unchanged = client.get(
            f"/places/county/download/{name}", headers={"if-none-match": first.headers["ETag"]}
        )
        assert unchanged.status_code == 304


def test_the_plan_offers_a_button_for_each_and_a_page_says_what_is_in_it(client: Client) -> None:
    body = client.get("/places/somerset/s/falls.x/").content.decode()
    for name in (*NAMES, "plan.xlsx"):
        assert re.search(
            rf'class="nhsuk-button[^"]*" href="/places/somerset/s/falls\.x/download/{name}"', body
        )
    page = unescape(client.get("/places/somerset/papers/").content.decode())
    assert "What is in the board pack" in page
    assert "<li>Solutions by what evidence shows</li>" in page


ODD = 'Bath & “North” <East> #Som*rset_ $x$ \\ @a ~ [b] {c} "d" //e'
TABLE = PageTable(
    "odd",
    f"Table of {ODD}",
    [PageColumn("name", ODD), PageColumn("value", "= 1 + 1", "tenths")],
    [{"name": ODD, "value": -1.25}, {"name": "= HYPERLINK(1)", "value": None}],
    total=True,
)
EMPTY = PageTable("empty", "Empty", [PageColumn("name", "Name")], [])
WIDE = PageTable(
    "wide",
    "Wide",
    [PageColumn(str(i), f"Column {i}", "count") for i in range(24)],
    [{str(i): 10**6 * i for i in range(24)}] * 200,
)
DRAWN = Picture(
    ODD,
    f"It shows {ODD}.",
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="900" viewBox="0 0 100 900"></svg>',
    "",
    draws_title=False,
).called("odd", f"Caption of {ODD}", (("dot", ODD),))


def test_odd_characters_empty_tables_and_wide_ones_come_through() -> None:
    parts = (
        Heading(ODD),
        Paragraph(ODD),
        Bullets([ODD, "b"]),
        Bullets([]),
        DRAWN,
        TABLE,
        EMPTY,
        WIDE,
    )
    paper = Paper(ODD, [ODD], parts)
    word = docx.Document(io.BytesIO(word_file(paper)))
    assert [p.text for p in word.paragraphs].count(ODD) == 5
    assert [len(table.rows) for table in word.tables] == [3, 1, 201]
    assert word.tables[0].rows[2].cells[0].text == "= HYPERLINK(1)"
    pdf = pypdf.PdfReader(io.BytesIO(pdf_file(paper)))
    assert pdf.metadata
    assert pdf.metadata.title == ODD
    assert ODD.replace(" ", "") in "".join(pdf.pages[0].extract_text().split())


def test_a_board_pack_without_pictures_and_one_of_odd_words_open() -> None:
    none = _slides(slides_file(BoardPack("A plan", [], "Made by us", [], [])))
    assert [_text(s.shapes.title) for s in none.slides] == ["A plan", "What is not known"]
    exhibit = Exhibit(f"{ODD} {'and so on ' * 40}", DRAWN, TABLE, ODD)
    show = _slides(slides_file(BoardPack(ODD, [ODD], ODD, [exhibit], [ODD])))
    assert _text(show.slides[0].shapes.title) == ODD
    title, picture, foot = show.slides[1].shapes
    assert picture._element._nvXxPr.cNvPr.get("descr") == f"It shows {ODD}."
    assert picture.top + picture.height <= foot.top
    assert f"{ODD}. = 1 + 1: −1.2" in show.slides[1].notes_slide.notes_text_frame.text.replace(
        "−1.3", "−1.2"
    )
    assert title.text_frame.text.startswith(ODD)


def test_no_paper_names_the_folder_of_this_machine(county: Files) -> None:
    here = str(Path.home()).encode()
    assert all(here not in file for file in county.values())
