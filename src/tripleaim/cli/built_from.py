"""What this copy of the product was built from."""

from __future__ import annotations

import json
import platform
import subprocess
from pathlib import Path

from tripleaim import __version__

PACKAGE = Path(__file__).parents[1]


def version_line() -> str:
    """The version, the commit it was built from, Python and system: what a report of a fault needs.

    A wheel says which commit it holds (hatch_build.py writes it); a checkout asks git.
    """
    system = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    return f"{__version__} ({_commit()}; {system})"


def _commit() -> str:
    try:
        built = json.loads((PACKAGE / "built_from.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _checkout()
    changed = ", with uncommitted changes" if built["changed"] else ""
    return f"built from commit {built['commit'][:12]} of {built['day']}{changed}"


def _checkout() -> str:
    unknown = "built from an unknown commit"
    root = PACKAGE.parents[1]
    if not (root / ".git").exists():
        return unknown
    try:
        done = subprocess.run(
            # Whichever git a person has is found by its name.
            ["git", "log", "-1", "--format=%h of %cs", "--abbrev=12"],  # noqa: S607
            cwd=root,
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
    except (OSError, subprocess.CalledProcessError):
        return unknown
    return f"a checkout at commit {done.stdout.strip()}"
