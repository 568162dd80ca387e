"""The actors that the tests of processes start; importable, because the new process imports them."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

from typedactors import ActorProxy, ActorRef, ThreadingActor, traversable
from typedactors.process import ProcessActor
from typedactors.typing import ActorMemberMixin, proxy_field, proxy_method, proxy_node


class CustomError(Exception):
    """An exception that pickle takes apart but cannot put together again."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code}: {text}")


class Motor:
    """A part of a counter."""

    speed = 1

    def run(self, by: int) -> int:
        self.speed += by
        return self.speed


class Listener(ThreadingActor):
    """Keeps what it is told, in the test's own process."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.changed = threading.Condition()

    def on_receive(self, message: object) -> object:
        with self.changed:
            self.heard.append(message)
            self.changed.notify_all()
        return ("heard", message, os.getpid())


class Counter(ProcessActor):
    """An actor that can do all that is to be tested.

    Args:
        step: what is added at each `add`; a negative one is an error.
        listener: told, at the end, that this is the end.
    """

    count: int
    motor: Motor

    def __init__(self, step: int = 1, *, listener: ActorRef[Any] | None = None) -> None:  # of any class
        super().__init__()
        if step < 0:
            raise ValueError(f"a step of {step} leads nowhere")
        self.step = step
        self.count = 0
        self.listener = listener
        self.seen: list[object] = []
        self.motor = traversable(Motor())

    def add(self, times: int = 1) -> int:
        self.count += self.step * times
        return self.count

    def process_id(self) -> int:
        return os.getpid()

    def fail(self, text: str) -> None:
        raise KeyError(text)

    def fail_strangely(self) -> None:
        raise CustomError(7, "out of paper")

    def lock(self) -> object:
        return threading.Lock()

    def ask_other(self, other: ActorRef[Any], message: object) -> object:  # of any class
        return other.ask(message)

    def forward(self, other: ActorRef[Any]) -> object:  # of any class
        return other.ask("forwarded", block=False)

    def call_other(self, other: CounterProxy, times: int) -> int:
        return other.add(times).get()

    def myself(self) -> ActorRef[Any]:  # of this class
        return self.actor_ref

    def start_another(self) -> ActorRef[Counter]:
        return Counter.start(self.step)

    def hang(self, pipe: str = "") -> None:
        """Hang for ever; who reads a named pipe hears when it begins."""
        if pipe:
            Path(pipe).write_text("it hangs", encoding="utf-8")
        threading.Event().wait()

    def leave(self) -> None:
        os._exit(3)

    def size(self, data: bytes) -> int:
        return len(data)

    def double(self, data: bytes) -> bytes:
        return data + data

    async def later(self, value: int) -> int:
        return value + self.step

    def on_receive(self, message: object) -> object:
        if message == "fail":
            raise RuntimeError("as told")
        self.seen.append(message)
        return ("got", message)

    def take_seen(self) -> list[object]:
        seen, self.seen = self.seen, []
        return seen

    def on_stop(self) -> None:
        if self.listener is not None:
            self.listener.ask(("stopped", os.getpid()))


class MotorProxy(ActorProxy[Any]):
    """The proxy of a motor."""

    __slots__ = ()
    speed = proxy_field(Motor.speed)
    run = proxy_method(Motor.run)


class CounterProxy(ActorMemberMixin, ActorProxy[Counter]):
    """The proxy of a counter."""

    __slots__ = ()
    count = proxy_field(0)
    add = proxy_method(Counter.add)
    process_id = proxy_method(Counter.process_id)
    fail = proxy_method(Counter.fail)
    fail_strangely = proxy_method(Counter.fail_strangely)
    lock = proxy_method(Counter.lock)
    ask_other = proxy_method(Counter.ask_other)
    call_other = proxy_method(Counter.call_other)
    myself = proxy_method(Counter.myself)
    start_another = proxy_method(Counter.start_another)
    hang = proxy_method(Counter.hang)
    leave = proxy_method(Counter.leave)
    size = proxy_method(Counter.size)
    double = proxy_method(Counter.double)
    take_seen = proxy_method(Counter.take_seen)
    motor = proxy_node(lambda: MotorProxy)


class Forgetful(Counter):
    """A counter that does not keep the program alive."""

    use_daemon_thread = True
