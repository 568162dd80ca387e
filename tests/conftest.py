"""What holds for every test: it must not pass by testing something else than what is installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import typedactors

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """Under the nox session, refuse to test the checkout where the built wheel is meant."""
    if not os.environ.get("TYPEDACTORS_TEST_INSTALLED"):
        return
    imported = Path(typedactors.__file__).resolve()
    if not imported.is_relative_to(Path(sys.prefix).resolve()):
        raise pytest.UsageError(f"typedactors is imported from {imported}, not from the environment in {sys.prefix}")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return ROOT
