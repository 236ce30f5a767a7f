"""System packages that the tests need beyond Python, through apt where this machine lets us.

    python requirements/system.py            install what is missing, or say why not
    python requirements/system.py --check    only say what is missing

Tests that need something that is still missing are skipped, each with its reason in the summary.
Standard library alone: this runs before anything else is installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """Something tests run: any of the commands will do; packages are tried in order.

    Each entry of `packages` is one choice: several packages that are installed together.
    """

    what: str
    commands: tuple[str, ...]
    packages: tuple[tuple[str, ...], ...]


NEEDS = (
    Need(
        "tests of pages in a browser",
        ("chromium", "chromium-browser"),
        (("chromium", "fonts-liberation"),),
    ),
    # Spark 4 needs Java 17 or later; what the default is differs by distribution.
    Need(
        "tests of a country on Spark",
        ("java",),
        (
            ("openjdk-17-jre-headless",),
            ("openjdk-21-jre-headless",),
            ("default-jre-headless",),
        ),
    ),
)

Run = Callable[[Sequence[str]], bool]
Which = Callable[[str], str | None]


def missing(which: Which = shutil.which) -> list[Need]:
    """The needs for which this machine has none of the commands."""
    return [need for need in NEEDS if not any(map(which, need.commands))]


def prefix(user: int, which: Which, run: Run) -> tuple[str, ...] | str:
    """What to put before apt-get to be allowed to install; a reason where nothing helps."""
    if which("apt-get") is None:
        return "this machine has no apt-get"
    if user == 0:
        return ()
    if which("sudo") is None:
        return "you are not root and there is no sudo"
    if not run(("sudo", "-n", "true")):
        return "you are not root and sudo asks for a password"
    return ("sudo", "-n")


def install(need: Need, before: tuple[str, ...], run: Run) -> bool:
    """Install the first choice that apt can; False where it can none of them."""
    apt = (*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get")
    return any(
        run((*apt, "install", "-y", "-qq", "--no-install-recommends", *choice))
        for choice in need.packages
    )


def quietly(command: Sequence[str]) -> bool:
    """Run a command without its output; whether it went well."""
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own words
    return done.returncode == 0


def main() -> int:
    """Install what is missing. 0 also where something is left out: its tests say so."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="install nothing")
    only_check = parser.parse_args().check
    lacking = missing()
    if not lacking:
        return 0
    before = (
        "nothing is installed with --check"
        if only_check
        else prefix(os.geteuid(), shutil.which, quietly)
    )
    if not isinstance(before, str):
        names = ", ".join(need.commands[0] for need in lacking)
        print(f"Installing with apt: {names}", flush=True)
        quietly((*before, "apt-get", "update", "-qq"))
    for need in lacking:
        if isinstance(before, str):
            reason = before
        elif install(need, before, quietly):
            continue
        else:
            reason = "apt-get could not install it"
        print(
            f"Left out: {need.what}, since {need.commands[0]} is missing and {reason}. "
            f"As root: apt-get install {' '.join(need.packages[0])}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
