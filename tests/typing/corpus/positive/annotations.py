from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, assert_type

from actors.annotations import Annotations, Later, UserId

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from actors.annotations import Json
    from actors.annotations_postponed import Defined
    from proxies.annotations import AnnotationsProxy, ForwardProxy, PostponedProxy
    from typedactors import Future


def reads(proxy: AnnotationsProxy) -> None:
    assert_type(proxy.user, Future[UserId])
    assert_type(proxy.table, Future[dict[str, list[int]]])
    assert_type(proxy.marked, Future[int])
    assert_type(proxy.quoted, Future[Later | None])
    assert_type(proxy.price, Future[Decimal])
    assert_type(proxy.raw, Future[Any])
    proxy.user = UserId(1)
    proxy.marked = 1
    proxy.price = Decimal(1)
    proxy.quoted = Later()


def calls(proxy: AnnotationsProxy, json: Json, table: dict[str, list[int]]) -> None:
    json = proxy.find(UserId(1)).get()
    assert_type(proxy.fill(table), Future[dict[str, list[int]]])
    assert_type(proxy.rows(), Future[list[tuple[Decimal, UserId]]])
    assert_type(proxy.limit(1, ratio=1), Future[int])
    assert_type(proxy.convert(Decimal(1), [Decimal(2)]), Future[Later])
    assert_type(proxy.old_style("x"), Future[Later | None])
    assert_type(proxy.loose(json), Future[dict[str, Any]])


def calls_of_others(forward: ForwardProxy, postponed: PostponedProxy, actor: Annotations) -> None:
    assert_type(forward.inner(actor), Future[Later.Inner])
    assert_type(postponed.when, Future[datetime.datetime])
    assert_type(postponed.pay(Decimal(1)), Future[Sequence[Decimal]])
    assert_type(postponed.later(), Future[Defined])
    postponed.watch(print)
    postponed.pay.defer(Decimal(1), on=None)
