"""A place from a file that somebody sends: understood, built, watched; and hostile files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import new_place_files as files
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings

from data_folders import restated
from tripleaim.cli.kept_run import DEMO_SEED
from tripleaim.core import USUAL_SEED
from tripleaim.jobs import Job, jobs_of, order, stop
from tripleaim.jobs.folder import Report
from tripleaim.place import load
from tripleaim.web import plans
from tripleaim.web.pages.new_place import uploads
from tripleaim.web.pages.new_place.uploads import Upload, shown_name
from tripleaim.web.plans import PlanFolder

OURS = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
HAMLET = files.as_csv(files.hamlet_rows())


@pytest.fixture(autouse=True)
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder without a place, on a server that listens to this machine alone."""
    plans.use(PlanFolder(tmp_path))
    with override_settings(TRIPLEAIM_RUNS="local", TRIPLEAIM_UPLOADS="local"):
        yield tmp_path
    for folder in (tmp_path / "footprints").glob("*"):
        for job in jobs_of(tmp_path, folder.name):
            stop(job)


def _send(
    client: Client, raw: bytes | None, file_name: str = "people.csv", **texts: str
) -> HttpResponse:
    form: dict[str, object] = {"name": "Northvale", **texts}
    if raw is not None:
        form["file"] = SimpleUploadedFile(file_name, raw)
    return client.post("/new/", form, headers=OURS)


def _post(client: Client, address: str, **texts: str) -> HttpResponse:
    text = "&".join(f"{name}={value}" for name, value in texts.items())
    return client.post(
        address, text, content_type="application/x-www-form-urlencoded", headers=OURS
    )


