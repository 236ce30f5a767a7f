"""What is said of the packages that the product is locked to."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "requirements" / "audit.py"

spec = importlib.util.spec_from_file_location("audit", SCRIPT)
assert spec is not None
assert spec.loader is not None
audit = importlib.util.module_from_spec(spec)
sys.modules["audit"] = audit
spec.loader.exec_module(audit)

LOCK = """django==5.2.9 \\
    --hash=sha256:00 \\
    --hash=sha256:11
Jinja2==3.1.6 ; python_version < '3.13' \\
    --hash=sha256:22
"""
REPORT = {
    "dependencies": [
        {
            "name": "django",
            "version": "5.2.9",
            "vulns": [{"id": "PYSEC-1", "fix_versions": ["5.2.10", "6.0.1"], "aliases": []}],
        },
        {"name": "rich", "version": "15.0.0", "vulns": []},
        {"name": "jinja2", "skip_reason": "Dependency not found on PyPI"},
    ]
}


def test_a_lock_is_read_by_package() -> None:
    assert audit.locked(LOCK) == {"django": "5.2.9", "jinja2": "3.1.6"}


def test_an_advisory_names_the_package_and_the_version_that_mends_it() -> None:
    assert audit.advisories(REPORT) == audit.Advisories(
        ("django 5.2.9: PYSEC-1, mended in 5.2.10, 6.0.1",), asked=2
    )


def test_a_package_of_which_nothing_is_known_counts_as_not_asked_for() -> None:
    unknown = {"dependencies": [{"name": "a", "skip_reason": "not found"}]}
    assert audit.advisories(unknown) == audit.Advisories((), asked=0)


def test_newer_versions_are_told_of_locked_packages_alone() -> None:
    outdated = [
        {"name": "Django", "version": "5.2.9", "latest_version": "6.0"},
        {"name": "jinja2", "version": "3.1.5", "latest_version": "3.1.6"},
        {"name": "other", "version": "1", "latest_version": "2"},
    ]
    assert audit.newer(audit.locked(LOCK), outdated) == ["django 5.2.9: newest 6.0"]


def test_a_lock_is_as_old_as_its_last_commit_or_where_there_is_none_as_its_file(
    tmp_path: Path,
) -> None:
    lock = tmp_path / "run.txt"
    lock.write_text(LOCK, encoding="utf-8")
    written = datetime(2026, 3, 1, tzinfo=UTC)
    os.utime(lock, (written.timestamp(),) * 2)
    assert audit.days_old(lock, written + timedelta(days=10)) == 10
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org")
    at = {**os.environ, "GIT_COMMITTER_DATE": "2026-02-01T00:00:00Z"}
    for words in (("init", "-q"), ("add", "run.txt"), ("commit", "-q", "-m", "A lock")):
        subprocess.run((*git, *words), cwd=tmp_path, env=at, check=True)
    assert audit.days_old(lock, written) == 28


def test_every_locked_package_has_hashes_and_no_address() -> None:
    for lock in sorted(SCRIPT.parent.glob("*.txt")):
        text = lock.read_text(encoding="utf-8")
        packages = re.split(r"\n(?=\S)", text.strip())
        assert len(packages) == len(audit.LOCKED.findall(text)), lock.name
        assert all("--hash=sha256:" in package for package in packages), lock.name
        assert "://" not in text, lock.name
