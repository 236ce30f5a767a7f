"""A place as one Excel workbook, both ways.

`export_book` writes a footprint folder to a workbook that people can edit, `import_book` makes the
folder again: unchanged sheets give every file byte for byte. What had to be interpreted is flagged.
"""

from tripleaim.workbooks.export import export_book
from tripleaim.workbooks.reading import Imported, import_book
from tripleaim.workbooks.writing import Writer

__all__ = ["Imported", "Writer", "export_book", "import_book"]
