"""Futures that are made from others: map, filter, reduce and join."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Beside, Gate, Gated, Plain, listeners_of, wait_until
from typedactors import DeadlockError, Future, ThreadingActor, ThreadingFuture, Timeout, UnsupportedError


def done(value: Any) -> ThreadingFuture[Any]:  # any value
    future: ThreadingFuture[Any] = ThreadingFuture()
    future.set(value)
    return future


def failed(exception: Exception) -> ThreadingFuture[Any]:  # of any value
    future: ThreadingFuture[Any] = ThreadingFuture()
    future.set_exception((type(exception), exception, None))
    return future


def add(left: Any, right: Any) -> Any:  # any values
    return left + right


def test_map_passes_the_value_through_a_function() -> None:
    assert done(30).map(lambda value: value + 10).get() == 40
    assert done({"foo": "bar"}).map(lambda value: value["foo"]).get() == "bar"


def test_map_takes_an_iterable_as_a_whole() -> None:
    assert done([1, 2]).map(len).get() == 2


def test_filter_keeps_the_items_for_which_the_function_is_true() -> None:
    assert done(range(5, 15)).filter(lambda item: item > 10).get() == [11, 12, 13, 14]


def test_reduce_puts_the_items_together_from_the_left() -> None:
    assert done(["a", "b", "c"]).reduce(add).get() == "abc"
    assert done([8, 4, 1]).reduce(operator.sub).get() == 3


def test_reduce_may_start_from_a_value() -> None:
    assert done([1, 2, 3]).reduce(add, 5).get() == 11
    assert done([]).reduce(add, 5).get() == 5
    assert done([]).reduce(add, None).get() is None


def test_reduce_of_nothing_without_a_start_raises() -> None:
    with pytest.raises(TypeError):
        done([]).reduce(add).get()


@pytest.mark.parametrize("method", ["filter", "reduce"])
def test_what_is_not_iterable_raises_when_it_is_got(method: str) -> None:
    derived: Future[Any] = getattr(done(7), method)(add)

    with pytest.raises(TypeError, match=r"iterable|iteration"):
        derived.get()


def test_join_collects_the_values_in_order() -> None:
    assert done("def").join(done(123), done(False)).get() == ["def", 123, False]
    assert done(1).join().get() == [1]


def test_they_can_be_chained_before_the_value_is_there() -> None:
    future: ThreadingFuture[Any] = ThreadingFuture()
    chained = future.map(list).filter(bool).join(done(1)).map(lambda pair: pair[0]).reduce(add, 100)
    future.set(range(4))

    assert chained.get() == 106


def test_the_original_is_unchanged() -> None:
    future = done([1, 2])
    future.map(len).get()
    future.filter(bool).get()

    assert future.get() == [1, 2]


def test_the_function_runs_once_and_only_when_it_is_asked_for() -> None:
    calls: list[int] = []

    def double(value: int) -> int:
        calls.append(value)
        return value * 2

    mapped = done(4).map(double)
    assert calls == []
    assert [mapped.get(), mapped.get(), mapped.map(lambda value: value).get()] == [8, 8, 8]
    assert calls == [4]
    assert mapped.done()


def test_an_exception_of_the_source_comes_through() -> None:
    source = failed(OSError("broken"))

    for derived in (
        source.map(len),
        source.filter(bool),
        source.reduce(add),
        source.join(done(1)),
        done(1).join(source),
    ):
        with pytest.raises(OSError, match="broken"):
            derived.get()


def test_an_exception_of_the_function_is_final_as_a_value_is() -> None:
    attempts: list[int] = []

    def fail(value: int) -> int:
        attempts.append(value)
        raise ValueError(f"attempt {len(attempts)}")

    derived = done(5).map(fail)
    for one in (derived, derived, derived.map(str)):
        with pytest.raises(ValueError, match="attempt 1"):
            one.get()
    assert derived.done()


class Failing:
    """A function that raises, and counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, *_arguments: object) -> bool:
        self.calls += 1
        raise ValueError(f"attempt {self.calls}")


DERIVATIONS: dict[str, Callable[[Future[Any], Failing], Future[Any]]] = {
    "map": lambda source, fail: source.map(fail),
    "map of map": lambda source, fail: source.map(list).map(fail),
    "filter": lambda source, fail: source.filter(fail),
    "reduce": lambda source, fail: source.reduce(fail),
    "map of join": lambda source, fail: source.join(source).map(fail),
}
derivations = pytest.mark.parametrize("derive", DERIVATIONS.values(), ids=DERIVATIONS.keys())


@derivations
def test_a_function_that_raises_runs_once_though_its_source_was_not_settled_when_it_was_asked_for(
    derive: Callable[[Future[Any], Failing], Future[Any]],
) -> None:
    source: ThreadingFuture[list[int]] = ThreadingFuture()
    fail = Failing()
    derived = derive(source, fail)
    getters = [Beside(lambda: derived.get(timeout=LIMIT)) for _ in range(3)]
    wait_until(lambda: listeners_of(source))
    source.set([1, 2])

    for getter in getters:
        with pytest.raises(ValueError, match="attempt 1"):
            getter.result()
    assert derived.done()
    with pytest.raises(ValueError, match="attempt 1"):
        derived.get(timeout=0)
    assert fail.calls == 1


