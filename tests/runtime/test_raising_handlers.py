"""Signal handlers that raise in the main thread, as Ctrl+C's does: whatever that was doing, nobody is left waiting."""

from __future__ import annotations

import dis
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple

import pytest

from tests.runtime.interrupting import HandlerError, interrupted_by_errors
from tests.runtime.support import LIMIT, Beside, listeners_of, wait_until
from tests.runtime.test_signals import Echo, kinds
from typedactors import (
    ActorDeadError,
    ActorRef,
    ActorRegistry,
    Future,
    ThreadingFuture,
    _parking,
    _turns,
    _waiting,
)
from typedactors._parking import ParkingEvent

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="this system cannot send a signal to a thread"),
    # A handler's may come in a finalizer too, where Python reports what is raised and goes on.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@kinds
def test_a_handler_that_raises_leaves_the_actor_to_others_and_no_ask_without_its_reply(kind: type[Echo]) -> None:
    """It may come anywhere, also where the main thread has just taken or is giving back a pooled actor's turn."""
    ref: ActorRef[Echo] = kind.start()
    asked: list[Future[object]] = []

    def ask(message: object) -> None:
        asked[:] = [ref.ask(message, block=False)]
        asked[0].get()

    with interrupted_by_errors() as until_interrupted:
        for _ in range(300):
            asked.clear()
            until_interrupted(lambda: "from the main thread", ask)
            for future in asked:
                with suppress(HandlerError):
                    assert future.get(timeout=LIMIT) == "from the main thread"
    # In time, so that somebody else runs the pooled actor.
    assert ref.ask("the last", timeout=LIMIT) == "the last"


@kinds
def test_a_handler_that_raises_leaves_no_actor_that_has_stopped_by_half(kind: type[Echo]) -> None:
    """It may come anywhere, also where the main thread runs the pooled actor's end."""
    last: list[tuple[ActorRef[Echo], Future[bool], Future[object]]] = []

    def stop(ref: ActorRef[Echo]) -> None:
        last.clear()
        stopping = ref.stop(block=False)
        last[:] = [(ref, stopping, ref.ask("late", block=False))]
        stopping.get()

    with interrupted_by_errors() as until_interrupted:
        for _ in range(300):
            until_interrupted(kind.start, stop)
            for ref, stopping, late in last:
                assert ref.actor_stopped.wait(LIMIT)
                # The exception is of whoever was interrupted, or the actor's own, if its on_start was.
                with suppress(HandlerError, ActorDeadError):
                    assert stopping.get(timeout=LIMIT) is True
                with suppress(HandlerError, ActorDeadError):
                    assert late.get(timeout=LIMIT) == "late"  # an interrupted stop is put back
                assert ActorRegistry.get_by_urn(ref.actor_urn) is None
    ActorRegistry.stop_all(timeout=LIMIT)  # those whose stop was interrupted before it was sent


def test_who_waits_is_woken_though_a_handler_raises_while_others_are_woken() -> None:
    future: ThreadingFuture[str] = ThreadingFuture()
    future._listeners.append(raises)
    waiter = Beside(lambda: future.get(timeout=LIMIT))
    wait_until(lambda: len(listeners_of(future)) == 2)

    with pytest.raises(HandlerError):
        future.set("set")
    assert waiter.result() == "set"


def test_callbacks_are_called_though_a_handler_raises_while_others_are_woken() -> None:
    future: ThreadingFuture[str] = ThreadingFuture()
    future.set_get_hook(lambda _timeout: "computed")
    future._listeners.append(raises)
    called: list[str] = []
    future.add_done_callback(lambda done: called.append(done.get(timeout=0)))

    with pytest.raises(HandlerError):
        future.get(timeout=LIMIT)
    assert called == ["computed"]
    assert future.get(timeout=0) == "computed"


LISTENERS = 20


class Woken(NamedTuple):
    """What wakes its listeners."""

    act: Callable[[], object]
    """Makes their condition true and wakes them."""

    is_true: Callable[[], bool]
    """Whether the condition is true."""

    listeners: list[Callable[[], object]]
    """Where they are left."""


def settled_future() -> Woken:
    future: ThreadingFuture[int] = ThreadingFuture()
    return Woken(lambda: future.set(1), future.done, future._listeners)


def hooked_future() -> Woken:
    future: ThreadingFuture[int] = ThreadingFuture()
    return Woken(lambda: future.set_get_hook(lambda _timeout: 1), future._is_ready, future._listeners)


