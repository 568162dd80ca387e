"""Actors in greenlets with and without monkey patching, and beside others.

Each program runs in a process of its own: patching cannot be undone, and a hub cannot be had without its thread.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runtime.support import run_python

LIBRARIES = ["gevent", "eventlet"]
PATCH = {
    "gevent": "from gevent import monkey; monkey.patch_all()",
    "eventlet": "import eventlet; eventlet.monkey_patch()",
}
every_library = pytest.mark.parametrize("library", LIBRARIES)
patched_or_not = pytest.mark.parametrize("patched", [False, True], ids=["plain", "patched"])

pytestmark = pytest.mark.timeout(120)


def run(folder: Path, library: str, program: str, *, patched: bool = False) -> list[str]:
    """Run a program in which ``library`` and ``runtime`` are modules; return the lines that it prints."""
    head = [PATCH[library]] if patched else []
    head += [f"import {library} as library", f"import typedactors.{library} as runtime"]
    return run_program(folder, "\n".join([*head, program]))


def run_program(folder: Path, program: str) -> list[str]:
    """Run a program; return the lines that it prints."""
    file = folder / "program.py"
    file.write_text(program, encoding="utf-8")
    return run_python("-W", "ignore", str(file))  # eventlet warns that it is deprecated


ACTORS = """
import typedactors.process
from typedactors import ActorRegistry, ThreadingActor, ThreadingFuture, Timeout, UnsupportedError


class Counter(ThreadingActor):
    def __init__(self):
        super().__init__()
        self.count = 0

    def add(self, times=1):
        self.count += times
        return self.count

    def add_to(self, other, times):
        return other.proxy().add(times).get()


class Gate(ThreadingActor):
    def __init__(self, opened):
        super().__init__()
        self.opened = opened

    def on_receive(self, message):
        return self.opened.get(timeout=50)

"""

BESIDE_OTHERS = (
    ACTORS
    + """
if __name__ == "__main__":
    mine, thread = runtime.start(Counter), Counter.start()
    print(mine.proxy().add().get(timeout=50), mine.proxy().add(times=2).get())
    print(thread.proxy().add_to(mine, 10).get(), mine.proxy().add_to(thread, 5).get())

    opened = ThreadingFuture()
    answer = Gate.start(opened).ask("pass", block=False)
    try:
        answer.get(timeout=0.01)
    except Timeout:
        print("timeout")
    opened.set("open")
    print(answer.get())

    try:
        process = typedactors.process.start(Counter)
        print(process.proxy().add_to(mine, 10).get(), mine.proxy().add_to(process, 5).get())
    except UnsupportedError as error:
        print(error)
    print(all(ActorRegistry.stop_all()))
"""
)


@patched_or_not
@every_library
def test_actors_of_all_runtimes_beside_greenlets(library: str, patched: bool, tmp_path: Path) -> None:
    *lines, of_processes, stopped = run(tmp_path, library, BESIDE_OTHERS, patched=patched)
    assert lines == ["1 3", "13 5", "timeout", "open"]
    assert stopped == "True"
    if patched:
        assert of_processes.startswith(f"process actors cannot be started in a program that {library} has monkey")
    else:
        assert of_processes == "23 5"


# A greenlet lets the actor go, after so many switches: impossible if the greenlet that waits blocked the hub.
HELD = (
    ACTORS
    + """
SWITCHES = 50


def open_after_switches(opened):
    for number in range(SWITCHES):
        library.sleep(0)
    opened.set(SWITCHES)


class Held(ThreadingActor):
    def pass_through(self, gate):
        return gate.ask("pass")


if __name__ == "__main__":
    for start in (Held.start, *(() if PATCHED else (lambda: typedactors.process.start(Held),))):
        opened = ThreadingFuture()
        answer = start().proxy().pass_through(Gate.start(opened))
        library.spawn(open_after_switches, opened)
        print(answer.get())
    ActorRegistry.stop_all()
"""
)


@patched_or_not
@every_library
def test_a_greenlet_that_waits_for_another_runtime_lets_its_hub_run(
    library: str, patched: bool, tmp_path: Path
) -> None:
    program = f"PATCHED = {patched}\n" + HELD
    assert run(tmp_path, library, program, patched=patched) == ["50"] * (1 if patched else 2)


GEVENT_FUTURE = """
from gevent.event import AsyncResult
from typedactors.gevent import GeventFuture

future = GeventFuture()
result = future.async_result
future.set(1)
print(result.get(timeout=50), future.async_result is result)

result = AsyncResult()
future = GeventFuture(result)
result.set(2)
print(future.get(timeout=50), future.get(50))

failed = GeventFuture()
result = failed.async_result
failed.set_exception((LookupError, LookupError("of the future"), None))
try:
    result.get(timeout=50)
except LookupError as error:
    print(error)

result = AsyncResult()
failed = GeventFuture(result)
result.set_exception(LookupError("of the result"))
try:
    failed.get(timeout=50)
except LookupError as error:
    print(error)
"""


def test_a_gevent_future_and_its_async_result_settle_each_other(tmp_path: Path) -> None:
    assert run(tmp_path, "gevent", GEVENT_FUTURE) == ["1 True", "2 2", "of the future", "of the result"]


EVENTLET_EVENT = """
from typedactors.eventlet import EventletEvent

event = EventletEvent()
print(event.is_set(), event.wait(0.01))
waiting = library.spawn(event.wait)
library.sleep(0)
event.set()
event.set()
print(waiting.wait(), event.is_set(), event.isSet(), event.wait())
event.clear()
event.clear()
print(event.is_set())
"""


def test_an_eventlet_event_is_used_as_one_of_threading(tmp_path: Path) -> None:
    assert run(tmp_path, "eventlet", EVENTLET_EVENT) == ["False False", "True True True True", "False"]
