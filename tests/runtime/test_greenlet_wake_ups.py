"""Greenlets of one hub that wake each other: in turn with the rest of the hub's work, and each wake-up arrives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runtime.test_greenlets import ACTORS, every_library, patched_or_not, run

pytestmark = pytest.mark.timeout(120)

# Two that ask each other for ever, and a third one that only yields.
ENDLESS = (
    ACTORS
    + """
SWITCHES = 20
ended = []


def ask_for_ever(ref):
    while not ended:
        ref.ask("nothing")


class Silent(ThreadingActor):
    def on_receive(self, message):
        return None


if __name__ == "__main__":
    askers = [library.spawn(ask_for_ever, runtime.start(Silent)) for _ in range(3)]
    for number in range(SWITCHES):
        library.sleep(0)
    library.sleep(0.001)
    ended.append(True)
    ActorRegistry.stop_all()
    print("the others had their turns")
"""
)


@every_library
def test_greenlets_that_ask_without_end_leave_the_hub_its_turns(library: str, tmp_path: Path) -> None:
    assert run(tmp_path, library, ENDLESS) == ["the others had their turns"]


# More are woken at once than the hub resumes in one call.
CROWD = (
    ACTORS
    + """
WAITING = 500

if __name__ == "__main__":
    opened = ThreadingFuture()
    woken = []

    def wait():
        woken.append(opened.get())

    for _ in range(WAITING):
        library.spawn(wait)
    library.sleep(0)
    opened.set("open")
    gate = runtime.start(Gate, opened)
    print(gate.ask("pass", timeout=50), len(woken))
    ActorRegistry.stop_all()
"""
)


@every_library
def test_a_crowd_is_woken_whole(library: str, tmp_path: Path) -> None:
    assert run(tmp_path, library, CROWD) == ["open 500"]


# A bare greenlet whose exception nobody catches hands it to the hub, in the midst of the wake-ups.
UNCAUGHT = (
    ACTORS
    + """
import sys

import greenlet

if __name__ == "__main__":
    ThreadingFuture().done()
    library.sleep(0)
    opened = ThreadingFuture()
    woken = []

    def fail():
        opened.get()
        raise LookupError("nobody catches it")

    def wait():
        woken.append(opened.get())

    hub = HUB()
    sys.stderr = open("/dev/null", "w")  # where the hub reports it
    bare = greenlet.greenlet(fail, parent=hub)
    library.spawn(bare.switch)
    for _ in range(5):
        library.spawn(wait)
    library.sleep(0)
    opened.set("open")
    while len(woken) < 5:
        library.sleep(0)
    print(bare.dead, len(woken), runtime.start(Counter).proxy().add().get(timeout=50))
    ActorRegistry.stop_all()
"""
)
HUBS = {
    "gevent": "import gevent\nHUB = gevent.get_hub",
    "eventlet": "import eventlet.hubs\nHUB = lambda: eventlet.hubs.get_hub().greenlet",
}


@every_library
def test_an_exception_that_reaches_the_hub_loses_no_wake_up(library: str, tmp_path: Path) -> None:
    assert run(tmp_path, library, f"{HUBS[library]}\n{UNCAUGHT}") == ["True 5 1"]


# A signal handler raises just before the hub is to be called, or just after that.
INTERRUPTED = (
    ACTORS
    + """
from typedactors.runtimes.greenlets import Waker


class HandlerError(Exception):
    pass


if __name__ == "__main__":
    for comes_before in (True, False):
        opened = ThreadingFuture()
        woken = []
        for _ in range(3):
            library.spawn(lambda: woken.append(opened.get()))
        library.sleep(0)
        (waker_class,) = Waker.__subclasses__()
        call_soon = waker_class.call_soon

        def interrupted(waker, call):
            waker_class.call_soon = call_soon
            if not comes_before:
                waker.call_soon(call)
            raise HandlerError

        waker_class.call_soon = interrupted
        try:
            opened.set("open")
        except HandlerError:
            print("interrupted")
        while len(woken) < 3:
            library.sleep(0)
    print(runtime.start(Counter).proxy().add().get(timeout=50))
    ActorRegistry.stop_all()
"""
)


@every_library
def test_a_handler_that_raises_while_the_hub_is_called_loses_no_wake_up(library: str, tmp_path: Path) -> None:
    assert run(tmp_path, library, INTERRUPTED) == ["interrupted", "interrupted", "1"]


# A wake-up comes from another thread and from a signal handler, while the hub has nothing else to do.
FROM_OUTSIDE = (
    ACTORS
    + """
import os
import signal

if __name__ == "__main__":
    for times in range(100):
        from_handler, from_thread = ThreadingFuture(), ThreadingFuture()
        signal.signal(signal.SIGUSR1, lambda number, frame: from_handler.set("handler"))

        class Outside(ThreadingActor):
            def on_receive(self, message):
                os.kill(os.getpid(), signal.SIGUSR1)
                from_thread.set("thread")

        outside = Outside.start()
        waiting = library.spawn(from_handler.get)
        library.sleep(0)
        outside.tell("now")
        answers = {from_thread.get(), from_handler.get()}
        outside.stop()
    print(sorted(answers))
"""
)


@patched_or_not
@every_library
def test_wake_ups_come_from_other_threads_and_signal_handlers(library: str, patched: bool, tmp_path: Path) -> None:
    assert run(tmp_path, library, FROM_OUTSIDE, patched=patched) == ["['handler', 'thread']"]


NEW_HUB = (
    ACTORS
    + """
if __name__ == "__main__":
    thread = Counter.start().proxy()
    idle = runtime.start(Counter)
    print(idle.proxy().add().get(), thread.add().get())
    library.get_hub().destroy(destroy_loop=True)
    print(thread.add().get(), runtime.start(Counter).proxy().add().get(), thread.add().get(timeout=50))
    thread.actor_ref.stop()
"""
)


def test_a_thread_that_gets_a_new_hub_goes_on_with_it(tmp_path: Path) -> None:
    assert run(tmp_path, "gevent", NEW_HUB) == ["1 1", "2 1 3"]
