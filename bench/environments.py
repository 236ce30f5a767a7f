"""Environments of their own for reference models, made on first use from hashed requirements.

`bench/environments/NAME.in` says what is wanted; renew its lock with

    uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-header --no-annotate -o NAME.txt NAME.in
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LONGEST = 600
"""Seconds that making one may take; neworder is compiled."""


class UnavailableError(Exception):
    """A reference model cannot be had here: why."""


def python_of(name: str) -> Path:
    """The interpreter of environment `name`. Raises UnavailableError if it cannot be made."""
    locked = HERE / "environments" / f"{name}.txt"
    version = hashlib.sha256(locked.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = HERE / ".environments" / f"{name}-{version}"
    python, whole = folder / "bin" / "python", folder / ".whole"
    if whole.exists():
        return python
    shutil.rmtree(folder, ignore_errors=True)
    uv = Path(sys.executable).parent / "uv"
    for command in (
        [uv, "venv", "--quiet", "--python", sys.executable, folder],
        [uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", locked],
    ):
        try:
            subprocess.run(
                command,
                check=True,
                capture_output=True,
                text=True,
                timeout=LONGEST,
                encoding="utf-8",
            )
        except subprocess.TimeoutExpired:
            raise UnavailableError(f"not installed within {LONGEST} seconds") from None
        except subprocess.CalledProcessError as fault:
            said = fault.stderr.strip().splitlines() or ["no reason given"]
            raise UnavailableError(f"not installed: {said[-1].strip()}") from None
        except OSError as fault:
            raise UnavailableError(f"not installed: {fault}") from None
    whole.touch()
    return python
