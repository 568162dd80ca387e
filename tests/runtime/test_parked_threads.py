"""Threads that wait, when their actor has ended, for the next one."""

from __future__ import annotations

import os
import sys
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from tests.runtime.support import LIMIT, Beside, collect_garbage, run_python, wait_for_end, wait_until
from typedactors import ThreadingActor
from typedactors.runtimes import _parked_threads


class Worker(ThreadingActor):
    local = threading.local()

    def thread(self) -> threading.Thread:
        return threading.current_thread()


class DaemonWorker(Worker):
    use_daemon_thread = True


@pytest.fixture(autouse=True)
def _wait_long(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    _parked_threads.dismiss_idle_threads()
    monkeypatch.setattr(_parked_threads, "IDLE_SECONDS", LIMIT)
    yield
    for thread in _parked_threads.dismiss_idle_threads():
        wait_for_end(thread)


def run_one(actor_class: type[Worker] = Worker) -> threading.Thread:
    """Start and stop an actor; return the thread that it had, which now waits."""
    ref = actor_class.start()
    thread: threading.Thread = ref.proxy().thread().get(timeout=LIMIT)
    ref.stop(timeout=LIMIT)
    wait_until(lambda: thread in [idle.thread for idle in _parked_threads._idle[thread.daemon]])
    return thread


def test_the_next_actor_has_the_thread_of_the_last_one_under_a_name_of_its_own() -> None:
    first = run_one()
    assert first.name == "typedactors-idle"
    ref = Worker.start()

    assert ref.proxy().thread().get(timeout=LIMIT) is first
    assert first.name.startswith("Worker-")


@pytest.mark.parametrize("ending", ["stop", "failure"])
def test_when_the_end_is_answered_no_thread_has_the_actors_name(ending: str) -> None:
    class Ending(Worker):
        def on_receive(self, message: Any) -> Any:  # any message
            raise OSError("told to fail")

    for _ in range(20):
        ref = Ending.start()
        if ending == "failure":
            ref.tell("fail")
        ref.stop(timeout=LIMIT)
        assert [thread.name for thread in threading.enumerate() if thread.name.startswith("Ending")] == []


def test_daemons_and_others_do_not_take_each_others_threads() -> None:
    daemon, other = run_one(DaemonWorker), run_one(Worker)

    assert (daemon.daemon, other.daemon) == (True, False)
    assert DaemonWorker.start().proxy().thread().get(timeout=LIMIT) is daemon
    assert Worker.start().proxy().thread().get(timeout=LIMIT) is other


def test_a_thread_that_waits_keeps_nothing_of_its_actor_alive() -> None:
    class Message:
        pass

    class Keeper(Worker):
        def on_receive(self, message: Any) -> Any:  # any message
            return message

    ref = Keeper.start()
    message = Message()
    freed = weakref.ref(message), ref._actor_weakref
    assert ref.ask(message, timeout=LIMIT) is message
    ref.stop(timeout=LIMIT)
    wait_until(lambda: _parked_threads._idle[False])
    del message
    collect_garbage()

    wait_until(lambda: all(reference() is None for reference in freed))


def test_a_thread_leaves_when_it_has_waited_long_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_parked_threads, "IDLE_SECONDS", 0.001)
    ref = Worker.start()
    thread: threading.Thread = ref.proxy().thread().get(timeout=LIMIT)
    ref.stop(timeout=LIMIT)

    wait_for_end(thread)
    assert _parked_threads._idle[False] == []


def test_starts_that_race_the_leaving_of_threads_all_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_parked_threads, "IDLE_SECONDS", 0.00001)

    def start_and_stop() -> int:
        return sum(Worker.start().stop(timeout=LIMIT) for _ in range(100))

    assert [beside.result() for beside in [Beside(start_and_stop) for _ in range(3)]] == [100] * 3


def test_no_more_threads_wait_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_parked_threads, "MAXIMUM_IDLE", 1)
    refs = [Worker.start() for _ in range(3)]
    threads: list[threading.Thread] = [ref.proxy().thread().get(timeout=LIMIT) for ref in refs]
    for ref in refs:
        ref.stop(timeout=LIMIT)
        wait_until(lambda: _parked_threads._idle[False])

    wait_until(lambda: sum(thread.is_alive() for thread in threads) == 1)


def test_a_program_ends_at_once_though_threads_wait() -> None:
    program = """
import threading
import typedactors.runtimes._parked_threads as parked
parked.IDLE_SECONDS = 1000
import typedactors
class Worker(typedactors.ThreadingActor):
    pass
class Daemon(Worker):
    use_daemon_thread = True
Worker.start().stop()
Daemon.start().stop()
last = Worker.start()  # ends when the interpreter is already waiting for the others
def stop_last():
    threading.main_thread().join()
    last.stop()
    print("ended", flush=True)
threading.Thread(target=stop_last).start()
"""

    assert run_python("-c", program) == ["ended"]


@pytest.mark.skipif((3, 12) <= sys.version_info < (3, 12, 2), reason="Python starts no more threads by then")
def test_the_first_actor_may_start_when_the_main_thread_has_ended() -> None:
    program = """
import threading
import typedactors
def begin_late():
    threading.main_thread().join()
    class Echo(typedactors.ThreadingActor):
        def on_receive(self, message):
            return message
    typedactors.runtimes._parked_threads.IDLE_SECONDS = 1000  # for which no ended actor's thread waits any more
    ref = Echo.start()
    print(ref.ask("answer", timeout=20), flush=True)
    ref.stop()
threading.Thread(target=begin_late).start()
"""

    assert run_python("-c", program) == ["answer"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_a_forked_child_starts_threads_of_its_own() -> None:
    program = """
import os, warnings, typedactors
from typedactors.runtimes import _parked_threads
warnings.simplefilter("ignore", DeprecationWarning)  # of a fork where there are threads
_parked_threads.IDLE_SECONDS = 1000
class Echo(typedactors.ThreadingActor):
    def on_receive(self, message):
        return message
Echo.start().stop()
while not _parked_threads._idle[False]:
    pass
child = os.fork()
if child == 0:
    ref = Echo.start()
    answer = ref.ask("answer", timeout=20)
    ref.stop()
    os._exit(0 if answer == "answer" else 1)
print(os.waitpid(child, 0)[1])
"""

    assert run_python("-c", program) == ["0"]
