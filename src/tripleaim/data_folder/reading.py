"""Bytes of a file on disk, checked against the hash beside them."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from tripleaim.core import patiently, write_whole
from tripleaim.data_folder.faults import CLOSE, DamagedFileError, lack_of, taking_apart

MANIFEST_FILE = "manifest.json"
"""The file that names the files of a result with their hashes."""

HASH = ".sha256"
"""The ending of a file with the hashes that its neighbour of the same name may have."""

MOST_HASHES = 4096

FileState = tuple[int, ...]
"""Which file it is and when its bytes or its names last changed; () where it is missing."""

_known: OrderedDict[tuple[str, FileState], str] = OrderedDict()
"""Hashes by path and state, so that bytes are hashed once however often they are asked for."""
_lock = threading.Lock()


def file_state(path: Path | str) -> FileState:
    """The state of a file, another one as soon as it is replaced or written, at any time stamp."""
    try:
        return state_of(os.stat(path, follow_symlinks=False))  # noqa: PTH116 - a str too, on each page
    except (OSError, ValueError):
        return ()


def state_of(about: os.stat_result) -> FileState:
    """The state of the file that this is said of. Programs set the second time, not the third."""
    return (about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)


def read_bytes(path: Path, mend: str) -> bytes:
    """The bytes of a file, as they were written.

    They are held to the hash that the manifest of their folder has, or a file beside them of the
    same name. Raises DamagedFileError for a file that is missing, is a link, cannot be read, or has
    been changed since it was written.
    """
    raw, state = _read(path, mend)
    _check_hash(path, mend, _hash(path, state, raw))
    return raw


def checked(path: Path, mend: str) -> Path:
    """The path of a file whose bytes are as they were written, for libraries that open it.

    It is read when it is another than last time. Raises DamagedFileError as `read_bytes` does.
    """
    _check_hash(path, mend, sha256_of(path, mend))
    return path


def sha256_of(path: Path, mend: str) -> str:
    """The hash of a file as it is. Raises DamagedFileError for one that cannot be read."""
    kept = _kept(path, file_state(path))
    if kept:
        return kept
    raw, state = _read(path, mend)
    return _hash(path, state, raw)


def write_hashed(path: Path, content: str | bytes) -> None:
    """Write a file whole, with its hash in a file beside it.

    A kill leaves the old or the new content with a file that names its hash.
    """
    raw = content.encode() if isinstance(content, str) else content
    sha256, beside = hashlib.sha256(raw).hexdigest(), path.with_name(path.name + HASH)
    if path.is_file():
        earlier = hashlib.sha256(path.read_bytes()).hexdigest()
        write_whole(beside, f"{earlier}\n{sha256}\n")
    else:
        write_whole(beside, sha256 + "\n")
    write_whole(path, raw)
    write_whole(beside, sha256 + "\n")


def _kept(path: Path, state: FileState) -> str:
    """The hash of a file in this state, where it has been worked out; else ""."""
    with _lock:
        return _known.get((str(path), state), "")


def _hash(path: Path, state: FileState, raw: bytes) -> str:
    """The hash of the bytes of a file in this state."""
    key = (str(path), state)
    with _lock:
        kept = _known.get(key)
    if kept is None:
        kept = hashlib.sha256(raw).hexdigest()
        with _lock:
            _known[key] = kept
            while len(_known) > MOST_HASHES:
                _known.popitem(last=False)
    return kept


def refuse_link(path: Path, mend: str) -> None:
    """Raise DamagedFileError for a path that is a link: what it leads to is not ours."""
    if path.is_symlink():
        raise DamagedFileError(
            "is a link, and the program does not read through links", file=path, mend=mend
        )


def _read(path: Path, mend: str) -> tuple[bytes, FileState]:
    """The bytes of a file and the state that they were read in."""

    def read() -> tuple[bytes, FileState]:
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        # A pipe in its place would be waited for; a path cannot be opened with flags.
        with open(os.open(path, flags | getattr(os, "O_NONBLOCK", 0)), "rb") as file:  # noqa: PTH123
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise IsADirectoryError(errno.EISDIR, "not a file")
            return file.read(), state_of(about)

    refuse_link(path, mend)
    try:
        return patiently(read)
    except FileNotFoundError:
        raise DamagedFileError("is missing", file=path, mend=mend) from None
    except (MemoryError, OSError, ValueError) as refusal:
        lacking = lack_of(refusal)
        if lacking:
            raise DamagedFileError(lacking, file=path, mend=CLOSE) from None
        reason = getattr(refusal, "strerror", None) or type(refusal).__name__
        raise DamagedFileError(f"cannot be read ({reason})", file=path, mend=mend) from None


def _check_hash(path: Path, mend: str, sha256: str) -> None:
    wanted = hashes_beside(path, mend)
    if wanted and sha256 not in wanted:
        raise DamagedFileError("has been changed since it was written", file=path, mend=mend)


def hashes_beside(path: Path, mend: str) -> Sequence[str]:
    """The hashes that a file may have, as is written beside it; none where nothing is."""
    manifest = path.with_name(MANIFEST_FILE)
    state = file_state(manifest) if path != manifest else ()
    if state:
        listed = _listed(manifest, state, mend).get(path.name)
        if listed:
            return (listed,)
    beside = path.with_name(path.name + HASH)
    if not file_state(beside):
        return ()
    words = _read(beside, mend)[0].decode("ascii", "replace").split()
    if not words:
        raise DamagedFileError("is damaged", file=beside, mend=mend)
    return words


@lru_cache(maxsize=512)
def _listed(manifest: Path, _state: FileState, mend: str) -> Mapping[str, str]:
    """The hashes by name in a manifest; read again when it is another."""
    raw = _read(manifest, mend)[0]
    with taking_apart(manifest, mend):
        return {str(name): str(sha256) for name, sha256 in json.loads(raw)["files"].items()}
