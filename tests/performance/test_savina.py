"""The programs come to the right results on every library, and notice a library on which they do not."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator
from typing import Any

import pytest

from benchmarks.libraries import LIBRARIES, THREADS, Library
from benchmarks.savina import counting, outcome
from benchmarks.savina.outcome import WrongResultError
from benchmarks.savina.programs import PROGRAMS, Program
from typedactors import ActorRef, ActorRegistry


@pytest.fixture(autouse=True)
def no_actor_is_left() -> Generator[None]:
    yield
    ActorRegistry.stop_all()


@pytest.mark.parametrize("library", LIBRARIES, ids=str)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_a_program_comes_to_the_right_result(program: Program, library: Library) -> None:
    program.short(library)


# An actor that lives for one message may have stopped before the second one comes.
LONG_LIVED = [program for program in PROGRAMS if program.name not in ("fork-join creation", "skynet")]


@pytest.mark.parametrize("program", LONG_LIVED, ids=lambda program: program.name)
def test_a_program_notices_messages_that_come_twice(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    tell: Callable[..., None] = vars(ActorRef)["tell"]
    numbers = itertools.count(1)

    def tell_twice_now_and_then(ref: ActorRef[Any], message: object) -> None:
        tell(ref, message)
        if next(numbers) in {20, 30, 40}:  # and not every so many, or else a token would become millions
            tell(ref, message)

    monkeypatch.setattr(ActorRef, "tell", tell_twice_now_and_then)
    monkeypatch.setattr(outcome, "PATIENCE", 2.0)
    with pytest.raises(WrongResultError):
        program.short(THREADS)


def test_a_program_notices_a_message_that_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    tell: Callable[..., None] = vars(ActorRef)["tell"]
    numbers = itertools.count(1)

    def lose_one(ref: ActorRef[Any], message: object) -> None:
        if next(numbers) != 500:
            tell(ref, message)

    monkeypatch.setattr(ActorRef, "tell", lose_one)
    with pytest.raises(WrongResultError, match="sum: 999, where 1000 is right"):
        counting.run(THREADS, messages=1000)


def test_a_program_that_comes_to_no_result_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(ref: ActorRef[Any], message: object) -> None:
        pass

    monkeypatch.setattr(ActorRef, "tell", lose)
    monkeypatch.setattr(outcome, "PATIENCE", 0.01)
    with pytest.raises(WrongResultError, match=r"no result within 0\.01 seconds"):
        counting.run(THREADS, messages=1)
