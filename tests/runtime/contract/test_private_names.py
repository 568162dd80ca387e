"""A program's actor may use any private name for its own, but for ``_actor_ref``, which Pykka's actors have too."""

from __future__ import annotations

import pytest

from tests.runtime.contract.kinds import Kind, every_kind, in_its_own_thread
from tests.runtime.contract.namesakes import Bare, Film, FilmInItsProcess, GetTitle
from tests.runtime.support import LIMIT
from typedactors import Actor, PooledActor, ThreadingActor
from typedactors.asyncio import AsyncioActor
from typedactors.eventlet import EventletActor
from typedactors.gevent import GeventActor
from typedactors.process import ProcessActor
from typedactors.ray import RayActor

ACTOR_CLASSES = [
    Actor,
    AsyncioActor,
    EventletActor,
    GeventActor,
    PooledActor,
    ProcessActor,
    RayActor,
    ThreadingActor,
]


def taken(names: set[str]) -> set[str]:
    """Return those of an actor's names that a program's actor cannot have for its own, though it may expect to."""
    private = {name for name in names if name.startswith("_") and not name.endswith("__")}
    return {name for name in private if not name.startswith("_typedactors_")} - {"_actor_ref"}


@pytest.mark.parametrize("actor_class", ACTOR_CLASSES)
def test_a_class_of_actors_takes_no_other_private_name(actor_class: type[Actor]) -> None:
    assert taken(set(dir(actor_class))) == set()


@every_kind
@in_its_own_thread
def test_an_actor_that_runs_takes_no_other_private_name(kind: Kind) -> None:
    assert taken(kind.start(Bare).proxy().own_names().get(timeout=LIMIT)) == set()


@every_kind
@in_its_own_thread
def test_an_actor_may_use_all_other_private_names(kind: Kind) -> None:
    ref = kind.start(Film, "Metropolis")
    proxy = ref.proxy()

    assert proxy.description().get(timeout=LIMIT) == (
        3.5,
        "of the dubbed film",
        "of celluloid",
        ["director", "actress"],
        "Rin Tin Tin's",
        ["initialize", "set up", "start running"],
    )
    assert ref.ask(GetTitle(), timeout=LIMIT) == "Metropolis"
    assert ref.ask("anything else", timeout=LIMIT) == "anything else"
    assert "description" in dir(proxy)
    proxy.end().get(timeout=LIMIT)
    ref.stop(timeout=LIMIT)
    assert not ref.is_alive()


def test_so_may_one_whose_class_is_of_processes() -> None:
    ref = FilmInItsProcess.start("Metropolis")
    proxy = ref.proxy()

    assert proxy.description().get(timeout=LIMIT)[1] == "of the dubbed film"
    assert "description" in dir(proxy)
    assert proxy.stop().get(timeout=LIMIT) is None
