"""The folder of a run: which run it belongs to, its finished shards, and the result."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tripleaim.country.long_table import to_parquet
from tripleaim.country.shard_file import (
    DamagedError,
    from_bytes,
    tally_sha256,
    to_bytes,
    write_through,
)
from tripleaim.place import InputError
from tripleaim.projection import Tally, added

RUN, SHARDS, TALLY, TABLE, ABOUT = (
    "run.json",
    "shards",
    "tally.npz",
    "country.parquet",
    "country.json",
)

Run = Mapping[str, Any]


def shards_begun(folder: Path) -> int | None:
    """The number of shards with which the run in `folder` began; None without a run."""
    earlier = _earlier_run(folder)
    return None if earlier is None else int(earlier["shards"])


def claim(folder: Path, run: Run) -> None:
    """Take `folder` for this run. Raises InputError, saying what differs, if another has it."""
    earlier = _earlier_run(folder)
    if earlier is None:
        write_through(folder / RUN, _json(run))
        return
    _refuse_other(folder / RUN, earlier, run)


def unfinished_shards(folder: Path, run: Run) -> list[int]:
    """The shards that are not finished: those without a file, and those whose file is damaged.

    Raises InputError for a file that holds a shard of another run.
    """
    unfinished = []
    for shard in range(run["shards"]):
        try:
            _read(folder, run, shard)
        except DamagedError:
            unfinished.append(shard)
    return unfinished


def store_shard(folder: Path, run: Run, shard: int, data: bytes) -> None:
    """Store a finished shard. Raises InputError if it is not whole, or not of this run."""
    try:
        _check(folder, run, shard, data)
    except DamagedError as fault:
        raise InputError(
            f"expected the tally of a shard; {fault}", file=_path(folder, shard)
        ) from None
    write_through(_path(folder, shard), data)


def publish(folder: Path, run: Run) -> Tally:
    """Add all shards up and write the result; the file that says so, `country.json`, comes last.

    Raises InputError, and writes nothing, if a shard is missing or damaged.
    """
    total, hashes = None, []
    for tally in _all(folder, run):
        hashes.append(tally_sha256(tally))
        total = tally if total is None else added((total, tally))
    if total is None:
        raise InputError("expected at least one shard", file=folder)
    of = {name: value for name, value in run.items() if name != "shards"}
    write_through(folder / TALLY, to_bytes(total, of))
    write_through(folder / TABLE, to_parquet(total))
    about = {**run, "tally_sha256": tally_sha256(total), "shard_sha256": hashes}
    write_through(folder / ABOUT, _json(about))
    return total


def read_result(folder: Path) -> tuple[Tally, dict[str, Any]]:
    """The tally that a run left in `folder`, and what it says of itself.

    Raises InputError where there is none, or where it does not fit what was written beside it.
    """
    try:
        about: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        tally, _ = from_bytes((folder / TALLY).read_bytes())
    except (OSError, ValueError, DamagedError) as fault:
        raise InputError(f"expected the result of a country ({fault})", file=folder) from None
    if tally_sha256(tally) != about.get("tally_sha256"):
        raise InputError("expected the tally that country.json names", file=folder / TALLY)
    return tally, about


def _all(folder: Path, run: Run) -> Iterator[Tally]:
    for shard in range(run["shards"]):
        try:
            yield _read(folder, run, shard)
        except DamagedError as fault:
            raise InputError(
                f"expected the finished shard {shard}; {fault}. Run it again to continue",
                file=_path(folder, shard),
            ) from None


def _read(folder: Path, run: Run, shard: int) -> Tally:
    try:
        data = _path(folder, shard).read_bytes()
    except OSError:
        raise DamagedError("the file is missing") from None
    return _check(folder, run, shard, data)


def _check(folder: Path, run: Run, shard: int, data: bytes) -> Tally:
    tally, of = from_bytes(data)
    _refuse_other(_path(folder, shard), of, {**run, "shard": shard})
    return tally


def _refuse_other(file: Path, theirs: Run, wanted: Run) -> None:
    differs = [name for name in wanted if theirs.get(name) != wanted[name]]
    if differs:
        differences = "; ".join(
            f"its {name.replace('_', ' ')} is {_short(theirs.get(name))}, "
            f"not {_short(wanted[name])}"
            for name in differs
        )
        raise InputError(
            "expected this run's own folder; the files in it belong to another run: "
            f"{differences}. Choose another folder, or remove this one",
            file=file,
        )


def _short(value: Any) -> str:
    text = str(value)
    return text[:12] + "…" if len(text) == 64 else text


def _earlier_run(folder: Path) -> dict[str, Any] | None:
    try:
        text = (folder / RUN).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        earlier = json.loads(text)
        int(earlier["shards"])
    except (ValueError, KeyError, TypeError):
        raise InputError("expected a folder that an earlier run wrote", file=folder / RUN) from None
    return dict(earlier)


def _path(folder: Path, shard: int) -> Path:
    return folder / SHARDS / f"{shard}.npz"


def _json(value: Run) -> bytes:
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
