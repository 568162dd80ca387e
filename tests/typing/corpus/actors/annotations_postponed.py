"""The same under postponed annotations, where a name need not exist when the module runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typedactors import ThreadingActor

if TYPE_CHECKING:
    import datetime
    from collections import abc
    from collections.abc import Callable
    from decimal import Decimal as Money

    Handler = Callable[[Money], None]


class Postponed(ThreadingActor):
    when: datetime.datetime

    def pay(self, amount: Money, on: datetime.date | None = None) -> abc.Sequence[Money]:
        return [amount] if on else []

    def later(self) -> Defined:
        return Defined()

    def watch(self, handler: Handler) -> None: ...


class Defined:
    size = 1
