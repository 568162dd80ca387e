"""Signal handlers that tell, ask, stop and start in the main thread, whatever that is doing: nothing hangs."""

from __future__ import annotations

import itertools
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.runtime.support import (
    LIMIT,
    Beside,
    Plain,
    handled_signal,
    signal_main_thread,
    wait_for,
)
from typedactors import (
    Actor,
    ActorRef,
    ActorRegistry,
    PooledActor,
    ThreadingActor,
    ThreadingFuture,
    debug,
)

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
