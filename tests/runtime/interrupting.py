"""Interrupts the main thread by a signal handler that raises, wherever it happens to be.

Imported by tests. Imports `support`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from tests.runtime.support import LIMIT, handled_signal


class HandlerError(Exception):
    """What a signal handler raises, as Python's own does for Ctrl+C."""


@contextmanager
def interrupted_by_errors() -> Generator[Callable[[Callable[[], Any], Callable[[Any], object]], None]]:  # of anything
    """Give a function that does something again and again, until a signal handler has raised in its midst.

    Its first argument makes what the second one takes, undisturbed: CPython's own `Thread.start` bears no such handler.
    """
    raises = False

    def handler(*_arguments: object) -> None:
        nonlocal raises
        if raises:
            raises = False
            raise HandlerError

    def until_interrupted(prepare: Callable[[], Any], action: Callable[[Any], object]) -> None:  # of anything
        nonlocal raises
        interrupted = False
        while not interrupted:
            prepared = prepare()
            try:
                raises = True
                action(prepared)
                # It may have come while a hook of the actor's was running, which keeps it to itself.
                interrupted, raises = not raises, False
            except HandlerError:
                interrupted = True

    with (
        handled_signal(handler),
        # From another process: a thread of this one would send none but when the main thread does nothing.
        subprocess.Popen([sys.executable, "-c", SENDER, str(os.getpid())], stdin=subprocess.PIPE) as sender,
    ):
        try:
            yield until_interrupted
        finally:
            raises = False
            sender.communicate(timeout=LIMIT)


SENDER = """
import os, random, select, signal, sys, time
while not select.select([sys.stdin], [], [], 0)[0]:
    end = time.perf_counter() + random.random() * 3e-4
    while time.perf_counter() < end:
        pass
    os.kill(int(sys.argv[1]), signal.SIGUSR1)
"""
"""Sends a process signals until its standard input is closed."""
