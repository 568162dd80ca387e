"""The threads of actors: their names, the daemon flag, and the end of the program."""

from __future__ import annotations

import re
import threading

import pytest

from tests.runtime.support import LIMIT, run_python
from typedactors import ThreadingActor


class Worker(ThreadingActor):
    def thread(self) -> threading.Thread:
        return threading.current_thread()

    def start_other(self) -> threading.Thread:
        thread: threading.Thread = Worker.start().proxy().thread().get(timeout=LIMIT)
        return thread


class DaemonWorker(Worker):
    use_daemon_thread = True


def test_each_actor_has_a_thread_of_its_own_named_after_its_class() -> None:
    threads = [Worker.start().proxy().thread().get(timeout=LIMIT) for _ in range(3)]

    assert len(set(threads)) == 3
    assert len({thread.name for thread in threads}) == 3
    assert all(re.fullmatch(r"Worker-\d+", thread.name) for thread in threads)


def test_an_actors_thread_is_no_daemon_unless_its_class_says_so() -> None:
    assert Worker.start().proxy().thread().get(timeout=LIMIT).daemon is False
    assert DaemonWorker.start().proxy().thread().get(timeout=LIMIT).daemon is True


def test_the_flag_is_not_inherited_from_the_actor_that_starts_another() -> None:
    assert DaemonWorker.start().proxy().start_other().get(timeout=LIMIT).daemon is False


def test_the_flag_is_looked_at_when_the_actor_starts() -> None:
    class Late(Worker):
        def __init__(self) -> None:
            super().__init__()
            self.use_daemon_thread = True  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  # as Pykka programs may

    assert Late.start().proxy().thread().get(timeout=LIMIT).daemon is True


PROGRAM = """
import threading, typedactors

class Worker(typedactors.ThreadingActor):
    use_daemon_thread = {daemon}
    def on_receive(self, message):
        return message
    def on_stop(self):
        print("on_stop ran", flush=True)

ref = Worker.start()

def ask_at_the_end():
    threading.main_thread().join()
    print(ref.ask("answered after the end of the main thread"), flush=True)
    {last}

threading.Thread(target=ask_at_the_end).start()
"""


@pytest.mark.parametrize(
    ("daemon", "last", "printed"),
    [
        (True, "pass", ["answered after the end of the main thread"]),
        (True, "ref.stop()", ["answered after the end of the main thread", "on_stop ran"]),
        (False, "ref.stop()", ["answered after the end of the main thread", "on_stop ran"]),
    ],
)
def test_asks_are_answered_until_the_interpreter_exits(daemon: bool, last: str, printed: list[str]) -> None:
    program = PROGRAM.format(daemon=daemon, last=last)

    assert run_python("-c", program) == printed


def test_a_system_exit_in_an_actor_lets_the_program_end() -> None:
    program = """
import sys
import typedactors

class Quitter(typedactors.ThreadingActor):
    def quit(self):
        raise SystemExit(3)

class Other(typedactors.ThreadingActor):
    def on_stop(self):
        sys.stdout.write("the other was stopped\\n")

Other.start()
try:
    Quitter.start().proxy().quit().get()
except SystemExit as exit:
    sys.stdout.write(f"the asker got {exit!r}\\n")
"""

    assert sorted(run_python("-c", program)) == ["the asker got SystemExit(3)", "the other was stopped"]
