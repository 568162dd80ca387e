"""What the runtime is given in place of its locks, queues, threads and clocks: they suspend in the scheduler's sight.

``interleaving`` imports it.
"""

from __future__ import annotations

import logging
import queue
import sys
import threading
from _thread import LockType, allocate_lock
from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

import typedactors
from typedactors import ActorRegistry
from typedactors._clock import monotonic
from typedactors._loop import ActorLoop

if TYPE_CHECKING:
    from tests.runtime.interleaving import Interleaving


_RLockType = type(threading.RLock())


class Lock:
    """A lock that suspends in the scheduler's sight; reentrant if it is to be."""

    def __init__(self, interleaving: Interleaving, *, reentrant: bool = False) -> None:
        self._interleaving = interleaving
        self._reentrant = reentrant
        self._owner = 0
        self._count = 0

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        me = threading.get_ident()
        while self._count and not (self._reentrant and self._owner == me):
            if not blocking:
                return False
            if not self._interleaving.block(lambda: not self._count, None if timeout < 0 else timeout):
                return False
        self._owner = me
        self._count += 1
        return True

    def release(self) -> None:
        if not self._count:
            raise RuntimeError("release unlocked lock")
        self._count -= 1

    def locked(self) -> bool:
        return bool(self._count)

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_exception: object) -> None:
        self.release()


class Queue:
    """A queue that suspends in the scheduler's sight."""

    def __init__(self, interleaving: Interleaving) -> None:
        self._interleaving = interleaving
        self._items: deque[Any] = deque()  # of anything

    def put(self, item: object, block: bool = True, timeout: float | None = None) -> None:
        self._items.append(item)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:  # what was put in
        if not self._items and (not block or not self._interleaving.block(self.qsize_is_positive, timeout)):
            raise queue.Empty
        return self._items.popleft()

    def qsize_is_positive(self) -> bool:
        return bool(self._items)

    def get_nowait(self) -> Any:  # what was put in
        return self.get(block=False)

    def empty(self) -> bool:
        return not self._items

    def qsize(self) -> int:
        return len(self._items)


class _Thread:
    """A thread that the pool starts."""

    def __init__(
        self,
        interleaving: Interleaving,
        *,
        target: Callable[..., object],
        name: str = "",
        daemon: bool = False,
        args: tuple[object, ...] = (),
    ) -> None:
        self.start = lambda: interleaving.add(name, lambda: target(*args), background=daemon)


class _Threading:
    """The module `threading`, as the runtime sees it."""

    def __init__(self, interleaving: Interleaving) -> None:
        self.Thread = partial(_Thread, interleaving)
        self.Lock = partial(Lock, interleaving)
        self.RLock = partial(Lock, interleaving, reentrant=True)

    def __getattr__(self, name: str) -> Any:  # of the real module
        return getattr(threading, name)


class InterleavedRuntime:
    """Runs each actor in a thread of the scenario."""

    name = "interleaved"
    future_class: Any = typedactors.ThreadingFuture
    loop_class = ActorLoop

    def __init__(self, interleaving: Interleaving) -> None:
        self._interleaving = interleaving

    def make_queue(self) -> Queue:
        return Queue(self._interleaving)

    def spawn(self, loop: Any, name: str, *, daemon: bool) -> None:  # what runs the actor
        assert daemon, "a thread that hangs must not outlive the tests"
        self._interleaving.add(name, getattr(loop, "run", loop))


class _Letters(logging.Handler):
    """Collects the messages of the dead letters."""

    def __init__(self, interleaving: Interleaving) -> None:
        super().__init__(logging.INFO)
        self.lock = Lock(interleaving, reentrant=True)  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]  # as good as the real one
        self._letters = interleaving.letters

    def emit(self, record: logging.LogRecord) -> None:
        assert isinstance(record.args, tuple)
        self._letters.append(record.args[-1])


@contextmanager
def exchanged(interleaving: Interleaving) -> Generator[None]:
    """Exchange what may suspend a thread, in all modules of the runtime."""
    before: list[tuple[object, str, object]] = []

    def exchange(holder: object, name: str, value: object) -> None:
        before.append((holder, name, getattr(holder, name)))
        setattr(holder, name, value)

    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "typedactors"]
    for holder in [*modules, *(each for module in modules for each in _classes_of(module))]:
        for name, value in list(vars(holder).items()):
            instead = _exchange_for(value, interleaving)
            if instead is not None:
                exchange(holder, name, instead)
    exchange(ActorRegistry, "_refs", {})
    exchange(ActorRegistry, "_snapshot", None)
    dead_letters = logging.getLogger("typedactors.dead_letters")
    for logger, level in ((logging.getLogger("typedactors"), logging.CRITICAL + 1), (dead_letters, logging.INFO)):
        exchange(logger, "level", logger.level)
        logger.setLevel(level)
    exchange(dead_letters, "propagate", False)
    exchange(dead_letters, "handlers", [_Letters(interleaving)])
    try:
        yield
    finally:
        for holder, name, value in reversed(before):
            setattr(holder, name, value)
        logging.getLogger("typedactors").setLevel(logging.getLogger("typedactors").level)  # forget what is cached


def _classes_of(module: ModuleType) -> list[type]:
    return [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__]


def _exchange_for(value: object, interleaving: Interleaving) -> object | None:
    if value is threading:
        return _Threading(interleaving)
    if value is allocate_lock:
        return lambda: Lock(interleaving)
    if value is threading.RLock:
        return lambda: Lock(interleaving, reentrant=True)
    if value is queue.SimpleQueue:
        return lambda: Queue(interleaving)
    if value is monotonic:
        return lambda: interleaving.now
    if isinstance(value, LockType):
        return Lock(interleaving)
    if isinstance(value, _RLockType):
        return Lock(interleaving, reentrant=True)
    return None
