"""The promises of actors, refs, the registry and proxies, one after the other, each in its simplest form.

Those to whoever waits are in ``test_promises_of_waiting``.
"""

from __future__ import annotations

import asyncio
import contextvars
import gc
import pickle
import queue
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Beside, Echo, Gate, wait_for
from typedactors import (
    ActorDeadError,
    ActorProxy,
    ActorRef,
    ActorRegistry,
    Future,
    Timeout,
)
from typedactors._mailbox import Mailbox
from typedactors.typing import proxy_field, proxy_method

user: contextvars.ContextVar[str] = contextvars.ContextVar("user", default="nobody")


def hold_sender(ref: ActorRef[Any]) -> Gate:  # of any class
    """Hold the next sender after it has found the actor alive and before its message is in the queue."""
    gate = Gate()
    mailbox = ref._mailbox
    assert isinstance(mailbox, Mailbox)
    whole: Mailbox = mailbox
    inner = mailbox._queue

    class Held:
        get, empty, qsize = inner.get, inner.empty, inner.qsize

        def __init__(self) -> None:
            self.get_nowait = inner.get_nowait

        def put(self, item: Any, /) -> None:  # an envelope
            whole._queue = inner
            gate.pass_through()
            inner.put(item)

    mailbox._queue = Held()
    return gate


def end_while_a_sender_is_held(ref: ActorRef[Any], gate: Gate) -> None:  # of any class
    gate.wait_until_entered()
    ref.stop(timeout=LIMIT)
    wait_for(ref.actor_stopped)
    gate.open()


class TestExactlyOneReply:
    """Every accepted ask gets exactly one reply; a tell that is not accepted raises."""

    def test_an_ask_that_races_a_stop_is_answered(self) -> None:
        ref = Echo.start()
        gate = hold_sender(ref)
        asker = Beside(lambda: ref.ask("question", block=False))
        end_while_a_sender_is_held(ref, gate)

        with pytest.raises(ActorDeadError):
            asker.result().get(timeout=0)

    def test_a_tell_that_races_a_stop_raises_and_carries_the_message(self) -> None:
        ref = Echo.start()
        gate = hold_sender(ref)
        teller = Beside(lambda: ref.tell("message"))
        end_while_a_sender_is_held(ref, gate)

        with pytest.raises(ActorDeadError) as caught:
            teller.result()
        assert caught.value.undelivered == "message"

    @pytest.mark.parametrize(
        "end", [OSError("crash"), SystemExit(3), KeyboardInterrupt(), asyncio.CancelledError()], ids=repr
    )
    def test_what_waits_in_the_mailbox_of_an_actor_that_crashes_is_answered(
        self, end: BaseException, gate: Gate
    ) -> None:
        ref = Echo.start()
        ref.tell(gate)
        gate.wait_until_entered()
        ref.tell(end)
        pending = ref.ask("pending", block=False)
        gate.open()

        with pytest.raises(ActorDeadError) as caught:
            pending.get(timeout=LIMIT)
        assert caught.value.__cause__ is end


@pytest.mark.parametrize("exception", [SystemExit(3), KeyboardInterrupt(), asyncio.CancelledError()], ids=repr)
def test_the_asker_gets_what_ends_the_program_and_then_all_actors_stop(exception: BaseException) -> None:
    """An exception that is meant to end the program reaches the asker; then all actors stop."""
    other, ref = Echo.start(), Echo.start()

    with pytest.raises(type(exception)):
        ref.ask(exception, timeout=LIMIT)
    wait_for(ref.actor_stopped)
    wait_for(other.actor_stopped)


class TestFailureOfOnStart:
    """A failing ``on_start`` reaches whoever asks, as the cause of the refusal, and ``on_failure``."""

    class Failing(Echo):
        def __init__(self, gate: Gate, failures: queue.SimpleQueue[BaseException | None]) -> None:
            super().__init__()
            self._gate = gate
            self._failures = failures

        def on_start(self) -> None:
            self._gate.pass_through()
            raise OSError("no such device")

        def on_failure(
            self,
            exception_type: type[BaseException] | None,
            exception_value: BaseException | None,
            traceback: TracebackType | None,
        ) -> None:
            self._failures.put(exception_value)

    def test_the_asker_gets_it_as_the_cause(self, gate: Gate) -> None:
        ref = self.Failing.start(gate, queue.SimpleQueue())
        gate.wait_until_entered()
        pending = ref.ask("pending", block=False)
        gate.open()

        with pytest.raises(ActorDeadError) as caught:
            pending.get(timeout=LIMIT)
        assert isinstance(caught.value.__cause__, OSError)

    def test_on_failure_is_called_with_it(self, gate: Gate) -> None:
        failures: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        self.Failing.start(gate, failures)
        gate.open()

        assert str(failures.get(timeout=LIMIT)) == "no such device"


@pytest.mark.parametrize("way", ["tell", "ask", "a call"])
def test_an_idle_actor_does_not_keep_its_last_message_alive(way: str) -> None:
    """What was sent is freed when it has been handled, though no other message comes."""

    class Message:
        pass

    ref = Echo.start()
    freed = threading.Event()
    message = Message()
    weakref.finalize(message, freed.set)
    if way == "tell":
        ref.tell([message])
    elif way == "ask":
        ref.ask([message], timeout=LIMIT)
    else:
        ref.proxy().on_receive([message]).get(timeout=LIMIT)
    del message

    wait_for(freed)


