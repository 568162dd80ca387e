"""An exception that an asker keeps does not keep alive the future that it came with."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from tests.runtime.support import LIMIT
from typedactors import Actor, ThreadingActor
from typedactors.runtimes.asyncio import AsyncioActor


class Message:
    pass


class Refusing(ThreadingActor):
    def on_receive(self, message: Any) -> Any:  # any message
        del message
        raise ValueError("told to fail")


class RefusingTask(AsyncioActor):
    async def on_receive(self, message: Any) -> Any:  # any message
        raise ValueError("told to fail")


@pytest.fixture
def _no_collector() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]  # pytest calls it
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
@pytest.mark.parametrize("actor_class", [Refusing, RefusingTask])
def test_a_future_is_freed_without_the_collector(actor_class: type[Actor]) -> None:
    ref = actor_class.start()
    future = ref.ask(Message(), block=False)
    freed = weakref.ref(future)
    with pytest.raises(ValueError, match="told to fail") as caught:
        future.get(timeout=LIMIT)
    del future

    assert caught.value.__traceback__ is not None
    ref.stop(timeout=LIMIT)
    assert freed() is None
