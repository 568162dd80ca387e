"""Any sequence of starts, messages, calls, assignments, stops and failures does what a simple model says.

On threads, on the pool, and on both in turn.
"""

from __future__ import annotations

import random
import sys
from typing import Any, ClassVar

import hypothesis
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule

import typedactors
from tests.runtime.race_session import silence, switch_interval
from tests.runtime.support import LIMIT, wait_for
from typedactors import (
    Actor,
    ActorDeadError,
    ActorProxy,
    ActorRef,
    ActorRegistry,
    CallableProxy,
    Future,
    PooledActor,
    ThreadingActor,
)
from typedactors.typing import proxy_field, proxy_method


class Account(Actor):
    def __init__(self, balance: int) -> None:
        super().__init__()
        self.balance = balance
        self.ended: list[str] = []

    def add(self, amount: int) -> int:
        self.balance += amount
        return self.balance

    def refuse(self) -> None:
        raise PermissionError("refused")

    def on_receive(self, message: Any) -> Any:  # any message
        if isinstance(message, Exception):
            raise message
        self.balance += message
        return self.balance

    def on_stop(self) -> None:
        self.ended.append("on_stop")

    def on_failure(self, exception_type: object, exception_value: object, traceback: object) -> None:
        self.ended.append("on_failure")


class ThreadAccount(Account, ThreadingActor):
    """An account with a thread of its own."""


class PooledAccount(Account, PooledActor):
    """An account of the pool."""


KINDS: dict[str, tuple[type[Account], ...]] = {
    "threads": (ThreadAccount,),
    "pool": (PooledAccount,),
    "both": (ThreadAccount, PooledAccount),
}


class AccountProxy(ActorProxy[Account]):
    __slots__ = ()
    balance = proxy_field()
    add = proxy_method(Account.add)
    refuse = proxy_method(Account.refuse)


class Model:
    """An account as it ought to be.

    Args:
        actor: the actor itself, kept for a look at its end.
        ref: its ref.
        balance: what it starts with.
    """

    def __init__(self, actor: Account, ref: ActorRef[Account], balance: int) -> None:
        self.actor = actor
        self.ref = ref
        self.declared = ref.proxy(AccountProxy)
        self.dynamic = ref.proxy()
        self.balance = balance
        self.alive = True
        self.ended: list[str] = []
        self.expected: list[tuple[Future[Any], int | type[Exception]]] = []

    def proxy(self, *, declared: bool) -> Any:  # either kind, used alike
        return self.declared if declared else self.dynamic

    def end(self, how: str) -> None:
        """Be dead from now on."""
        self.alive = False
        self.ended.append(how)


def wait_for_the_end(ref: ActorRef[Account]) -> None:
    """Wait until the actor has closed, and then until it has ended: in between a stop is still answered by True."""
    wait_for(ref.actor_stopped)
    ref.stop(timeout=LIMIT)


amounts = st.integers(-1000, 1000)