def _body(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def _faults(answer: HttpResponse) -> list[str]:
    """What the summary at the top says is wrong."""
    summary = re.search(r'class="nhsuk-error-summary".*?</ul>', _body(answer), re.DOTALL)
    found = re.findall(r"<a[^>]*>(.*?)</a>", summary[0], re.DOTALL) if summary else []
    return [" ".join(text.split()) for text in found]


def _hidden(answer: HttpResponse) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', _body(answer)))


@pytest.mark.parametrize(
    ("raw", "called"),
    [(HAMLET, "people.csv"), (files.as_workbook(files.hamlet_rows()), "people.xlsx")],
)
def test_the_page_says_what_was_understood_before_anything_is_built(
    client: Client, data: Path, raw: bytes, called: str
) -> None:
    answer = _send(client, raw, called)
    body = _body(answer)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Is this Northvale?" in body
    people = sum(row[2] for row in files.hamlet_rows())
    assert f"{people:,} people, " in body
    assert "is the file in thousands?" in body
    assert "Spend in 2015/16: £" in body
    assert "No solutions." in body
    assert re.search(r"<th scope=\"row\"[^>]*>0 to 17</th>", body)
    assert not (data / "footprints").exists()
    assert ("People of the hamlet" in body) == called.endswith("xlsx")


def test_a_build_waits_for_the_build_of_another_place_and_says_so(
    client: Client, data: Path, hamlet: Path
) -> None:
    shutil.copytree(hamlet, data / "footprints" / "hamlet")
    other = Job.of(data, order(load(data / "footprints" / "hamlet"), "plan", 7, {}))
    other.place_order()
    with other.locked():
        other.write(Report("running", "counting", 0.4, 0.0, 1.0, 0))
        answer = _post(client, "/new/build/", **_hidden(_send(client, HAMLET)))
        body = _body(client.get(answer.headers["Location"]))
    assert '<a href="/building/hamlet/">hamlet</a>' in body
    assert "Its plan is not built yet." in body
    assert "Build the plan" in body


MISSING = [row for row in files.hamlet_rows() if row[:2] != (47, "male")]
TWO_FAULTS = [(a, s, "many" if a == 3 else n) for a, s, n in files.hamlet_rows()]


@pytest.mark.parametrize(
    ("raw", "called", "said"),
    [
        (None, "", "Choose a file of your people by age and sex"),
        (b"", "people.csv", "people.csv is empty: choose a file with people"),
        (b" \n\n", "people.csv", "people.csv is empty: choose a file with people"),
        (files.PICTURE, "people.csv", "people.csv: expected a text file; this is a picture (PNG)."),
        (
            files.as_csv(MISSING),
            "people.csv",
            'people.csv, column "age": expected every year of age from 0 to 90 for male people; '
            "left out: 47.",
        ),
        (
            b"a,b\n1,2\n",
            "people.csv",
            'people.csv, line 1, column "age": this column is required; the file has a, b.',
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    client: Client, data: Path, raw: bytes | None, called: str, said: str
) -> None:
    answer = _send(client, raw, called)
    assert answer.status_code == 200
    assert any(fault.startswith(said.rstrip(".")) for fault in _faults(answer)), _faults(answer)
    assert 'value="Northvale"' in _body(answer)
    assert "<title>Error: Make your own place" in _body(answer)
    assert 'href="#file"' in _body(answer)
    assert not (data / "footprints").exists()


def test_every_fault_is_reported_at_once_with_its_line(client: Client) -> None:
    faults = _faults(_send(client, files.as_csv(TWO_FAULTS), name="7"))
    assert faults[0].startswith("“7” cannot be part of an address: begin the name with a letter")
    faults = _faults(_send(client, files.as_csv(TWO_FAULTS)))
    assert [f for f in faults if 'column "population"' in f and '"many"' in f] == faults
    assert [re.findall(r"line (\d+)", fault) for fault in faults] == [["8"], ["9"]]


@pytest.mark.parametrize("size", [uploads.MOST_FILE + 1, 200_000_000])
def test_a_large_file_is_refused_in_words_and_the_name_is_kept(client: Client, size: int) -> None:
    answer = _send(client, bytes(size), name="Southvale")
    assert _faults(answer)[0].startswith("The file is larger than 5 MB")
    assert 'value="Southvale"' in _body(answer)


def test_a_workbook_that_unpacks_to_much_more_is_refused_before_it_is_unpacked(
    client: Client,
) -> None:
    bomb = files.zip_bomb()
    assert len(bomb) < 1_000_000
    assert "expected a workbook of at most 150 MB unpacked" in _faults(_send(client, bomb))[0]


@pytest.mark.parametrize(
    "called",
    ["../../etc/passwd.csv", "..\\..\\windows\\x.csv", "a\nb.csv", "/etc/x.csv", "é" * 300],
)
def test_what_a_file_is_called_is_never_a_path(client: Client, data: Path, called: str) -> None:
    before = set(data.rglob("*"))
    _send(client, HAMLET, called)
    new = set(data.rglob("*")) - before
    sha256 = Upload("x", HAMLET).sha256
    assert {path.relative_to(data).as_posix() for path in new} == {
        ".uploads",
        f".uploads/{sha256}",
    }
    name = shown_name(called)
    assert name.isprintable()
    assert not set(name) & {"/", "\\"}
    assert 0 < len(name) <= 100


@pytest.mark.parametrize(
    ("kept", "called"),
    [("../northvale", "x"), ("0" * 64, "x"), ("", ""), ("0" * 63 + "/", "x"), ("A" * 64, "x")],
)
def test_a_hash_of_no_file_is_no_file(client: Client, kept: str, called: str) -> None:
    answer = _post(client, "/new/build/", name="Northvale", kept=kept, called=called)
    assert _faults(answer) == ["Choose a file of your people by age and sex"]


def test_a_kept_file_that_was_changed_is_not_taken(client: Client, data: Path) -> None:
    hidden = _hidden(_send(client, HAMLET))
    (data / ".uploads" / hidden["kept"]).write_bytes(HAMLET + b"\n")
    assert _faults(_post(client, "/new/build/", **hidden)) == [
        "Choose a file of your people by age and sex"
    ]


def test_a_good_file_is_kept_while_the_name_is_mended(client: Client) -> None:
    first = _send(client, HAMLET, name="123")
    assert "“people.csv” is here already" in _body(first)
    second = _send(client, None, **(_hidden(first) | {"name": "Northvale"}))
    assert "Is this Northvale?" in _body(second)
    back = re.search(r'href="(/new/\?[^"]+)"', _body(second))
    assert back is not None
    assert 'value="Northvale"' in _body(client.get(back[1]))
    assert "“people.csv” is here already" in _body(client.get(back[1]))


def test_only_the_last_files_are_kept(data: Path) -> None:
    for n in range(uploads.MOST_KEPT + 3):
        uploads.keep(data, Upload("x", bytes([n])))
    assert len(list((data / ".uploads").iterdir())) == uploads.MOST_KEPT


def test_nothing_is_kept_or_read_through_a_link(
    client: Client, data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    upload = Upload("people.csv", HAMLET)
    (elsewhere / upload.sha256).write_bytes(HAMLET)
    for n in range(uploads.MOST_KEPT + 1):
        (elsewhere / f"file {n}").write_text("kept", encoding="utf-8")
    before = sorted(elsewhere.iterdir())
    (data / ".uploads").symlink_to(elsewhere)
    assert uploads.kept(data, upload.sha256, "people.csv") is None
    answer = _send(client, HAMLET)
    assert answer.status_code == 200
    assert "is a link, and the program does not read through links" in _body(answer)
    assert sorted(elsewhere.iterdir()) == before


def test_of_several_years_and_areas_one_is_chosen_and_the_file_stays(client: Client) -> None:
    rows = [
        f"{age},{sex},{number + add},{year},{area}"
        for add, (year, area) in enumerate(
            (year, area) for year in (2015, 2016) for area in ("East", "West")
        )
        for age, sex, number in files.hamlet_rows()
    ]
    raw = "\n".join(["age,sex,population,year,area", *rows]).encode()
    first = _send(client, raw)
    assert _faults(first) == ["The file has 2 years: choose one"]
    second = _send(client, None, **_hidden(first), year="2016")
    assert _faults(second) == ["The file has 2 areas: choose one"]
    assert '<option value="2016" selected>' in _body(second)
    third = _send(client, None, **_hidden(second), year="2016", area="West")
    body = _body(third)
    people = sum(row[2] + 3 for row in files.hamlet_rows())
    assert f"{people:,} people" in body
    assert _hidden(third)["area"] == "West"
    assert _faults(_send(client, None, **_hidden(first), year="1999"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Type the name of your place"),
        ("   ", "Type the name of your place"),
        ("42", "begin the name with a letter from A to Z"),
        ("東京", "begin the name with a letter from A to Z"),
        ("..", "begin the name with a letter from A to Z"),
        ("x" * 61, "at most 60 letters"),
        ("Somerset", "There is already a place with the address “somerset”"),
        ("Footprints", "There is already a place with the address “footprints”"),
        ("Glossary", "A page of this site has the address “glossary”"),
    ],
)
def test_a_name_that_no_address_can_carry_or_that_is_taken_is_refused(
    client: Client, name: str, said: str
) -> None:
    assert said in _faults(_send(client, HAMLET, name=name))[0]


def test_a_name_is_text_on_pages_and_no_markup(client: Client) -> None:
    answer = _send(client, HAMLET, name="<script>x</script>")
    assert "<script>x" not in answer.content.decode()
    assert "Is this <script>x</script>?" in _body(answer)


@pytest.mark.parametrize(
    ("runs", "told"), [("", "local"), ("local", ""), ("open", ""), ("", ""), ("", "open")]
)
def test_a_site_that_takes_no_files_says_how_to_add_a_place(
    client: Client, data: Path, runs: str, told: str
) -> None:
    with override_settings(TRIPLEAIM_RUNS=runs, TRIPLEAIM_UPLOADS=told):
        page = _body(client.get("/new/"))
        assert "tripleaim place new" in page
        assert "<form" not in page
        assert _send(client, HAMLET).status_code == 403
        assert _post(client, "/new/build/", name="x").status_code in (303, 403)
    assert list(data.iterdir()) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example", "sec-fetch-site": "cross-site"},
        {"origin": "http://evil.example", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_file_from_a_form_of_another_site_is_refused(
    client: Client, data: Path, headers: dict[str, str]
) -> None:
    form = {"name": "Northvale", "file": SimpleUploadedFile("people.csv", HAMLET)}
    answer = client.post("/new/", form, headers=headers)
    assert answer.status_code == 403
    assert (
        "This request did not come from a form of this site. Go back to the page and send the "
        "form again."
    ) in _body(answer)
    assert list(data.iterdir()) == []


def test_a_form_without_a_file_part_is_no_form_of_this_page(client: Client) -> None:
    answer = client.post("/new/", "{}", content_type="application/json", headers=OURS)
    assert answer.status_code == 403


def test_a_place_whose_files_were_changed_leads_to_building_it_again(
    client: Client, data: Path, hamlet: Path, hamlet_run: Path
) -> None:
    footprint = data / "footprints" / "hamlet"
    shutil.copytree(hamlet, footprint)
    shutil.copytree(hamlet_run, data / "hamlet")
    restated(data / "hamlet", footprint_folder=str(footprint))
    assert client.get("/places/hamlet/").status_code == 200
    people = footprint / "population.csv"
    people.write_text(people.read_text("utf-8").replace("90,female,", "90,female,1"), "utf-8")
    plans.use(PlanFolder(data))
    page = client.get("/places/hamlet/")
    assert page.status_code == 200
    assert "have changed since this plan was made" in _body(page)
    assert 'href="/building/hamlet/"' in _body(page)
    assert "Build the plan" in _body(client.get("/building/hamlet/"))


def test_reading_the_pages_changes_nothing(client: Client, data: Path) -> None:
    for address in ("/new/build/", "/building/northvale/start/", "/building/northvale/stop/"):
        assert client.get(address).status_code == 303
    assert client.get("/building/northvale/").status_code == 404
    assert client.get("/building/somerset/").status_code == 404
    assert list(data.iterdir()) == []


def test_pages_and_verbs_have_one_usual_seed() -> None:
    assert USUAL_SEED == DEMO_SEED
