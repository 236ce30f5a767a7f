"""What a paper and a board pack are made of, before they are put into a file of any format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.web.ui.charts import Picture
from tripleaim.web.ui.tables import PageTable


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 begins a section."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list of sentences, one below the other."""

    items: Sequence[str]


PaperPart = Heading | Paragraph | Bullets | PageTable | Picture
"""A part of a paper: text, a table as pages have it, or a picture with its caption and key."""


@dataclass(frozen=True)
class Paper:
    """A paper: what it is of, and its parts in the order in which they are read."""

    title: str
    about: Sequence[str]
    parts: Sequence[PaperPart]


@dataclass(frozen=True)
class Exhibit:
    """One of the main pictures with the sentence that it shows, its numbers and their status."""

    finding: str
    picture: Picture
    table: PageTable
    status: str


@dataclass(frozen=True)
class BoardPack:
    """Slides for a board: what they are of, a slide an exhibit, and what is not known.

    `about` is for the first slide, `source` stands at the foot of every other.
    """

    title: str
    about: Sequence[str]
    source: str
    exhibits: Sequence[Exhibit]
    unknown: Sequence[str]
