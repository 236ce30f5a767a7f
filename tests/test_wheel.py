"""Three ways in: the wheel alone in an empty environment, the sdist it comes from, a container."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from tripleaim import __version__
from waiting import wait

ROOT = Path(__file__).parents[1]


def run(*words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, words)), capture_output=True, encoding="utf-8", check=False, **options
    )  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist that is built from the checkout."""
    out = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert len(list(out.glob("*.tar.gz"))) == 1
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def tripleaim(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed as `uv tool install` does: an environment with nothing else in it."""
    folder = tmp_path_factory.mktemp("tools")
    where = {"UV_TOOL_DIR": str(folder / "all"), "UV_TOOL_BIN_DIR": str(folder / "bin")}
    locked = ("--constraints", ROOT / "requirements" / "run.txt", "--python", sys.executable)
    uv = Path(sys.executable).with_name("uv")
    done = run(uv, "tool", "install", "--quiet", *locked, wheel, env={**os.environ, **where})
    assert done.returncode == 0, done.stderr
    return next((folder / "bin").glob("tripleaim*"))


def alone() -> dict[str, str]:
    """The environment without what leads to this checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def test_the_wheel_holds_footprints_queries_templates_and_front_end(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "tripleaim/footprints/somerset/figures_printed.csv",
        "tripleaim/footprints/england/place.toml",
        "tripleaim/activity/sums.sql",
        "tripleaim/activity/comparison.sql",
        "tripleaim/web/assets/manifest.json",
        "tripleaim/py.typed",
    ):
        assert part in names
    assert any(name.startswith("tripleaim/web/ui/templates/") for name in names)
    assert any(name.endswith(".css") for name in names)


def test_a_wheel_from_an_sdist_says_which_commit_of_the_checkout_it_was_built_from(
    wheel: Path,
) -> None:
    built = json.loads(zipfile.ZipFile(wheel).read("tripleaim/built_from.json"))
    assert built["commit"] == run("git", "rev-parse", "HEAD", cwd=ROOT).stdout.strip()
    assert not (ROOT / "src" / "tripleaim" / "built_from.json").exists()


def test_the_wheel_alone_says_its_commit_checks_a_place_and_plans(
    tripleaim: Path, hamlet: Path, tmp_path: Path
) -> None:
    commit = run("git", "rev-parse", "--short=12", "HEAD", cwd=ROOT).stdout.strip()
    printed = run(tripleaim, "--version", cwd=tmp_path, env=alone()).stdout
    assert printed.startswith(f"{__version__} (built from commit {commit} of 20")
    check = run(tripleaim, "place", "check", "somerset", cwd=tmp_path, env=alone())
    assert check.returncode == 0, check.stderr
    out = tmp_path / "data" / "hamlet"
    done = run(tripleaim, "plan", hamlet, "--out", out, cwd=tmp_path, env=alone())
    assert done.returncode == 0, done.stderr
    plan = json.loads((out / "plan.json").read_text("utf-8"))
    assert plan["footprint"] == "hamlet"


@contextmanager
def demo(tripleaim: Path, data: Path, log: Path, **environment: str) -> Iterator[str]:
    """The address at which `tripleaim demo` serves `data` while the block runs."""
    words = [tripleaim, "demo", "--data", data, "--browser", "--no-runs", "--processes", "1"]
    with log.open("wb") as told:
        served = subprocess.Popen(
            list(map(str, words)), cwd=data, env=alone() | environment, stdout=told, stderr=told
        )
    try:
        wait(lambda: "Its data is" in log.read_text("utf-8") or served.poll() is not None)
        address = re.search(r"The plan is at (http://127\.0\.0\.1:\d+/)", log.read_text("utf-8"))
        assert address is not None, log.read_text("utf-8")
        yield address[1]
    finally:
        served.terminate()
        served.wait()


def test_demo_of_the_wheel_alone_takes_a_free_port_opens_a_browser_and_answers(
    tripleaim: Path, somerset_run: Path, northamptonshire_run: Path, tmp_path: Path
) -> None:
    data = tmp_path / "My data"
    shutil.copytree(somerset_run, data / "somerset")
    shutil.copytree(northamptonshire_run, data / "northamptonshire")
    opened = tmp_path / "opened"
    browser = f"{sys.executable} -c \"open('{opened}','w').write('%s')\""
    taken = socket.socket()
    with suppress(OSError):  # where somebody else listens there, it is taken as well
        taken.bind(("127.0.0.1", 8000))
        taken.listen()
    with taken, demo(tripleaim, data, tmp_path / "log", BROWSER=browser) as address:
        assert not address.endswith(":8000/")
        for page in ("", "places/somerset/"):
            with urlopen(address + page) as answer:  # noqa: S310 - ours
                assert answer.status == 200
                assert "Somerset" in answer.read().decode()
        assert f"Its data is in {data}" in (tmp_path / "log").read_text("utf-8")
        wait(lambda: opened.exists() or "No browser" in (tmp_path / "log").read_text("utf-8"))
        assert "No browser" not in (tmp_path / "log").read_text("utf-8")
        wait(lambda: opened.read_text("utf-8") == address)


def test_the_container_file_is_one_that_its_linter_passes() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    done = run(linter, "--no-color", ROOT / "Containerfile")
    assert (done.returncode, done.stdout) == (0, "")
    lines = (ROOT / "Containerfile").read_text("utf-8").splitlines()
    said = {line.split()[0]: line.split()[1:] for line in lines if re.match("[A-Z]+ ", line)}
    assert said["EXPOSE"] == ["8000"]
    assert said["VOLUME"] == ["/data"]
    assert said["USER"] == ["10001"]
    assert "HEALTHCHECK" in said
    assert len(lines) <= 25
