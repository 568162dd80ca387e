"""A Ray cluster on this machine for each module of tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:  # the module, whose types the checkers need not have
    if find_spec("ray") is None:
        pytest.skip(f"Ray is not installed for Python {sys.version_info.major}.{sys.version_info.minor}")
    module: Any = import_module("ray")
    module.init(address="local", include_dashboard=False, num_cpus=8, logging_level="WARNING")
    yield module
    module.shutdown()
