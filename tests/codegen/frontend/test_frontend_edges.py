"""Cases at the edges, most of them found by the generated packages of tests/codegen/robust."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.codegen.frontend.conftest import Tree


def test_dictionary_types_that_lost_their_names(tree: Tree) -> None:
    # What goes through a type variable comes out of mypy as a dictionary type without a name.
    tree.write({"kinds.py": "from typing import TypedDict\nclass Options(TypedDict, total=False):\n    depth: int\n"})
    result = tree.actors(
        """
        from collections.abc import Callable
        from typing import ParamSpec, TypedDict, TypeVar
        import kinds
        from typedactors import ThreadingActor

        P = ParamSpec("P")
        T = TypeVar("T")

        class Required(TypedDict):
            depth: int

        def traced(function: Callable[P, T]) -> Callable[P, T]: ...
        def given() -> kinds.Options: ...

        class Holder(ThreadingActor):
            @traced
            def own(self, required: Required) -> dict[str, tuple[Required, str]]: ...
            @traced
            def other(self) -> kinds.Options: ...
            def __init__(self) -> None:
                self.several = [given()]
        """
    )
    assert result.members("Holder") == [
        "def own(required: Required) -> dict[str, tuple[Required, str]]",
        "def other() -> Options",
        "several: list[Options]",
    ]
    assert result.reports == {}


@pytest.mark.parametrize(
    ("condition", "taken"),
    [
        ("sys.version_info >= (3, 4)", "left"),
        ("sys.version_info < (3, 4)", "right"),
        ("sys.version_info >= (3, 99)", "right"),
        ("sys.version_info[0] == 3", "left"),
        ("sys.version_info[:1] == (3,)", "left"),
        ("sys.version_info[0:2] != (3, 4)", "left"),
        ("(3, 4) > sys.version_info", "right"),
        ("3 <= sys.version_info[0]", "left"),
        ("sys.version_info >= (3, 11, 0)", "neither"),
        ("not TYPE_CHECKING", "right"),
        ("typing.TYPE_CHECKING and sys.version_info > (3,)", "left"),
        ("TYPE_CHECKING or unknown", "left"),
        ("sys.platform == 'no such'", "right"),
        ("sys.platform != 'no such'", "left"),
        ("sys.platform.startswith('no such')", "right"),
        ("unknown and TYPE_CHECKING", "neither"),
    ],
)
def test_a_member_of_one_branch_has_that_branchs_default(tree: Tree, condition: str, taken: str) -> None:
    result = tree.actors(
        f"""
        import sys
        import typing
        from typing import TYPE_CHECKING
        from typedactors import ThreadingActor

        unknown = len("x") > 0

        class Chosen(ThreadingActor):
            if {condition}:
                def method(self, value: int = 1) -> int:
                    "left"
            else:
                def method(self, value: int = 2) -> int:
                    "right"
        """
    )
    # Where the outcome is not known, mypy takes the first definition, as it says when it checks the file.
    default = 2 if taken == "right" else 1
    assert result.line("Chosen", "method") == f"def method(value: int = {default}) -> int"


def test_no_member_is_silently_lost(tree: Tree) -> None:
    result = tree.actors(
        """
        import decimal
        from dataclasses import InitVar, dataclass
        from typedactors import ThreadingActor

        class Base(ThreadingActor):
            shared = 1

        @dataclass
        class Odd(Base):
            size: int
            start_size: InitVar[int] = 1
            from decimal import Decimal as number
            import decimal as module
            def again(self) -> None:
                self.shared = 2
            @staticmethod
            def static(self: Base) -> None:
                self.unknown = 1
        """
    )
    assert result.members("Odd") == ["size: int", "def again() -> None", "def static(self: Base) -> None"]
    skipped = result.skipped("Odd")
    assert sorted(skipped) == ["module", "number", "start_size"]
    assert skipped["start_size"] == "no type checker sees it on the instances"


def test_a_descriptor_that_drops_the_parameters(tree: Tree) -> None:
    result = tree.actors(
        """
        import functools
        from typedactors import ThreadingActor

        class Chooser(ThreadingActor):
            @functools.singledispatchmethod
            def choose(self, value: object) -> str: ...
        """
    )
    assert "drops the parameters" in result.reports["actors.py:7 Chooser.choose"][0]


def test_the_proxys_name_is_the_classs(tree: Tree) -> None:
    result = tree.actors(
        """
        from typedactors import ThreadingActor, traversable

        class lower(ThreadingActor):
            class inner: ...
            part = traversable(inner())
        """
    )
    assert [proxy.wanted_name for proxy in result.classes.values()] == ["lowerInnerProxy", "lowerProxy"]


def test_callables_that_begin_with_some_parameters_and_take_any_others(tree: Tree) -> None:
    result = tree.actors(
        """
        from collections.abc import Callable
        from typing import Any, Concatenate, Generic, ParamSpec
        from typedactors import ThreadingActor

        P = ParamSpec("P")

        class Hook(Generic[P]):
            def __init__(self, function: Callable[P, None]) -> None: ...

        class Caller(ThreadingActor):
            def call(self, function: Callable[Concatenate[int, str, ...], bool]) -> Callable[..., bool]: ...
            def hook(self, hook: Hook[Concatenate[int, ...]], other: Hook[...]) -> Hook[[int, str]]: ...
        """
    )
    assert result.members("Caller") == [
        "def call(function: Callable[Concatenate[int, str, ...], bool]) -> Callable[..., bool]",
        "def hook(hook: Hook[Concatenate[int, ...]], other: Hook[...]) -> Hook[[int, str]]",
    ]
    assert result.reports == {}
