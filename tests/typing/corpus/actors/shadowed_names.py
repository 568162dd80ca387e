"""Members with the names of what the types are made of."""

from __future__ import annotations

import builtins
import decimal

import typedactors


class ShadowedNames(typedactors.ThreadingActor):
    Decimal: decimal.Decimal
    typing: builtins.int = 0

    def list(self, of: builtins.int) -> builtins.list[builtins.int]:
        return [of]

    def dict(self, names: builtins.set[builtins.str]) -> builtins.dict[builtins.str, builtins.int]:
        return builtins.dict.fromkeys(names, 0)

    def set(self, value: builtins.int) -> None: ...

    def type(self, value: object) -> builtins.type[builtins.int]:
        return builtins.int

    def int(self, text: builtins.str) -> builtins.int:
        return len(text)

    def str(self) -> builtins.str:
        return ""

    def overload(self) -> builtins.bool:
        return True

    def Future(self) -> typedactors.Future[builtins.int]:
        return typedactors.ThreadingFuture[builtins.int]()

    def Protocol(self, value: object) -> builtins.tuple[builtins.int, ...]:
        return (1, builtins.len(builtins.str(value)))

    def Self(self) -> ShadowedNames:
        return self


class ShadowedProperties(typedactors.ThreadingActor):
    @property
    def size(self) -> int:
        return 1

    @size.setter
    def size(self, value: int) -> None: ...

    def setter(self) -> int:
        return 1

    property = 1

    last: builtins.bool = True
