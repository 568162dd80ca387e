"""Any sequence of operations on futures does what a simple model says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.runtime.support import LIMIT, Beside
from typedactors import Future, FutureAlreadySetError, ThreadingFuture, Timeout, get_all

Outcome: TypeAlias = "list[int] | int | type[Exception] | None"
"""A value, what is raised instead of one, or ``None`` while there is neither."""


@dataclass(frozen=True)
class Node:
    """A future and what it is made of, in the test's own words."""

    future: Future[Any]
    outcome: Callable[[], Outcome]


class Source:
    """What a future that somebody sets ought to be.

    Args:
        hooked: whether it has a get hook from its beginning, and so no other result.
    """

    def __init__(self) -> None:
        self.future: ThreadingFuture[Any] = ThreadingFuture()
        self.outcome: Outcome = None

    def settle(self, how: str, values: list[int]) -> None:
        """Set the future in one of the three ways; the second time is refused."""
        if self.outcome is not None:
            with pytest.raises(FutureAlreadySetError):
                self.future.set(values)
            with pytest.raises(FutureAlreadySetError):
                self.future.set_get_hook(lambda _timeout: values)
        elif how == "value":
            self.future.set(values)
            self.outcome = values
        elif how == "hook":
            self.future.set_get_hook(lambda _timeout: values)
            self.outcome = values
        else:
            self.future.set_exception((LookupError, LookupError("set"), None))
            self.outcome = LookupError


def is_positive(item: int) -> bool:
    return item > 0


def total(left: int, right: int) -> int:
    return left + right


def tripled(value: Iterable[int] | int) -> list[int] | int:
    return value * 3 if isinstance(value, int) else [item * 3 for item in value]


def raising(_value: object) -> int:
    raise ValueError("raised by the function")


# Any: of whatever the source gives.
def through(function: Callable[[Any], Outcome], source: Callable[[], Outcome]) -> Callable[[], Outcome]:
    """Return the outcome of a function of another outcome, if that is a value."""

    def outcome() -> Outcome:
        value = source()
        if value is None or isinstance(value, type):
            return value
        return function(value)

    return outcome


# Any: see below.
def only_of_lists(function: Callable[[list[int]], Outcome]) -> Callable[[Any], Outcome]:
    """Return what combinators do with a value that is not iterable: raise ``TypeError``."""

    def outcome(value: list[int] | int) -> Outcome:
        return function(value) if isinstance(value, list) else TypeError

    return outcome


def derive(node: Node, how: str) -> Node:
    """Derive a future, and what it ought to be, from another."""
    match how:
        case "map":
            return Node(node.future.map(tripled), through(tripled, node.outcome))
        case "filter":
            kept = only_of_lists(lambda items: [item for item in items if item > 0])
            return Node(node.future.filter(is_positive), through(kept, node.outcome))
        case "reduce":
            reduced = only_of_lists(lambda items: sum(items) if items else TypeError)
            return Node(node.future.reduce(total), through(reduced, node.outcome))
        case "reduce from 5":
            return Node(
                node.future.reduce(total, 5), through(only_of_lists(lambda items: 5 + sum(items)), node.outcome)
            )
        case "raising":
            return Node(node.future.map(raising), through(lambda _value: ValueError, node.outcome))
        case _:
            raise AssertionError(how)


def join(first: Node, second: Node) -> Node:
    """Join two futures, and put them together again in one list of numbers."""

    def flattened(both: list[Any]) -> list[int]:
        lists: list[list[int]] = [part if isinstance(part, list) else [part] for part in both]
        return [item for part in lists for item in part]

    def outcome() -> Outcome:
        parts: list[Outcome] = [first.outcome(), second.outcome()]
        # Whatever comes first in the order of the futures is what is met.
        for part in parts:
            if part is None or isinstance(part, type):
                return part
        return flattened(parts)

    return Node(first.future.join(second.future).map(flattened), outcome)


def in_another_thread(future: Future[Any]) -> Any:  # of any value
    return Beside(lambda: future.get(timeout=LIMIT)).result()


def awaited(future: Future[Any]) -> Any:  # of any value
    async def main() -> Any:  # the same
        return await future

    return asyncio.run(main())


GETTERS: dict[str, Callable[[Future[Any]], Any]] = {
    "get": lambda future: future.get(),
    "get with timeout": lambda future: future.get(timeout=LIMIT),
    "get without time": lambda future: future.get(timeout=0),
    "get_all": lambda future: get_all([future])[0],
    "get in another thread": in_another_thread,
    "await": awaited,
}


def check(node: Node, getter: str) -> None:
    """Get a future in some way and compare."""
    expected = node.outcome()
    if expected is None:
        assert not node.future.done()
        with pytest.raises(Timeout):
            node.future.get(timeout=0)
    elif isinstance(expected, type):
        with pytest.raises(expected):
            GETTERS[getter](node.future)
    else:
        assert GETTERS[getter](node.future) == expected
        assert node.future.done()


DERIVATIONS = ["map", "filter", "reduce", "reduce from 5", "raising"]
values = st.lists(st.integers(-5, 5), max_size=4)
operations = st.one_of(
    st.tuples(st.just("new")),
    st.tuples(st.just("settle"), st.integers(0), st.sampled_from(["value", "hook", "exception"]), values),
    st.tuples(st.just("derive"), st.integers(0), st.sampled_from(DERIVATIONS)),
    st.tuples(st.just("join"), st.integers(0), st.integers(0)),
    st.tuples(st.just("check"), st.integers(0), st.sampled_from(sorted(GETTERS))),
)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.lists(operations, max_size=25))
def test_any_sequence_does_what_the_model_says(sequence: list[tuple[Any, ...]]) -> None:
    sources: list[Source] = []
    nodes: list[Node] = []

    def add_source() -> None:
        added = Source()
        sources.append(added)
        nodes.append(Node(added.future, lambda: added.outcome))

    def source(number: int) -> Source:
        return sources[number % len(sources)]

    def node(number: int) -> Node:
        return nodes[number % len(nodes)]

    add_source()
    for operation, *arguments in sequence:
        match operation:
            case "new":
                add_source()
            case "settle":
                source(arguments[0]).settle(arguments[1], arguments[2])
            case "derive":
                nodes.append(derive(node(arguments[0]), arguments[1]))
            case "join":
                nodes.append(join(node(arguments[0]), node(arguments[1])))
            case _:
                check(node(arguments[0]), arguments[1])
    for unsettled in sources:
        unsettled.settle("value", [1, 2])
    for number, one in enumerate(nodes):
        check(one, sorted(GETTERS)[number % len(GETTERS)])
