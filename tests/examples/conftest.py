from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.examples._runner import Runner


@pytest.fixture
def runner(repository: Path) -> Runner:
    return Runner(repository / "examples", {**os.environ, "PYTHONIOENCODING": "utf-8"})
