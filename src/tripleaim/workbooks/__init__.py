"""A place as one Excel workbook, both ways.

`export_book` writes a footprint folder to a workbook that people can edit, `import_book` makes the
folder again: unchanged sheets give every file byte for byte. `open_book` reads any workbook with
care; every fault names sheet and cell, and what had to be interpreted is flagged.
"""

from tripleaim.tables import Book, Flag, Sheet, open_book
from tripleaim.workbooks.export import export_book
from tripleaim.workbooks.reading import Imported, import_book
from tripleaim.workbooks.writing import Writer

__all__ = ["Book", "Flag", "Imported", "Sheet", "Writer", "export_book", "import_book", "open_book"]
