"""Actors in asyncio's tasks. See "Runtimes" in the documentation."""

from __future__ import annotations

from typedactors.runtimes.asyncio import AsyncioActor, start

__all__ = ["AsyncioActor", "start"]
