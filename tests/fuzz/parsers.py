"""What reads files and addresses from outside, each with good inputs to begin from."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np
import xlsxwriter
from looks import Parser
from mutations import mutate_book
from official import official_files
from result_files import parsers_of_results

from tripleaim.accounts import check_return
from tripleaim.accounts.monthly.returns import COLUMNS
from tripleaim.jobs import Job, Order
from tripleaim.place import (
    File,
    Place,
    Toml,
    areas_of,
    load,
    new,
    parse,
    read_conditions,
    read_population,
    years_of,
)
from tripleaim.place.loading import solutions_may_name
from tripleaim.place.outline import read_outline
from tripleaim.place.solutions import read_solution, solution_files
from tripleaim.plan import from_token, read_scenario
from tripleaim.tables import open_book

KINDS = {"age": "number", "frailty": "number", "sex": "text", "resident": "condition"}
CELLS = {
    "age": np.array([1.0, 75.0, np.nan]),
    "frailty": np.array([0.0, 2.0, 5.0]),
    "sex": np.array(["male", "female", None], dtype=object),
    "resident": np.array([True, False, True]),
}
EXPRESSIONS = (
    b"age >= 75 and frailty > 2",
    b"sex = 'female' or not resident",
    b"case when age between 5 and 14 then 1 + frailty * 2 else -age / 3.5 end",
    b"(sex in ('male', null)) is not true and (age is null or frailty <> 1e2)",
)
EXPRESSION_WORDS = (
    b" and ",
    b" or ",
    b"not ",
    b"(",
    b")",
    b" between ",
    b" in (",
    b" is null",
    b"case when ",
    b" then ",
    b" end",
    b"'",
    b'"',
    b"--",
    b"/*",
    b"*/",
    b";",
    b"select ",
    b"cast(",
    b"::int",
    b"age",
    b"$1",
    b"@",
    b"{{",
    b"\\",
    b"||",
    b" like ",
    b"[",
    b"->",
    b"date '2016-01-01'",
    b" union ",
    b"?",
    b":a",
    b"**",
    b"~",
)
BOOK_WORDS = (
    b'<mergeCell ref="A1:B2"/>',
    b'<row r="1048577">',
    b'<c r="XFD1" t="s"><v>',
    b"</v></c>",
    b"<f>1+1</f>",
    b't="e"',
    b't="b"',
    b't="d"',
    b't="inlineStr"',
    b"<is><t>x</t></is>",
    b' hidden="1"',
    b' state="hidden"',
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"<?xml ",
    b"<x:c>",
    b' s="999"',
    b' r:id="rId1"',
    b"&#0;",
    b"&lt;",
    b' r="A1048576"',
    b"<dimension ref='A1:XFD1048576'/>",
    b"<sheet name=''/>",
)
TOML_WORDS = (
    b"[a]",
    b"[[a]]",
    b"a.b",
    b" = ",
    b"{",
    b"}",
    b'"""',
    b"'''",
    b"1979-05-27",
    b"inf",
    b"true",
    b"\\u0000",
    b"[choices.x]",
    b"basis",
    b"off",
    b"uptake = 2",
    b"start = '2016/17'",
    b"seed = -1",
    b"assumptions",
)
TABLE_WORDS = (
    b",",
    b";",
    b"\t",
    b"|",
    b"age",
    b"sex",
    b"population",
    b"male",
    b"All ages",
    b"90+",
    b"5-9",
    b"Under 1",
    b"Total",
    b"# ",
    b'"',
    b"*",
    b"[c]",
    b"Source: ONS",
    b"2016/17",
    b"persons",
    b"year",
    b"area",
    b",,,,,,,",
)
JSON_WORDS = (
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"null",
    b"true",
    b"NaN",
    b"Infinity",
    b"-1",
    b"1e400",
    b"\\u0000",
    b'""',
    b"running",
    b"done",
    b"process",
    b"../x",
)
SOLUTION_WORDS = (
    *TOML_WORDS,
    b"who = ",
    b"age >= 75 and ",
    b"[reach]",
    b"[[effects]]",
    b"[effects.evidence]",
    b"[claim]",
    b'"2016/17" = ',
    b"value = -0.2",
    b"acute-ae",
    b"place of contact",
    b"contacts_each",
    b"condition",
    b"1e15",
    b"assumed",
)
TOKEN_WORDS = (
    b"~",
    b".",
    b"-",
    b"in",
    b"seed9",
    b"set.",
    b"set.inflation.provider-cost.3-5",
    b"x",
    b"e",
    b"o",
    b"u40",
    b"u999-9999",
    b"s2018",
    b"v0-05",
    b"%7E",
    b"..",
    b"/",
)


