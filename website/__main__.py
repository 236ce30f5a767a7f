"""`make docs`: gather the pages, build the site, and make it fit for the product's own rules.

    python -m website                 to src/tripleaim/web/assets/docs, where the product serves it
    python -m website --out DIR       to a folder that any web server can serve
    python -m website --repository URL    links to code lead there, as URL/src/tripleaim/...

Dead links stop the build.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from website.pages import ROOT, on_site, pages, place_on_site, text_of

OUT = ROOT / "src" / "tripleaim" / "web" / "assets" / "docs"
SETTINGS = ROOT / "website" / "zensical.toml"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
ALIGNED = re.compile(r' style="text-align: ?(left|right|center);?"')


def main() -> int:
    """Build the site; 0 when it stands, 1 when a link is dead or a page is at fault."""
    parser = argparse.ArgumentParser(prog="python -m website")
    parser.add_argument("--out", type=Path, default=OUT, help="where the site is written")
    parser.add_argument(
        "--repository",
        default=os.environ.get("TRIPLEAIM_REPOSITORY", ""),
        help="the address of the code, to which links to files of code lead",
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tripleaim-docs-") as work:
        folder = Path(work)
        gather(folder / "docs", asked.repository)
        if not build(folder):
            return 1
        without_inline_code(folder / "site")
        shutil.rmtree(asked.out, ignore_errors=True)
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / "site", asked.out)
    print(f"The documents are in {asked.out}")
    return 0


def gather(folder: Path, repository: str = "") -> None:
    """Put every page and picture into `folder`, with links as they are on the site."""
    shutil.copytree(ROOT / "docs", folder, ignore=shutil.ignore_patterns("*.md"))
    for file in pages():
        place = folder / str(place_on_site(file))
        place.parent.mkdir(parents=True, exist_ok=True)
        text = on_site(text_of(file), file, repository)
        place.write_text(text, encoding="utf-8")


def build(folder: Path) -> bool:
    """Make `folder`/site of `folder`/docs; False, with the reason printed, where it fails."""
    shutil.copy(SETTINGS, folder / "zensical.toml")
    tool = shutil.which("zensical", path=str(Path(sys.executable).parent)) or "zensical"
    done = subprocess.run(  # noqa: S603 - our own words
        [tool, "build", "--strict", "--config-file", str(folder / "zensical.toml")],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode:
        print((done.stdout + done.stderr).partition("Traceback")[0], file=sys.stderr)
    return done.returncode == 0


def without_inline_code(site: Path) -> None:
    """Move scripts out of the pages and alignment out of styles: the product allows neither."""
    scripts = site / "assets" / "javascripts"
    for page in site.rglob("*.html"):
        up = os.path.relpath(scripts, page.parent).replace(os.sep, "/")

        def moved(found: re.Match[str], up: str = up) -> str:
            name = f"inline.{hashlib.sha256(found[1].encode()).hexdigest()[:12]}.js"
            (scripts / name).write_text(found[1], encoding="utf-8")
            return f'<script src="{up}/{name}"></script>'

        text = SCRIPT.sub(moved, page.read_text(encoding="utf-8"))
        page.write_text(ALIGNED.sub(r' align="\1"', text), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
