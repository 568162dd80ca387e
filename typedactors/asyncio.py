"""Actors in asyncio's tasks. See "Runtimes" in the documentation.

Imports `runtimes.asyncio`.
"""

from __future__ import annotations

from typedactors.runtimes.asyncio import AsyncioActor, start

__all__ = ["AsyncioActor", "start"]
