"""pactor's API: an instance in a process of its own, its proxy, its queue to itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.runtime.support import LIMIT
from typedactors import ActorDeadError
from typedactors.pactor import Actor, Proxy

if TYPE_CHECKING:
    from collections.abc import Callable


class Aggregator:
    """Collects what monitors report."""

    def __init__(self) -> None:
        self.values: dict[str, list[int]] = {}

    def notify(self, name: str, *, value: int) -> None:
        self.values.setdefault(name, []).append(value)

    def read(self) -> dict[str, list[int]]:
        return self.values


class Monitor:
    """Reports to an aggregator, and has itself called again."""

    enqueue: Callable[..., None]

    def __init__(self, name: str, aggregator: Proxy) -> None:
        self.name = name
        self.aggregator = aggregator
        self.process_id = 0

    def report(self, value: int) -> int:
        self.aggregator.notify(self.name, value=value).get(timeout=LIMIT)
        return os.getpid()

    def report_later(self, *values: int) -> None:
        for value in values:
            self.enqueue(self.report, value=value)

    def fail(self) -> None:
        raise ZeroDivisionError(self.name)


def test_an_instance_moves_to_a_process_and_its_methods_are_called_there() -> None:
    aggregator = Actor(Aggregator())
    monitor = Actor(Monitor("robot", aggregator.proxy))

    assert monitor.proxy.report(3).get(timeout=LIMIT) != os.getpid()
    monitor.close()
    assert monitor.join(LIMIT)

    assert aggregator.proxy.read().get(timeout=LIMIT) == {"robot": [3]}
    aggregator.close()
    assert aggregator.join(LIMIT)


def test_what_is_enqueued_is_handled_in_order_and_before_the_end() -> None:
    aggregator = Actor(Aggregator())
    monitor = Actor(Monitor("robot", aggregator.proxy))
    monitor.proxy.report_later(1, 2, 3).get(timeout=LIMIT)
    monitor.close()
    assert monitor.join(LIMIT)

    assert aggregator.proxy.read().get(timeout=LIMIT) == {"robot": [1, 2, 3]}


def test_the_starter_can_enqueue_too() -> None:
    instance: Any = Aggregator()
    aggregator = Actor(instance)
    instance.enqueue(instance.notify, "here", value=1)

    assert aggregator.proxy.read().get(timeout=LIMIT) == {"here": [1]}


def test_exceptions_come_back_and_unknown_methods_are_errors_at_once() -> None:
    monitor = Actor(Monitor("robot", Actor(Aggregator()).proxy))

    with pytest.raises(ZeroDivisionError, match="robot"):
        monitor.proxy.fail().get(timeout=LIMIT)
    with pytest.raises(AttributeError, match="Monitor has no method 'reprot'"):
        monitor.proxy.reprot()
    assert "report" in dir(monitor.proxy)


def test_a_closed_actor_answers_no_more() -> None:
    aggregator = Actor(Aggregator())
    assert not aggregator.join(0.0)
    aggregator.close()
    assert aggregator.join(LIMIT)
    with pytest.raises(ActorDeadError):
        aggregator.proxy.read().get(timeout=LIMIT)
    aggregator.close()