def computed_future() -> Woken:
    source: ThreadingFuture[int] = ThreadingFuture()
    source.set(1)
    derived = source.map(str)
    assert isinstance(derived, ThreadingFuture)
    return Woken(derived.get, derived.done, derived._listeners)


def turn_of_a_hook() -> Woken:
    future: ThreadingFuture[int] = ThreadingFuture()
    future.set_get_hook(lambda _timeout: 1)
    assert future._hook is not None
    return Woken(future.get, future.done, future._hook._listeners)


def event() -> Woken:
    event = ParkingEvent()
    return Woken(event.set, event.is_set, event._listeners)


@pytest.mark.parametrize("woken_by", [settled_future, hooked_future, computed_future, turn_of_a_hook, event])
def test_a_handler_that_raises_leaves_nobody_who_waits_asleep(woken_by: Callable[[], Woken]) -> None:
    woken: list[Woken] = []
    called: list[list[None]] = []

    def prepare() -> Woken:
        woken[:] = [woken_by()]
        called[:] = [[] for _ in range(LISTENERS)]
        woken[0].listeners.extend(partial(calls.append, None) for calls in called)
        return woken[0]

    with interrupted_by_errors() as until_interrupted:
        for _ in range(300):
            until_interrupted(prepare, lambda prepared: prepared.act())
            assert all(called) or not woken[0].is_true()


def set_value(future: ThreadingFuture[str]) -> None:
    future.set("value")


def set_hook(future: ThreadingFuture[str]) -> None:
    future.set_get_hook(str)


def test_a_handler_that_raises_leaves_an_event_that_can_be_set() -> None:
    event = ParkingEvent()
    with interrupted_by_errors() as until_interrupted:
        for _ in range(300):
            until_interrupted(event.clear, lambda _prepared: event.set())
            event.set()
            assert event.wait(LIMIT)


def test_a_handler_that_raises_does_not_change_what_was_computed() -> None:
    derived: list[ThreadingFuture[str]] = []
    seen: list[object] = []

    def prepare() -> ThreadingFuture[str]:
        source: ThreadingFuture[int] = ThreadingFuture()
        source.set(1)
        future = source.map(str)
        assert isinstance(future, ThreadingFuture)
        derived[:] = [future]
        seen.clear()
        future._listeners.append(lambda: seen.append(future._outcome))
        return future

    with interrupted_by_errors() as until_interrupted:
        for _ in range(300):
            until_interrupted(prepare, lambda future: future.get())
            assert all(outcome is derived[0]._outcome for outcome in seen)


@pytest.mark.parametrize("settle", [set_value, set_hook])
def test_a_handler_that_raises_leaves_no_callback_uncalled_and_none_called_twice(
    settle: Callable[[ThreadingFuture[str]], None],
) -> None:
    futures: list[ThreadingFuture[str]] = []
    called: list[list[object]] = []

    def prepare() -> ThreadingFuture[str]:
        futures[:] = [ThreadingFuture()]
        called[:] = [[] for _ in range(LISTENERS)]
        for calls in called:
            futures[0].add_done_callback(calls.append)
        return futures[0]

    def act(future: ThreadingFuture[str]) -> None:
        settle(future)
        future.get()

    with interrupted_by_errors() as until_interrupted:
        for _ in range(300):
            until_interrupted(prepare, act)
            if futures[0].done():
                assert called == [futures] * LISTENERS


def raises() -> None:
    """Be a listener during whose call a signal handler raises."""
    raise HandlerError


@pytest.mark.parametrize("module", [_parking, _turns, _waiting])
def test_no_loop_in_a_try_goes_back_where_the_try_does_not_see_it(module: ModuleType) -> None:
    # A signal handler runs there, and what it raises would pass by the finally: a token would be lost for ever.
    assert module.__file__ is not None
    source = Path(module.__file__).read_text(encoding="utf-8")
    for code in _codes(compile(source, module.__file__, "exec")):
        instructions = dis.Bytecode(code)
        for jump in instructions:
            line = jump.positions and jump.positions.lineno  # none: a jump that is no loop of the source's
            if jump.opname == "JUMP_BACKWARD" and line is not None:
                target: int = jump.argval
                places = {_handler_of(instructions, offset) for offset in (jump.offset, target)}
                assert len(places) == 1, f"{code.co_qualname}, line {line}"


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _handler_of(instructions: dis.Bytecode, offset: int) -> int | None:
    """Return where what is raised by an instruction is caught in its function."""
    entries = vars(instructions)["exception_entries"]  # not documented, and so not declared
    return next((entry.target for entry in entries if entry.start <= offset < entry.end), None)
