"""What every room may use and what uses no room: run context, threads, whole files, documents,
and what differs between operating systems."""

from tripleaim.core.document_parts import Part
from tripleaim.core.operating_system import (
    MOST_PROCESSES,
    NOTHING_LEFT,
    REUSES_PORTS,
    available_memory,
    has_screen,
    is_alive,
    let_others_first,
    most_addresses,
    most_open_files,
    onto_disk,
    own_session,
    patiently,
)
from tripleaim.core.run_context import (
    UNWATCHED,
    USUAL_SEED,
    Progress,
    RunContext,
    Stopped,
    silent,
)
from tripleaim.core.threads import Pieces
from tripleaim.core.unlocked import cached_property
from tripleaim.core.versioned import VERSION_KEY, with_version
from tripleaim.core.whole_files import is_left_over, made_folder, whole_file, write_whole

__all__ = [
    "MOST_PROCESSES",
    "NOTHING_LEFT",
    "REUSES_PORTS",
    "UNWATCHED",
    "USUAL_SEED",
    "VERSION_KEY",
    "Part",
    "Pieces",
    "Progress",
    "RunContext",
    "Stopped",
    "available_memory",
    "cached_property",
    "has_screen",
    "is_alive",
    "is_left_over",
    "let_others_first",
    "made_folder",
    "most_addresses",
    "most_open_files",
    "onto_disk",
    "own_session",
    "patiently",
    "silent",
    "whole_file",
    "with_version",
    "write_whole",
]
