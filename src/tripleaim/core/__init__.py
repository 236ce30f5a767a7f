"""What every room may use and what uses no room: run context, threads, whole files, documents."""

from tripleaim.core.document_parts import Part
from tripleaim.core.run_context import UNWATCHED, Progress, RunContext, Stopped, silent
from tripleaim.core.threads import Pieces
from tripleaim.core.whole_files import whole_file, write_whole

__all__ = [
    "UNWATCHED",
    "Part",
    "Pieces",
    "Progress",
    "RunContext",
    "Stopped",
    "silent",
    "whole_file",
    "write_whole",
]
