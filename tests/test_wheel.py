"""The wheel holds all it needs and runs on its own, away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    done = subprocess.run(
        build, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return next(out.glob("*.whl"))


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


def test_the_installed_wheel_checks_plans_and_draws_its_pages(
    wheel: Path, hamlet: Path, tmp_path: Path
) -> None:
    target = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", target]
    subprocess.run([*map(str, install), str(wheel)], check=True)
    # The libraries come from this environment; the product itself from the wheel alone.
    environment = {**os.environ, "PYTHONPATH": str(target)}
    code = (
        "import tripleaim, sys; from tripleaim.cli import main; "
        f"assert tripleaim.__file__.startswith({str(target)!r}), tripleaim.__file__; main()"
    )

    def tripleaim(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8",
            check=False,
        )  # fmt: skip

    assert tripleaim("place", "check", "somerset").returncode == 0
    done = tripleaim("plan", str(hamlet), "--out", str(tmp_path / "data" / "hamlet"))
    assert done.returncode == 0, done.stderr
    plan = json.loads((tmp_path / "data" / "hamlet" / "plan.json").read_text("utf-8"))
    assert plan["footprint"] == "hamlet"
