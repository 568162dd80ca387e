"""Actors in processes of their own: `ProcessActor` and `start`. See "Processes" in the documentation.

Imports `runtimes.process`.
"""

from __future__ import annotations

from typedactors.runtimes.process import ProcessActor, start, when_process_ended

__all__ = ["ProcessActor", "start", "when_process_ended"]
