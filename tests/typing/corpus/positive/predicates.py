from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from actors.predicates import are_names, is_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from proxies.predicates import PredicatesProxy
    from typedactors import Future


def calls(proxy: PredicatesProxy) -> None:
    assert_type(proxy.pick(is_name), Future[list[str]])
    assert_type(proxy.whole(are_names).get(), Sequence[str] | None)
    assert_type(proxy.is_known("x"), Future[bool])
    assert_type(proxy.is_number("x").get(), bool)
    proxy.pick.defer(is_name)


def results(proxy: PredicatesProxy, value: int | str, values: Sequence[object]) -> None:
    if proxy.narrower().get()(value):
        assert_type(value, str)
    else:
        assert_type(value, int)
    if proxy.guard().get()(values):
        assert_type(values, Sequence[str])
