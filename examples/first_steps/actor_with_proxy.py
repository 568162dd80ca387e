"""An actor with a proxy: calls, reads and assignments give futures and do not wait."""

from __future__ import annotations

import threading

from typedactors import ThreadingActor

from proxies import AnActorProxy


class AnActor(ThreadingActor):
    """Has a field, a method that only does something, and one that returns something."""

    field: str = "the value that the class gave to field"

    def proc(self) -> None:
        """Print a line."""
        log("this is proc()")

    def func(self) -> str:
        """Return a text, after some work."""
        primes = sum(all(number % divisor for divisor in range(2, number)) for number in range(2, 1_000))
        return f"the result of func(), which has found {primes} primes"


def log(message: str) -> None:
    """Print a message with the name of the thread that prints it."""
    # In one piece, because two threads may print at the same time.
    print(f"{threading.current_thread().name}: {message}\n", end="")


def main() -> None:
    actor = AnActor.start().proxy(AnActorProxy)
    for _ in range(3):
        log("calling proc()")
        actor.proc()

        log("calling func()")
        result = actor.func()  # a Future[str], at once
        log("waiting for the result")
        log(result.get())

        log("reading field")
        value = actor.field  # a Future[str], too
        log("waiting for the value")
        log(value.get())

        log("writing field")
        actor.field = "a new value"
        value = actor.field
        log("waiting for the new value")
        log(value.get())
    actor.stop()


if __name__ == "__main__":
    main()
