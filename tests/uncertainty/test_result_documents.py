"""Documents of results are read back, or refused with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from tripleaim.core import Part
from tripleaim.place import InputError
from tripleaim.uncertainty import KnownIntervalPart, read_result


class SampleDocument(Part):
    """A document of one interval."""

    schema_version: Literal["2"] = "2"
    interval: KnownIntervalPart


SAMPLE = SampleDocument(interval=KnownIntervalPart(central=2, p10=1, p50=2, p90=3))


def test_a_document_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "sample.json"
    path.write_text(SAMPLE.model_dump_json(), encoding="utf-8")
    assert read_result(path, SampleDocument, "run it again") == SAMPLE


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{"ours": 3}',
            "has version 1 of the document; this program reads version 2; run it again",
        ),
        (
            '{"schema_version": "3"}',
            "has version 3 of the document; this program reads version 2; run it",
        ),
        ('{"schema_version": "2"}', "this file is damaged or is something else; run it again"),
        ("[]", "this file is damaged or is something else; run it again"),
        ('{"schema_ver', "this file is damaged or is something else; run it again"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_with_what_to_do(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "sample.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as refusal:
        read_result(path, SampleDocument, "run it again")
    assert str(path) in str(refusal.value)


def test_a_missing_document_is_left_to_the_caller(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_result(tmp_path / "none.json", SampleDocument, "run it again")
