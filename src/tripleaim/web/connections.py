"""Connections that are slow, silent or too many, and readers who have to wait: each harms itself.

waitress answers; here it is told how long it may wait for whom. Of all connections those that ask
for nothing go first, so that no limit for an address is needed: many may sit behind one.
"""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher
from waitress.utilities import Error

from tripleaim.core import NOTHING_LEFT, most_open_files
from tripleaim.web.busy_page import busy_page
from tripleaim.web.turns import Turns
from tripleaim.web.waiting_time import WorkTimes

REST = 0.5
"""Seconds for which nobody is taken once the machine has no handles left."""

TOLD_AGAIN = 60.0
"""Seconds between two lines of the log on that."""

AT_ONCE = 20
"""Connections that are closed to make room."""

A_READER = 1.0
"""Seconds after which a connection that asks for nothing is no reader that has to be answered."""

JUST_COME = 0.5
"""Seconds for which a connection is left alone that has asked for nothing yet."""

FOR_PAGES = 64
"""Of the files that a process may have open, those that no connection takes: without them pages
could be asked for, but not made."""

FEWEST = 16
"""Connections that are taken in any case."""


@dataclass(frozen=True)
class Patience:
    """How long is waited, in seconds, and how many may wait.

    header       for the head of a request, from its first byte or the start of the connection
    idle         for another request on a connection that was answered
    speed        bytes a second at which a body must come, and an answer be taken, on the whole
    sending      for an answer to be taken, besides what its size takes
    connections  open at a time, as far as the machine lets a process have as many
    waiting      requests that wait for a thread; others are told when to come again
    """

    header: float = 15.0
    idle: float = 30.0
    speed: float = 2_000.0
    sending: float = 60.0
    connections: int = 400
    waiting: int = 100


class Busy(Error):  # type: ignore[misc]  # noqa: N818 - an answer, which is never raised
    """The answer while too many wait: `again` are the seconds after which to come again."""

    code = 503
    reason = "Service Unavailable"

    def __init__(self, again: int) -> None:
        super().__init__(busy_page("Many readers are waiting.", again))
        self.again = again

    def to_response(self, _ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """The status, the headers and the body."""
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Retry-After", str(self.again)),
        ]
        return f"{self.code} {self.reason}", headers, self.body.encode()


class _RefusalTask(ErrorTask):  # type: ignore[misc]
    """An answer that no page makes: it carries what every answer carries."""

    def execute(self) -> None:
        self.response_headers.extend(self.channel.server.headers)
        self.response_headers.append(("Cache-Control", "no-store"))
        super().execute()


