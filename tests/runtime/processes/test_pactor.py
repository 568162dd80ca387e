"""pactor's API: an instance in a process of its own, its proxy, its queue to itself."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.runtime.support import LIMIT, run_python
from typedactors import ActorDeadError, UnsendableError
from typedactors.pactor import Actor, Proxy

if TYPE_CHECKING:
    from collections.abc import Callable


class Aggregator:
    """Collects what monitors report."""

    def __init__(self) -> None:
        self.values: dict[str, list[int]] = {}

    def notify(self, name: str, *, value: int) -> None:
        self.values.setdefault(name, []).append(value)

    def hold(self, *lists: list[int], gate: Proxy | None = None) -> int:
        for values in lists:
            values.clear()
        return len(lists)

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


def test_the_proxy_has_the_methods_of_the_class_and_nothing_else() -> None:
    aggregator = Actor(Aggregator())
    assert callable(aggregator.proxy.notify)
    assert callable(aggregator.proxy.read)
    with pytest.raises(AttributeError, match="Aggregator has no method 'values'"):
        _ = aggregator.proxy.values


def test_no_one_two_and_more_arguments_arrive_as_copies() -> None:
    aggregator = Actor(Aggregator())
    mine = [1]
    assert aggregator.proxy.hold().get(timeout=LIMIT) == 0
    assert aggregator.proxy.hold(mine).get(timeout=LIMIT) == 1
    assert aggregator.proxy.hold(mine, [2], gate=None).get(timeout=LIMIT) == 2
    assert mine == [1]


def test_what_cannot_be_pickled_is_an_error_at_the_call() -> None:
    aggregator = Actor(Aggregator())
    with pytest.raises(UnsendableError, match="argument 1"):
        aggregator.proxy.hold(threading.Lock())
    assert aggregator.proxy.hold().get(timeout=LIMIT) == 0


PROGRAM = """
from typedactors.pactor import Actor


class Aggregator:
    def __init__(self):
        self.lines = []

    def update_status(self, name, status):
        self.lines.append((name, status))

    def report(self):
        return self.lines


class Monitor:
    def __init__(self, name, aggregator):
        self.name = name
        self.aggregator = aggregator
        self.status = 0

    def read_status(self, limit):
        self.status += 1
        self.aggregator.update_status(self.name, status=self.status)
        if self.status < limit:
            self.enqueue(self.read_status, limit)
        else:
            # What one sender sends arrives in order, so everything has arrived with this answer.
            self.lines = self.aggregator.report().get()

    def own_lines(self):
        return [status for name, status in self.lines if name == self.name]

    def reached(self):
        return self.status


if __name__ == "__main__":
    aggregator = Actor(Aggregator())
    monitors = [Actor(Monitor(name, aggregator.proxy)) for name in ("first", "second")]
    for monitor in monitors:
        monitor.proxy.read_status(3)
    for monitor in monitors:
        while monitor.proxy.reached().get(timeout=30) < 3:
            pass
        print(monitor.proxy.own_lines().get(timeout=30))
    for actor in [*monitors, aggregator]:
        actor.close()
        assert actor.join(30)
    print("closed")
"""


def test_the_example_program_of_monitors_runs(tmp_path: Path) -> None:
    program = tmp_path / "monitors.py"
    program.write_text(PROGRAM, encoding="utf-8")
    assert run_python(str(program)) == ["[1, 2, 3]", "[1, 2, 3]", "closed"]
