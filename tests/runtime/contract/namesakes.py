"""Actors that have for their own the names that an actor of this package might have taken; importable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from typedactors import Message, ThreadingActor
from typedactors.process import ProcessActor


@dataclass(frozen=True)
class GetTitle(Message[str]):
    pass


class Film(ThreadingActor):
    """Uses many private names, each for something of its own."""

    _runtime: float = 2.5
    _remote_runtime: ClassVar[str] = "of the dubbed film"
    _handler_names = ("Rin Tin Tin's",)

    def __init__(self, title: str) -> None:
        self._base_initialized = False
        self._context: object = None
        super().__init__()
        self._title = title
        self._loop = "of celluloid"
        self._mailbox = "for fan mail"
        self._members = ["director", "actress"]
        self._runtime = 3.5
        self._calls: list[str] = []

    def _initialize(self) -> None:
        self._calls.append("initialize")

    def _set_up(self) -> None:
        self._calls.append("set up")

    def _start_running(self) -> None:
        self._calls.append("start running")

    def _find_handler(self) -> str:
        return self._handler_names[0]

    def on_start(self) -> None:
        self._initialize()
        self._set_up()
        self._start_running()

    @GetTitle.handler
    def title(self, message: GetTitle) -> str:
        return self._title

    def on_receive(self, message: Any) -> Any:  # any message
        return message

    def description(self) -> tuple[object, ...]:
        return (self._runtime, self._remote_runtime, self._loop, self._members, self._find_handler(), self._calls)

    def own_names(self) -> set[str]:
        return set(vars(self))

    def end(self) -> None:
        self.stop()


class Bare(ThreadingActor):
    def own_names(self) -> set[str]:
        return set(vars(self))


class FilmInItsProcess(Film, ProcessActor):
    pass
