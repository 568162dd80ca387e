"""A real Ray cluster on this machine, to which a test may add nodes and kill them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any


@contextmanager
def _may_fork() -> Iterator[None]:
    """Let Ray fork without the advice that eventlet has for those who do, where that has been imported."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


class RayCluster:
    """A cluster of one node, on loopback, and this program connected to it.

    Nothing of Ray's is named in a type: the type checkers need not have it.
    """

    def __init__(self) -> None:
        self.ray: Any = import_module("ray")
        with _may_fork():
            self._cluster: Any = import_module("ray.cluster_utils").Cluster(
                initialize_head=True, head_node_args={"num_cpus": 8, "include_dashboard": False}
            )
            self.address: str = self._cluster.address
            self.ray.init(address=self.address, logging_level="WARNING")

    def add_node(self, **resources: int) -> Any:
        """Start another node, which has resources of its own, and return it."""
        with _may_fork():
            return self._cluster.add_node(num_cpus=1, resources=resources)

    def kill_node(self, node: Any) -> None:
        """Kill a node and all that runs there."""
        self._cluster.remove_node(node, allow_graceful=False)

    def close(self) -> None:
        """Disconnect, and end the cluster."""
        self.ray.shutdown()
        self._cluster.shutdown()
