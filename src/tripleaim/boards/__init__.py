"""Places of English integrated care boards, made from official statistics that come along.

A board in, the folder of its place out: lists, neighbourhoods, residents, registers, trusts,
waiting lists, allocations, each with its source; and what is borrowed from England.
"""

from tripleaim.boards.boundary_changes import (
    BoundaryChange,
    BoundaryPiece,
    Counted,
    boards_of,
    boards_that_share,
    boundary_change,
    pieces_of_england,
)
from tripleaim.boards.changed_codes import CodeChange, code_changes, trusts_by_code
from tripleaim.boards.choices import BoardChoice, BoardSize, board_choices, board_size
from tripleaim.boards.completeness import Completeness, completeness_in
from tripleaim.boards.extents import Extent, extent_of
from tripleaim.boards.flows import ACUTE_POINTS, OUTSIDE, acute_weights, as_shares, part_of_others
from tripleaim.boards.making import MadePlace, make_extent, make_place
from tripleaim.boards.official import FOLDER as OFFICIAL_FOLDER
from tripleaim.boards.official import OfficialTables
from tripleaim.boards.organisations import Board, board_called, boards, clusters
from tripleaim.boards.outlines import BoardOutline, board_outlines
from tripleaim.boards.own_tables import in_title_case
from tripleaim.boards.trusts import ProviderShare

__all__ = [
    "ACUTE_POINTS",
    "OFFICIAL_FOLDER",
    "OUTSIDE",
    "Board",
    "BoardChoice",
    "BoardOutline",
    "BoardSize",
    "BoundaryChange",
    "BoundaryPiece",
    "CodeChange",
    "Completeness",
    "Counted",
    "Extent",
    "MadePlace",
    "OfficialTables",
    "ProviderShare",
    "acute_weights",
    "as_shares",
    "board_called",
    "board_choices",
    "board_outlines",
    "board_size",
    "boards",
    "boards_of",
    "boards_that_share",
    "boundary_change",
    "clusters",
    "code_changes",
    "completeness_in",
    "extent_of",
    "in_title_case",
    "make_extent",
    "make_place",
    "part_of_others",
    "pieces_of_england",
    "trusts_by_code",
]
