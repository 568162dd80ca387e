"""Exceptions without words, hooks without names, logging that raises: each ask has its one reply all the same."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any, NoReturn
from unittest.mock import AsyncMock, Mock

import pytest

from tests.runtime.support import LIMIT, Beside, wait_for
from typedactors import Actor, ActorDeadError, ActorRef, ActorRegistry, PooledActor, ThreadingActor, UnsendableError
from typedactors._log import logger
from typedactors.asyncio import AsyncioActor
from typedactors.process import ProcessActor


class WordlessError(Exception):
    """What a mistake in an exception's ``__str__`` makes of it."""

    def __str__(self) -> str:
        raise AttributeError("it has no words")


class Wordless(Actor):
    """Raises where it is told to."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where
        self.failures: list[BaseException | None] = []
        self.raise_at("__init__")

    def on_start(self) -> None:
        self.raise_at("on_start")

    def on_receive(self, message: Any) -> Any:  # any message
        self.raise_at("on_receive")
        return message

    def on_failure(self, exception_type: Any, exception_value: Any, traceback: Any) -> None:  # as Actor's
        failures.append(exception_value)

    def raise_unsendable(self) -> NoReturn:
        raise WordlessError(lambda: None)  # which cannot be pickled

    def raise_at(self, where: str) -> None:
        if self.where == where:
            raise WordlessError


failures: list[BaseException] = []


class WordlessThread(Wordless, ThreadingActor):
    pass


class WordlessInPool(Wordless, PooledActor):
    pass


class WordlessInAsyncio(Wordless, AsyncioActor):
    pass


class WordlessInProcess(Wordless, ProcessActor):
    pass


everywhere = pytest.mark.parametrize("kind", [WordlessThread, WordlessInPool, WordlessInAsyncio])
"""The actors of this process."""


@pytest.fixture(autouse=True)
def _no_failures() -> None:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    failures.clear()


@everywhere
@pytest.mark.parametrize("where", ["on_start", "on_receive"])
def test_an_exception_without_words_ends_the_actor_as_any_other(kind: type[Wordless], where: str) -> None:
    ref = kind.start(where)
    if where == "on_receive":
        ref.tell("fail")
    wait_for(ref.actor_stopped)
    with pytest.raises(ActorDeadError, match="it failed with WordlessError, whose __str__"):
        ref.ask("anything", timeout=LIMIT)
    ref.stop(timeout=LIMIT)
    assert [type(each) for each in failures] == [WordlessError]
    assert ActorRegistry.get_all() == []


def test_a_process_too_ends_by_an_exception_without_words() -> None:
    ref = WordlessInProcess.start("on_receive")
    with pytest.raises(WordlessError):
        ref.ask("fail", timeout=LIMIT)
    ref.tell("fail")
    wait_for(ref.actor_stopped)
    with pytest.raises(ActorDeadError):
        ref.ask("anything", timeout=LIMIT)


def test_an_exception_without_words_that_cannot_leave_its_process_is_named() -> None:
    proxy = WordlessInProcess.start("nowhere").proxy()
    with pytest.raises(UnsendableError, match=r"WordlessError was raised, .* In words: WordlessError, whose __str__"):
        proxy.raise_unsendable().get(timeout=LIMIT)


@everywhere
def test_start_raises_an_exception_without_words(kind: type[Wordless]) -> None:
    with pytest.raises(WordlessError):
        kind.start("__init__")


class Hooked(Actor):
    """Its hooks are no functions, as where a test looks whether they are called."""

    def __init__(self) -> None:
        super().__init__()
        self.on_stop = on_stop  # type: ignore[method-assign]  # that is what it is about
        self.on_failure = on_failure  # type: ignore[method-assign]  # the same

    def on_receive(self, message: Any) -> NoReturn:  # any message
        raise KeyError(message)


on_stop, on_failure = Mock(), Mock()


class HookedThread(Hooked, ThreadingActor):
    pass


class HookedInPool(Hooked, PooledActor):
    pass


class HookedInAsyncio(Hooked, AsyncioActor):
    pass


@pytest.mark.parametrize("kind", [HookedThread, HookedInPool, HookedInAsyncio])
@pytest.mark.parametrize("make", [Mock, AsyncMock])
def test_hooks_may_be_anything_that_can_be_called(
    kind: type[Hooked], make: Callable[[], Mock], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "on_stop", make())
    monkeypatch.setitem(globals(), "on_failure", make())
    stopped = kind.start()
    stopped.stop(timeout=LIMIT)
    assert on_stop.call_count == 1

    failed = kind.start()
    failed.tell("fail")
    wait_for(failed.actor_stopped)
    failed.stop(timeout=LIMIT)
    assert on_failure.call_count == 1
    assert on_failure.call_args.args[0] is KeyError
    assert on_stop.call_count == 1


class BrokenHandler(logging.Handler):
    """Raises what it cannot log, as pytest's own does."""

    def emit(self, record: logging.LogRecord) -> NoReturn:
        raise OSError("disk full")


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> Generator[list[BaseException | None]]:
    """What is reported while nothing can be logged."""
    found: list[BaseException | None] = []

    def report(args: threading.ExceptHookArgs) -> None:
        found.append(args.exc_value)

    monkeypatch.setattr(threading, "excepthook", report)
    handler = BrokenHandler()
    package = logging.getLogger("typedactors")
    monkeypatch.setattr(package, "level", logging.DEBUG)
    package.addHandler(handler)
    package.manager._clear_cache()  # type: ignore[attr-defined]  # as Logger.setLevel does
    try:
        yield found
    finally:
        package.removeHandler(handler)


