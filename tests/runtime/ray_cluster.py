"""A real Ray cluster on this machine, to which a test may add nodes and kill them."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import warnings
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@contextmanager
def _may_fork() -> Generator[None, None, None]:
    """Let Ray fork without the advice that eventlet has for those who do, where that has been imported."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


class RayCluster:
    """A cluster of one node, on loopback, with a token of its own, and this program connected to it.

    Nothing of Ray's is named in a type: the type checkers need not have it.
    """

    def __init__(self) -> None:
        self._environment = os.environ.copy()
        # Before Ray is imported, which reads them once.
        os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(16)}
        self.ray: Any = import_module("ray")
        with _may_fork():
            self._cluster: Any = import_module("ray.cluster_utils").Cluster(
                initialize_head=True, head_node_args={"num_cpus": 8, "include_dashboard": False}
            )
            self.address: str = self._cluster.address
            self.ray.init(address=self.address, logging_level="WARNING")

    def add_node(self) -> Any:  # Ray's
        """Start another node, and return it."""
        with _may_fork():
            return self._cluster.add_node(num_cpus=2)

    def kill_node(self, node: Any) -> None:  # Ray's
        """Kill a node and all that runs there."""
        self._cluster.remove_node(node, allow_graceful=False)

    @contextmanager
    def start_program(
        self, program: str, environment: Mapping[str, str | None] | None = None
    ) -> Generator[subprocess.Popen[str]]:
        """Start another program, to which Ray is told where this cluster is; it is killed if it has not ended by then.

        Args:
            program: its text.
            environment: variables that it is to have besides, or not to have.
        """
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        given = {**os.environ, "RAY_ADDRESS": self.address, "PYTHONPATH": path, **(environment or {})}
        variables = {name: value for name, value in given.items() if value is not None}
        with _may_fork():
            running = subprocess.Popen(
                [sys.executable, "-c", program],
                env=variables,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        with running:  # which waits for its end
            try:
                yield running
            finally:
                running.kill()

    def run_program(self, program: str) -> list[str]:
        """Run another program to its end, and return the lines that it printed; see `start_program`."""
        with self.start_program(program) as running:
            output, errors = running.communicate(timeout=50)
        assert running.returncode == 0, errors
        return output.splitlines()

    def close(self) -> None:
        """Disconnect, and end the cluster."""
        self.ray.shutdown()
        self._cluster.shutdown()
        os.environ.clear()
        os.environ.update(self._environment)
