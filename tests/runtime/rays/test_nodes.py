"""A machine of the cluster dies: two nodes on loopback, of which one is killed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from tests.runtime.ray_cluster import RayCluster
from tests.runtime.rays.actors import Counter
from typedactors import ActorDeadError
from typedactors.exceptions import ActorUnavailableError
from typedactors.ray import Options, lookup

pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("default"), pytest.mark.timeout(120)]


def test_actors_on_a_killed_node_are_dead_or_begin_anew_on_another(ray_cluster: RayCluster) -> None:
    node = ray_cluster.add_node()
    affinity: Any = import_module("ray.util.scheduling_strategies").NodeAffinitySchedulingStrategy
    there = {"scheduling_strategy": affinity(node.node_id, soft=True)}
    mortal = Options(ray_options=there).start(Counter, 1)
    phoenix = Options(name="on two nodes", max_restarts=1, ray_options=there).start(Counter, 10)
    counter, other = mortal.proxy(), phoenix.proxy()
    assert [counter.node_id().get(timeout=30), other.node_id().get(timeout=30)] == [node.node_id] * 2
    assert other.add().get(timeout=30) == 11
    pending, also_pending = counter.wait(), other.wait()

    ray_cluster.kill_node(node)

    with pytest.raises(ActorDeadError):
        pending.get(timeout=60)
    assert mortal.actor_stopped.wait(60)
    with pytest.raises(ActorDeadError):
        mortal.tell("too late")
    with pytest.raises(ActorUnavailableError):
        also_pending.get(timeout=60)
    assert lookup("on two nodes", Counter) is phoenix
    assert other.count.get(timeout=30) == 10
    assert other.node_id().get(timeout=30) != node.node_id
    phoenix.stop(timeout=30)
