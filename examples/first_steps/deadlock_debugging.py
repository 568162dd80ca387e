"""What happens when actors wait for each other, and what to do when a program hangs all the same.

Two actors that wait for each other get a `DeadlockError`, at once, which names who waits for whom.
An actor that waits for something else, such as an event that never comes, cannot be found out. For
that there is ``log_thread_tracebacks``: on ``kill -SIGUSR1`` the program logs where each of its
threads is, and goes on. (Windows has no such signal.)
"""

from __future__ import annotations

import logging
import os
import signal
import threading

from typedactors import ActorRegistry, DeadlockError, ThreadingActor, get_all
from typedactors.debug import log_thread_tracebacks

from proxies import DeadlockActorAProxy, DeadlockActorBProxy, WaiterProxy


class DeadlockActorA(ThreadingActor):
    """Waits for B."""

    def foo(self, b: DeadlockActorBProxy) -> str:
        """Return what ``b.bar()`` returns."""
        logging.debug("foo calls bar and waits")
        return b.bar().get()


class DeadlockActorB(ThreadingActor):
    """Needs A, even while A waits for it."""

    def __init__(self, a: DeadlockActorAProxy) -> None:
        super().__init__()
        self._a = a
        self._myself = self.actor_ref.proxy(DeadlockActorBProxy)

    def bar(self) -> str:
        """Return what ``a.foo()`` returns; but A is busy in ``foo``, waiting for this very method."""
        logging.debug("bar calls foo and waits: this closes the circle")
        return self._a.foo(self._myself).get()


class Waiter(ThreadingActor):
    """Waits for something that is no actor's promise."""

    def wait_for(self, event: threading.Event) -> str:
        """Return when the event is set."""
        logging.debug("wait_for waits, and no deadlock detector can know for whom")
        event.wait()
        return "the event came"


def main() -> None:
    print("Logging goes to the standard error stream")
    logging.basicConfig(level=logging.DEBUG)

    print("Installing the signal handlers")
    end = threading.Event()
    signal.signal(signal.SIGUSR1, log_thread_tracebacks)
    signal.signal(signal.SIGTERM, lambda _signal, _frame: end.set())

    print("Starting two actors that will wait for each other")
    a = DeadlockActorA.start().proxy(DeadlockActorAProxy)
    b = DeadlockActorB.start(a).proxy(DeadlockActorBProxy)
    try:
        a.foo(b).get()
    except DeadlockError as error:
        print("Got a DeadlockError:")
        for step in error.steps:
            print(f"  {step}")
    answers = get_all([a.actor_urn, b.actor_urn])
    print(f"Neither actor hangs: {len(answers)} of 2 answer")

    print("Starting an actor that waits for something else")
    event = threading.Event()
    answer = Waiter.start().proxy(WaiterProxy).wait_for(event)

    print(f"1) kill -SIGUSR1 {os.getpid()}   logs where each thread is")
    print(f"2) kill {os.getpid()}            ends the program", flush=True)
    end.wait()

    event.set()
    print(f"The waiter says: {answer.get()}")
    ActorRegistry.stop_all()


if __name__ == "__main__":
    main()
