"""What hatchling does besides copying: a wheel and an sdist say which commit they are built from.

An unpacked sdist has no history; it hands the file on that it brought along. An editable install
needs none: its checkout is asked.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAME = "tripleaim/built_from.json"


class BuiltFrom(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `built_from.json` to the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the build: write the file beside the checkout and name its place in the build."""
        self.folder = Path(tempfile.mkdtemp(prefix="tripleaim-build-"))
        commit = commit_of(Path(self.root))
        if version == "editable" or commit is None:
            return
        file = self.folder / "built_from.json"
        file.write_text(json.dumps(commit) + "\n", encoding="utf-8")
        inside = NAME if self.target_name == "wheel" else f"src/{NAME}"
        build_data["force_include"][str(file)] = inside

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """After the build: leave nothing behind."""
        shutil.rmtree(self.folder, ignore_errors=True)


def commit_of(root: Path) -> dict[str, Any] | None:
    """The commit of a checkout, its day, and whether files differ from it; None without a history.

    A folder inside another project's checkout has no history of its own.
    """
    if not (root / ".git").exists():
        return None
    try:
        commit, day = _git(root, "log", "-1", "--format=%H %cs").split()
        changed = bool(_git(root, "status", "--porcelain", "--untracked-files=no"))
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    return {"commit": commit, "day": day, "changed": changed}


def _git(root: Path, *words: str) -> str:
    return subprocess.run(  # noqa: S603 - our own words
        ["git", *words],  # noqa: S607 - whichever git made the checkout
        cwd=root,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
