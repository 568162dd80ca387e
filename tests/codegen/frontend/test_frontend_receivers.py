"""Methods whose ``self`` has a type: a proxy has those that can be called on its actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.codegen.frontend.conftest import Result, Tree

BAGS = """
from collections.abc import Callable
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, Self, TypeVar, overload
from typedactors import ThreadingActor

T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")
A = TypeVar("A")
S = TypeVar("S", bound="Bag[Any]")

def logged(function: Callable[Concatenate[A, P], R]) -> Callable[Concatenate[A, P], R]: ...

class Named(Protocol):
    @property
    def name(self) -> str: ...

class Bag(ThreadingActor, Generic[T]):
    def total(self: "Bag[int]") -> int: ...
    @logged
    def logged(self: "Bag[int]") -> int: ...
    @overload
    def joined(self: "Bag[str]") -> str: ...
    @overload
    def joined(self: "Bag[bytes]") -> bytes: ...
    def joined(self) -> Any: ...
    @overload
    def split(self: "Bag[str]", separator: str = " ") -> list[str]: ...
    @overload
    def split(self: "Bag[bytes]", separator: bytes) -> list[bytes]: ...
    def split(self, separator: Any = None) -> Any:
        '''Split it.'''
    def plain(self: "Bag[T]", other: "Bag[T]") -> T: ...
    def same(self: S) -> S: ...
    def one(self) -> T: ...
    @classmethod
    def made(cls: "type[Bag[int]]") -> int: ...
    @classmethod
    def kind(cls) -> type[Self]: ...
    def shown(self: Named) -> str: ...
    @property
    def first(self: "Bag[int]") -> int: ...

class Texts(Bag[str]):
    @property
    def name(self) -> str: ...
class Numbers(Bag[int]): ...
"""


@pytest.fixture
def bags(tree: Tree) -> Result:
    tree.write({"bags.py": BAGS})
    tree.write({"texts.py": "from bags import Numbers, Texts\n"})
    return tree.analyze_outputs({"bag_proxies": ["bags:Bag"]})


def test_methods_that_some_instances_have(bags: Result) -> None:
    assert bags.members("Bag") == [
        "def total() -> int",
        "def logged() -> int",
        "def joined(*args: Any, **kwargs: Any) -> Any",
        "def split(separator: str = ' ') -> list[str]",
        "def split(separator: bytes) -> list[bytes]",
        "def plain(other: Bag[T]) -> T",
        "def same() -> Bag[T]",
        "def one() -> T",
        "def made() -> int",
        "def kind() -> type[Bag[T]]",
        "first: int set -",
    ]
    some = "by the type of its first parameter it is for a Bag[{}], and the proxy of every Bag has it"
    reports = {name.partition(" ")[2]: reasons for name, reasons in bags.reports.items()}
    assert reports == {
        "Bag.total": [some.format("int")],
        "Bag.logged": [some.format("int")],
        "Bag.joined": [
            "its overloads take the same call, and only the type of self says which is meant, so it gives Any"
        ],
        "Bag.split": [some.format("bytes"), some.format("str")],
        "Bag.made": [some.format("int")],
        "Bag.first": [some.format("int")],
    }
    assert bags.skipped("Bag")["shown"] == "the type of its first parameter keeps it from a Bag"


def test_a_class_has_what_the_type_of_self_allows_it(tree: Tree) -> None:
    tree.write({"bags.py": BAGS})
    result = tree.analyze("bags:Texts", "bags:Numbers")
    assert result.members("Texts") == [
        "name: str set -",
        "def joined() -> str",
        "def split(separator: str = ' ') -> list[str]",
        "def plain(other: Bag[str]) -> str",
        "def same() -> Texts",
        "def one() -> str",
        "def kind() -> type[Texts]",
        "def shown() -> str",
    ]
    assert [line for line in result.members("Numbers") if "int" in line and "other" not in line] == [
        "def total() -> int",
        "def logged() -> int",
        "def one() -> int",
        "def made() -> int",
        "first: int set -",
    ]
    assert "joined" in result.skipped("Numbers")
    assert result.reports == {}
