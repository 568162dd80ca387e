"""What a long run is at, in one line on a terminal's standard error, wiped when it is done.

``running`` and ``explain`` use it; it imports ``terminal``.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Generator

from typedactors_codegen.commands.terminal import is_terminal

# A run that finds nothing changed is over before anybody wonders.
_QUIET_SECONDS = 0.5
_INTERVAL_SECONDS = 0.25
_WIPE = "\r\033[K"


@contextlib.contextmanager
def progress() -> Generator[Callable[[str], None] | None, None, None]:
    """Show what is being done; gives what is to be told of each stage, ``None`` where nobody looks."""
    if not is_terminal(sys.stderr):
        yield None
        return
    line = _Line()
    thread = threading.Thread(target=line.show, name="typedactors-progress", daemon=True)
    thread.start()
    try:
        yield line.enter
    finally:
        line.done.set()
        thread.join()


class _Line:
    """The line, which a thread of its own keeps up to date."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self._stage = ""
        self._started = time.monotonic()

    def enter(self, stage: str) -> None:
        self._stage = stage

    def show(self) -> None:
        written = False
        interval = _QUIET_SECONDS
        while not self.done.wait(interval):
            interval = _INTERVAL_SECONDS
            if self._stage:
                sys.stderr.write(f"{_WIPE}{self._stage} ... {time.monotonic() - self._started:.0f} s")
                sys.stderr.flush()
                written = True
        if written:
            sys.stderr.write(_WIPE)
            sys.stderr.flush()
