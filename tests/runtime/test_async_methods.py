"""``async def`` methods and hooks of actors: they run to their end, one message at a time."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Gate, Gated, Plain, wait_for, wait_for_end
from typedactors import ActorDeadError, ActorRegistry, Future, ThreadingActor

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="none")


class Fetcher(ThreadingActor):
    def __init__(self) -> None:
        super().__init__()
        self.log: list[str] = []
        self.background: asyncio.Task[None] | None = None
        self.loops: list[asyncio.AbstractEventLoop] = []

    async def fetch(self, name: str) -> str:
        """Yield to the loop between two entries of the log."""
        self.log.append(f"{name} begins")
        await asyncio.sleep(0)
        self.log.append(f"{name} ends")
        return name.upper()

    async def fail(self) -> None:
        """Raise after having yielded."""
        await asyncio.sleep(0)
        raise LookupError("not found")

    async def where(self) -> str:
        """Return the name of the thread."""
        self.loops.append(asyncio.get_running_loop())
        return threading.current_thread().name

    async def who_asks(self) -> str:
        """Return the sender's context variable, after a turn of the loop."""
        await asyncio.sleep(0)
        return request_id.get()

    async def begin_in_background(self) -> None:
        """Leave a task behind."""
        self.background = asyncio.create_task(self._never_ending())
        await asyncio.sleep(0)

    async def _never_ending(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.log.append("background cancelled")

    async def call(self, other: Any) -> Any:  # a dynamic proxy, and what it returns
        """Await another actor."""
        return await other.on_receive("called")

    async def end_program(self) -> None:
        """Raise what ends the program."""
        raise SystemExit(3)

    async def cancel_itself(self) -> None:
        """Raise what a cancelled task raises."""
        raise asyncio.CancelledError


def test_the_proxy_gives_a_future_of_the_result() -> None:
    future: Future[str] = Fetcher.start().proxy().fetch("page")

    assert isinstance(future, Future)
    assert future.get(timeout=LIMIT) == "PAGE"


def test_an_exception_comes_out_of_the_future() -> None:
    with pytest.raises(LookupError, match="not found"):
        Fetcher.start().proxy().fail().get(timeout=LIMIT)


def test_there_is_one_message_at_a_time() -> None:
    proxy = Fetcher.start().proxy()
    proxy.fetch("a")
    proxy.fetch("b").get(timeout=LIMIT)

    assert proxy.log.get(timeout=LIMIT) == ["a begins", "a ends", "b begins", "b ends"]


def test_all_run_in_the_actors_thread_and_in_one_loop() -> None:
    proxy = Fetcher.start().proxy()

    names = {proxy.where().get(timeout=LIMIT) for _ in range(3)}
    assert len(names) == 1
    assert names.pop().startswith("Fetcher-")
    assert len(set(proxy.loops.get(timeout=LIMIT))) == 1


def test_a_deferred_one_that_raises_is_a_failure(gate: Gate) -> None:
    class Held(Fetcher):
        def on_start(self) -> None:
            gate.pass_through()

    ref = Held.start()
    ref.proxy().fail.defer()
    pending = ref.ask("never handled", block=False)
    gate.open()

    with pytest.raises(ActorDeadError) as caught:
        pending.get(timeout=LIMIT)
    assert isinstance(caught.value.__cause__, LookupError)


def test_it_sees_the_context_variables_of_its_sender() -> None:
    proxy = Fetcher.start().proxy()

    def ask(name: str) -> str:
        request_id.set(name)
        reply: str = proxy.who_asks().get(timeout=LIMIT)
        return reply

    assert [contextvars.copy_context().run(ask, name) for name in ("first", "second")] == ["first", "second"]
    assert proxy.who_asks().get(timeout=LIMIT) == "none"


def test_it_may_await_other_actors(gate: Gate) -> None:
    gate.open()

    assert Fetcher.start().proxy().call(Gated.start(gate).proxy()).get(timeout=LIMIT) == "called"


def test_a_task_that_is_left_behind_is_cancelled_when_the_actor_stops() -> None:
    ref = Fetcher.start()
    actor = ref._actor_weakref()
    ref.proxy().begin_in_background().get(timeout=LIMIT)
    (thread,) = (thread for thread in threading.enumerate() if thread.name.startswith("Fetcher-"))
    ref.stop(timeout=LIMIT)
    wait_for_end(thread)

    assert actor is not None
    assert actor.log == ["background cancelled"]


@pytest.mark.parametrize(("method", "kind"), [("end_program", SystemExit), ("cancel_itself", asyncio.CancelledError)])
def test_what_ends_the_program_reaches_the_asker_and_stops_all(method: str, kind: type[BaseException]) -> None:
    other = Plain.start()
    ref = Fetcher.start()

    with pytest.raises(kind):
        getattr(ref.proxy(), method)().get(timeout=LIMIT)
    wait_for(ref.actor_stopped)
    wait_for(other.actor_stopped)
    assert not ref.is_alive()


def test_the_hooks_and_on_receive_may_be_async_too() -> None:
    log: list[str] = []

    class Modern(ThreadingActor):
        async def on_start(self) -> None:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody reads its result
            await asyncio.sleep(0)
            log.append("on_start")

        async def on_receive(self, message: str) -> str:
            await asyncio.sleep(0)
            log.append(message)
            return message.upper()

        async def on_stop(self) -> None:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]  # the same
            await asyncio.sleep(0)
            log.append("on_stop")

    ref = Modern.start()
    assert ref.ask("message", timeout=LIMIT) == "MESSAGE"
    ref.stop(timeout=LIMIT)

    assert log == ["on_start", "message", "on_stop"]


def test_an_async_on_failure_runs_too() -> None:
    log: list[str] = []

    class Modern(ThreadingActor):
        async def on_start(self) -> None:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody reads its result
            raise LookupError("cannot start")

        async def on_failure(self, exception_type: Any, exception_value: Any, traceback: Any) -> None:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]  # the same
            await asyncio.sleep(0)
            log.append(f"on_failure({exception_value})")

    ref = Modern.start()
    with pytest.raises(ActorDeadError):
        ref.ask("anything", timeout=LIMIT)
    ref.stop(timeout=LIMIT)
    ActorRegistry.stop_all(timeout=LIMIT)

    assert log == ["on_failure('cannot start')"] or log == ["on_failure(cannot start)"]
