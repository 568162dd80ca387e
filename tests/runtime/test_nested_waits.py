"""A wait may be interrupted by code that waits itself: a signal handler, a finalizer."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Beside, Gate, Gated, Plain, handled_signal, signal_main_thread, wait_for
from typedactors import DeadlockError, Future, ThreadingActor, ThreadingFuture, Timeout
from typedactors._parker import ThreadParker, current_parker
from typedactors._parking import ParkingEvent, ParkingQueue


@pytest.fixture
def inner() -> ThreadingFuture[str]:
    return ThreadingFuture()


@pytest.fixture
def outer() -> ThreadingFuture[str]:
    return ThreadingFuture()


@pytest.fixture
def in_handler(inner: ThreadingFuture[str]) -> Iterator[threading.Event]:
    """A signal handler that waits for ``inner``; the event is set when it is about to."""
    entered = threading.Event()

    def handler(_number: int, _frame: FrameType | None) -> None:
        if not entered.is_set():
            entered.set()
            inner.get()

    with handled_signal(handler):
        yield entered


@pytest.fixture
def _collected_by_hand() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    """Finalizers run where the test collects, and in no other thread."""
    gc.disable()
    yield
    gc.enable()


def collect_in_next_park(monkeypatch: pytest.MonkeyPatch, finalize: Callable[[], object]) -> None:
    """Have a finalizer run in the middle of the calling thread's next wait, just before it suspends the thread."""

    class Finalized:
        def __init__(self) -> None:
            self.cycle = self

        def __del__(self) -> None:
            finalize()

    park, waiting = ThreadParker.park, current_parker()
    garbage = [Finalized()]

    def collect_and_park(parker: ThreadParker, timeout: float | None = None) -> bool:
        if garbage and parker is waiting:
            garbage.clear()
            gc.collect()
        return park(parker, timeout)

    monkeypatch.setattr(ThreadParker, "park", collect_and_park)


@pytest.mark.parametrize("derived", [False, True])
@pytest.mark.parametrize("order", ["outer first", "inner first"])
def test_a_signal_handler_may_wait_while_the_main_thread_waits(
    outer: ThreadingFuture[str], inner: ThreadingFuture[str], in_handler: threading.Event, order: str, derived: bool
) -> None:
    def interrupt_and_settle() -> None:
        signal_main_thread(signal.SIGUSR1, in_handler)
        first, second = (outer, inner) if order == "outer first" else (inner, outer)
        first.set("first")
        second.set("second")

    awaited = outer.map(str.upper) if derived else outer
    helper = Beside(interrupt_and_settle)

    assert awaited.get() in {"first", "second", "FIRST", "SECOND"}
    helper.result()


@pytest.mark.usefixtures("_collected_by_hand")
def test_a_finalizer_may_wait_in_the_middle_of_a_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The collector may run finalizers between any two steps of a wait, also just before it suspends the thread."""
    future: ThreadingFuture[str] = ThreadingFuture()
    other = Plain.start()
    replies: list[Any] = []

    def finalize() -> None:
        future.set("settled while the finalizer runs")
        replies.append(other.ask("from a finalizer"))

    collect_in_next_park(monkeypatch, finalize)
    assert future.get() == "settled while the finalizer runs"
    assert replies == ["from a finalizer"]


@pytest.mark.usefixtures("_collected_by_hand")
def test_a_finalizer_that_waits_for_an_event_does_not_take_the_permit_of_the_wait_beneath(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    future: ThreadingFuture[str] = ThreadingFuture()
    event = ParkingEvent()
    waited: list[bool] = []

    def finalize() -> None:
        # The future's wake-up leaves the permit that this wait would take.
        future.set("settled while the finalizer runs")
        waited.append(event.wait(0.01))

    def get() -> str:
        collect_in_next_park(monkeypatch, finalize)
        return future.get()

    assert Beside(get).result() == "settled while the finalizer runs"
    assert waited == [False]


@pytest.mark.usefixtures("_collected_by_hand")
def test_a_finalizer_that_waits_does_not_hide_the_deadlock_of_the_wait_beneath(
    monkeypatch: pytest.MonkeyPatch, gate: Gate
) -> None:
    gated = Gated.start(gate).proxy()
    # In the finalizer; until then Left waits for Right in the detector's eyes.
    left_waits, right_waits = threading.Event(), threading.Event()

    class Left(ThreadingActor):
        def ask_right(self) -> str:
            collect_in_next_park(monkeypatch, lambda: gated.hold().get())
            return victim_or(right.ask_left())

    class Right(ThreadingActor):
        def ask_left(self) -> str:
            wait_for(left_waits)
            return victim_or(left.actor_urn)

    def victim_or(future: Future[str]) -> str:
        try:
            return future.get()
        except DeadlockError:
            return "victim"

    park = ThreadParker.park

    def announce_and_park(parker: ThreadParker, timeout: float | None = None) -> bool:
        waiting = "" if parker.activity is None else parker.activity.actor_class_name
        if waiting == "Left":
            left_waits.set()
        if waiting == "Right":
            right_waits.set()
        return park(parker, timeout)

    monkeypatch.setattr(ThreadParker, "park", announce_and_park)
    left, right = Left.start().proxy(), Right.start().proxy()
    reply = left.ask_right()
    wait_for(right_waits)
    # Right asks Left, which waits for Gated in a finalizer, beneath which it waits for Right.
    gate.open()

    assert reply.get(timeout=LIMIT) == "victim"


def test_a_permit_that_is_left_over_does_no_harm(gate: Gate) -> None:
    ref = Gated.start(gate)
    current_parker().unpark()
    current_parker().unpark()
    future = ref.proxy().hold()

    with pytest.raises(Timeout):
        future.get(timeout=0.01)
    gate.open()
    current_parker().unpark()
    assert future.get() == "held"


@pytest.mark.usefixtures("_collected_by_hand")
def test_a_finalizer_that_waits_leaves_the_permit_of_the_reader_beneath(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = ParkingQueue()
    other = Plain.start()

    def finalize() -> None:
        queue.put("a message")
        other.ask("from a finalizer")

    collect_in_next_park(monkeypatch, finalize)
    assert queue.get() == "a message"
