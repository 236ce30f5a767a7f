"""The board pack: the main pictures, a slide each, and what is not known."""

from __future__ import annotations

from tripleaim.web.pages.papers.about import about, title
from tripleaim.web.pages.papers.exhibits import exhibits
from tripleaim.web.pages.papers.material import Material
from tripleaim.web.pages.papers.parts import BoardPack
from tripleaim.web.pages.papers.unknown import in_short
from tripleaim.web.ui.source_lines import made_by


def board_pack(known: Material) -> BoardPack:
    """The slides of a plan under a scenario."""
    return BoardPack(
        title(known), about(known), made_by(known.document), exhibits(known), in_short(known)
    )
