"""The proxy that finds out at run time what its actor has."""

from __future__ import annotations

import threading
from functools import partialmethod, singledispatchmethod

import pytest

from tests.runtime.support import LIMIT, Gate, Gated, Plain, collect_garbage, wait_for_end
from typedactors import (
    ActorDeadError,
    ActorProxy,
    ActorRef,
    CallableProxy,
    DynamicProxy,
    Future,
    ThreadingActor,
)
from typedactors.messages import ProxyCall


class Recorder(ThreadingActor):
    """An actor with one of everything."""

    shelf = "a class attribute"
    untouched: int

    def __init__(self) -> None:
        super().__init__()
        self.title = "an instance attribute"
        self.callback = len
        self._secret = "private"
        self._level = 1
        self.read_in: threading.Thread | None = None

    @property
    def level(self) -> int:
        """A property that can be set."""
        self.read_in = threading.current_thread()
        return self._level

    @level.setter
    def level(self, value: int) -> None:
        if value < 0:
            raise ValueError("a level is never negative")
        self._level = value

    @property
    def broken(self) -> int:
        """A property that raises."""
        raise RuntimeError("cannot be read")

    def play(self, track: str, *, speed: int = 1) -> tuple[str, int]:
        """Return the arguments."""
        return track, speed

    def eject(self) -> None:
        """Raise."""
        raise OSError("stuck")

    @staticmethod
    def static(value: int) -> int:
        """Return twice the value."""
        return value * 2

    @classmethod
    def name_of_class(cls) -> str:
        """Return the name of the class."""
        return cls.__name__

    def _hidden(self) -> None:
        """Be private."""


@pytest.fixture
def ref() -> ActorRef[Recorder]:
    return Recorder.start()


@pytest.fixture
def proxy(ref: ActorRef[Recorder]) -> DynamicProxy[Recorder]:
    return ref.proxy()


def test_the_proxy_of_the_base_class_is_dynamic(ref: ActorRef[Recorder]) -> None:
    for proxy in (ref.proxy(), ActorProxy(actor_ref=ref), DynamicProxy(ref)):
        assert isinstance(proxy, ActorProxy)
        assert isinstance(proxy, DynamicProxy)
        assert proxy.actor_ref is ref
        assert proxy.play("a").get(timeout=LIMIT) == ("a", 1)


def test_calling_a_method_gives_a_future_of_its_result(proxy: DynamicProxy[Recorder]) -> None:
    future = proxy.play("overture", speed=2)

    assert isinstance(future, Future)
    assert future.get(timeout=LIMIT) == ("overture", 2)


def test_static_and_class_methods_and_callable_attributes_are_methods(proxy: DynamicProxy[Recorder]) -> None:
    assert proxy.static(4).get(timeout=LIMIT) == 8
    assert proxy.name_of_class().get(timeout=LIMIT) == "Recorder"
    assert proxy.callback("four").get(timeout=LIMIT) == 4


def test_methods_that_functools_makes_are_methods() -> None:
    class Player(ThreadingActor):
        def seek(self, to: int, *, speed: int = 1) -> tuple[int, int]:
            return to, speed

        rewind = partialmethod(seek, 0)

        @singledispatchmethod
        def play(self, track: object) -> str:
            return f"track {track}"

        @play.register
        def _(self, track: int) -> str:
            return f"track number {track}"

    player = Player.start().proxy()

    assert player.rewind(speed=2).get(timeout=LIMIT) == (0, 2)
    assert player.play("A").get(timeout=LIMIT) == "track A"
    assert player.play(1).get(timeout=LIMIT) == "track number 1"
    player.rewind.defer()


def test_an_exception_of_a_method_comes_out_of_the_future(proxy: DynamicProxy[Recorder]) -> None:
    future = proxy.eject()

    with pytest.raises(OSError, match="stuck"):
        future.get(timeout=LIMIT)
    with pytest.raises(TypeError, match="unexpected keyword"):
        proxy.play("a", loudness=3).get(timeout=LIMIT)


def test_reading_an_attribute_gives_a_future_of_its_value(proxy: DynamicProxy[Recorder]) -> None:
    assert proxy.title.get(timeout=LIMIT) == "an instance attribute"
    assert proxy.shelf.get(timeout=LIMIT) == "a class attribute"


def test_reading_asks_for_the_value_each_time(proxy: DynamicProxy[Recorder]) -> None:
    before = proxy.title
    proxy.title = "another"

    assert before.get(timeout=LIMIT) == "an instance attribute"
    assert proxy.title.get(timeout=LIMIT) == "another"


def test_assigning_blocks_until_the_actor_has_done_it(proxy: DynamicProxy[Recorder], ref: ActorRef[Recorder]) -> None:
    proxy.title = "assigned"
    actor = ref._actor_weakref()

    assert actor is not None
    assert actor.title == "assigned"


