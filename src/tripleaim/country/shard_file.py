"""A shard's tally, and the whole country's, as bytes and as a file in which damage shows."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from tripleaim.core import whole_file
from tripleaim.projection import Tally

ABOUT, COMMENT_BYTES = "about", 64
NAMES = ("years", "conditions", "risk_levels", "quantities", "programmes")
COUNTS = tuple(f.name for f in fields(Tally) if f.name not in NAMES)


class DamagedError(Exception):
    """The bytes are not those of a tally as it was written."""


def to_bytes(tally: Tally, of: Mapping[str, Any]) -> bytes:
    """The tally as an npz, the same bytes for the same tally; a hash of all is its zip's comment.

    `of` (JSON) says what it is the tally of: the run, and which shard of it.
    """
    about: dict[str, Any] = {name: getattr(tally, name) for name in NAMES} | {"of": dict(of)}
    text = np.frombuffer(json.dumps(about, sort_keys=True).encode(), dtype=np.uint8)
    arrays = {name: np.ascontiguousarray(getattr(tally, name)) for name in COUNTS}
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **{ABOUT: text}, **arrays)
    body = buffer.getvalue()[:-2]  # without the length of the comment, which was zero
    return body + _comment(body)


def from_bytes(data: bytes) -> tuple[Tally, dict[str, Any]]:
    """The tally that `to_bytes` wrote, and what it is of. Raises DamagedError if it has changed."""
    body = data[: -COMMENT_BYTES - 2]
    if not body or data[len(body) :] != _comment(body):
        raise DamagedError("its hash does not match its contents")
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as buffer:
            about: dict[str, Any] = json.loads(buffer[ABOUT].tobytes())
            arrays = {name: buffer[name] for name in COUNTS}
        return Tally(**{name: _tuples(about[name]) for name in NAMES}, **arrays), about["of"]
    except (ValueError, KeyError, zipfile.BadZipFile) as fault:  # whole, but written by another
        raise DamagedError(f"it is not a tally ({fault})") from None


def _comment(body: bytes) -> bytes:
    """The end of a zip file: the length of its comment, and the comment."""
    return COMMENT_BYTES.to_bytes(2, "little") + hashlib.sha256(body).hexdigest().encode()


def tally_sha256(tally: Tally) -> str:
    """The hash of everything in a tally."""
    names = {name: getattr(tally, name) for name in NAMES}
    digest = hashlib.sha256(json.dumps(names, sort_keys=True).encode())
    for name in COUNTS:
        counts = np.ascontiguousarray(getattr(tally, name), dtype="<i8")
        digest.update(f"{name}{counts.shape}".encode())
        digest.update(counts.tobytes())
    return digest.hexdigest()


def write_through(path: Path, data: bytes) -> None:
    """Write a file that appears whole or not at all, and is on the disk when it does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as part, part.open("wb") as buffer:
        buffer.write(data)
        buffer.flush()
        os.fsync(buffer.fileno())


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value
