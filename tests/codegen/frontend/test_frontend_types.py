"""How the types that members are written with are told in a proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typedactors_codegen.model import Field, Symbol

if TYPE_CHECKING:
    from tests.codegen.frontend.conftest import Tree


TYPES = """
from __future__ import annotations

import decimal
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Concatenate, Generic, Literal, NamedTuple, Never, NewType, Optional
from typing import ParamSpec, TypeVar, TypedDict, Union

from typedactors import ActorRef, Future, ThreadingActor

P = ParamSpec("P")
T = TypeVar("T")
Reading = dict[str, decimal.Decimal]
Pair = tuple[T, T]
_Hidden = list[int]
Identifier = NewType("Identifier", int)


class Point(NamedTuple):
    x: int


class Options(TypedDict):
    depth: int


class Outer:
    class Inner: ...


class Source(Generic[P, T]): ...


class Typed(ThreadingActor):
    alias: Reading
    generic_alias: Pair[int]
    private_alias: _Hidden
    new_type: Identifier
    named_tuple: Point
    typed_dict: Options
    nested: Outer.Inner
    old: Optional[Union[int, str]]
    union: None | int
    literals: Literal[1, "b"] | Literal[True]
    kind: list[type[Point]]
    empty: tuple[()]
    pair: tuple[int, str]
    many: tuple[int, ...]
    callables: list[Callable[..., int]]
    spec: list[Source[[int, str], bool]]
    explicit: dict[str, Any]
    awaited: Awaitable[int]
    mapping: Mapping[str, Future[int]]
    ref: ActorRef[Typed]

    def never(self) -> Never: ...
    def prefixed(self, call: Callable[Concatenate[int, P], T], *args: P.args, **kwargs: P.kwargs) -> T: ...
"""


def test_types(tree: Tree) -> None:
    result = tree.actors(TYPES)
    assert result.members("Typed") == [
        "alias: Reading",
        "generic_alias: Pair[int]",
        "private_alias: list[int]",
        "new_type: Identifier",
        "named_tuple: Point",
        "typed_dict: Options",
        "nested: Outer.Inner",
        "old: int | str | None",
        "union: int | None",
        "literals: Literal[1, 'b', True]",
        "kind: list[type[Point]]",
        "empty: tuple[()]",
        "pair: tuple[int, str]",
        "many: tuple[int, ...]",
        "callables: list[Callable[..., int]]",
        "spec: list[Source[[int, str], bool]]",
        "explicit: dict[str, Any]",
        "awaited: Awaitable[int]",
        "mapping: Mapping[str, Future[int]]",
        "ref: ActorRef[Typed]",
        "def never() -> Never",
        "def prefixed(call: Callable[Concatenate[int, P], T], *args: P.args, **kwargs: P.kwargs) -> T",
    ]
    assert result.analysis.diagnostics == ()
    mapping = result.member("Typed", "mapping")
    assert isinstance(mapping, Field)
    symbols = [part for part in mapping.type.parts if isinstance(part, Symbol)]
    assert Symbol("typedactors", "Future") in symbols
    assert Symbol("collections.abc", "Mapping") in symbols


def test_descriptors_give_what_they_are_read_as(tree: Tree) -> None:
    result = tree.actors(
        """
        from __future__ import annotations
        from typing import Generic, TypeVar, overload
        from typedactors import ThreadingActor

        T = TypeVar("T")

        class Column(Generic[T]):
            def __init__(self, value: T) -> None: ...
            @overload
            def __get__(self, instance: None, owner: type) -> Column[T]: ...
            @overload
            def __get__(self, instance: object, owner: type) -> T: ...
            def __get__(self, instance: object, owner: type) -> object: ...
            def __set__(self, instance: object, value: T) -> None: ...

        class Row(ThreadingActor):
            number = Column(3)
        """
    )
    assert result.members("Row") == ["number: int"]


def test_what_only_an_instance_is_promised_is_no_descriptor(tree: Tree) -> None:
    result = tree.actors(
        """
        from typing import ClassVar, Generic, Protocol, TypeVar
        from typedactors import ThreadingActor

        T = TypeVar("T")

        class Column(Generic[T]):
            def __get__(self, instance: object, owner: type) -> T: ...
            def __set__(self, instance: object, value: T) -> None: ...

        class HasNumbers(Protocol):
            promised: Column[int]
            shared: ClassVar[Column[int]]

        class Row(ThreadingActor, HasNumbers):
            declared: Column[int]

            def __init__(self) -> None:
                super().__init__()
                self.held: Column[int] = Column()
        """
    )
    assert result.members("Row") == ["declared: int", "held: Column[int]"]
    assert result.members("HasNumbers") == ["promised: Column[int]", "shared: int"]


def test_any_arguments_are_reported_where_no_annotation_says_so(tree: Tree) -> None:
    result = tree.actors(
        """
        from collections.abc import Callable
        from typing import Generic, TypeVar
        from typedactors import ThreadingActor

        T = TypeVar("T")

        class Column(Generic[T]):
            def __init__(self, value: T) -> None: ...
            def __get__(self, instance: object, owner: type) -> T: ...

        def unknown(*args: object) -> Callable[..., str]: ...

        class Row(ThreadingActor):
            told: Column[Callable[..., str]] = Column(str)
            found = Column(unknown())
        """
    )
    arguments = "(*args: Any, **kwargs: Any) -> str"
    assert result.members("Row") == [f"def told{arguments}", f"def found{arguments}"]
    (report,) = result.reports.items()
    assert report[0].endswith("Row.found")
