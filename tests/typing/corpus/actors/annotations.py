"""How types are written: aliases, new types, quotes, names that only a type checker imports."""

from typing import TYPE_CHECKING, Annotated, Any, NewType, Optional, TypeAlias, TypeVar, Union

from typedactors import ThreadingActor

if TYPE_CHECKING:
    import collections.abc as abc
    from decimal import Decimal as Money

T = TypeVar("T")

UserId = NewType("UserId", int)
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | None"
Table = dict[str, list[T]]
Rows: TypeAlias = "list[tuple[Money, UserId]]"
Positive = Annotated[int, 0]


class Annotations(ThreadingActor):
    user: UserId
    table: Table[int]
    marked: Annotated[int, len] = 0
    quoted: "Optional[Later]" = None
    price: "Money"
    raw: Any

    def find(self, user: UserId) -> Json:
        return user

    def fill(self, table: Table[T]) -> Table[T]:
        return table

    def rows(self) -> Rows:
        return []

    def limit(self, count: Positive, ratio: Annotated[float, 1, 2] = 0.5) -> Positive:
        return int(count * ratio)

    def convert(self, price: "Money", *others: "abc.Sequence[Money]") -> "Later":
        raise NotImplementedError

    def old_style(self, value: Optional[Union[int, str]]) -> Union["Later", None]:
        return None if value else Later()

    def loose(self, value: Any) -> dict[str, Any]:
        return {"": value}


class Later:
    size = 1

    class Inner:
        size = 2


class Forward(ThreadingActor):
    def inner(self, other: "Annotations") -> "Later.Inner":
        return Later.Inner()