class Accounts(RuleBasedStateMachine):
    """Sends to some accounts, living and dead, in any order, and compares."""

    models = Bundle[Model]("models")
    kinds: ClassVar[tuple[type[Account], ...]] = (ThreadAccount,)

    def __init__(self) -> None:
        super().__init__()
        self.all: list[Model] = []

    @rule(target=models, balance=amounts)
    def start(self, balance: int) -> Model:
        kind = self.kinds[len(self.all) % len(self.kinds)]
        ref: ActorRef[Account] = kind.start(balance)
        actor = ref._actor_weakref()
        assert actor is not None
        self.all.append(Model(actor, ref, balance))
        return self.all[-1]

    @rule(model=models, amount=amounts)
    def tell(self, model: Model, amount: int) -> None:
        if model.alive:
            model.ref.tell(amount)
            model.balance += amount
        else:
            with pytest.raises(ActorDeadError) as caught:
                model.ref.tell(amount)
            assert caught.value.undelivered == amount

    @rule(model=models, amount=amounts)
    def ask(self, model: Model, amount: int) -> None:
        if model.alive:
            model.balance += amount
            assert model.ref.ask(amount, timeout=LIMIT) == model.balance
        else:
            with pytest.raises(ActorDeadError):
                model.ref.ask(amount, timeout=LIMIT)

    @rule(model=models, amount=amounts, declared=st.booleans())
    def call_and_ask_later(self, model: Model, amount: int, declared: bool) -> None:
        if model.alive:
            model.balance += amount
        future = model.proxy(declared=declared).add(amount)
        model.expected.append((future, model.balance if model.alive else ActorDeadError))

    @rule(model=models, declared=st.booleans())
    def call_what_raises(self, model: Model, declared: bool) -> None:
        future = model.proxy(declared=declared).refuse()
        model.expected.append((future, PermissionError if model.alive else ActorDeadError))

    @rule(model=models, amount=amounts, declared=st.booleans())
    def defer(self, model: Model, amount: int, declared: bool) -> None:
        method: CallableProxy[Any] = model.proxy(declared=declared).add
        if model.alive:
            method.defer(amount)
            model.balance += amount
        else:
            with pytest.raises(ActorDeadError):
                method.defer(amount)

    @rule(model=models, declared=st.booleans())
    def read(self, model: Model, declared: bool) -> None:
        future = model.proxy(declared=declared).balance
        model.expected.append((future, model.balance if model.alive else ActorDeadError))

    @rule(model=models, value=amounts, declared=st.booleans())
    def assign(self, model: Model, value: int, declared: bool) -> None:
        proxy = model.proxy(declared=declared)
        if model.alive:
            proxy.balance = value
            model.balance = value
        else:
            with pytest.raises(ActorDeadError):
                proxy.balance = value

    @rule(model=models)
    def broadcast_to_its_class_name_reaches_nobody_else(self, model: Model) -> None:
        ActorRegistry.broadcast(1, model.ref.actor_class.__name__)
        for one in self.all:
            one.balance += one.alive and one.ref.actor_class is model.ref.actor_class

    @rule(model=models, how=st.sampled_from(["ref", "ref without block", "proxy"]))
    def stop(self, model: Model, how: str) -> None:
        if how == "proxy":
            model.expected.append((model.dynamic.stop(), 0 if model.alive else ActorDeadError))
        elif how == "ref":
            assert model.ref.stop(timeout=LIMIT) is model.alive
        else:
            assert model.ref.stop(block=False).get(timeout=LIMIT) is model.alive
        if model.alive:
            model.end("on_stop")
            wait_for_the_end(model.ref)

    @precondition(lambda self: any(model.alive for model in self.all))
    @rule(model=models)
    def fail(self, model: Model) -> None:
        if not model.alive:
            return
        model.ref.tell(LookupError("told to fail"))
        wait_for_the_end(model.ref)
        model.end("on_failure")

    @rule(model=consumes(models))
    def settle(self, model: Model) -> None:
        """Look at all that was asked; the account is used no more."""
        for future, expected in model.expected:
            if isinstance(expected, int):
                assert future.get(timeout=LIMIT) in (expected, None)
            else:
                with pytest.raises(expected):
                    future.get(timeout=LIMIT)
        if model.alive:
            assert model.ref.ask(0, timeout=LIMIT) == model.balance
        assert model.ref.stop(timeout=LIMIT) is model.alive
        if model.alive:
            model.end("on_stop")
        assert model.actor.balance == model.balance

    @invariant()
    def refs_tell_who_lives(self) -> None:
        assert [model.ref.is_alive() for model in self.all] == [model.alive for model in self.all]

    @invariant()
    def the_registry_has_exactly_the_living(self) -> None:
        assert ActorRegistry.get_all() == [model.ref for model in self.all if model.alive]

    def teardown(self) -> None:
        ActorRegistry.stop_all(timeout=LIMIT)
        for model in self.all:
            if model.alive:
                model.end("on_stop")
            # Dead or not, whoever waits for the end has seen the last hook run.
            model.ref.stop(timeout=LIMIT)
            assert model.actor.ended == model.ended
            assert model.actor.balance == model.balance


def run(kinds: tuple[type[Account], ...], examples: int, steps: int, seed: int | None = None) -> None:
    """Run so many examples; without a seed they are the same ones each time."""
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415 - its type is not complete

    machine = type("Accounts", (Accounts,), {"kinds": kinds})
    if seed is not None:
        machine = hypothesis.seed(seed)(machine)
    with silence(typedactors):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow],
                derandomize=seed is None,
                database=None,
            ),
        )


@pytest.mark.parametrize("kinds", KINDS.values(), ids=KINDS.keys())
def test_any_sequence_does_what_the_model_says(kinds: tuple[type[Account], ...]) -> None:
    run(kinds, examples=60, steps=30)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("interval", [None, 1e-6], ids=["usual switch interval", "switch interval of 1 µs"])
@pytest.mark.parametrize("kinds", KINDS.values(), ids=KINDS.keys())
def test_very_many_sequences_do_what_the_model_says(kinds: tuple[type[Account], ...], interval: float | None) -> None:
    seed = random.randrange(2**32)
    sys.stdout.write(f"seed {seed}\n")
    with switch_interval(interval):
        run(kinds, examples=1000, steps=80, seed=seed)
