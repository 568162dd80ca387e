"""Refs, proxies and errors pickle, within the process of their actors; futures do not."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from tests.runtime.support import LIMIT, Plain, run_python
from tests.runtime.test_declared_proxy import Bicycle, BicycleProxy
from tests.runtime.test_traversable import Turntable
from typedactors import (
    ActorDeadError,
    ActorNotInitializedError,
    ActorRef,
    CallableProxy,
    DeadlockError,
    DynamicProxy,
    Future,
    FutureAlreadySetError,
    ThreadingFuture,
    Timeout,
)
from typedactors.exceptions import NO_MESSAGE
from typedactors.messages import ProxyCall, ProxyGetAttr, ProxySetAttr

protocols = pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))


@protocols
def test_a_ref_comes_back_as_itself(protocol: int) -> None:
    ref = Plain.start()
    again: ActorRef[Plain] = pickle.loads(pickle.dumps(ref, protocol))

    assert again is ref
    assert again.ask("still there?", timeout=LIMIT) == "still there?"


@protocols
def test_proxies_come_back_as_equal_ones(protocol: int) -> None:
    dynamic: DynamicProxy[Turntable] = Turntable.start().proxy()
    declared = Bicycle.start().proxy(BicycleProxy)
    for proxy in (dynamic, dynamic.arm.needle, declared, declared.front.hub):
        again = pickle.loads(pickle.dumps(proxy, protocol))
        assert again == proxy
        assert type(again) is type(proxy)

    assert pickle.loads(pickle.dumps(dynamic.arm)).move(1).get(timeout=LIMIT) == 3
    assert pickle.loads(pickle.dumps(declared.front)).pump(1.0).get(timeout=LIMIT) == 3.0


@protocols
def test_a_method_of_a_proxy_comes_back_as_one(protocol: int) -> None:
    move: CallableProxy[Turntable] = Turntable.start().proxy().arm.move

    assert pickle.loads(pickle.dumps(move, protocol))(5).get(timeout=LIMIT) == 7


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_copies_stand_for_the_same_actor(duplicate: object) -> None:
    assert callable(duplicate)
    ref = Turntable.start()
    proxy = ref.proxy()

    assert duplicate(ref) is ref
    assert duplicate(proxy) == proxy
    assert duplicate({"ref": ref, "proxy": proxy}) == {"ref": ref, "proxy": proxy}


@dataclasses.dataclass
class Order:
    """A message with somewhere to put the answer."""

    reply_to: Future[str]


def futures() -> list[ThreadingFuture[str]]:
    """Return futures that are not settled, settled, failed, and derived."""
    pending, settled, failed, source = (ThreadingFuture[str]() for _ in range(4))
    settled.set("value")
    failed.set_exception((OSError, OSError(), None))
    derived = source.map(str)
    assert isinstance(derived, ThreadingFuture)
    return [pending, settled, failed, derived]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_future_is_not_pickled_because_nobody_would_settle_what_comes_of_it(protocol: int) -> None:
    for future in futures():
        with pytest.raises(TypeError, match="send its value"):
            pickle.dumps(future, protocol)


def test_a_copy_of_a_future_is_the_future_itself() -> None:
    for future in futures():
        order = Order(future)

        assert copy.copy(future) is copy.deepcopy(future) is future
        assert copy.deepcopy(order).reply_to is future
        assert dataclasses.asdict(order) == {"reply_to": future}


def test_the_ref_of_a_dead_actor_pickles_and_says_so_when_it_is_unpickled() -> None:
    ref = Plain.start()
    pickled = pickle.dumps(ref)
    ref.stop(timeout=LIMIT)
    assert pickle.dumps(ref) == pickled

    with pytest.raises(ActorDeadError, match=rf"Plain \({ref.actor_urn}\) is not running in this process"):
        pickle.loads(pickled)


def test_in_another_process_the_error_says_that_it_is_another() -> None:
    pickled = pickle.dumps(Plain.start())
    program = (
        f"import pickle, typedactors\ntry: pickle.loads({pickled!r})\nexcept typedactors.ActorDeadError as e: print(e)"
    )

    (error,) = run_python("-c", program)
    assert "only in the process that pickled it" in error


@protocols
@pytest.mark.parametrize(
    "error",
    [
        ActorDeadError("gone", undelivered=("a", "message")),
        ActorDeadError("gone"),
        ActorNotInitializedError("forgotten"),
        DeadlockError(("A waits for B", "B waits for A")),
        FutureAlreadySetError("twice"),
        Timeout("too late"),
    ],
)
def test_errors_come_back_with_all_that_they_say(error: Exception, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(error, protocol))

    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_no_message_comes_back_as_itself() -> None:
    assert pickle.loads(pickle.dumps(NO_MESSAGE)) is NO_MESSAGE
    assert copy.deepcopy(NO_MESSAGE) is NO_MESSAGE


@protocols
@pytest.mark.parametrize("message", [ProxyCall(("a",), (1,), {"b": 2}), ProxyGetAttr(("a",)), ProxySetAttr(("a",), 1)])
def test_messages_come_back_equal(message: object, protocol: int) -> None:
    assert pickle.loads(pickle.dumps(message, protocol)) == message
