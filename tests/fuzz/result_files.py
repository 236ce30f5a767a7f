"""What reads the files of a result and of a run, each with a sound one of a small place."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from looks import Parser
from mutations import mutate

from tripleaim.activity import PeopleByCell
from tripleaim.backtest import Backtest
from tripleaim.data_folder import RESULTS, read_about, result_folder
from tripleaim.people import read_profile
from tripleaim.plan import (
    FuturesDocument,
    do_nothing,
    read_plan,
    read_practices_document,
    run_about,
)
from tripleaim.plan.calibration import read_calibration
from tripleaim.plan.futures.first_order import load_starts
from tripleaim.plan.overlap.groups_file import load_groups
from tripleaim.plan.overlap.reach_cells import load_cells
from tripleaim.plan.plan_activity import read_plan_activity
from tripleaim.prevention import read_document
from tripleaim.uncertainty import read_result

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))  # the samples are beside the pages

from sample_prevention import sample_document
from sample_runs import backtest, futures

PLAN_WORDS = (
    b'"schema_version": "1"',
    b'"schema_version": "2"',
    b"schema_version",
    b"null",
    b"NaN",
    b"{}",
    b"[]",
    b'""',
    b"true",
    b"solutions",
    b"2015/16",
    b"1e400",
    b"[" * 5_000,
)
RUN_WORDS = (
    b'"result": "',
    b"../",
    b'"files": {}',
    b"sha256",
    b"form",
    b'"seed": 1e3',
    *PLAN_WORDS,
)


def parsers_of_results(folder: Path, run: Path) -> list[Parser]:
    """Parsers of what the run of a place left; `folder` is an empty one to write to."""
    flat = Path(shutil.copytree(result_folder(run), folder / "flat"))
    (flat / "manifest.json").unlink()  # with it each file would be refused by its hash
    inputs = run_about(run).inputs_sha256
    activity = read_plan_activity(flat)
    files: Mapping[str, tuple[bytes, Callable[[Path], object]]] = {
        "calibration.json": (_raw(flat, "calibration.json"), read_calibration),
        "do_nothing.json": (
            _raw(flat, "do_nothing.json"),
            lambda path: do_nothing.load(path, activity),
        ),
        "people.json": (_raw(flat, "people.json"), read_profile),
        "practices.json": (
            _raw(flat, "practices.json"),
            lambda path: read_practices_document(path.parent),
        ),
        "groups.npz": (_raw(flat, "groups.npz"), lambda path: load_groups(path, inputs)),
        "drawn_starts.npz": (
            _raw(flat, "drawn_starts.npz"),
            lambda path: load_starts(path, inputs),
        ),
        "reach_cells.npz": (_raw(flat, "reach_cells.npz"), lambda path: load_cells(path, inputs)),
        "people_by_cell.parquet": (_raw(flat, "people_by_cell.parquet"), PeopleByCell.read),
        "futures.json": (
            futures().model_dump_json(indent=1).encode(),
            lambda path: read_result(path, FuturesDocument, "mend it"),
        ),
        "backtest.json": (
            backtest().model_dump_json(indent=1).encode(),
            lambda path: read_result(path, Backtest, "mend it"),
        ),
        "prevention.json": (
            sample_document().model_dump_json(indent=1).encode(),
            read_document,
        ),
    }
    return [
        Parser(
            "plan.json",
            [_raw(flat, "plan.json")],
            _PlanRead(flat / "plan.json"),
            PLAN_WORDS,
            share=2,
        ),
        Parser(
            "run.json and manifest.json",
            [
                b"run.json\n" + (run / "run.json").read_bytes(),
                b"manifest.json\n" + _raw(result_folder(run), "manifest.json"),
            ],
            _RunRead(folder / "run", run),
            RUN_WORDS,
            mutate_named,
            share=2,
        ),
        Parser(
            "other files of results",
            [name.encode() + b"\n" + raw for name, (raw, _) in files.items()],
            _FileRead(flat, {name: read for name, (_, read) in files.items()}),
            PLAN_WORDS,
            mutate_named,
        ),
    ]


def mutate_named(raw: bytes, chance: random.Random, words: Sequence[bytes] = ()) -> bytes:
    """The content changed, and the name of the file in the first line left as it is."""
    name, _, content = raw.partition(b"\n")
    return name + b"\n" + mutate(content, chance, words)


def _raw(folder: Path, name: str) -> bytes:
    return (folder / name).read_bytes()


class _PlanRead:
    """Reads a plan.json, of whatever version it says it is."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, raw: bytes) -> None:
        self.path.write_bytes(raw)
        read_plan(self.path)


class _RunRead:
    """Reads what a run says of itself; a manifest under the hash that it comes to."""

    def __init__(self, folder: Path, run: Path) -> None:
        self.folder, self.result = folder / run.name, result_folder(run)
        self.about = (run / "run.json").read_bytes()
        shutil.copytree(self.result, self.folder / RESULTS / self.result.name)

    def __call__(self, raw: bytes) -> None:
        name, _, content = raw.partition(b"\n")
        pointer = self.folder / "run.json"
        if name == b"run.json":
            pointer.write_bytes(content)
            run_about(self.folder)
            return
        named = sha256(content).hexdigest()[:16]
        result = self.folder / RESULTS / named
        result.mkdir(exist_ok=True)
        try:
            (result / "manifest.json").write_bytes(content)
            pointer.write_bytes(self.about.replace(self.result.name.encode(), named.encode()))
            read_about(self.folder, "mend it")
        finally:
            if named != self.result.name:
                shutil.rmtree(result)


class _FileRead:
    """Reads a file of a result by its name."""

    def __init__(self, folder: Path, readers: Mapping[str, Callable[[Path], object]]) -> None:
        self.folder, self.readers = folder, readers

    def __call__(self, raw: bytes) -> None:
        name, _, content = raw.partition(b"\n")
        path = self.folder / name.decode()
        path.write_bytes(content)
        self.readers[path.name](path)
