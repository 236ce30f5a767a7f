"""The verbs for the board pack and the paper, as they are typed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pptx
import pytest
from typer.testing import CliRunner, Result

from tripleaim.cli.app import app
from tripleaim.place import InputError


def typed(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "250"})


def test_the_folder_of_a_run_gives_slides_word_and_pdf(hamlet_run: Path, tmp_path: Path) -> None:
    for verb, name in (("board-pack", "a.pptx"), ("paper", "a.docx"), ("paper", "A.PDF")):
        result = typed(verb, hamlet_run, "--out", tmp_path / name)
        assert result.exit_code == 0, result.output
        assert result.output.startswith(f"Wrote {tmp_path / name}: Hamlet, scenario ")
    show = pptx.Presentation(io.BytesIO((tmp_path / "a.pptx").read_bytes()))
    titles = [slide.shapes.title.text_frame.text for slide in show.slides]
    assert titles[0].startswith("The plan of Hamlet, ")
    word = docx.Document(io.BytesIO((tmp_path / "a.docx").read_bytes()))
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "In short"
    assert "Sources" in headings
    assert (tmp_path / "A.PDF").read_bytes().startswith(b"%PDF-")


def test_a_place_takes_its_kept_run_and_a_file_a_scenario(
    hamlet: Path, hamlet_run: Path, tmp_path: Path
) -> None:
    scenario = tmp_path / "mine.toml"
    scenario.write_text(
        'place = "hamlet"\nname = "Another share"\n\n'
        '[assumptions]\n"opening-share.commissioner" = 0.4\n',
        encoding="utf-8",
    )
    words = ("board-pack", hamlet, "--data", hamlet_run, "--scenario", scenario)
    result = typed(*words, "--out", tmp_path / "a.pptx")
    assert result.exit_code == 0, result.exception
    [made] = re.findall(r"scenario ([0-9a-f]{12})\.", result.output)
    show = pptx.Presentation(io.BytesIO((tmp_path / "a.pptx").read_bytes()))
    said = show.slides[0].placeholders[1].text_frame.text
    # An address has no name, so that a scenario is called after what it changes.
    assert said.startswith(f"Scenario: 1 assumption changed ({made}). With ")


@pytest.mark.parametrize(
    ("verb", "name", "said"),
    [
        ("board-pack", "a.pdf", "expected a file that ends in .pptx"),
        ("paper", "a.pptx", "expected a file that ends in .pdf or .docx"),
        ("paper", "paper", "expected a file that ends in .pdf or .docx"),
        ("paper", "nowhere/a.pdf", "there is no such folder"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_made(
    tmp_path: Path, verb: str, name: str, said: str
) -> None:
    result = typed(verb, "somerset", "--data", tmp_path / "data", "--out", tmp_path / name)
    assert isinstance(result.exception, InputError)
    assert said in str(result.exception)
    assert not list(tmp_path.iterdir())


def test_an_unknown_place_is_refused(tmp_path: Path) -> None:
    result = typed("paper", "somerzet", "--out", tmp_path / "a.pdf")
    assert isinstance(result.exception, InputError)
    assert "somerset" in str(result.exception)
