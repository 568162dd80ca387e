"""Programs with pooled actors: when they end, and what is left in a forked one."""

from __future__ import annotations

import sys

import pytest

from tests.runtime.support import run_python

PROGRAM = """
import sys, threading, typedactors

class Worker(typedactors.PooledActor):
    use_daemon_thread = {daemon}
    def on_receive(self, message):
        return message
    def on_stop(self):
        sys.stdout.write("on_stop ran\\n")

ref = Worker.start()
ref.ask("begin", timeout=20)

def ask_at_the_end():
    threading.main_thread().join()
    sys.stdout.write(ref.ask("answered after the end of the main thread", timeout=20) + "\\n")
    {last}

threading.Thread(target=ask_at_the_end, daemon={helper_is_daemon}).start()
"""


@pytest.mark.parametrize(
    ("daemon", "last", "helper_is_daemon", "printed"),
    [
        (True, "pass", False, ["answered after the end of the main thread"]),
        (True, "ref.stop()", False, ["answered after the end of the main thread", "on_stop ran"]),
        # Nothing but the actor keeps this one alive.
        (False, "ref.stop(timeout=20)", True, ["answered after the end of the main thread", "on_stop ran"]),
    ],
)
def test_a_program_ends_when_no_actor_is_left_that_is_no_daemon(
    daemon: bool, last: str, helper_is_daemon: bool, printed: list[str]
) -> None:
    program = PROGRAM.format(daemon=daemon, last=last, helper_is_daemon=helper_is_daemon)

    assert run_python("-c", program) == printed


def test_a_program_without_live_actors_ends() -> None:
    program = "import typedactors\nclass A(typedactors.PooledActor): pass\nA.start().stop()\nprint('end')"

    assert run_python("-c", program) == ["end"]


FORK = """
import os, sys, warnings, typedactors
warnings.simplefilter("ignore")

class Worker(typedactors.PooledActor):
    def on_receive(self, message):
        return message

parent = Worker.start()
assert parent.ask("in the parent", timeout=20)
child = os.fork()
ref = Worker.start()
assert ref.ask("a worker", timeout=20) == "a worker"
assert ref.ask("the caller") == "the caller"
ref.stop()
if child:
    assert os.waitpid(child, 0)[1] == 0
    assert parent.ask("still there", timeout=20) == "still there"
    parent.stop()
    sys.stdout.write("both\\n")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_a_forked_process_has_a_pool_of_its_own() -> None:
    assert run_python("-c", FORK) == ["both"]
