"""How a place's own files were read stands in the built plan, for its pages."""

from __future__ import annotations

import shutil
from pathlib import Path

from tripleaim.core import RunContext
from tripleaim.place import Place, load, new, reading_notes
from tripleaim.plan import run_plan


def test_what_is_shipped_is_read_as_it_is_written(somerset: Place) -> None:
    assert reading_notes(somerset) == ()


def test_notes_on_the_file_that_a_place_was_made_from_are_kept_with_the_place(
    tmp_path: Path,
) -> None:
    lines = [
        f"{first} to {first + 4},{20 * (95 - first)},{20 * (95 - first)}"
        for first in range(0, 90, 5)
    ]
    file = tmp_path / "ages.csv"
    text = "\n".join(["Band,Males,Females", *lines, "90 and over,9,9", ""])
    file.write_text(text.replace("Band", "Age group"), encoding="utf-8")
    told = "\n".join(reading_notes(load(new(tmp_path / "vale", file))))
    assert "ages.csv: male people of the age bands 0-4, 5-9, 10-14 … 85-89 are spread" in told
    assert "the columns Males and Females are read as one line for each sex" in told
    assert str(tmp_path) not in told


def test_notes_on_the_places_own_tables_stand_in_its_plan(hamlet: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(hamlet, tmp_path / "hamlet"))
    (folder / "figures.csv").write_bytes(
        "ID,Value,low,high,unit,year,basis,status,source,where,cause\n"
        'opening.commissioner,"-1,234",,,£000,2016/17,,assumed,tripleaim,,ours\n'.encode("cp1252")
    )
    document = run_plan(load(folder), RunContext(7), tmp_path / "out")
    assert document.files_read == [
        "figures.csv, line 2: read as Windows-1252, because it is not UTF-8: "
        '"opening.commissioner,"-1,234",,,£000,2016/17,,assumed,triple".',
        "figures.csv, line 1: the columns ID, Value are read as id, value.",
        'figures.csv: in the column "Value" 1 line is read so: -1,234 as -1234.',
    ]
