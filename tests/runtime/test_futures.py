"""Futures as such: set, get, exceptions and their tracebacks, timeouts, and `get_all`."""

from __future__ import annotations

import queue
import sys
import threading
import traceback
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Beside, ExceptionInfo, listeners_of
from typedactors import Future, FutureAlreadySetError, ThreadingFuture, Timeout, get_all


@pytest.fixture
def future() -> ThreadingFuture[Any]:  # of any value
    return ThreadingFuture()


def raised(exception: BaseException) -> ExceptionInfo:
    """Return what ``sys.exc_info()`` says of an exception that is being handled."""
    try:
        raise exception
    except BaseException:  # noqa: BLE001 - any is wanted
        return sys.exc_info()


def test_the_value_can_be_got_any_number_of_times(future: ThreadingFuture[Any]) -> None:
    value = object()
    future.set(value)

    assert [future.get(), future.get(), future.get(timeout=0)] == [value] * 3


def test_set_without_a_value_sets_none(future: ThreadingFuture[Any]) -> None:
    future.set()

    assert future.get() is None
    assert future.done()


def test_a_future_may_hold_a_future_or_an_exception_as_its_value(future: ThreadingFuture[Any]) -> None:
    inner: ThreadingFuture[int] = ThreadingFuture()
    future.set((inner, ValueError("a value")))

    assert future.get()[0] is inner


def test_get_waits_for_another_thread(future: ThreadingFuture[Any]) -> None:
    getters = [Beside(future.get) for _ in range(5)]
    future.set("arrived")

    assert [getter.result() for getter in getters] == ["arrived"] * 5


@pytest.mark.parametrize("timeout", [0, 0.0, 0.01, -1])
def test_get_gives_up_after_its_timeout_and_the_future_is_unharmed(
    future: ThreadingFuture[Any], timeout: float
) -> None:
    with pytest.raises(Timeout):
        future.get(timeout=timeout)
    future.set("late")

    assert future.get(timeout=timeout) == "late"


@pytest.mark.parametrize("timeout", [1e9, 1e300, float("inf")])
def test_a_timeout_may_be_as_long_as_one_likes(future: ThreadingFuture[Any], timeout: float) -> None:
    getter = Beside(lambda: future.get(timeout=timeout))
    future.set("arrived")

    assert getter.result() == "arrived"


def test_an_exception_is_raised_each_time(future: ThreadingFuture[Any]) -> None:
    error = OSError("broken")
    future.set_exception((OSError, error, None))

    for _ in range(3):
        with pytest.raises(OSError, match="broken") as caught:
            future.get()
        assert caught.value is error


def test_set_exception_takes_the_one_that_is_being_handled(future: ThreadingFuture[Any]) -> None:
    try:
        raise KeyError("handled")
    except KeyError:
        future.set_exception()

    with pytest.raises(KeyError, match="handled"):
        future.get()


def test_set_exception_takes_what_exc_info_returned(future: ThreadingFuture[Any]) -> None:
    future.set_exception(raised(LookupError("as raised")))

    with pytest.raises(LookupError, match="as raised"):
        future.get()


def test_set_exception_with_a_class_alone_makes_an_instance(future: ThreadingFuture[Any]) -> None:
    future.set_exception((LookupError, None, None))

    with pytest.raises(LookupError):
        future.get()


def test_set_exception_without_an_exception_says_so_and_leaves_the_future_open(future: ThreadingFuture[Any]) -> None:
    with pytest.raises(ValueError, match="except block"):
        future.set_exception()
    future.set("still open")

    assert future.get() == "still open"


@pytest.mark.parametrize("exception", [SystemExit(3), KeyboardInterrupt(), GeneratorExit()])
def test_a_base_exception_is_an_exception_too(future: ThreadingFuture[Any], exception: BaseException) -> None:
    future.set_exception((type(exception), exception, None))

    with pytest.raises(type(exception)):
        future.get()


def test_the_traceback_leads_to_where_it_was_raised_and_does_not_grow(future: ThreadingFuture[Any]) -> None:
    future.set_exception(raised(OSError("broken")))
    depths: list[int] = []
    for _ in range(5):
        with pytest.raises(OSError, match="broken") as caught:
            future.get()
        frames = traceback.extract_tb(caught.value.__traceback__)
        depths.append(len(frames))
        assert frames[-1].name == "raised"

    assert len(set(depths)) == 1


