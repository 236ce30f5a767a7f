"""The start of the command line, and the code one leaves it with.

The version is told before any verb is imported, and a verb imports the rooms it needs when it is
called, so that `--version` and `--help` answer at once.
"""

from __future__ import annotations

import sys

from tripleaim import __version__


def main() -> None:
    """Run the command line. Leaves with 0, with 2 for bad input, with 130 when stopped."""
    if sys.argv[1:] == ["--version"]:
        print(__version__)
        return
    from tripleaim.cli.app import app
    from tripleaim.cli.terminal import err

    try:
        app(standalone_mode=True)
    except KeyboardInterrupt:
        err.print("Stopped. The last good output is as it was.")
        sys.exit(130)
    except Exception as fault:
        from tripleaim.place import InputError  # a verb that failed has imported it already

        if not isinstance(fault, InputError):
            raise
        err.print(f"Error: {fault}", style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(2)