def parsers(folder: Path, run: Path) -> list[Parser]:
    """Every parser; `folder` is an empty one for files that have to be on disk, `run` that of a
    small place's run."""
    place = load("somerset")
    return [
        Parser("expressions", EXPRESSIONS, _expression, EXPRESSION_WORDS, share=2),
        Parser(
            "addresses of scenarios",
            _tokens(place),
            lambda raw: from_token(place, raw.decode("utf-8", "replace")),
            TOKEN_WORDS,
            share=2,
        ),
        Parser("tables (CSV)", _tables(), _people, TABLE_WORDS),
        Parser("TOML", _tomls(folder, place), _TomlRead(folder, place), TOML_WORDS, share=2),
        Parser("JSON of runs and jobs", _documents(), _JobRead(folder), JSON_WORDS),
        Parser(
            "returns",
            _returns(place),
            lambda raw: check_return(_put(folder / "return.csv", raw), place),
            (*TABLE_WORDS, b"RBA", b"pay", b"outside", b"2016/17-M03", b"(1,234.50)", b"\xc2\xa3"),
        ),
        Parser("workbooks", _books(), _book, BOOK_WORDS, mutate_book),
        _solutions(place),
        official_files(folder),
        *parsers_of_results(folder, run),
    ]


def _put(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def _expression(raw: bytes) -> None:
    parsed = parse(raw.decode("utf-8", "replace"), KINDS)
    parsed.on(CELLS)
    parsed.sql()
    parsed.sql("spark")


def _people(raw: bytes) -> None:
    file = File.of(Path("people.csv"), raw)
    years, areas = years_of(file), ()
    if len(years) < 2:
        areas = areas_of(file)
    read_population(file, areas[0] if areas else None, years[0] if len(years) > 1 else None)


def _book(raw: bytes) -> None:
    path = Path("book.xlsx")
    open_book(path, raw, for_table=True)
    open_book(path, raw)


class _TomlRead:
    """Reads a TOML file as what it is, with the line of every key, and as a scenario."""

    def __init__(self, folder: Path, place: Place) -> None:
        self.path, self.place = folder / "scenario.toml", place

    def __call__(self, raw: bytes) -> None:
        toml = Toml(_put(self.path, raw))
        toml.line_of("choices", "x")
        if b"choices" in raw or b"place" in raw:
            read_scenario(self.place, self.path)


class _JobRead:
    """Reads what a data folder holds of a run and of a job."""

    def __init__(self, folder: Path) -> None:
        self.order = _order()
        self.job = folder / "runs" / self.order.id
        self.job.mkdir(parents=True)
        (self.job / "worker.lock").touch()

    def __call__(self, raw: bytes) -> None:
        (self.job / "order.json").write_text(self.order.as_json(), encoding="utf-8")
        job = Job.read(self.job)
        if b"kind" in raw:
            _put(self.job / "order.json", raw)
            Job.read(self.job)
        else:
            _put(self.job / "report.json", raw)
            assert job.report.process >= 0
            job.read_report()


def _order() -> Order:
    return Order("futures", "somerset", "0" * 64, 7, "0.0.1", {})


def _solutions(place: Place) -> Parser:
    """Reads one solution of a place: all that its file may say, with its expression."""
    known = solutions_may_name(
        read_outline(place.own),
        place.organisations,
        place.points_of_delivery,
        read_conditions(place.files),
        place.sources,
    )
    return Parser(
        "solutions",
        [file.raw for file in solution_files(place.own)],
        lambda raw: read_solution(File.of(Path("falls.toml"), raw), known),
        SOLUTION_WORDS,
        share=2,
    )


def _tokens(place: Place) -> list[bytes]:
    ids = [solution.id for solution in place.solutions[:3]]
    return [
        b"in~seed9",
        f"{ids[0]}.x".encode(),
        f"in~seed9~{ids[0]}.x~{ids[1]}.e.u40~{ids[2]}.o.v0-05".encode(),
        f"set.inflation.provider-cost.3-5~{ids[0]}.e".encode(),
    ]


def _tables() -> list[bytes]:
    lines = [f"{age},{sex},{100 - age}" for age in range(91) for sex in ("male", "female")]
    bands = [f"{a}-{a + 4},{sex},500" for a in range(0, 90, 5) for sex in ("Male", "Female")]
    areas = [f"2016,E0{n},{line}" for n in (1, 2) for line in lines]
    plain = "\n".join(["age,sex,population", *lines, ""])
    return [
        plain.encode(),
        "\n".join(
            ["# A comment", "Age;Sex;Population", *(x.replace(",", ";") for x in lines)]
        ).encode(),
        "\n".join(["AGE,SEX,NUMBER_OF_PATIENTS", *bands, "90+,Male,9", "90+,Female,9", ""]).encode(
            "cp1252"
        ),
        "\n".join(["year,area,age,sex,population", *areas, "", "Source: ONS"]).encode("utf-8-sig"),
    ]


def _tomls(folder: Path, place: Place) -> list[bytes]:
    people = _put(folder / "people.csv", _tables()[0])
    made = new(folder / "arden", people)
    files = [*made.rglob("*.toml"), *made.rglob("*.toml.example")]
    first, second = (solution.id for solution in place.solutions[:2])
    scenario = (
        f'place = "{place.id}"\nname = "A"\nperiod_total = "included"\nseed = 9\n\n'
        f'[choices.{first}]\nbasis = "off"\n'
        f'[choices.{second}]\nbasis = "on_evidence"\nuptake = 0.4\n'
        f'[assumptions]\n"inflation.provider-cost" = 3.5\n'
    )
    return [scenario.encode(), *(file.read_bytes() for file in sorted(files))]


def _documents() -> list[bytes]:
    report = {
        "state": "running",
        "what": "drawing",
        "done": 0.5,
        "began": 1.7e9,
        "written": 1.7e9,
        "process": 12345,
        "message": "",
        "left": 3.5,
        "result_sha256": "",
    }
    return [
        json.dumps(report).encode(),
        json.dumps({**report, "state": "done", "left": None}).encode(),
        json.dumps(asdict(_order())).encode(),
    ]


def _returns(place: Place) -> list[bytes]:
    one = place.organisations[0].id
    rows = [
        (one, "2016/17-M03", "pay", "outside", "-7000.00", "-7100.50", "-84000"),
        (one, "2016/17-M03", "drugs", "outside", "(2,000.00)", "£-2,100", ""),
        (one, "2016/17-M03", "other income", "outside", "10 000", "10500.00", "120000.00"),
    ]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    return [text.getvalue().encode(), text.getvalue().replace(",", ";").encode(), _returned(rows)]


def _returned(rows: list[tuple[str, ...]]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("Return")
    for at, row in enumerate([COLUMNS, *rows]):
        sheet.write_row(at, 0, row)
    book.close()
    return content.getvalue()


def _books() -> list[bytes]:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("July")
    for row in range(12):
        sheet.write_row(row, 0, ["pay", row * 1.5, "12.50", f"text {row}"])
    sheet.write_formula("F1", "=1+1", None, 2)
    sheet.write_datetime("F2", date(2016, 7, 1), day)
    sheet.set_row(4, None, None, {"hidden": True})
    other = book.add_worksheet("Notes & more")
    other.merge_range("A1:C1", "Title")
    other.write_row(1, 0, ["age", "sex", "population"])
    book.add_worksheet("Hidden").hide()
    book.close()
    return [content.getvalue(), _returned([("a", "b", "1", "2", "3", "4", "5")])]
