"""Lets the tests import the benchmarks, which are no part of what is installed."""

from __future__ import annotations

import sys
from pathlib import Path

# At the end, so that typedactors itself is still the one that is installed.
sys.path.append(str(Path(__file__).resolve().parents[2]))
