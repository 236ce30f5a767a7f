"""Results of draws, kept in a folder batch by batch, so that a long run resumes where it was.

A batch is one file, written whole under a temporary name and then renamed: a killed process loses
the batch it was at, and no more. A file says what it was made from and carries the hash of its
content; what is damaged or comes from elsewhere is refused and done again, never mixed.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tripleaim.core import UNWATCHED, RunContext, is_alive, write_whole
from tripleaim.data_folder import DamagedFileError, file_state, read_bytes, taking_apart
from tripleaim.place import Draw, InputError

Arrays = Mapping[str, npt.NDArray[Any]]
Work = Callable[[Sequence[Draw]], Arrays]

FORM = "tripleaim draws 2"
AGAIN = "remove it: the program draws it again when needed"
DRAWS_SUFFIX = ".draws"
_KINDS = ("<f8", "<i8")


@dataclass(frozen=True, slots=True)
class DrawOrigin:
    """What results are made from: results of another origin are never taken for these.

    `job` names the computation and all that it depends on beyond inputs, seed and version.
    """

    job: str
    inputs_sha256: str
    seed: int
    version: str


@dataclass(frozen=True)
class Kept:
    """Results of draws, in their order: `arrays` by name, the first axis along the draws.

    `resumed` draws were found in the folder; `refused` files were found and not trusted.
    """

    arrays: Arrays
    resumed: int
    refused: tuple[str, ...]


def keep(
    folder: Path,
    origin: DrawOrigin,
    drawn: Sequence[Draw],
    work: Work,
    *,
    batch: int = 16,
    context: RunContext = UNWATCHED,
    what: str = "drawing futures",
) -> Kept:
    """The results of `work` for every draw, from `folder` where they are kept there already.

    `work` takes a batch of draws and returns arrays of float64 or int64 whose first axis runs
    along them; what it gives for a draw must depend on that draw alone. Draws are numbered from 1
    without a gap, so that a longer run finds the batches of a shorter one.

    Raises Stopped before a batch when asked to stop, InputError for a folder that cannot be
    written, ValueError for draws out of order and for results of another shape.
    """
    if [draw.number for draw in drawn] != list(range(1, len(drawn) + 1)):
        raise ValueError("expected draws numbered from 1 without gaps")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refusal:
        raise InputError(f"cannot write there ({refusal.strerror})", file=folder) from None
    _sweep(folder)
    parts: list[Arrays] = []
    resumed, refused = 0, []
    for first in range(0, len(drawn), batch):
        context.report(what, first / len(drawn))
        now = drawn[first : first + batch]
        path = folder / f"{now[0].number:07d}-{now[-1].number:07d}{DRAWS_SUFFIX}"
        try:
            part = read_batch(path, origin, now)
            resumed += len(now)
        except FileNotFoundError:
            part = None
        except InputError:
            part = None
            refused.append(path.name)
        if part is None:
            part = work(now)
            write_batch(path, origin, now, part)
        parts.append(part)
    context.report(what, 1.0)
    arrays = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Kept(arrays, resumed, tuple(refused))


def write_batch(path: Path, origin: DrawOrigin, drawn: Sequence[Draw], results: Arrays) -> None:
    """Write the results of a batch whole, or not at all. Equal results give equal bytes."""
    columns, body = [], []
    for name, values in sorted(results.items()):
        kind = values.dtype.newbyteorder("<").str
        if kind not in _KINDS or values.shape[:1] != (len(drawn),):
            raise ValueError(f"{name}: expected float64 or int64, one row a draw")
        columns.append([name, kind, list(values.shape)])
        body.append(np.ascontiguousarray(values, dtype=kind).tobytes())
    content = b"".join(body)
    header = {
        "form": FORM,
        **asdict(origin),
        "draws": _fingerprint(drawn),
        "columns": columns,
    }
    header["sha256"] = _sha256(header, content)
    try:
        write_whole(path, json.dumps(header, sort_keys=True).encode() + b"\n" + content)
    except OSError as refusal:
        raise InputError(
            f"cannot write there ({refusal.strerror}); put that right and run it again", file=path
        ) from None


def read_batch(path: Path, origin: DrawOrigin, drawn: Sequence[Draw]) -> Arrays:
    """The results in a file that `write_batch` wrote of these very draws and this origin.

    Raises FileNotFoundError where there is none, DamagedFileError for one that is damaged, cut off,
    or made from anything else.
    """
    if not file_state(path):
        raise FileNotFoundError(path)
    header, arrays = _taken_apart(path)
    same = all(header.get(name) == value for name, value in asdict(origin).items())
    if not same or header.get("draws") != _fingerprint(drawn):
        raise DamagedFileError("was made from other inputs", file=path, mend=AGAIN)
    return arrays


def refuse_damaged_batch(path: Path) -> None:
    """Raise DamagedFileError unless a file holds results of draws, as they were written."""
    _taken_apart(path)


def _taken_apart(path: Path) -> tuple[dict[str, Any], Arrays]:
    """What a file says it is of, and its results."""
    head, _, content = read_bytes(path, AGAIN).partition(b"\n")
    with taking_apart(path, AGAIN, "does not contain results of draws"):
        header: dict[str, Any] = json.loads(head)
        about = {name: value for name, value in header.items() if name != "sha256"}
        arrays, at = {}, 0
        for name, kind, shape in header["columns"]:
            size = math.prod(shape) * 8
            arrays[name] = np.frombuffer(content[at : at + size], dtype=kind).reshape(shape)
            at += size
        known = header["form"] == FORM and {k for _, k, _ in header["columns"]} <= {*_KINDS}
        whole = known and at == len(content) and header["sha256"] == _sha256(about, content)
    if not whole:
        raise DamagedFileError("has been changed since it was written", file=path, mend=AGAIN)
    return header, arrays


def _sha256(about: Mapping[str, Any], content: bytes) -> str:
    """The hash of results and of what they are said to be of."""
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode() + content).hexdigest()


def _fingerprint(drawn: Sequence[Draw]) -> str:
    """The hash of what the draws are: their numbers and every parameter's value in them."""
    parts = [[draw.number, sorted(draw.z.items())] for draw in drawn]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _sweep(folder: Path) -> None:
    """Take away what killed processes left half-written, but nothing of one that still runs."""
    for left in folder.glob(f".*{DRAWS_SUFFIX}.*"):
        process = left.name.rpartition(".")[2]
        if process.isdigit() and not is_alive(int(process)):
            left.unlink(missing_ok=True)