class TestRegistry:
    """Unregistering and looking up cost the same for any number of actors."""

    class CountedRef:
        """Stands in for a ref and counts how often any of its kind is looked at."""

        looks = 0

        def __init__(self, number: int) -> None:
            self._urn = f"urn:uuid:{number}"

        @property
        def actor_urn(self) -> str:
            type(self).looks += 1
            return self._urn

        def __eq__(self, other: object) -> bool:
            type(self).looks += 1
            return self is other

        def __hash__(self) -> int:
            return hash(self._urn)

        def __str__(self) -> str:
            return self._urn

        def stop(self, **_arguments: object) -> bool:
            return False

    def looks(self, number_of_actors: int, action: Callable[[Any], object]) -> int:  # proxies
        """Count the looks at refs during an action on the last of many."""
        refs: list[Any] = [self.CountedRef(number) for number in range(number_of_actors)]
        for ref in refs:
            ActorRegistry.register(ref)
        try:
            before = self.CountedRef.looks
            action(refs[-1])
            return self.CountedRef.looks - before
        finally:
            for ref in refs:
                ActorRegistry.unregister(ref)

    @pytest.mark.parametrize("action", ["unregister", "get_by_urn"])
    def test_costs_do_not_grow(self, action: str) -> None:
        actions: dict[str, Callable[[Any], object]] = {
            "unregister": ActorRegistry.unregister,
            "get_by_urn": lambda ref: ActorRegistry.get_by_urn(ref._urn),
        }

        assert self.looks(500, actions[action]) == self.looks(5, actions[action])


class TestCostOfAProxy:
    """A proxy costs the same for an actor of any size; a declared one looks at nothing of the actor's."""

    def calls_to_make_a_proxy(self, number_of_methods: int) -> int:
        """Count the calls that making and using a proxy takes in this thread."""

        def method(_self: object) -> str:
            return "called"

        methods = {f"method_{number}": method for number in range(number_of_methods)}
        sized: Any = type("Sized", (Echo,), methods)
        ref: ActorRef[Any] = sized.start()
        ref.proxy()  # whatever is done once for all is done now
        calls = 0

        def count(_frame: FrameType, event: str, _argument: Any) -> None:  # as sys.setprofile has it
            nonlocal calls
            calls += event in {"call", "c_call"}

        gc.disable()  # it would call finalizers of others in this thread
        sys.setprofile(count)
        try:
            ref.proxy()
        finally:
            sys.setprofile(None)
            gc.enable()
        return calls

    def test_of_a_dynamic_one(self) -> None:
        assert self.calls_to_make_a_proxy(1000) == self.calls_to_make_a_proxy(10)

    def test_a_declared_one_looks_at_nothing(self) -> None:
        looks: list[str] = []

        class Shy(Echo):
            field = 1

            def method(self) -> str:
                return "called"

            def __getattribute__(self, name: str) -> Any:  # any attribute
                if threading.current_thread() is tester:
                    looks.append(name)
                return super().__getattribute__(name)

        class ShyProxy(ActorProxy[Shy]):
            field = proxy_field(Shy.field)
            method = proxy_method(Shy.method)

        tester = threading.current_thread()
        ref = Shy.start()
        looks.clear()
        proxy = ref.proxy(ShyProxy)
        proxy.field = 2

        assert proxy.method().get(timeout=LIMIT) == "called"
        assert proxy.field.get(timeout=LIMIT) == 2
        assert looks == []


def test_forgetting_the_call_of_the_base_constructor_says_what_to_call() -> None:
    """An ``__init__`` that does not call its base's is told to."""

    class Forgetful(Echo):
        def __init__(self) -> None:
            self.value = 1

    with pytest.raises(Exception, match=r"Forgetful.*super\(\).__init__\(\)"):
        Forgetful.start()


def test_the_stop_of_a_proxy_returns_after_on_stop_has_run(gate: Gate) -> None:
    """``proxy.stop().get()`` returns when the actor has ended."""

    class Tidy(Echo):
        def on_stop(self) -> None:
            gate.pass_through()

    future: Future[None] = Tidy.start().proxy().stop()
    gate.wait_until_entered()

    with pytest.raises(Timeout):
        future.get(timeout=0.01)
    gate.open()
    assert future.get(timeout=LIMIT) is None


def test_refs_pickle() -> None:
    """A pickled ref finds its actor again in the same process."""
    ref = Echo.start()
    again: ActorRef[Echo] = pickle.loads(pickle.dumps(ref))

    assert again == ref
    assert again.ask("still there?", timeout=LIMIT) == "still there?"


@pytest.fixture
def _as_ann() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    token = user.set("Ann")
    yield
    user.reset(token)


@pytest.mark.usefixtures("_as_ann")
def test_the_context_variables_of_the_sender_are_there_in_the_handler() -> None:
    """A handler sees the context variables of whoever sent the message."""

    class Auditor(Echo):
        def who(self) -> str:
            return user.get()

    assert Auditor.start().proxy().who().get(timeout=LIMIT) == "Ann"
