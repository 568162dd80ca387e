"""What the actors of the contract offer; their proxy is generated from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from typedactors import traversable

if TYPE_CHECKING:
    from tests.runtime.contract.proxies import WorkerProxy
    from typedactors import ActorRef


@traversable
class Part:
    """A traversable part."""

    level: int

    def __init__(self) -> None:
        self.level = 1

    def raise_by(self, amount: int, *, twice: bool = False) -> int:
        """Raise the level, and return it."""
        self.level += 2 * amount if twice else amount
        return self.level


class Worker(Protocol):
    """What every actor of the contract can do, whatever it runs on."""

    count: int
    part: Part

    def add(self, times: int = 1) -> int:
        """Add so many steps, and return the count."""
        ...

    def fail(self, text: str) -> None:
        """Raise a ``LookupError``."""
        ...

    def add_through_itself(self, times: int) -> None:
        """Have itself add, later."""
        ...

    def count_of_blocking(self, other: WorkerProxy) -> int:
        """Have another one add, and wait for the result."""
        ...

    def assign_blocking(self, other: WorkerProxy, count: int) -> None:
        """Assign to another one's count."""
        ...

    async def count_of(self, other: WorkerProxy) -> int:
        """Have another one add, and await the result."""
        ...

    def pass_gate_blocking(self, gate: ActorRef[Any]) -> str:  # of any kind
        """Wait until somebody opens a gate."""
        ...

    async def pass_gate(self, gate: ActorRef[Any]) -> str:  # of any kind
        """Await the opening of a gate."""
        ...

    def reference(self) -> ActorRef[Any]:  # of whichever kind
        """Return its own ref."""
        ...

    def seen(self) -> list[object]:
        """Return the messages that came, oldest first."""
        ...

    def variable(self) -> str:
        """Return the value of a context variable."""
        ...

    def leave_variable(self, value: str) -> str:
        """Set a context variable; return the value that it had."""
        ...
