"""What the tests of the runtime share: waiting with a limit, and running something beside the test."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Generic, TypeAlias, TypeVar

from typedactors import Future, ThreadingActor, ThreadingFuture
from typedactors._future import _unclaimed

LIMIT = 20.0
"""Seconds after which something that must happen has not happened. Nothing is measured with it."""

ExceptionInfo: TypeAlias = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]
T = TypeVar("T")


def wait_for(event: threading.Event) -> None:
    """Wait for something that must happen."""
    assert event.wait(LIMIT), "what the test waits for did not happen"


def wait_for_end(thread: threading.Thread) -> None:
    """Wait for a thread that must end."""
    thread.join(LIMIT)
    assert not thread.is_alive(), f"{thread.name} did not end"


def wait_until(condition: Callable[[], object]) -> None:
    """Give other threads their turn until something is as it must become, where nothing can tell of it."""
    turn = threading.Event()
    for _ in range(int(LIMIT / 0.001)):
        if condition():
            return
        turn.wait(0.001)
    raise AssertionError("what the test waits for did not happen")


def signal_main_thread(number: signal.Signals, heard: threading.Event) -> None:
    """Send the main thread a signal, until its handler says that it was called.

    One that comes just before the thread suspends itself is handled after that, and so the next one is needed. The
    handler may be called again after it has said so.
    """
    for _ in range(int(LIMIT / 0.01)):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
        if heard.wait(0.01):
            return
    raise AssertionError("the signal was not heard")


def run_python(*arguments: str) -> list[str]:
    """Run Python in a process of its own, which must end well and complain of nothing; return the lines it prints.

    It imports what the test imports: with -P, not what the folder happens to hold in which the tests were started.
    """
    result = subprocess.run(
        [sys.executable, "-P", *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=LIMIT * 2,
        check=False,
    )
    assert (result.stderr, result.returncode) == ("", 0), (
        f"{result.stdout}{result.stderr}exit status {result.returncode}"
    )
    return result.stdout.splitlines()


@contextmanager
def handled_signal(handler: Callable[[int, FrameType | None], object]) -> Generator[None]:
    """Have a handler for ``SIGUSR1`` meanwhile. To be used in the main thread."""
    previous = signal.signal(signal.SIGUSR1, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGUSR1, previous)


class Beside(Generic[T]):
    """Runs a function in a thread of its own, beside the test.

    Args:
        function: what to run.
    """

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._results: list[T] = []
        self.exception: BaseException | None = None
        self.thread = threading.Thread(target=self._run, name="beside", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self._results.append(self._function())
        except BaseException as exception:  # noqa: BLE001 - result() raises it in the test
            self.exception = exception

    def result(self) -> T:
        """Wait for the end; return what the function returned, or raise what it raised."""
        wait_for_end(self.thread)
        if self.exception is not None:
            raise self.exception
        return self._results[0]


class Plain(ThreadingActor):
    """An actor with nothing of its own, which replies with the message."""

    def on_receive(self, message: Any) -> Any:  # any message
        if isinstance(message, BaseException):
            raise message
        return message


def listeners_of(future: Future[Any]) -> list[Callable[[], object]]:  # of any value
    """Return what a future will call when it is settled."""
    assert isinstance(future, ThreadingFuture)
    return [listener for listener in future._listeners if listener is not _unclaimed]


class Gate:
    """Holds an actor in a handler until the test lets it go on."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()

    def pass_through(self) -> None:
        """Report that somebody is here, and wait to be let through."""
        self.entered.set()
        wait_for(self.opened)

    def wait_until_entered(self) -> None:
        """Wait until somebody is in the gate."""
        wait_for(self.entered)

    def open(self) -> None:
        """Let everybody through, now and later."""
        self.opened.set()


class Gated(ThreadingActor):
    """An actor that a test can hold in the middle of a message.

    Args:
        gate: where the actor waits.
    """

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate
        self.handled: list[object] = []

    def hold(self) -> str:
        """Wait at the gate."""
        self._gate.pass_through()
        return "held"

    def on_receive(self, message: Any) -> Any:  # any message
        """Reply with the message."""
        self.handled.append(message)
        return message


class Echo(ThreadingActor):
    """Replies with the message; raises it if it is an exception; waits if it is a gate."""

    use_daemon_thread = True

    def on_receive(self, message: Any) -> Any:  # any message
        if isinstance(message, BaseException):
            raise message
        if isinstance(message, Gate):
            message.pass_through()
        return message


def collect_garbage() -> None:
    """Free what is referred to by cycles only."""
    for _ in range(3):
        gc.collect()
