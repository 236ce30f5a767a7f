"""Maps of England that a page may hold as SVG, made on the server."""

from tripleaim.web.ui.maps.board_map import BoardOnMap, board_map
from tripleaim.web.ui.maps.shapes import board_shapes

__all__ = ["BoardOnMap", "board_map", "board_shapes"]
