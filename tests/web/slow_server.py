"""A server of one process whose page `/slow` waits for a file; the port is its first line.

python slow_server.py FOLDER HEADER IDLE CONNECTIONS WAITING THREADS
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tripleaim.web.connections import Patience, listening
from tripleaim.web.processes import bound

FOLDER = Path(sys.argv[1])


def pages(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """At `/slow` a file says that it was asked for, and another is waited for."""
    if environ["PATH_INFO"] == "/slow":
        (FOLDER / "asked").touch()
        while not (FOLDER / "go").exists():
            time.sleep(0.01)
    if environ["PATH_INFO"] == "/read":
        environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]


if __name__ == "__main__":
    header, idle, connections, waiting, threads = map(float, sys.argv[2:7])
    sockets = bound("127.0.0.1", 0)
    print(sockets[0].getsockname()[1], flush=True)
    listening(
        pages,
        sockets,
        threads=int(threads),
        most_body=10_000,
        headers={"X-Frame-Options": "DENY"},
        patience=Patience(
            header=header,
            idle=idle,
            sending=header,
            connections=int(connections),
            waiting=int(waiting),
        ),
    ).run()
