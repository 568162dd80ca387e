"""Cycles of pooled actors are found, whichever of them run within one another."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from tests.runtime.pools import UnattendedEcho
from tests.runtime.support import LIMIT, Beside
from typedactors import (
    ActorRef,
    DeadlockError,
    PooledActor,
    ThreadingActor,
    ThreadingFuture,
)


class TestDeadlocks:
    """A cycle is found, whichever of its actors run within one another."""

    class Person:
        def ask_back(self: Any, other: Any) -> Any:  # an actor of either kind, and a ref
            try:
                return other.proxy().ask_for_name(self.actor_ref).get()
            except DeadlockError as error:
                return error

        def ask_for_name(self: Any, other: Any) -> Any:  # as above
            return other.proxy().name().get()

        def name(self) -> str:
            return "name"

        def ask_oneself(self: Any) -> Any:  # as above
            try:
                return self.actor_ref.proxy().name().get()
            except DeadlockError as error:
                return error

        def pass_on(self: Any, others: list[Any]) -> Any:  # as above
            return others[0].proxy().pass_on(others[1:]).get()

    class Pooled(Person, PooledActor):
        pass

    class Threading(Person, ThreadingActor):
        pass

    KINDS: ClassVar[list[tuple[Any, Any]]] = [(Pooled, Pooled), (Pooled, Threading), (Threading, Pooled)]

    @pytest.mark.parametrize("timeout", [None, LIMIT])
    @pytest.mark.parametrize(("kind", "other_kind"), KINDS)
    def test_of_two(self, kind: Any, other_kind: Any, timeout: float | None) -> None:  # any class of actors
        one, other = kind.start(), other_kind.start()
        error = one.proxy().ask_back(other).get(timeout=timeout)

        # The one that closed the cycle had it raised; the other got it for an answer.
        assert isinstance(error, DeadlockError)
        assert {str(one), str(other)} == {step.split(" in ")[0] for step in error.steps}
        assert one.proxy().name().get() == other.proxy().name().get(timeout=LIMIT) == "name"

    def test_with_one_beneath_whose_answer_has_come(self) -> None:
        """Its own wait is over, but it cannot go on before the one that it runs returns."""
        answers: list[ThreadingFuture[str]] = []

        class Beneath(UnattendedEcho):
            def wait_for_name(self, other: ActorRef[Any]) -> str:
                other.tell(self.actor_ref)
                answer: Any = other.proxy().name()  # a future that can be set
                answers.append(answer)
                return str(answer.get())

        class Above(UnattendedEcho):
            errors: ClassVar[list[DeadlockError]] = []

            def name(self) -> str:
                return "name"

            def on_receive(self, message: Any) -> Any:  # the other's ref
                answers[0].set("from outside")
                try:
                    message.proxy().thread().get()
                except DeadlockError as error:
                    self.errors.append(error)

        beneath, above = Beneath.start(), Above.start()
        asking = Beside(lambda: beneath.proxy().wait_for_name(above).get())

        assert asking.result() == "from outside"
        (error,) = Above.errors
        assert error.steps[0] == f"{above} in on_receive({ActorRef.__name__}) waits for thread of {beneath}"
        assert error.steps[1] == f"{beneath} in wait_for_name runs {above} on its own stack and waits until it returns"
        above.stop()
        beneath.stop()

    @pytest.mark.parametrize("timeout", [None, LIMIT])
    def test_of_one(self, timeout: float | None) -> None:
        assert isinstance(self.Pooled.start().proxy().ask_oneself().get(timeout=timeout), DeadlockError)

    def test_of_a_ring_of_both_kinds(self) -> None:
        ring: list[ActorRef[Any]] = [
            kind.start() for kind in (self.Pooled, self.Threading, self.Pooled, self.Pooled, self.Threading)
        ]
        with pytest.raises(DeadlockError) as caught:
            ring[0].proxy().pass_on([*ring[1:], ring[0]]).get()
        assert len(caught.value.steps) == 5

    def test_both_kinds_use_each_other(self) -> None:
        for kind, other_kind in self.KINDS:
            assert kind.start().proxy().ask_for_name(other_kind.start()).get(timeout=LIMIT) == "name"
