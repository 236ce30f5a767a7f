"""The ways in which a file on disk is damaged; each is put right again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tripleaim.data_folder import result_folder

DAMAGES = (
    "missing",
    "empty",
    "cut at half",
    "a folder",
    "of another type",
    "flipped byte",
    "of another run",
    "a link",
)


@contextmanager
def damaged(path: Path, damage: str, *, other: bytes | None, aside: Path) -> Iterator[bool]:
    """A file as that damage leaves it, for the block; whether it is another than before.

    `other` is what the file of another run holds, where there is one, `aside` a folder that a link
    may lead to.
    """
    raw = path.read_bytes()
    path.unlink()
    try:
        _damage(path, damage, raw, raw if other is None else other, aside)
        yield not path.is_file() or path.is_symlink() or path.read_bytes() != raw
    finally:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        path.unlink(missing_ok=True)
        path.write_bytes(raw)


def of_another_run(path: Path, run: Path, other: Path) -> bytes | None:
    """What the file of `run` at this path is in another run; None where that has none."""
    if "results" in path.parts:
        twin = result_folder(other) / path.name
    else:
        twin = other / path.relative_to(run)
    return twin.read_bytes() if twin.is_file() else None


def names_of(path: Path) -> tuple[str, ...]:
    """The file, and the one that it speaks of, which is told in its place."""
    return (path.name, path.name.removesuffix(".sha256"))


def _damage(path: Path, damage: str, raw: bytes, other: bytes, aside: Path) -> None:
    middle = len(raw) // 2
    if damage == "a folder":
        path.mkdir()
    elif damage == "a link":
        (aside / "elsewhere").write_bytes(raw)
        path.symlink_to(aside / "elsewhere")
    elif damage != "missing":
        flipped = bytes(byte ^ 0x01 for byte in raw[middle : middle + 1])
        path.write_bytes(
            {
                "empty": b"",
                "cut at half": raw[:middle],
                "of another type": b"[3]\n",
                "flipped byte": raw[:middle] + flipped + raw[middle + 1 :],
                "of another run": other,
            }[damage]
        )
