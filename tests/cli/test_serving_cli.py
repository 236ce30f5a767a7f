"""Where the verbs that serve pages listen, and what they say when they cannot."""

from __future__ import annotations

import pytest

from tripleaim.cli.serving import FIRST_PORT, listening
from tripleaim.place import InputError


def test_a_port_in_use_is_replaced_by_the_next_free_one() -> None:
    [first] = listening("127.0.0.1", None)
    with first:
        [second] = listening("127.0.0.1", None)
        with second:
            one, other = first.getsockname()[1], second.getsockname()[1]
    assert FIRST_PORT <= one < other


def test_a_port_that_was_asked_for_and_is_taken_is_refused_in_one_line() -> None:
    [first] = listening("127.0.0.1", None)
    with first:
        port = first.getsockname()[1]
        with pytest.raises(InputError) as refusal:
            listening("127.0.0.1", port)
    message = str(refusal.value)
    assert message.startswith(f'"127.0.0.1:{port}": cannot listen there (')
    assert "--port" in message
    assert "\n" not in message


def test_an_address_that_is_not_this_machine_s_is_refused_in_one_line() -> None:
    with pytest.raises(InputError, match=r'^"192\.0\.2\.1:8000": cannot listen there'):
        listening("192.0.2.1", 8000)
