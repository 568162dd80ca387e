"""What holds for every test of the runtime: it leaves neither an actor nor a thread behind."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from tests.runtime.ray_cluster import RayCluster
from tests.runtime.support import LIMIT, Gate, wait_until
from typedactors import ActorRegistry, debug
from typedactors.runtimes._parked_threads import dismiss_idle_threads

ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    # The processes of actors import the tests' actors. At the end, so that it is the installed package that is tested.
    sys.path.append(ROOT)


@pytest.fixture(autouse=True)
def _ray_where_it_is_asked_for(request: pytest.FixtureRequest) -> None:  # pyright: ignore[reportUnusedFunction]  # as below
    # pytest does not say what it is.
    node = cast("pytest.Item", request.node)  # pyright: ignore[reportUnknownMemberType]
    if node.get_closest_marker("ray"):
        request.getfixturevalue("ray_cluster")


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(_ray_where_it_is_asked_for: None) -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    before = set(threading.enumerate())
    yield
    try:
        ActorRegistry.stop_all(timeout=LIMIT)
    finally:
        for stuck in ActorRegistry.get_all():  # it is this test's failure and not that of all that follow
            ActorRegistry.unregister(stuck)
    # One that ended by what ends a program stops all others after its last reply: not those of the next test.
    wait_until(lambda: debug.wait_for_graph().actors == ())
    dismiss_idle_threads()
    # Libraries keep idle daemon threads for later use; the threads of actors are none, unless a test makes them so.
    started = [
        thread
        for thread in threading.enumerate()
        if thread not in before and not thread.daemon and thread.name != "typedactors-pool-keeper"
    ]
    for thread in started:
        thread.join(LIMIT)
    assert [thread.name for thread in started if thread.is_alive()] == []
    assert ActorRegistry.get_all() == []


@pytest.fixture
def gate() -> Iterator[Gate]:
    """A gate that is open when the test has ended, however it ended."""
    gate = Gate()
    yield gate
    gate.open()


@pytest.fixture(scope="session")
def ray_cluster() -> Iterator[RayCluster]:
    """One Ray cluster on this machine for all tests."""
    cluster = RayCluster()
    yield cluster
    cluster.close()