@everywhere
def test_where_nothing_can_be_logged_asks_are_answered_and_actors_end(
    kind: type[Wordless], reported: list[BaseException | None]
) -> None:
    def beside() -> None:
        ref: ActorRef[Wordless] = kind.start("on_receive")
        with pytest.raises(WordlessError):
            ref.ask("fail", timeout=LIMIT)
        assert ref.is_alive()
        ref.tell("fail")
        wait_for(ref.actor_stopped)
        ref.stop(timeout=LIMIT)

    Beside(beside).result()
    assert [type(each) for each in failures] == [WordlessError]
    assert ActorRegistry.get_all() == []
    assert {type(each) for each in reported} == {OSError}


@pytest.mark.usefixtures("reported")
def test_in_the_main_thread_too_asks_are_answered_and_actors_end() -> None:
    """There who waits for the actor, and runs it, gets what cannot be logged."""
    ref = Beside(lambda: WordlessInPool.start("on_receive")).result()
    asked = ref.ask("fail", block=False)
    ref.tell("fail")
    late = ref.ask("late", block=False)
    for future, error in (asked, WordlessError), (late, ActorDeadError):
        with suppress(OSError, error):
            future.get(timeout=LIMIT)
        with pytest.raises(error):
            future.get(timeout=LIMIT)
    assert [type(each) for each in failures] == [WordlessError]
    assert not ref.is_alive()
    assert ActorRegistry.get_all() == []


@pytest.mark.parametrize("beside", [True, False])
def test_what_cannot_be_logged_is_reported_where_exceptions_of_threads_are(
    *, beside: bool, reported: list[BaseException | None]
) -> None:
    if beside:
        Beside(lambda: logger.warning("something")).result()
        assert [str(each) for each in reported] == ["disk full"]
    else:
        with pytest.raises(OSError, match="disk full"):
            logger.warning("something")


def test_an_asyncio_actor_whose_task_is_cancelled_ends() -> None:
    """As by who cancels all tasks of the loop, to end the program."""

    class Cancelling(AsyncioActor):
        def cancel_others(self) -> int:
            own = asyncio.current_task()
            return sum(task.cancel() for task in asyncio.all_tasks() if task is not own)

    waiting = WordlessInAsyncio.start("nowhere")
    assert waiting.ask("it has begun", timeout=LIMIT) == "it has begun"
    assert Cancelling.start().proxy().cancel_others().get(timeout=LIMIT) == 1
    wait_for(waiting.actor_stopped)
    with pytest.raises(ActorDeadError):
        waiting.ask("anything", timeout=LIMIT)
    waiting.stop(timeout=LIMIT)
