"""Runs the threads of a scenario one at a time, and lets a seeded chooser say at each line which one goes on.

Threads that race by themselves go through few of the orders that there are. Here the runtime's own code is traced:
before each of its lines (or each bytecode instruction), the running thread may be suspended in favour of another. So a
race of two instructions is found in seconds, and found again from its seed.

Only one thread runs at a time, so nothing may block behind the scheduler's back. Meanwhile the locks, queues and clocks
of the runtime are exchanged for those of ``interleaved``, which suspend a thread in its sight. When every thread is
suspended and none can go on, that is a hang: it is known at once, and no time limit is needed. The clock stands still,
and goes on when nothing else can happen, or when the chooser has a timeout run out early.
"""

from __future__ import annotations

import gc
import random
import sys
import threading
import traceback
from _thread import allocate_lock
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Self

import typedactors
from tests.runtime.interleaved import InterleavedRuntime, exchanged
from typedactors import Actor, PooledActor, ThreadingActor
from typedactors._parker import current_parker

PACKAGE = str(Path(typedactors.__file__).parent)
REAL_LIMIT = 60.0
"""Seconds after which the scheduler itself is at fault."""

_IDLE_TICKS = 1000
"""How often the clock goes on for threads in the background alone, before that is taken for a hang."""


class HangError(Exception):
    """No thread of a scenario can go on."""


class _OverError(BaseException):
    """Ends a thread that would go on for ever."""


class _Task:
    """One thread of a scenario; one in the background need not end, like the workers of a pool."""

    def __init__(self, name: str, function: Callable[[], object], rank: float, *, background: bool) -> None:
        self.name = name
        self.rank = rank
        self.background = background
        self.function = function
        self.baton = allocate_lock()
        self.baton.acquire()
        self.condition: Callable[[], bool] | None = None  # what it waits for
        self.deadline: float | None = None
        self.done = False
        self.exception: BaseException | None = None
        self.ident = 0

    def can_go_on(self) -> bool:
        return not self.done and (self.condition is None or self.condition())


