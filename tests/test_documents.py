"""Documents lead nowhere that is not there, and all of them are on the site."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # `website` is beside the package, as `paper` does

from website import reference  # noqa: E402 - found by the line above
from website.drawing import draw, drawings  # noqa: E402 - and this
from website.pages import (  # noqa: E402 - and these
    anchors,
    links,
    on_site,
    pages,
    place_on_site,
    slug,
    text_of,
)

NAVIGATION = tomllib.loads((ROOT / "website" / "zensical.toml").read_text("utf-8"))["project"][
    "nav"
]
DOCUMENTS = [*pages(), ROOT / "README.md"]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", DOCUMENTS, ids=name_of)
def test_every_link_leads_to_a_file_and_a_heading_that_is_there(file: Path) -> None:
    dead = []
    for link in links(text_of(file)):
        if link.leads_elsewhere:
            continue
        target = (file.parent / link.path).resolve() if link.path else file
        if not target.exists() or (
            link.anchor
            and target.suffix == ".md"
            and link.anchor not in anchors(target.read_text(encoding="utf-8"))
        ):
            dead.append(link.target)
    assert dead == []


def listed(entry: object) -> list[str]:
    """The pages in an entry of the navigation."""
    if isinstance(entry, str):
        return [entry]
    if isinstance(entry, dict):
        return [page for part in entry.values() for page in listed(part)]
    assert isinstance(entry, list)
    return [page for part in entry for page in listed(part)]


def test_every_page_is_in_the_navigation_once() -> None:
    held = [str(place_on_site(file)) for file in pages()]
    assert sorted(listed(NAVIGATION)) == sorted(held)


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [f.name[:4] for f in (ROOT / "docs" / "decisions").glob("0*.md")]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) == "0001"


def test_a_link_to_a_page_above_docs_stays_on_the_site() -> None:
    file = ROOT / "docs" / "how-to" / "cite-a-scenario.md"
    text = "[words](../../GLOSSARY.md#place), [`run.py`](../../src/tripleaim/plan/run.py)"
    assert on_site(text, file) == "[words](../GLOSSARY.md#place), `run.py`"
    with_code = on_site(text, file, "https://example.org/code/")
    assert with_code.endswith("[`run.py`](https://example.org/code/src/tripleaim/plan/run.py)")


def test_code_that_looks_like_a_link_stays() -> None:
    block = "```\n[a](../../nowhere.md)\n```"
    file = ROOT / "docs" / "how-to" / "cite-a-scenario.md"
    assert on_site(block, file) == block
    assert links(block) == []


def test_headings_are_spelt_as_addresses() -> None:
    assert slug("6.2 Internal") == "62-internal"
    assert slug("`plan.json`, [version 2](x.md)") == "planjson-version-2"


ROW = re.compile(r"^\| ((?:`\w+/`(?:, )?)+) \|.*\|([^|]*)\|$", re.MULTILINE)
ROOMS = {
    room: re.findall(r"`(\w+)`", names)
    for rooms, names in ROW.findall((ROOT / "docs" / "architecture.md").read_text("utf-8"))
    for room in re.findall(r"`(\w+)/`", rooms)
}
INSIDE = ("web", "footprints")
"""Rooms whose table names what is within them, or which hold data alone."""


def test_every_room_is_in_the_architecture() -> None:
    folders = {f.name for f in (ROOT / "src" / "tripleaim").iterdir() if f.is_dir()}
    assert set(ROOMS) == folders - {"__pycache__"}


@pytest.mark.parametrize("room", sorted(set(ROOMS) - set(INSIDE)))
def test_main_names_in_the_architecture_are_at_the_rooms_door(room: str) -> None:
    door = importlib.import_module(f"tripleaim.{room}")
    assert ROOMS[room]
    assert [name for name in ROOMS[room] if not hasattr(door, name)] == []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "docs"
    build = [sys.executable, "-m", "website", "--out", str(out)]
    done = subprocess.run(
        build, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def test_the_site_is_built_searched_and_fetches_nothing_from_elsewhere(site: Path) -> None:
    assert (site / "search.json").stat().st_size > 100_000
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert re.findall(r'<(?:script|img|iframe)[^>]*src="(?:https?:)?//', text) == [], page
        assert re.findall(r'<link[^>]*rel="stylesheet"[^>]*href="(?:https?:)?//', text) == [], page
        assert "<script>" not in text, page


def test_tables_filled_from_the_code_are_tables_on_the_site(site: Path) -> None:
    text = (site / "background" / "model" / "data.html").read_text(encoding="utf-8")
    assert text.count("<table>") == 11
    assert "| ---" not in text


def test_drawings_are_as_their_texts_say() -> None:
    made = drawings(ROOT / "docs" / "images")
    assert made
    for file, picture in made.items():
        assert file.read_text(encoding="utf-8") == picture, "run python -m website.drawing"


def test_the_reference_of_the_api_is_as_the_code_says() -> None:
    assert reference.PAGE.read_text("utf-8") == reference.page(), "run python -m website.reference"


def test_an_arrow_to_nowhere_is_refused() -> None:
    text = 'title = "x"\n[box.a]\ntitle = "A"\nat = [0, 0]\n[[arrow]]\nfrom = "a"\nto = "b"\n'
    with pytest.raises(KeyError, match="b"):
        draw(text, "x.toml")
