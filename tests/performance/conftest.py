"""What the tests of performance share: they import the benchmarks, which are no part of what is installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from typedactors import _parker

# At the end, so that typedactors itself is still the one that is installed.
sys.path.append(str(Path(__file__).resolve().parents[2]))


@pytest.fixture
def without_greenlets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count as in a program without greenlets: an earlier test of this process may have loaded their libraries.

    Then each wait asks these whether it is one of theirs, for as long as the process lives.
    """
    monkeypatch.setattr(_parker, "_providers", [])