class Interleaving:
    """One run of a scenario, in an order that depends on nothing but the seed.

    A context manager: what the scenario makes, it makes inside.

    Args:
        seed: what the chooser begins with.
        kind: what the scenario's actors derive from.
        by_instruction: whether a thread may be suspended before each instruction, or before each line only.
        files: where threads may be suspended, beside the runtime: files whose code runs in between.
    """

    def __init__(
        self,
        seed: int,
        kind: type[Actor] = ThreadingActor,
        *,
        by_instruction: bool = False,
        files: tuple[str, ...] = (),
    ) -> None:
        self.seed = seed
        self.kind = kind
        self.now = 0.0
        self.choices: list[str] = []
        self.letters: list[object] = []
        self._by_instruction = by_instruction
        self._files = (PACKAGE, *files)
        self._exchange = exchanged(self)
        self._chooser = random.Random(seed)
        # Some faults need many switches, and some need one thread to be held for long while the others go on.
        self._by_rank = self._chooser.random() < 0.5
        self._frequency = self._chooser.choice([0.01, 0.03, 0.1] if self._by_rank else [0.02, 0.1, 0.3, 0.6])
        self._tasks: list[_Task] = []
        self._current: _Task | None = None
        self._of_thread: dict[int, _Task] = {}
        self._finished = threading.Event()
        self._over = False
        self._idle_ticks = 0
        self._hang = ""
        self._pool: Any = None  # a pool's runtime

    def __enter__(self) -> Self:
        current_parker()  # this thread's own, which outlives the scenario, with a real lock
        self._exchange.__enter__()
        return self

    def __exit__(self, *exception: Any) -> None:  # as contextlib has it
        self._exchange.__exit__(*exception)

    def run(self, *functions: Callable[[], object]) -> None:
        """Run functions, each in a thread, and the actors that they start, until all have ended.

        Raises:
            HangError: not all of them come to an end.
            BaseException: what a function raised.
        """
        for number, function in enumerate(functions):
            self.add(f"program {number}", function)
        with _without_garbage_collection():
            self._current = self._chooser.choice(self._tasks)
            self._current.baton.release()
            assert self._finished.wait(REAL_LIMIT), f"seed {self.seed}: the scheduler has lost a thread"
        if self._hang:
            raise HangError(f"seed {self.seed}: no thread can go on\n{self._hang}")
        for task in self._tasks:
            if task.exception is not None:
                task.exception.add_note(f"in {task.name}, seed {self.seed}")
                raise task.exception

    def actor(self, actor_class: type[Actor]) -> Any:  # see below: a class of the same actors
        """Return the class of the same actors, which run in threads of this scenario: of their own or of its pool."""
        if issubclass(actor_class, PooledActor):
            if self._pool is None:
                kind: Any = type(PooledActor._typedactors_runtime)
                self._pool = kind.__new__(kind)  # as after a fork: without the threads of the real one
                self._pool._size, self._pool._bound = 2, 4
                self._pool._begin_anew()
            runtime = self._pool
        else:
            runtime = InterleavedRuntime(self)
        return type(actor_class.__name__, (actor_class,), {"_typedactors_runtime": runtime, "use_daemon_thread": True})

    def add(self, name: str, function: Callable[[], object], *, background: bool = False) -> None:
        """Add a thread; it begins when the chooser says so."""
        task = _Task(name, function, self._chooser.random(), background=background)
        self._tasks.append(task)
        threading.Thread(target=self._run_task, args=(task,), name=name, daemon=True).start()

    def _run_task(self, task: _Task) -> None:
        task.ident = threading.get_ident()
        self._of_thread[task.ident] = task
        task.baton.acquire()
        sys.settrace(self._trace)
        try:
            task.function()
        except _OverError:
            pass
        except BaseException as exception:  # noqa: BLE001 - run() raises it
            task.exception = exception
        finally:
            sys.settrace(None)
            task.done = True
            del self._of_thread[task.ident]
            self._hand_over()

    def _trace(self, frame: FrameType, _event: str, _argument: object) -> Any:  # a trace function
        if not frame.f_code.co_filename.startswith(self._files):
            return None
        if self._by_instruction:
            frame.f_trace_opcodes = True
            frame.f_trace_lines = False
        return self._trace_line

    def _trace_line(self, _frame: FrameType, event: str, _argument: object) -> Any:  # a trace function
        if event in {"line", "opcode"} and not self._over and self._chooser.random() < self._frequency:
            if self._current is not None:
                self._current.rank = self._chooser.random() - 1.0  # behind all that have not been suspended yet
            self._suspend()
        return self._trace_line

    def block(self, condition: Callable[[], bool], timeout: float | None = None) -> bool:
        """Suspend the running thread until a condition holds; False if the time has run out before."""
        task = self._current
        assert task is not None
        assert task.ident == threading.get_ident(), "a thread that is not of the scenario would have to wait"
        task.condition = condition
        task.deadline = None if timeout is None else self.now + timeout
        self._suspend()
        task.condition = task.deadline = None
        if self._over:
            raise _OverError
        return condition()

    def _suspend(self) -> None:
        task = self._current
        assert task is not None
        chosen = self._hand_over()
        if chosen is not task:
            task.baton.acquire()

    def _hand_over(self) -> _Task | None:
        """Choose who goes on, and let it, if it is not the running thread itself."""
        running = self._current
        chosen = self._choose()
        self._current = chosen
        if chosen is None and not self._over:
            unfinished = [task for task in self._tasks if not task.done]
            frames = sys._current_frames()
            self._hang = "\n".join(
                f"{task.name}:\n{''.join(traceback.format_stack(frames[task.ident], limit=12))}" for task in unfinished
            )
        if chosen is None:
            self._finished.set()
        elif chosen is not running:
            chosen.baton.release()
        return chosen

    def _choose(self) -> _Task | None:
        unfinished = [task for task in self._tasks if not task.done]
        if self._over:
            return unfinished[0] if unfinished else None
        ready = [task for task in unfinished if task.can_go_on()]
        timed = [task for task in unfinished if task.deadline is not None and task not in ready]
        only_background = all(task.background for task in unfinished)
        if only_background:
            # Let the pool do what it has to do; what is left then only waits for something to do.
            timed = [task for task in timed if (task.deadline or 0.0) < self.now + 1.0]
            if not ready and (not timed or self._idle_ticks > _IDLE_TICKS):
                self._over = True
                return unfinished[0] if unfinished else None
        if timed and (not ready or self._chooser.random() < 0.02):
            first = min(timed, key=lambda task: task.deadline or 0.0)
            assert first.deadline is not None
            self.now = max(self.now, first.deadline)
            ready = [first]
            self._idle_ticks += first.background
        if not ready or (self._idle_ticks > _IDLE_TICKS and not only_background):
            return None
        chosen = max(ready, key=lambda task: task.rank) if self._by_rank else self._chooser.choice(ready)
        if not chosen.background:
            self._idle_ticks = 0
        self.choices.append(chosen.name)
        return chosen


@contextmanager
def _without_garbage_collection() -> Generator[None]:
    """Have no finalizer run at a moment that does not depend on the seed."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
