"""A process that is forked while actors run: the child has none, says so, and may start its own."""

from __future__ import annotations

import os
from textwrap import dedent, indent

import pytest

from tests.runtime.support import run_python

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

PROGRAM = """
import asyncio, logging, os, sys, threading, warnings
from typedactors import (
    ActorDeadError, ActorRegistry, PooledActor, ThreadingActor, ThreadingFuture, debug, get_all
)

warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 and newer warn of a fork beside threads
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(name)s %(message)s")

class Held(Base):
    def __init__(self):
        super().__init__()
        self.entered, self.gate = threading.Event(), threading.Event()
    def hold(self):
        self.entered.set()
        self.gate.wait()
        return "held"
    def on_receive(self, message):
        return message

def refused(function):
    try:
        function()
    except ActorDeadError as error:
        assert f"it runs in the process {os.getppid()}, from which this one was forked" in str(error), error
        return True
    return False

def fork(function, *arguments):
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            function(*arguments)
            status = 0
        except BaseException:
            logging.exception("in the child")
        finally:
            sys.stdout.flush()
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
"""


kinds = pytest.mark.parametrize("kind", ["ThreadingActor", "PooledActor"])


def run(kind: str, *parts: str) -> list[str]:
    """Run a program that begins with the above and goes on with ``parts``; return the lines that it printed."""
    return run_python("-c", PROGRAM.replace("Base", kind) + "".join(map(dedent, parts)))


BEHAVIOURS = {
    "the registry is empty": "assert ActorRegistry.get_all() == [] and ActorRegistry.stop_all() == []",
    "refs are dead": "assert not busy.is_alive() and not idle.is_alive() and idle.actor_stopped.wait(0)",
    "a tell is refused": "assert refused(lambda: idle.tell('message'))",
    "an ask is refused": "assert refused(lambda: idle.ask('message'))",
    "a call is refused": "assert refused(lambda: proxy.hold().get())",
    "a call without an answer is refused": "assert refused(lambda: proxy.hold.defer())",
    "a stop finds nothing to stop": "assert idle.stop() is False and busy.stop() is False",
    "an answer that was being made does not come": "assert refused(held.get) and refused(lambda: held.get(timeout=9))",
    "an answer that was waited for in line does not come": "assert refused(lambda: asked.map(str).get())",
    "an await does not hang": "assert refused(lambda: asyncio.run(await_future(held)))",
    "an answer that was there is there": "assert answered.get() == 'answer'",
    "nobody waits": "assert str(debug.wait_for_graph()) == '0 actors, 0 waiting for an answer'",
    "a future of one's own": "f = ThreadingFuture(); f.set(1); assert f.map(str).get() == '1'",
    "own actors run": "r = Held.start(); assert r.ask('hello') == 'hello' and r.proxy().stop().get() is None",
    "own actors are registered": "r = Held.start(); assert ActorRegistry.stop_all() == [True] and not r.is_alive()",
    "a child of the child": "r = Held.start(); assert fork(lambda: r.is_alive() and 1 / 0) == 0 and r.stop()",
}


@kinds
def test_in_the_child_there_are_no_actors(kind: str) -> None:
    """Each behaviour is looked at in a child of its own, forked in the middle of an actor's handler."""
    children = "".join(
        f"def child():\n{indent(code, '    ')}\nstatuses[{name!r}] = fork(child)\n" for name, code in BEHAVIOURS.items()
    )
    printed = run(
        kind,
        """
        async def await_future(future):
            return await future

        busy, idle = Held.start(), Held.start()
        proxy = idle.proxy()
        answered = idle.ask("answer", block=False)
        assert answered.get() == "answer"
        held, asked = busy.proxy().hold(), busy.ask("in line", block=False)
        busy.tell("told before the fork")
        busy._actor_weakref().entered.wait()
        statuses = {}
        """,
        children,
        """
        print(statuses)
        # The parent has noticed nothing.
        busy._actor_weakref().gate.set()
        print(held.get(), asked.get(), idle.ask("alive"), ActorRegistry.stop_all())
        """,
    )

    assert printed == [str(dict.fromkeys(BEHAVIOURS, 0)), "held in line alive [True, True]"]


def test_an_actor_that_forks_ends_in_the_child_with_its_handler() -> None:
    printed = run(
        "ThreadingActor",
        """
        class Forking(Held):
            def fork(self):
                return os.fork()
            def on_stop(self):
                print("on_stop in", "the parent" if os.getpid() == parent else "the child", flush=True)

        parent = os.getpid()
        ref = Forking.start()
        child = ref.proxy().fork().get()
        print("the child ended with", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        print(ref.ask("alive"), ref.stop(), flush=True)
        """,
    )

    assert printed == ["the child ended with 0", "alive True", "on_stop in the parent"] or printed == [
        "the child ended with 0",
        "on_stop in the parent",
        "alive True",
    ]


@kinds
def test_actors_and_multiprocessing_go_together(kind: str) -> None:
    """A pool of forked processes works beside actors, and its workers may have actors of their own."""
    printed = run(
        kind,
        """
        import multiprocessing

        def work(number):
            ref = Held.start()
            try:
                return ref.ask(number * 2), len(ActorRegistry.get_all())
            finally:
                ref.stop()

        others = [Held.start() for _ in range(3)]
        with multiprocessing.get_context("fork").Pool(2) as pool:
            print(pool.map(work, range(4)))
        print(ActorRegistry.stop_all())
        """,
    )

    assert printed == ["[(0, 1), (2, 1), (4, 1), (6, 1)]", "[True, True, True]"]


@kinds
def test_forks_while_actors_start_stop_and_talk(kind: str) -> None:
    """A lock of the runtime's that another thread holds at the moment of the fork does not hold up the child."""
    printed = run(
        kind,
        """
        def churn():
            while not over.is_set():
                ref = Held.start()
                ref.proxy().on_receive("x").map(str).get()
                ref.stop()

        def child():
            assert ActorRegistry.get_all() == []
            ref = Held.start()
            assert ref.ask("hello") == "hello" and ref.stop()

        over = threading.Event()
        threads = [threading.Thread(target=churn) for _ in range(3)]
        sys.setswitchinterval(1e-5)
        for thread in threads:
            thread.start()
        print([fork(child) for _ in range(40)] == [0] * 40)
        over.set()
        for thread in threads:
            thread.join()
        """,
    )

    assert printed == ["True"]
