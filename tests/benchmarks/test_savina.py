"""The programs come to the right results on every library, and notice a library on which they do not."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from benchmarks.libraries import LIBRARIES, THREADS, Behavior, Library
from benchmarks.savina import outcome
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
