"""Adapters that run the pipeline inside other tools: build back ends, and pre-commit.

``step`` is what they share. Each adapter only translates: ``hatchling``, ``setuptools``, ``pdm``, ``pre_commit``. It
imports the tool whose name it has, so nothing but that tool imports it.
"""

from __future__ import annotations
