"""Official files as they are published, read into a place: which each is, what it changes.

One small reader for each publication; a sheet is recognised by its headings, not by its name.
"""

from tripleaim.official_files.draft import SumChange
from tripleaim.official_files.opened import Unread
from tripleaim.official_files.own_file import CellChange
from tripleaim.official_files.publication import Publication, RefusedLine
from tripleaim.official_files.reading import publications
from tripleaim.official_files.recutting import Recut, recut_place
from tripleaim.official_files.refreshing import FileSaid, Refresh, refresh_place

__all__ = [
    "CellChange",
    "FileSaid",
    "Publication",
    "Recut",
    "Refresh",
    "RefusedLine",
    "SumChange",
    "Unread",
    "publications",
    "recut_place",
    "refresh_place",
]