def test_an_exception_does_not_keep_its_getters_alive(future: ThreadingFuture[Any]) -> None:
    class Large:
        pass

    freed = threading.Event()

    def get() -> None:
        import weakref  # noqa: PLC0415 - for this frame alone

        large = Large()
        weakref.finalize(large, freed.set)
        with pytest.raises(OSError, match="broken"):
            future.get()

    future.set_exception(raised(OSError("broken")))
    get()
    with pytest.raises(OSError, match="broken"):
        future.get()

    assert freed.is_set()


@pytest.mark.parametrize("second", ["set", "set_exception", "set_get_hook"])
@pytest.mark.parametrize("first", ["set", "set_exception", "set_get_hook"])
def test_a_future_is_set_once(future: ThreadingFuture[Any], first: str, second: str) -> None:
    arguments: dict[str, Any] = {
        "set": "value",
        "set_exception": raised(OSError("broken")),
        "set_get_hook": lambda timeout: "hook",  # pyright: ignore[reportUnknownLambdaType]  # a lambda's argument
    }
    getattr(future, first)(arguments[first])

    with pytest.raises(FutureAlreadySetError, match="already") as caught:
        getattr(future, second)(arguments[second])
    assert isinstance(caught.value, queue.Full)


def test_of_many_that_set_one_wins(future: ThreadingFuture[Any]) -> None:
    barrier = threading.Barrier(8, timeout=LIMIT)

    def set_to(value: int) -> int | None:
        barrier.wait()
        try:
            future.set(value)
        except FutureAlreadySetError:
            return None
        return value

    setters = [Beside(lambda value=value: set_to(value)) for value in range(8)]  # type: ignore[misc]  # the default binds
    winners = [value for setter in setters if (value := setter.result()) is not None]

    assert winners == [future.get()]


def test_done_tells_whether_there_is_a_result(future: ThreadingFuture[Any]) -> None:
    failed: ThreadingFuture[Any] = ThreadingFuture()
    assert not future.done()
    future.set(1)
    failed.set_exception(raised(OSError("broken")))

    assert future.done()
    assert failed.done()


def test_a_future_says_in_which_state_it_is() -> None:
    pending, done, failed = ThreadingFuture[int](), ThreadingFuture[int](), ThreadingFuture[int]()
    done.set(1)
    failed.set_exception(raised(OSError("broken")))

    assert [repr(one) for one in (pending, done, failed)] == [
        "<typedactors.ThreadingFuture (pending)>",
        "<typedactors.ThreadingFuture (done)>",
        "<typedactors.ThreadingFuture (failed)>",
    ]


@pytest.mark.parametrize("method", ["get", "set", "set_exception", "done"])
def test_the_interface_alone_says_what_to_make_instead(method: str) -> None:
    future: Future[int] = Future()

    with pytest.raises(NotImplementedError, match=rf"Future\.{method}\(\).*ThreadingFuture"):
        getattr(future, method)()


def test_a_get_that_is_interrupted_leaves_the_future_usable(future: ThreadingFuture[Any]) -> None:
    with pytest.raises(Timeout):
        future.get(timeout=0)
    assert listeners_of(future) == []


class TestGetAll:
    def test_returns_the_values_in_the_order_of_the_futures(self) -> None:
        futures = [ThreadingFuture[int]() for _ in range(3)]
        for value in (2, 0, 1):
            futures[value].set(value)

        assert get_all(futures) == [0, 1, 2]
        assert get_all(future for future in futures) == [0, 1, 2]
        assert get_all(futures, timeout=LIMIT) == [0, 1, 2]

    def test_of_none_is_an_empty_list(self) -> None:
        nothing: list[Future[int]] = []

        assert get_all(nothing) == []
        assert get_all(nothing, timeout=0) == []

    def test_raises_the_first_exception_in_the_order_of_the_futures(self) -> None:
        futures = [ThreadingFuture[int]() for _ in range(3)]
        futures[2].set_exception(raised(KeyError("last")))
        futures[1].set_exception(raised(OSError("in the middle")))
        futures[0].set(0)

        with pytest.raises(OSError, match="in the middle"):
            get_all(futures)

    def test_gives_up_after_its_timeout(self) -> None:
        done, pending = ThreadingFuture[int](), ThreadingFuture[int]()
        done.set(1)

        with pytest.raises(Timeout):
            get_all([done, pending], timeout=0.01)
        with pytest.raises(Timeout):
            get_all([pending, done], timeout=0)

    def test_takes_what_is_ready_even_without_any_time(self) -> None:
        futures = [ThreadingFuture[int]() for _ in range(3)]
        for future in futures:
            future.set(1)

        assert get_all(futures, timeout=0) == [1, 1, 1]
