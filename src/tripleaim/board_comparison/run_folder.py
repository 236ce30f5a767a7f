"""The folder of a comparison: whose it is, the boards that are finished, and the result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tripleaim import __version__
from tripleaim.board_comparison.document import ComparisonDocument, as_csv
from tripleaim.board_comparison.one_board import BoardDraws, SampleSettings
from tripleaim.board_comparison.read_me import read_me
from tripleaim.boards import OFFICIAL_FOLDER
from tripleaim.core import write_whole
from tripleaim.place import DEFAULTS, InputError, load

RUN, BOARDS, BEGUN = "comparison-run.json", "boards", "begun_on"
RESULT, TABLE, READ_ME = "comparison.json", "comparison.csv", "README.md"

_READ = (".csv", ".parquet")
"""Endings of the official tables that places are made from."""

Run = Mapping[str, Any]


def this_run(settings: SampleSettings) -> Run:
    """What the result depends on: version, settings, and the hash of every input."""
    return {"version": __version__, "inputs_sha256": inputs_sha256(), **asdict(settings)}


def inputs_sha256() -> str:
    """The hash of the official tables and of England's defaults."""
    whole = hashlib.sha256(load(DEFAULTS).sha256.encode())
    for file in sorted(OFFICIAL_FOLDER.iterdir()):
        if file.suffix in _READ:
            whole.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def claim(folder: Path, run: Run) -> str:
    """Take the folder for this run, and give the day on which it began, as YYYY-MM-DD.

    Raises InputError, saying what differs, if another has it.
    """
    path = folder / RUN
    if path.is_file():
        earlier = _read_json(path)
        differs = [name for name in run if earlier.get(name) != run[name]]
        if differs:
            told = "; ".join(
                f"its {name.replace('_', ' ')} is {_short(earlier.get(name))}, "
                f"not {_short(run[name])}"
                for name in differs
            )
            raise InputError(
                f"expected a folder of this comparison; it belongs to another: {told}. Choose "
                "another folder, or remove this one",
                file=folder,
            )
        return str(earlier.get(BEGUN, ""))
    if folder.is_dir() and any(folder.iterdir()):
        raise InputError("expected a new folder, or that of a comparison", file=folder)
    (folder / BOARDS).mkdir(parents=True, exist_ok=True)
    today = datetime.now(UTC).date().isoformat()
    write_whole(path, _json({**run, BEGUN: today}))
    return today


def finished(folder: Path, run: Run, boards: tuple[str, ...]) -> dict[str, BoardDraws]:
    """The boards that are finished, by code: whole, and of this run."""
    found = {}
    for board in boards:
        one = _finished(folder / BOARDS / f"{board}.json", run)
        if one is not None:
            found[board] = one
    return found


def store(folder: Path, run: Run, data: bytes) -> BoardDraws:
    """Keep what a board gave, whole or not at all."""
    one = from_bytes(data)
    content = {"run": run, "board": asdict(one)}
    write_whole(folder / BOARDS / f"{one.board}.json", _json(content))
    return one


def to_bytes(one: BoardDraws) -> bytes:
    """A board's numbers as bytes, to be sent from a worker."""
    return json.dumps(asdict(one)).encode()


def from_bytes(data: bytes) -> BoardDraws:
    """What `to_bytes` wrote."""
    return _board(json.loads(data))


def _finished(path: Path, run: Run) -> BoardDraws | None:
    """None where there is no file, or where it is damaged or of another run: it is made again."""
    try:
        content = json.loads(path.read_bytes())
        return _board(content["board"]) if content["run"] == run else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _board(content: dict[str, Any]) -> BoardDraws:
    return BoardDraws(**{**content, "years": tuple(content["years"])})


def _read_json(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise InputError("expected the file that a comparison wrote", file=path) from None


def write_result(folder: Path, document: ComparisonDocument) -> None:
    """The document, its table, and what they are; the document comes last."""
    write_whole(folder / READ_ME, read_me(document))
    write_whole(folder / TABLE, as_csv(document))
    write_whole(folder / RESULT, document.model_dump_json(indent=1) + "\n")


def _short(value: Any) -> str:
    text = str(value)
    return text[:12] + "…" if len(text) == 64 else text


def _json(value: object) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
