"""The type statements of Python 3.12, and what else only it has."""

from __future__ import annotations

from typing import TypedDict, Unpack, override

from typedactors import ThreadingActor

type Number = int | float
type Pair[T] = tuple[T, T]
type Tree = dict[str, Tree] | list[Tree] | int


class Options(TypedDict, total=False):
    width: int


class Base(ThreadingActor):
    def work(self, number: Number) -> Number:
        return number


class TypeStatements(Base):
    number: Number = 1
    pair: Pair[str] = ("x", "y")

    @override
    def work(self, number: Number, **options: Unpack[Options]) -> int:
        return int(number)

    def swap[T](self, pair: Pair[T]) -> Pair[T]:
        return pair[1], pair[0]

    def grow(self, tree: Tree) -> Tree:
        return tree
