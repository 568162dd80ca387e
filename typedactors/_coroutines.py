"""Running ``async def`` methods of an actor that is not itself on an event loop.

The actor calls its method, gets a coroutine, and runs it to its end here before it takes the next
message; so there is one message at a time, as ever.

Imports nothing of the package.
"""

from __future__ import annotations

from contextvars import copy_context
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

__all__ = ["CoroutineRunner"]


class CoroutineRunner:
    """An asyncio event loop of one actor's own, which keeps tasks and connections between calls.

    To be used by the actor only; the thread may be another one at each call.
    """

    __slots__ = ("_runner",)

    def __init__(self) -> None:
        import asyncio  # noqa: PLC0415 - costs 40 ms, and only those pay who have async methods

        # With a factory the loop is not made the current one of a thread that may be somebody else's.
        self._runner: asyncio.Runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)

    def run(self, coroutine: Any) -> object:  # a coroutine of any type
        """Run a coroutine to its end, in the context variables of the caller; return its result.

        Raises:
            BaseException: what the coroutine raised.
        """
        # Without a context of its own a runner would use that of its first call for all.
        result: object = self._runner.run(coroutine, context=copy_context())
        return result

    def close(self) -> None:
        """Cancel the tasks that are left, and close the loop."""
        self._runner.close()
