"""A server whose processes answer with their own number; the port is its first line."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Sequence
from typing import Any

from tripleaim.web.connections import listening
from tripleaim.web.processes import answer_in, bound
from tripleaim.web.turns import Turns


def pages(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The number of this process; at `/NAME` what it was told by that name."""
    name = environ["PATH_INFO"].strip("/")
    body = (os.environ.get(name, "") if name else str(os.getpid())).encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def answer(sockets: Sequence[socket.socket], *, turns: Turns) -> None:
    """Answer until ended."""
    listening(pages, sockets, threads=2, most_body=1_000, headers={}, turns=turns).run()


if __name__ == "__main__":
    sockets = bound("127.0.0.1", 0)
    print(sockets[0].getsockname()[1], flush=True)
    answer_in(2, sockets, answer, soonest=0.0)
