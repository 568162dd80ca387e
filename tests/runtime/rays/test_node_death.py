"""A machine of the cluster dies: two nodes on loopback, of which one is killed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

from tests.runtime.rays.actors import Counter
from typedactors import ActorDeadError
from typedactors.ray import Options

pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("default"), pytest.mark.timeout(120)]


def test_an_actor_on_a_killed_node_is_dead() -> None:
    if find_spec("ray") is None:
        pytest.skip("Ray is not installed for this Python")
    ray: Any = import_module("ray")
    cluster: Any = import_module("ray.cluster_utils").Cluster(
        initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False}
    )
    try:
        node = cluster.add_node(num_cpus=1, resources={"second": 1})
        ray.init(address=cluster.address, logging_level="WARNING")
        ref = Options(ray_options={"resources": {"second": 1}}).start(Counter, 1)
        assert ref.proxy().add().get(timeout=30) == 2
        pending = ref.proxy().wait()
        cluster.remove_node(node, allow_graceful=False)
        with pytest.raises(ActorDeadError):
            pending.get(timeout=60)
        assert ref.actor_stopped.wait(60)
        with pytest.raises(ActorDeadError):
            ref.tell("too late")
    finally:
        ray.shutdown()
        cluster.shutdown()
