"""The start of the command line, and the code one leaves it with.

The version is told before any verb is imported, and a verb imports the rooms it needs when it is
called, so that `--version` and `--help` answer at once.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from tripleaim.cli.built_from import version_line
from tripleaim.cli.process_limits import needed_addresses, refuse_few_addresses

_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
"""What a system says when a disk, a file or somebody's part of a disk is full."""

_NO_HANDLES = (errno.EMFILE, errno.ENFILE)
"""What a system says where a process, or all of them, have too many files open."""


def main() -> None:
    """Run the command line. Leaves with 0, with 2 for bad input and for what the
    machine refuses (a port, a folder, a disk), with 130 when stopped."""
    _refuse_closed_output()
    _write_utf_8()
    try:
        if sys.argv[1:] == ["--version"]:
            print(version_line(), flush=True)
            return
        if "--help" not in sys.argv:
            refuse_few_addresses(needed_addresses())
        from tripleaim.cli.app import app

        app(standalone_mode=True)
    except SystemExit as left:
        if left.code != 1 or not _nobody_reads():
            raise
        sys.exit(_told(["nobody reads this any more; what was written before is as it was"]))
    except KeyboardInterrupt:
        from tripleaim.cli.terminal import err

        err.print("Stopped. The last good output is unchanged.")
        sys.exit(130)
    except BaseException as fault:
        lines = what_is_told(fault)
        if not lines:
            raise
        sys.exit(_told(lines))


def what_is_told(fault: BaseException) -> list[str]:
    """What is said of a fault, a line each; empty for one that is nobody's but ours."""
    if isinstance(fault, OSError):
        return [refusal_of_the_machine(fault)]
    if isinstance(fault, MemoryError):
        return [
            "there is not enough memory for this; close other programs, or ask for fewer people or "
            "draws"
        ]
    if type(fault).__name__ == "PanicException":  # of libraries in Rust; there is none to import
        lacking = os.strerror(errno.EMFILE)
        if lacking in str(fault):
            return [refusal_of_the_machine(OSError(errno.EMFILE, lacking))]
        first = str(fault).partition("\n")[0]
        return [f"a library gave up ({first}); run it again, and report it if it comes back"]
    from tripleaim.place import InputError  # a verb that failed has imported it already

    return [str(one) for one in fault.all_faults] if isinstance(fault, InputError) else []


def _told(lines: Iterable[str]) -> int:
    """Say what is wrong, a line each; the code to leave with."""
    from tripleaim.cli.terminal import err

    for line in lines:
        said = f"Error: {line}"
        try:
            err.print(said, style="red", highlight=False, markup=False, soft_wrap=True)
        except OSError:  # no file handle is left to load how to colour it
            print(said, file=sys.stderr)
    return 2


def _nobody_reads() -> bool:
    """Whether a library has left because a pipe was closed: it quietens the output then.

    One has its own copy of the class, so that only the name tells.
    """
    from tripleaim.cli.terminal import out

    return out.quiet or type(sys.stdout).__name__.endswith("PacifyFlushWrapper")


def _refuse_closed_output() -> None:
    """Leave with 2 where there is no output to write to; errors go nowhere then."""
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end
    if sys.stdout is None:
        print("Error: the output is closed; leave it open, or send it to a file", file=sys.stderr)
        sys.exit(2)


def _write_utf_8() -> None:
    """Write UTF-8 to files and pipes, where Windows would write its code page without a £ or ≥."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


def refusal_of_the_machine(fault: OSError) -> str:
    """What a disk, a folder or a port refused, in a line, and what to do."""
    if fault.errno == errno.EADDRINUSE:
        return "the port is in use by another program; choose another with --port"
    where = f"{fault.filename}: " if fault.filename else ""
    # Libraries of other languages put the number of the error into the text alone.
    if fault.errno in _FULL or os.strerror(errno.ENOSPC) in str(fault):
        return (
            f"{where}{fault.strerror or os.strerror(errno.ENOSPC)}; free some disk space and run "
            "it again: earlier output is unchanged"
        )
    if fault.errno in _NO_HANDLES:
        return f"{where}{fault.strerror}; close other programs, or raise the limit (ulimit -n)"
    return f"{where}{fault.strerror or fault}"
