"""Signal handlers that tell, ask, stop and start in the main thread, whatever that is doing: nothing hangs."""

from __future__ import annotations

import dis
import itertools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

import pytest

from tests.runtime.support import (
    LIMIT,
    Beside,
    Plain,
    handled_signal,
    listeners_of,
    signal_main_thread,
    wait_for,
    wait_until,
)
from typedactors import (
    Actor,
    ActorDeadError,
    ActorRef,
    ActorRegistry,
    Future,
    PooledActor,
    ThreadingActor,
    ThreadingFuture,
    _parking,
    _turns,
    _waiting,
    debug,
)
from typedactors._parking import ParkingEvent

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="this system cannot send a signal to a thread"),
]


class Echo(Actor):
    def on_receive(self, message: Any) -> Any:  # any message
        return message


class ThreadEcho(Echo, ThreadingActor):
    pass


class PooledEcho(Echo, PooledActor):
    pass


kinds = pytest.mark.parametrize("kind", [ThreadEcho, PooledEcho])


@contextmanager
def interrupted(action: Callable[[], object]) -> Generator[list[int]]:
    """Interrupt the main thread again and again meanwhile; what is given counts how often ``action`` has run."""
    handled = [0]
    running = False
    over = threading.Event()
    main_thread = threading.main_thread().ident or 0

    def handler(*_arguments: object) -> None:
        nonlocal running
        if running:
            return  # one in the other would overflow the stack before long
        running = True
        try:
            action()
            handled[0] += 1
        finally:
            running = False

    def interrupt() -> None:
        while not over.is_set():
            seen = handled[0]
            signal.pthread_kill(main_thread, signal.SIGUSR1)
            while handled[0] == seen and not over.wait(1e-4):
                pass

    with handled_signal(handler):
        sender = Beside(interrupt)
        try:
            yield handled
        finally:
            over.set()
            sender.result()


ACTIONS: dict[str, Callable[[ActorRef[Echo]], object]] = {
    "tell": lambda ref: ref.tell("from the handler"),
    "ask": lambda ref: ref.ask("from the handler", timeout=LIMIT),
    "ask without a timeout": lambda ref: ref.ask("from the handler"),
    "call": lambda ref: ref.proxy().on_receive("from the handler").map(str).get(timeout=LIMIT),
    "start and stop": lambda _ref: Plain.start().stop(timeout=LIMIT),
    "look": lambda _ref: (ActorRegistry.get_all(), debug.wait_for_graph().mermaid(), debug.mailbox_depths()),
}
WAITING = {"ask", "ask without a timeout", "call"}


@kinds
@pytest.mark.parametrize("action", ACTIONS)
def test_a_handler_may_do_anything_while_the_main_thread_asks(action: str, kind: type[Echo]) -> None:
    """The main thread is interrupted in the middle of the same code that the handler runs, often of the same actor."""
    ref: ActorRef[Echo] = kind.start()
    # Without a timeout the main thread may run the pooled actor, which could not answer who interrupts it there.
    timeout = LIMIT if kind is PooledEcho and action in WAITING else None
    with interrupted(lambda: ACTIONS[action](ref)) as handled:
        for number in itertools.count():
            assert ref.ask(number, timeout=timeout) == number
            assert ref.proxy().on_receive(number).get(timeout=LIMIT) == number
            other: ActorRef[Echo] = kind.start()
            assert other.stop(timeout=LIMIT)
            if handled[0] >= 30:
                break


@kinds
def test_a_handler_may_stop_the_actor_that_the_main_thread_waits_for(kind: type[Echo]) -> None:
    holding, gate = threading.Event(), threading.Event()

    class Held(kind):  # type: ignore[misc, valid-type]  # of either kind
        def hold(self) -> str:
            holding.set()
            wait_for(gate)
            return "held"

    ref = Held.start()
    stopping: list[Any] = []  # futures

    def stop_it(*_arguments: object) -> None:
        if not gate.is_set():
            stopping.append(ref.stop(block=False))
            gate.set()

    def interrupt() -> None:
        wait_for(holding)
        signal_main_thread(signal.SIGUSR1, gate)

    with handled_signal(stop_it):
        helper = Beside(interrupt)
        assert ref.proxy().hold().get() == "held"
        helper.result()
        assert stopping[0].get(timeout=LIMIT) is True
    assert not ref.is_alive()


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


# It may come in a finalizer too, where Python reports what is raised and goes on.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
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


# It may come in a finalizer too, where Python reports what is raised and goes on.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
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


def test_a_handler_may_settle_the_future_that_the_main_thread_waits_for() -> None:
    future: ThreadingFuture[str] = ThreadingFuture()

    settled = threading.Event()

    def settle(*_arguments: object) -> None:
        if not settled.is_set():
            settled.set()
            future.set("from the handler")

    with handled_signal(settle):
        helper = Beside(lambda: signal_main_thread(signal.SIGUSR1, settled))
        assert future.get() == "from the handler"
        helper.result()


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
