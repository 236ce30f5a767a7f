"""Results of draws, kept in a folder batch by batch, so that a long run resumes where it was.

A batch is one file, written whole under a temporary name and then renamed: a killed process loses
the batch it was at, and no more. A file says what it was made from and carries the hash of its
content; what is damaged or comes from elsewhere is refused and done again, never mixed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tripleaim.core import UNWATCHED, RunContext, is_alive, write_whole
from tripleaim.place import Draw, InputError

Arrays = Mapping[str, npt.NDArray[Any]]
Work = Callable[[Sequence[Draw]], Arrays]

FORM = "tripleaim draws 1"
SUFFIX = ".draws"
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
        raise ValueError("expected draws numbered from 1 without a gap")
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
        path = folder / f"{now[0].number:07d}-{now[-1].number:07d}{SUFFIX}"
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
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    try:
        write_whole(path, json.dumps(header, sort_keys=True).encode() + b"\n" + content)
    except OSError as refusal:
        raise InputError(f"cannot write there ({refusal.strerror})", file=path) from None


def read_batch(path: Path, origin: DrawOrigin, drawn: Sequence[Draw]) -> Arrays:
    """The results in a file that `write_batch` wrote of these very draws and this origin.

    Raises FileNotFoundError where there is none, InputError for one that is damaged, cut off, or
    made from anything else.
    """
    head, _, content = path.read_bytes().partition(b"\n")
    try:
        header = json.loads(head)
        columns = [(str(n), str(k), tuple(int(x) for x in s)) for n, k, s in header["columns"]]
        whole = header["sha256"] == hashlib.sha256(content).hexdigest()
        same = all(header[name] == value for name, value in asdict(origin).items())
        same = same and header["form"] == FORM and header["draws"] == _fingerprint(drawn)
    except (ValueError, KeyError, TypeError):
        raise InputError("expected results of draws", file=path) from None
    if not same:
        raise InputError("these results were made from something else", file=path)
    sizes = [int(np.prod(shape)) * 8 for _, _, shape in columns]
    if not whole or sum(sizes) != len(content) or any(k not in _KINDS for _, k, _ in columns):
        raise InputError("these results are damaged", file=path)
    arrays, at = {}, 0
    for (name, kind, shape), size in zip(columns, sizes, strict=True):
        arrays[name] = np.frombuffer(content[at : at + size], dtype=kind).reshape(shape)
        at += size
    return arrays


def _fingerprint(drawn: Sequence[Draw]) -> str:
    """The hash of what the draws are: their numbers and every parameter's value in them."""
    parts = [[draw.number, sorted(draw.z.items())] for draw in drawn]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _sweep(folder: Path) -> None:
    """Take away what killed processes left half-written, but nothing of one that still runs."""
    for left in folder.glob(f".*{SUFFIX}.*"):
        process = left.name.rpartition(".")[2]
        if process.isdigit() and not is_alive(int(process)):
            left.unlink(missing_ok=True)
