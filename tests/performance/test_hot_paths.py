"""No hot path takes half as much again as it is recorded to take: what doubles one fails here.

Instructions and calls are counted, and no time is measured, so neither the machine nor what else it does matters.
``nox -s budgets`` records anew.
"""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Generator

import pytest

from benchmarks.libraries import OWN, THREADS, Library
from tests.performance import budgets
from tests.performance.counting import Count, count
from tests.performance.operations import IGNORED, NAMES, Operation, operations
from typedactors import ActorRef, ActorRegistry, ThreadingActor

pytestmark = [
    pytest.mark.skipif(sys.version_info < (3, 12), reason="sys.monitoring counts, and is new in Python 3.12"),
    pytest.mark.usefixtures("without_greenlets"),
]

BUDGETS = budgets.load()


@pytest.fixture(autouse=True)
def no_actor_is_left() -> Generator[None]:
    yield
    ActorRegistry.stop_all()


def budget_of(library: Library, name: str) -> list[int]:
    return BUDGETS[budgets.nearest(BUDGETS)][library.name][name]


def counted(library: Library, name: str, change: Callable[[Operation], Operation] = lambda operate: operate) -> Count:
    with operations(library) as found:
        return count(change(found[name]), *IGNORED)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("library", OWN, ids=str)
def test_a_hot_path_keeps_to_its_budget(library: Library, name: str) -> None:
    assert budgets.excess(counted(library, name), budget_of(library, name)) is None


@pytest.mark.skipif(budgets.this_python() not in BUDGETS, reason="nothing is recorded for this Python")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("library", OWN, ids=str)
def test_a_budget_is_not_so_old_that_a_doubled_path_would_be_within_it(library: Library, name: str) -> None:
    found = counted(library, name)
    doubled = Count(2 * found.instructions, 2 * found.calls)
    assert budgets.excess(doubled, budget_of(library, name)) is not None, "record anew: nox -s budgets"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("library", OWN, ids=str)
def test_a_path_that_does_everything_twice_is_found(library: Library, name: str) -> None:
    twice = counted(library, name, lambda operate: lambda number: operate(2 * number))
    assert budgets.excess(twice, budget_of(library, name)) is not None


@pytest.mark.parametrize("name", ["ask", "tell", "call, generated", "get, dynamic", "defer, generated"])
def test_a_slow_mailbox_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # A queue with a lock and conditions in Python, which is the change that costs most and looks harmless.
    def make_queue(runtime: object) -> queue.Queue[object]:
        return queue.Queue()

    monkeypatch.setattr(type(ThreadingActor._typedactors_runtime), "make_queue", make_queue)
    assert budgets.excess(counted(THREADS, name), budget_of(THREADS, name)) is not None


def test_a_slow_sender_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    tell: Callable[..., None] = vars(ActorRef)["tell"]

    def look_first(ref: ActorRef[object], message: object) -> None:
        if ref in ActorRegistry.get_by_class(ref.actor_class):
            tell(ref, message)

    monkeypatch.setattr(ActorRef, "tell", look_first)
    assert budgets.excess(counted(THREADS, "tell"), budget_of(THREADS, "tell")) is not None