def test_assigning_makes_a_new_attribute(proxy: DynamicProxy[Recorder]) -> None:
    proxy.brand_new = 5

    assert proxy.brand_new.get(timeout=LIMIT) == 5


def test_properties_are_read_and_set_in_the_actor(proxy: DynamicProxy[Recorder]) -> None:
    proxy.level = 7

    assert proxy.level.get(timeout=LIMIT) == 7
    thread = proxy.read_in.get(timeout=LIMIT)
    assert thread.name.startswith("Recorder-")
    with pytest.raises(ValueError, match="never negative"):
        proxy.level = -1
    with pytest.raises(AttributeError):
        proxy.broken = 3


def test_a_property_that_raises_raises_when_it_is_got_and_not_before(proxy: DynamicProxy[Recorder]) -> None:
    assert "broken" in dir(proxy)
    future = proxy.broken

    with pytest.raises(RuntimeError, match="cannot be read"):
        future.get(timeout=LIMIT)


@pytest.mark.parametrize("name", ["_secret", "_hidden", "__dict__of", "_nothing"])
def test_private_names_are_not_shown(proxy: DynamicProxy[Recorder], name: str) -> None:
    with pytest.raises(AttributeError, match=f"Recorder .*has no attribute '{name}'.*private"):
        getattr(proxy, name)


def test_private_assignments_stay_in_the_proxy(proxy: DynamicProxy[Recorder], ref: ActorRef[Recorder]) -> None:
    proxy._secret = "the proxy's own"
    actor = ref._actor_weakref()

    assert actor is not None
    assert actor._secret == "private"


def test_the_ref_of_a_proxy_is_fixed(proxy: DynamicProxy[Recorder]) -> None:
    with pytest.raises(AttributeError, match="fixed actor_ref"):
        setattr(proxy, "actor_ref", Plain.start())  # noqa: B010 - the checkers refuse the plain assignment


def test_a_missing_attribute_is_named_and_the_nearest_is_proposed(proxy: DynamicProxy[Recorder]) -> None:
    with pytest.raises(AttributeError, match=r"Recorder .*has no attribute 'tittle'; did you mean 'title'\?"):
        _ = proxy.tittle
    with pytest.raises(AttributeError, match="has no attribute 'xyzzy'") as caught:
        _ = proxy.xyzzy
    assert "did you mean" not in str(caught.value)
    assert caught.value.name == "xyzzy"


def test_an_attribute_that_is_only_annotated_is_missing(proxy: DynamicProxy[Recorder]) -> None:
    with pytest.raises(AttributeError, match="untouched"):
        _ = proxy.untouched


def test_dir_lists_what_is_public(proxy: DynamicProxy[Recorder]) -> None:
    names = dir(proxy)

    assert {"shelf", "title", "level", "play", "static", "actor_ref", "stop", "actor_urn"} <= set(names)
    assert not {"_secret", "_hidden", "_level"} & set(names)
    assert names == sorted(names)


def test_the_actors_own_members_are_reached_too(proxy: DynamicProxy[Recorder], ref: ActorRef[Recorder]) -> None:
    assert proxy.actor_urn.get(timeout=LIMIT) == ref.actor_urn
    assert proxy.actor_stopped.get(timeout=LIMIT) is ref.actor_stopped


def test_proxies_of_one_actor_are_equal_and_hash_alike(proxy: DynamicProxy[Recorder], ref: ActorRef[Recorder]) -> None:
    assert proxy == ref.proxy()
    assert proxy != Recorder.start().proxy()
    assert proxy != ref
    assert len({proxy, ref.proxy()}) == 1


def test_a_proxy_is_described_by_its_actor_and_path(proxy: DynamicProxy[Recorder], ref: ActorRef[Recorder]) -> None:
    assert repr(proxy) == f"<ActorProxy for Recorder ({ref.actor_urn}), attr_path=()>"
    assert repr(proxy.play) == f"<CallableProxy for Recorder ({ref.actor_urn}), attr_path=('play',)>"


