"""Known faults of the packages that the product is locked to, or how old the locks are.

    python requirements/audit.py LOCK [LOCK...]

pip-audit asks the package index for advisories. Where the index has none, this says so, and instead
how old each lock is and which of its packages the index has in a newer version. Ends with 1 if an
advisory names a locked package, or a lock for which there are none is older than `MOST_DAYS`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

MOST_DAYS = 90
"""Days after which a lock is renewed (`make lock`) where no advisory can be asked for."""

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Advisories:
    """What pip-audit found: a line for each fault, and how many packages it could ask for."""

    faults: tuple[str, ...]
    asked: int


def locked(text: str) -> dict[str, str]:
    """Version by package of a lock."""
    return {name.lower(): version for name, version in LOCKED.findall(text)}


def advisories(report: Mapping[str, Any]) -> Advisories:
    """What a report of `pip-audit --format json` says."""
    faults, asked = [], 0
    for package in report["dependencies"]:
        if "skip_reason" in package:
            continue
        asked += 1
        for fault in package["vulns"]:
            mended = ", ".join(fault["fix_versions"]) or "no version yet"
            faults.append(
                f"{package['name']} {package['version']}: {fault['id']}, mended in {mended}"
            )
    return Advisories(tuple(faults), asked)


def newer(versions: Mapping[str, str], outdated: Sequence[Mapping[str, str]]) -> list[str]:
    """Lines on locked packages of which the index has a newer version."""
    latest = {one["name"].lower(): one["latest_version"] for one in outdated}
    return [
        f"{name} {version}: newest {latest[name]}"
        for name, version in versions.items()
        if latest.get(name, version) != version
    ]


def days_old(lock: Path, now: datetime) -> int:
    """Days since a lock was last committed; by the file's own date where there is no git."""
    git = shutil.which("git")
    command = [str(git), "log", "-1", "--format=%ct", "--", lock.name]
    done = subprocess.run(  # noqa: S603 - git, and the name of a file of ours
        command, cwd=lock.parent, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    seconds = float(done.stdout) if done.stdout.strip() else lock.stat().st_mtime
    return (now - datetime.fromtimestamp(seconds, UTC)).days


def _json_of(*command: str) -> Any:
    """What a command prints, read as JSON. Raises ValueError with its errors if that is none."""
    done = subprocess.run(  # noqa: S603 - commands of this environment
        command, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise ValueError(done.stderr.strip() or done.stdout.strip()) from None


def main(locks: Sequence[Path]) -> int:
    """Say it of every lock; the exit code."""
    beside, code = Path(sys.executable).parent, 0
    for lock in locks:
        versions, age = locked(lock.read_text(encoding="utf-8")), days_old(lock, datetime.now(UTC))
        print(f"{lock.name}: {len(versions)} packages, renewed {age} days ago")
        options = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "-f", "json")
        found = advisories(_json_of(str(beside / "pip-audit"), *options, "-r", str(lock)))
        for line in found.faults:
            print(f"  {line}")
        if found.asked:
            print(f"  {found.asked} packages looked up, {len(found.faults)} advisories")
            code = max(code, int(bool(found.faults)))
            continue
        print("  the index has no advisories: by their dates instead")
        here = ("--python", sys.executable, "--outdated", "--format", "json")
        outdated = _json_of(str(beside / "uv"), "pip", "list", *here)
        for line in newer(versions, outdated):
            print(f"  {line}")
        if age > MOST_DAYS:
            print(f"  older than {MOST_DAYS} days: make lock")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
