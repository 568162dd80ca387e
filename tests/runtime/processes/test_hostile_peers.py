"""A process that connects and stalls, or has no key, or does not read, harms nobody else."""

from __future__ import annotations

import os
import signal
import socket
import stat

import pytest

from tests.runtime.processes.actors import Counter, CounterProxy, Listener
from tests.runtime.support import LIMIT, Beside
from typedactors.runtimes.process.handshake import KEY_LENGTH, HandshakeError, prove
from typedactors.runtimes.process.node import current_node


def connection() -> socket.socket:
    """Return a connection to this process's own listener."""
    stranger = socket.socket(socket.AF_UNIX)
    stranger.settimeout(LIMIT)
    stranger.connect(current_node().address)
    return stranger


def test_only_this_user_can_come_near() -> None:
    directory = current_node().directory
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert directory.stat().st_uid == os.getuid()


def test_those_who_stall_keep_nobody_waiting() -> None:
    stalled = [connection() for _ in range(20)]
    try:
        counter = Counter.start().proxy(CounterProxy)
        assert counter.ask_other(Listener.start(), "through").get(timeout=LIMIT) == ("heard", "through", os.getpid())
    finally:
        for stranger in stalled:
            stranger.close()


def test_a_wrong_key_is_refused_before_anything_is_read() -> None:
    with connection() as stranger, pytest.raises(HandshakeError):
        prove(stranger, bytes(KEY_LENGTH), calling=True, seconds=LIMIT)


def test_an_answer_cannot_be_reflected() -> None:
    """Who has no key and sends back what it gets proves nothing."""
    ours, theirs = socket.socketpair()
    with ours, theirs:

        def reflect() -> None:
            while data := theirs.recv(1024):
                theirs.sendall(data)

        reflecting = Beside(reflect)
        with pytest.raises(HandshakeError):
            prove(ours, os.urandom(KEY_LENGTH), calling=True, seconds=LIMIT)
        ours.shutdown(socket.SHUT_RDWR)
        reflecting.result()


def test_both_sides_with_the_key_agree() -> None:
    ours, theirs = socket.socketpair()
    key = os.urandom(KEY_LENGTH)
    with ours, theirs:
        answering = Beside(lambda: prove(theirs, key, calling=False, seconds=LIMIT))
        prove(ours, key, calling=True, seconds=LIMIT)
        answering.result()


def test_a_process_that_does_not_read_blocks_no_sender() -> None:
    ref = Counter.start()
    counter = ref.proxy(CounterProxy)
    process_id = counter.process_id().get(timeout=LIMIT)
    message = "x" * 1000

    def tell_all() -> None:
        for _ in range(5000):
            ref.tell(message)

    os.kill(process_id, signal.SIGSTOP)
    try:
        Beside(tell_all).result()
    finally:
        os.kill(process_id, signal.SIGCONT)
    assert counter.take_seen().get(timeout=LIMIT) == [message] * 5000
