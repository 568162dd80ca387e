from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from proxies.variable_names import ForemanProxy, LabelsProxy, OwnerProxy, UnderscoresProxy, WorkerProxy
    from typedactors import Future


def of_a_base_class(worker: WorkerProxy[int], foreman: ForemanProxy[int], text: str) -> None:
    assert_type(worker.content, Future[int])
    assert_type(worker.map(str), Future[list[str]])
    assert_type(worker.pair(text), Future[tuple[int, str]])
    assert_type(foreman.map(str), Future[list[str]])
    assert_type(foreman.pair(text), Future[tuple[int, str]])
    assert_type(foreman.replace(1), Future[int])
    worker.map.defer(str)


def of_a_part(owner: OwnerProxy[int]) -> None:
    assert_type(owner.box.content, Future[int])
    assert_type(owner.box.map(str), Future[list[str]])
    owner.box.map.defer(str)


def of_a_decorator(labels: LabelsProxy, text: str, flag: bool) -> None:
    assert_type(labels.repeat(text, flag, count=2), Future[tuple[str, list[bool]]])
    labels.repeat.defer(text, flag, 2)


def of_overloads(labels: LabelsProxy, text: str, flag: bool) -> None:
    assert_type(labels.either(flag), Future[list[bool]])
    assert_type(labels.either(flag, text), Future[tuple[bool, str]])


def of_names_with_underscores(proxy: UnderscoresProxy[int], text: str, number: float) -> None:
    assert_type(proxy.both(1, text), Future[tuple[int, str]])
    assert_type(proxy.plain(text), Future[list[str]])
    assert_type(proxy.bounded(number), Future[list[float]])
