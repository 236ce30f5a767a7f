"""Which files are pages of the site, and where their links lead on it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from website.notebooks import as_page, notebooks, read

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
BLOCK = re.compile(r"(^```.*?^```[^\n]*$)", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} (.+?)\s*$", re.MULTILINE)
ABOVE = ("GLOSSARY.md", "CONTRIBUTING.md", "CHANGELOG.md")
"""Pages outside docs/ in the repository and inside it on the site."""


@dataclass(frozen=True)
class Link:
    """A link of a page: its text, and what it leads to as it is written."""

    text: str
    target: str

    @property
    def path(self) -> str:
        """The file it names, relative to its page; empty for a place on the same page."""
        return self.target.partition("#")[0]

    @property
    def anchor(self) -> str:
        """The heading it names, or nothing."""
        return self.target.partition("#")[2]

    @property
    def leads_elsewhere(self) -> bool:
        """Whether it is an address of another site."""
        return "://" in self.target or self.target.startswith("mailto:")


def pages() -> list[Path]:
    """Every file that is a page, as it stands in the repository: Markdown and notebooks."""
    return [
        *sorted((ROOT / "docs").rglob("*.md")),
        *(ROOT / name for name in ABOVE),
        *notebooks(),
    ]


def text_of(file: Path) -> str:
    """A page's text; a notebook's words, code, and what that prints, as Markdown."""
    if file.suffix == ".ipynb":
        return as_page(read(file))
    return file.read_text(encoding="utf-8")


def links(text: str) -> list[Link]:
    """Every link outside blocks of code."""
    return [Link(m[2], m[3]) for m in LINK.finditer(BLOCK.sub("", text))]


def anchors(text: str) -> set[str]:
    """The places on a page that a link may name: its headings, as a site spells them."""
    return {slug(heading) for heading in HEADING.findall(BLOCK.sub("", text))}


def slug(heading: str) -> str:
    """A heading as the end of an address.

    >>> slug("6.2 Internal")
    '62-internal'
    """
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", words).strip())


def place_on_site(file: Path) -> PurePosixPath | None:
    """Where a file of the repository stands on the site; None for one that is not on it."""
    path = PurePosixPath(file.relative_to(ROOT).as_posix())
    if str(path) in ABOVE:
        return path
    if path.parts[0] == "docs":
        return path.relative_to("docs")
    return path.with_suffix(".md") if path.parts[0] == "notebooks" else None


def on_site(text: str, file: Path, repository: str = "") -> str:
    """The text of a page with its links as they are on the site.

    A link to a file that is not on the site leads to `repository`, an address that a path can be
    put behind; without one its text stays and the link goes. Raises ValueError for a file that is
    no page.
    """
    here = place_on_site(file)
    if here is None:
        raise ValueError(f"expected a page of the site: {file}")

    def moved(match: re.Match[str]) -> str:
        link = Link(match[2], match[3])
        if link.leads_elsewhere or not link.path:
            return match[0]
        target = (file.parent / link.path).resolve()
        there = place_on_site(target)
        if there is not None and target.is_file():
            path = os.path.relpath(there, here.parent).replace(os.sep, "/")
            return f"{match[1]}[{link.text}]({path}{'#' + link.anchor if link.anchor else ''})"
        if repository:
            inside = target.relative_to(ROOT).as_posix()
            return f"[{link.text}]({repository.rstrip('/')}/{inside})"
        return link.text

    parts = BLOCK.split(text)
    return "".join(part if i % 2 else LINK.sub(moved, part) for i, part in enumerate(parts))
