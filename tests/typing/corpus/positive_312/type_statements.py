from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from actors_312.type_statements import Tree
    from proxies_312.type_statements import TypeStatementsProxy
    from typedactors import Future


def calls(proxy: TypeStatementsProxy, pair: tuple[int, int], tree: Tree) -> None:
    assert_type(proxy.number.get(), int | float)
    assert_type(proxy.pair.get(), tuple[str, str])
    assert_type(proxy.work(1, width=2), Future[int])
    assert_type(proxy.swap(pair).get(), tuple[int, int])
    assert_type(proxy.grow(tree).get(), Tree)
    proxy.number = 1.0
    proxy.pair = ("x", "y")
    proxy.grow({"x": [1, {"y": 2}]})