@derivations
def test_a_function_that_raises_runs_once_of_a_settled_source(
    derive: Callable[[Future[Any], Failing], Future[Any]],
) -> None:
    fail = Failing()
    derived = derive(done([1, 2]), fail)
    for _ in range(2):
        with pytest.raises(ValueError, match="attempt 1"):
            derived.get()

    assert fail.calls == 1


@pytest.mark.parametrize(
    "error", [DeadlockError(("a waits for b",)), Timeout("no result"), UnsupportedError("not here")], ids=repr
)
def test_what_the_function_raises_because_of_who_calls_it_is_not_kept(error: Exception) -> None:
    results: list[Any] = [error, "of another caller"]

    def func(_value: str) -> Any:  # one of the results
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    derived = done("value").map(func)
    with pytest.raises(type(error)) as caught:
        derived.get()

    assert caught.value is error
    assert derived.get() == "of another caller"


@pytest.mark.parametrize("error", [DeadlockError(("a waits for b",)), Timeout("no result")], ids=repr)
def test_what_the_source_was_given_in_place_of_a_value_is_kept_whatever_it_is(error: Exception) -> None:
    source = failed(error)
    derived = source.map(len)
    with pytest.raises(type(error)) as caught:
        derived.get()

    assert caught.value is error
    assert derived.done()


def test_a_circle_that_a_wait_in_the_function_would_close_is_told_to_that_actor_only() -> None:
    class Getter(ThreadingActor):
        def get(self, future: list[Future[str]]) -> str | None:
            try:
                return future[0].get()
            except DeadlockError:
                return None

        def name(self) -> str:
            return "getter"

    getter = Getter.start().proxy()
    derived = done("name: ").map(lambda text: text + getter.name().get())

    assert getter.get([derived]).get(timeout=LIMIT) is None
    assert derived.get(timeout=LIMIT) == "name: getter"


def test_a_hook_that_may_try_again_is_tried_again_by_what_is_derived_from_it() -> None:
    results: list[Any] = [LookupError("not yet"), "in the end"]

    def hook(_timeout: float | None) -> Any:  # one of the results
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    source: ThreadingFuture[str] = ThreadingFuture()
    source.set_get_hook(hook)
    derived = source.map(len)
    with pytest.raises(LookupError, match="not yet"):
        derived.get()

    assert derived.get() == 10


def test_a_timeout_is_never_final_though_the_source_is_settled_meanwhile() -> None:
    class Late(ThreadingFuture[str]):
        """Is settled in the moment after its time ran out."""

        def get(self, *, timeout: float | None = None) -> str:
            try:
                return super().get(timeout=timeout)
            except Timeout:
                self.set("late")
                raise

    derived = Late().map(str.upper)
    with pytest.raises(Timeout):
        derived.get(timeout=0)

    assert derived.get(timeout=0) == "LATE"


@pytest.mark.parametrize("timeout", [0, 0.01])
def test_a_timeout_leaves_the_derived_future_usable(timeout: float) -> None:
    future: ThreadingFuture[Any] = ThreadingFuture()
    derived = [future.map(len), future.filter(bool), future.reduce(add, ""), future.join(done(1))]
    for one in derived:
        with pytest.raises(Timeout):
            one.get(timeout=timeout)
    future.set("ab")

    assert [one.get(timeout=timeout) for one in derived] == [2, ["a", "b"], "ab", ["ab", 1]]


def test_they_work_on_the_futures_of_actors(gate: Gate) -> None:
    ref = Gated.start(gate)
    held: Future[str] = ref.proxy().hold()
    reply: Future[list[int]] = ref.ask([1, 2, 3], block=False)
    derived = reply.map(len).join(held, Plain.start().ask("other", block=False))
    gate.open()

    assert derived.get(timeout=LIMIT) == [3, "held", "other"]


def test_long_chains_work() -> None:
    future: Future[int] = done(0)
    for _ in range(150):
        future = future.map(lambda value: value + 1)

    assert future.get() == 150


def test_a_derived_future_cannot_be_set() -> None:
    derived = done(1).map(lambda value: value)

    with pytest.raises(Exception, match="get hook"):
        derived.set(2)


def test_a_future_of_the_users_own_class_is_derived_from_its_get() -> None:
    class Constant(Future[int]):
        def get(self, *, timeout: float | None = None) -> int:
            return 21

    constant = Constant()

    assert constant.map(lambda value: value * 2).get() == 42
    assert constant.join(done("x")).get() == [21, "x"]
    fail = Failing()
    derived = constant.map(fail)
    for _ in range(2):
        with pytest.raises(ValueError, match="attempt 1"):
            derived.get()