class _Queue(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Requests that wait for a thread; one too many is told so by a thread of its own."""

    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self.patience, self.times = patience, WorkTimes()
        self.refusals = ThreadedTaskDispatcher()
        self.refusals.set_thread_count(1)

    def add_task(self, task: Any) -> None:
        with self.lock:
            waiting, threads = len(self.queue), len(self.threads)
        if waiting >= self.patience.waiting:
            task.requests[0].error = Busy(self.times.come_again(waiting, threads))
            self.refusals.add_task(task)
        else:
            super().add_task(task)


class _Connection(HTTPChannel):  # type: ignore[misc]
    """One connection, and since when it has been waited for."""

    error_task_class = _RefusalTask

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.since = time.time()
        self.sent_since: float | None = None

    def received(self, data: bytes) -> bool:
        """Take bytes; the time of a request counts from the first of them."""
        began = self.request is None
        taken = bool(super().received(data))
        if began or self.request is None:
            self.since = time.time()
        return taken

    def service(self) -> None:
        """Answer the first request; a page's time counts for what those who wait are told."""
        if self.requests[0].error:
            super().service()
            return
        with self.server.task_dispatcher.times.measured():
            super().service()

    @property
    def asks_nothing(self) -> bool:
        """Whether no whole request is here and nothing is on its way out."""
        return not self.requests and not self.total_outbufs_len

    def has_reader(self, now: float) -> bool:
        """Whether somebody is there who asks, or has just come or been answered."""
        return not self.asks_nothing or now - self.last_activity < A_READER

    def is_overdue(self, now: float, patience: Patience) -> bool:
        """Whether it has been waited for long enough."""
        if self.total_outbufs_len:
            self.sent_since = self.sent_since or now
            fair: float = patience.sending + self.total_outbufs_len / patience.speed
            stands = now - self.last_activity > patience.sending
            return bool(stands or now - self.sent_since > 5 * fair)
        self.sent_since = None
        if self.requests:
            return False
        if self.request is None:
            answered = self.last_activity > self.creation_time
            return bool(now - self.since > (patience.idle if answered else patience.header))
        came = self.request.body_bytes_received if self.request.headers_finished else 0
        return bool(now - self.since > patience.header + came / patience.speed)


class _Server(TcpWSGIServer):  # type: ignore[misc]
    """Takes connections at one socket, and ends those that are overdue or in the way."""

    channel_class = _Connection

    def __init__(
        self,
        *given: Any,
        patience: Patience,
        headers: Sequence[tuple[str, str]],
        turns: Turns,
        **named: Any,
    ) -> None:
        self.patience, self.headers, self.turns = patience, headers, turns
        self.most = most_connections(patience.connections, most_open_files())
        self.resting_until = self.told = 0.0
        self.next_channel_cleanup = 0.0
        super().__init__(*given, **named)

    def maintenance(self, now: float) -> None:
        """Close what is overdue."""
        for connection in list(self.active_channels.values()):
            if connection.is_overdue(now, self.patience):
                connection.will_close = True
        self.turns.tell(self.readers(now))

    def readers(self, now: float) -> int:
        """How many connections have a reader."""
        every = [one for one in self._map.values() if isinstance(one, _Connection)]
        return sum(one.has_reader(now) for one in every)

    def readable(self) -> bool:
        """Whether another connection is taken; one that asks for nothing makes room for it."""
        now = time.time()
        if now >= self.next_channel_cleanup:
            self.next_channel_cleanup = now + self.adj.cleanup_interval
            self.maintenance(now)
        if not self.accepting or now < self.resting_until:
            return False
        if self.resting_until:
            self.resting_until = 0.0
            self.make_room(now)
            return False
        if len(self._map) < self.most:
            return True
        self.make_room(now)
        return False

    def make_room(self, now: float) -> None:
        """Close connections that ask for nothing: of the address that has most, the oldest.

        `AT_ONCE` at most, those on their way out included, and nobody who has just come.
        """
        every = [one for one in self._map.values() if isinstance(one, _Connection)]
        by_host = Counter(one.addr[0] for one in every)
        leaving = sum(one.will_close for one in every)
        idle: dict[str, list[_Connection]] = {}
        for one in sorted(every, key=lambda one: one.since, reverse=True):
            if one.asks_nothing and not one.will_close and now - one.since >= JUST_COME:
                idle.setdefault(one.addr[0], []).append(one)
        for _ in range(AT_ONCE - leaving):
            address = max(filter(idle.get, idle), key=by_host.__getitem__, default=None)
            if address is None:
                break
            idle[address].pop().will_close = True
            by_host[address] -= 1
            self.pull_trigger()  # it is closed at once, not when something else happens

    def handle_accept(self) -> None:
        """Take a connection, unless it is another process's turn.

        Where the machine has no handles left, none is taken for a moment.
        """
        self.turns.tell(self.readers(time.time()))
        if self.turns.let_others_first():
            return
        try:
            taken = self.accept()
            if taken is None:
                return
            connection, address = taken
            self.set_socket_options(connection)
        except OSError as refusal:
            if refusal.errno in NOTHING_LEFT:
                self.rest(refusal)
            return
        self.channel_class(self, connection, self.fix_addr(address), self.adj, map=self._map)
        self.turns.tell(self.readers(time.time()))

    def rest(self, refusal: OSError) -> None:
        """Take nobody for a moment, and say so once a minute."""
        now = time.time()
        self.resting_until = now + REST
        if now - self.told > TOLD_AGAIN:
            self.told = now
            self.logger.warning(
                "the server cannot accept connections for a moment (%s)", refusal.strerror
            )


def most_connections(wanted: int, open_files: int) -> int:
    """Connections of a process that may have so many files open (0: no limit is known)."""
    return min(wanted, max(open_files - FOR_PAGES, FEWEST)) if open_files else wanted


def listening(
    pages: Callable[..., Iterable[bytes]],
    sockets: Sequence[socket.socket],
    *,
    threads: int,
    most_body: int,
    headers: Mapping[str, str],
    patience: Patience | None = None,
    turns: Turns | None = None,
) -> TcpWSGIServer:
    """A server of `pages` at bound sockets, whose `run` answers until it is ended.

    `headers` are what answers carry that no page makes: a request that cannot be read, one too
    large, one too many. `most_body` is in bytes. `turns` are those of this process among others
    that listen at the same sockets.
    """
    patience, turns = patience or Patience(), turns or Turns.of(1)[0]
    adjustments = Adjustments(
        sockets=list(sockets),
        threads=threads,
        ident=None,
        max_request_body_size=most_body,
        cleanup_interval=1,
        # `select` cannot take a handle above 1,023.
        asyncore_use_poll=True,
    )
    # So often it is looked who rests, is overdue or in the way, where nothing else happens.
    adjustments.asyncore_loop_timeout = REST
    queue = _Queue(patience)
    queue.set_thread_count(threads)
    shared: dict[int, Any] = {}
    servers = [
        _Server(
            pages,
            shared,
            True,
            one,
            dispatcher=queue,
            adj=adjustments,
            bind_socket=False,
            sockinfo=(one.family, one.type, one.proto, one.getsockname()),
            patience=patience,
            headers=tuple(headers.items()),
            turns=turns,
        )
        for one in sockets
    ]
    return servers[-1]
