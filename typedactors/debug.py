"""Help for finding out why a program stands still. Imports nothing of the package."""

from __future__ import annotations

import logging
import sys
import threading
import traceback

__all__ = ["log_thread_tracebacks"]

logger = logging.getLogger("typedactors")


def log_thread_tracebacks(*_args: object, **_kwargs: object) -> None:
    """Log where each thread is now, at the level ``CRITICAL``.

    Takes any arguments and ignores them, so that it can be a signal handler::

        signal.signal(signal.SIGUSR1, typedactors.debug.log_thread_tracebacks)

    after which ``kill -SIGUSR1`` shows the threads of a program that hangs. Python runs signal
    handlers in the main thread, also while that waits in `Future.get`. May be called from any thread.
    """
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    for ident, frame in sys._current_frames().items():
        stack = "".join(traceback.format_stack(frame))
        logger.critical("Current state of %s (ident: %s):\n%s", names.get(ident, "?"), ident, stack)
