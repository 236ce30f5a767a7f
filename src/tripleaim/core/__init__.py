"""What every room may use and what uses no room: progress, whole files, parts of documents."""

from tripleaim.core.document_parts import Part
from tripleaim.core.progress import Progress, silent
from tripleaim.core.whole_files import whole_file, write_whole

__all__ = ["Part", "Progress", "silent", "whole_file", "write_whole"]