class TestCallableProxy:
    def test_is_what_reading_a_method_gives_and_may_be_kept(self, proxy: DynamicProxy[Recorder]) -> None:
        play: CallableProxy[Recorder] = proxy.play

        assert type(play) is CallableProxy
        assert play.actor_ref is proxy.actor_ref
        assert [play(track).get(timeout=LIMIT) for track in "ab"] == [("a", 1), ("b", 1)]

    def test_can_be_made_by_hand(self, ref: ActorRef[Recorder]) -> None:
        play = CallableProxy(actor_ref=ref, attr_path=["play"])

        assert play("a", speed=3).get(timeout=LIMIT) == ("a", 3)

    def test_defer_calls_in_order_and_returns_nothing(self, ref: ActorRef[Recorder]) -> None:
        calls: list[int] = []

        class Counting(ThreadingActor):
            def count(self, number: int, *, by: int) -> None:
                calls.append(number * by)

        proxy = Counting.start().proxy()
        for number in range(3):
            result: object = proxy.count.defer(number, by=10)
            assert result is None
        proxy.actor_urn.get(timeout=LIMIT)

        assert calls == [0, 10, 20]

    def test_defer_gives_an_exception_to_on_failure(self) -> None:
        failures: list[BaseException | None] = []

        class Fragile(ThreadingActor):
            def break_down(self) -> None:
                raise OSError("broken")

            def on_failure(
                self, exception_type: object, exception_value: BaseException | None, traceback: object
            ) -> None:
                failures.append(exception_value)

        ref = Fragile.start()
        ref.proxy().break_down.defer()
        last = ref.ask("never handled", block=False)

        with pytest.raises(ActorDeadError):
            last.get(timeout=LIMIT)
        ref.stop(timeout=LIMIT)  # returns after the last hook, which runs when others have been refused
        assert [str(failure) for failure in failures] == ["broken"]

    def test_defer_to_a_dead_actor_raises(self, proxy: DynamicProxy[Recorder]) -> None:
        play = proxy.play
        proxy.stop().get(timeout=LIMIT)

        with pytest.raises(ActorDeadError) as refused:
            play.defer("a")
        assert refused.value.undelivered == ProxyCall(("play",), ("a",), {})
        with pytest.raises(ActorDeadError) as refused:
            play.defer(song="a")
        assert refused.value.undelivered == ProxyCall(("play",), (), {"song": "a"})


class TestProxyToItself:
    def test_schedules_work_after_what_is_already_in_the_mailbox(self, gate: Gate) -> None:
        steps: list[int | str] = []

        class Long(ThreadingActor):
            def __init__(self) -> None:
                super().__init__()
                self._in_future = self.actor_ref.proxy()

            def step(self, number: int) -> None:
                gate.pass_through()
                steps.append(number)
                if number < 3:
                    self._in_future.step(number + 1)

            def interrupt(self) -> None:
                steps.append("interrupted")
                self.stop()

        proxy = Long.start().proxy()
        proxy.step(0)
        gate.wait_until_entered()
        proxy.interrupt()
        gate.open()
        stopped = proxy.actor_ref.actor_stopped
        assert stopped.wait(LIMIT)

        assert steps == [0, "interrupted", 1]

    def test_a_public_one_is_hidden_and_warned_of(self, caplog: pytest.LogCaptureFixture) -> None:
        class Exposed(ThreadingActor):
            def __init__(self) -> None:
                super().__init__()
                self.me = self.actor_ref.proxy()
                self.friend = Plain.start().proxy()

        proxy = Exposed.start().proxy()

        assert "me" not in dir(proxy)
        assert "friend" in dir(proxy)
        with pytest.raises(AttributeError, match="me"):
            _ = proxy.me
        assert "'me' is a proxy to itself. Consider making it private by renaming it to '_me'" in caplog.text


class TestOfADeadActor:
    @pytest.fixture
    def dead(self, proxy: DynamicProxy[Recorder]) -> DynamicProxy[Recorder]:
        """A proxy whose actor has stopped and whose actor object has been freed, if nothing keeps it."""
        (thread,) = (thread for thread in threading.enumerate() if thread.name.startswith("Recorder-"))
        proxy.stop().get(timeout=LIMIT)
        wait_for_end(thread)
        collect_garbage()
        return proxy

    def test_a_method_gives_a_future_that_has_the_error(self, dead: DynamicProxy[Recorder]) -> None:
        future = dead.play("a", twice=True)

        with pytest.raises(ActorDeadError) as refused:
            future.get(timeout=LIMIT)
        assert refused.value.undelivered == ProxyCall(("play",), ("a",), {"twice": True})

    def test_a_call_that_was_not_handled_any_more_is_in_the_error(self, gate: Gate) -> None:
        ref = Gated.start(gate)
        proxy = ref.proxy()
        proxy.hold.defer()
        gate.wait_until_entered()
        stopping = ref.stop(block=False)
        calls = [proxy.hold(), proxy.hold(1, more=2)]
        gate.open()
        stopping.get(timeout=LIMIT)

        arguments: list[tuple[tuple[int, ...], dict[str, int]]] = [((), {}), ((1,), {"more": 2})]
        for call, (args, kwargs) in zip(calls, arguments, strict=True):
            with pytest.raises(ActorDeadError) as refused:
                call.get(timeout=LIMIT)
            assert refused.value.undelivered == ProxyCall(("hold",), args, kwargs)

    def test_an_attribute_gives_a_future_that_has_the_error_or_raises_it(self, dead: DynamicProxy[Recorder]) -> None:
        with pytest.raises(ActorDeadError):
            dead.title.get(timeout=LIMIT)

    def test_assigning_raises(self, dead: DynamicProxy[Recorder]) -> None:
        with pytest.raises(ActorDeadError):
            dead.title = "too late"

    def test_its_description_still_works(self, dead: DynamicProxy[Recorder]) -> None:
        assert "Recorder" in repr(dead)
        assert hash(dead) == hash(dead)
