"""The picture of the plan on a page that the README shows, taken anew in a browser.

    python -m website.picture --data DIR    from Somerset's run in DIR/somerset

Chromium must be on the machine (`make test` installs it). The page is pictured as a reader with a
window of 1280 pixels has it, down to the end of its picture.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from waitress.server import create_server

from tripleaim.web.server import application
from website.pages import ROOT

PICTURE = ROOT / "docs" / "images" / "plan.png"
PAGE = "places/somerset/"
WIDTH = 1280


def main() -> int:
    """Take the picture; 0 when it is written, 1 where there is no Chromium."""
    parser = argparse.ArgumentParser(prog="python -m website.picture")
    parser.add_argument("--data", type=Path, default=Path("tripleaim-data"), help="where runs are")
    parser.add_argument("--out", type=Path, default=PICTURE, help="where the picture goes")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("There is no Chromium on this machine: make test installs it.", file=sys.stderr)
        return 1
    with served(asked.data) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take(browser, f"{address}/{PAGE}", asked.out)
        browser.close()
    return 0


@contextmanager
def served(data: Path) -> Iterator[str]:
    """The address of the pages over the runs in `data`, as long as it is needed."""
    server = create_server(application(data), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


def take(browser: Browser, address: str, path: Path) -> None:
    """Picture the page from its top to the end of its first figure.

    Raises ValueError for a page without one.
    """
    page = browser.new_page(viewport={"width": WIDTH, "height": 1000})
    page.goto(address)
    figure = page.locator("figure").first.bounding_box()
    if figure is None:
        raise ValueError(f"expected a figure on {address}")
    height = figure["y"] + figure["height"]
    page.screenshot(
        path=path, full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": height}
    )


if __name__ == "__main__":
    sys.exit(main())
