from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from proxies.parameters import ParametersProxy
    from typedactors import Future


def calls(proxy: ParametersProxy) -> None:
    proxy.defaults("x")  # error: a str for an int
    proxy.defaults(1, "b", 2.0, 3, 4, 5)  # error: too many arguments
    proxy.defaults(f=1)  # error: misspelt keyword
    proxy.defaults(None)  # error: None for an int
    proxy.more_defaults(b=("x",))  # error: wrong item type
    proxy.keyword_only()  # error: a required keyword is missing
    proxy.keyword_only("x")  # error: by position
    proxy.keyword_only(name="x", cuont=3)  # error: misspelt keyword
    proxy.positional_only(first=1)  # error: by keyword
    proxy.positional_only()  # error: a required argument is missing
    proxy.old_positional_only(first=1)  # error: by keyword
    proxy.old_positional_only(__first=1)  # error: by keyword, under its private name
    proxy.star_args("x", "y")  # error: a str among the ints
    proxy.star_args()  # error: a required argument is missing
    proxy.star_kwargs(a="x")  # error: a str among the floats
    proxy.every_kind(1, 2, 3)  # error: a required keyword is missing
    proxy.every_kind(a=1, b=2, d=3, x="y")  # error: a str among the ints
    proxy.keyword_after_default(1)  # error: a required keyword is missing
    proxy.nothing(1)  # error: too many arguments
    proxy.nothnig()  # error: unknown member


def deferred(proxy: ParametersProxy) -> None:
    proxy.defaults.defer("x")  # error: a str for an int
    proxy.defaults.defer(f=1)  # error: misspelt keyword
    proxy.keyword_only.defer()  # error: a required keyword is missing
    proxy.positional_only.defer(first=1)  # error: by keyword
    proxy.star_args.defer("x", "y")  # error: a str among the ints
    proxy.every_kind.defer(1, 2, 3)  # error: a required keyword is missing
    proxy.nothing.defer(1)  # error: too many arguments
    proxy.nothing.defer().get()  # error: a .defer result that is used
    proxy.nothing.deffer()  # error: unknown member of a method


def as_callbacks(proxy: ParametersProxy) -> None:
    ask: Callable[[str], Future[int]] = proxy.defaults  # error: takes an int
    tell: Callable[[int], Future[str]] = proxy.positional_only.defer  # error: gives nothing
    ask("")
    tell(1)


def assignments(proxy: ParametersProxy) -> None:
    proxy.nothing = proxy.nothing  # error: assignment to a method
    proxy.other = 1  # error: assignment to an unknown member
    result: int = proxy.defaults()  # error: a future is not its value
    print(result)
