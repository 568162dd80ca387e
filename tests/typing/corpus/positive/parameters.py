from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from proxies.parameters import ParametersProxy
    from typedactors import Future


def calls(proxy: ParametersProxy) -> None:
    assert_type(proxy.defaults(), Future[int])
    assert_type(proxy.defaults(1, "b", 2.0, 3, 4), Future[int])
    assert_type(proxy.defaults(e=1, d=2, c=None, b="", a=3).get(), int)
    assert_type(proxy.more_defaults(b"", (1, 2), c=False, d=1), Future[bool])
    assert_type(proxy.keyword_only(name="x"), Future[str])
    assert_type(proxy.keyword_only(count=3, name="x"), Future[str])
    assert_type(proxy.positional_only(1), Future[str])
    assert_type(proxy.positional_only(1, "x"), Future[str])
    assert_type(proxy.old_positional_only(1), Future[int])
    assert_type(proxy.star_args("x"), Future[list[int]])
    assert_type(proxy.star_args("x", 1, 2, 3), Future[list[int]])
    assert_type(proxy.star_kwargs(), Future[dict[str, float]])
    assert_type(proxy.star_kwargs(a=1.0, b=2.0), Future[dict[str, float]])
    assert_type(proxy.every_kind(1, 2, 3, 4, d=5), Future[tuple[int, ...]])
    assert_type(proxy.every_kind(1, b=2, d=5, e=6, x=7), Future[tuple[int, ...]])
    assert_type(proxy.keyword_after_default(b="x"), Future[str])
    assert_type(proxy.nothing(), Future[None])


def deferred(proxy: ParametersProxy) -> None:
    proxy.defaults.defer(1, "b", c=2.0)
    proxy.keyword_only.defer(name="x", count=3)
    proxy.positional_only.defer(1, "x")
    proxy.star_args.defer("x", 1, 2, 3)
    proxy.star_kwargs.defer(a=1.0)
    proxy.every_kind.defer(1, 2, 3, d=5, e=6, x=7)
    proxy.nothing.defer()


def as_callbacks(proxy: ParametersProxy) -> None:
    ask: Callable[[int, str], Future[int]] = proxy.defaults
    tell: Callable[[int, str], None] = proxy.positional_only.defer
    assert_type(ask(1, ""), Future[int])
    tell(1, "")
