"""What cannot be told exactly is reported; what cannot be told at all is refused."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.model import Severity

if TYPE_CHECKING:
    from tests.codegen.frontend.conftest import Tree

ACTOR = "from typedactors import ThreadingActor\n"


def test_missing_annotations(tree: Tree) -> None:
    result = tree.actors(
        """
        from typedactors import ThreadingActor

        class Half(ThreadingActor):
            def nothing(self, a, *rest, key=3, **more): ...
            def returns(self, a) -> int: ...
            def no_return(self, a: int): ...
            @property
            def read(self): ...
        """
    )
    assert result.members("Half") == [
        "def nothing(a: Any, *rest: Any, key: Any = 3, **more: Any) -> Any",
        "def returns(a: Any) -> int",
        "def no_return(a: int) -> Any",
        "read: Any set -",
    ]
    assert result.reports == {
        "actors.py:5 Half.nothing": [
            "its parameters a, key, rest, more have no annotation",
            "its return type is not annotated",
        ],
        "actors.py:6 Half.returns": ["its parameter a has no annotation"],
        "actors.py:7 Half.no_return": ["its return type is not annotated"],
        "actors.py:9 Half.read": ["its getter's return type is not annotated"],
    }
    assert {found.severity for found in result.analysis.diagnostics} == {Severity.WARNING}
    assert all(found.remedy for found in result.analysis.diagnostics)


def test_annotations_in_comments(tree: Tree) -> None:
    result = tree.actors(
        """
        from typing import Any, overload
        from typedactors import ThreadingActor

        class Old(ThreadingActor):
            def whole(self, x, *rest, key=3, **more):
                # type: (int, *str, int, **Any) -> str
                return ""
            def parts(self,
                      x,  # type: int
                      y,
                      *,
                      z=None,  # type: str | None
                      ):
                # type: (...) -> str
                return ""
            async def later(self):
                # type: () -> int
                return 1
            @property
            def size(self):
                # type: () -> int
                return 1
            async def nothing(self, x: int): ...
        """
    )
    assert result.members("Old") == [
        "def whole(x: int, *rest: str, key: int = 3, **more: Any) -> str",
        "def parts(x: int, y: Any, *, z: str | None = None) -> str",
        "def later() -> int",
        "size: int set -",
        "def nothing(x: int) -> Any",
    ]
    assert result.reports == {
        "actors.py:9 Old.parts": ["its parameter y has no annotation"],
        "actors.py:24 Old.nothing": ["its return type is not annotated"],
    }


def test_attributes_whose_type_is_any(tree: Tree) -> None:
    result = tree.actors(
        """
        import json
        import re
        from typing import Any
        from typedactors import ThreadingActor

        def untyped(): ...

        class Loose(ThreadingActor):
            meant: Any = 3
            also_meant: dict[str, Any]
            bare: list
            def __init__(self) -> None:
                self.loaded = json.loads("1")
                self.called = untyped()
                self.empty = {}
                self.nothing = None
        """
    )
    reports = result.reports
    assert "actors.py:10 Loose.meant" not in reports
    assert "actors.py:11 Loose.also_meant" not in reports
    assert reports["actors.py:12 Loose.bare"] == ["its type has list without type arguments, which makes them Any"]
    assert reports["actors.py:14 Loose.loaded"] == [
        "it has no annotation, and the value that its type is inferred from is Any"
    ]
    assert reports["actors.py:15 Loose.called"] == ["its type comes from a function without annotations"]
    assert "actors.py:16 Loose.empty" in reports
    assert "None is all that mypy sees" in reports["actors.py:17 Loose.nothing"][0]


def test_type_arguments_that_nobody_wrote(tree: Tree) -> None:
    result = tree.actors(
        """
        from collections.abc import Callable
        from typing import Generic, TypeVar
        from typedactors import ActorRef, ThreadingActor

        T = TypeVar("T")

        class Box(Generic[T]): ...

        def found() -> ActorRef: ...

        class Bare(ThreadingActor):
            def called(self, callback: Callable, *rest: tuple) -> dict: ...
            def boxed(self, box: Box | None = None) -> None: ...
            def __init__(self) -> None:
                self.inferred = found()
        """
    )
    assert result.members("Bare") == [
        "def called(callback: Callable[..., Any], *rest: tuple[Any, ...]) -> dict[Any, Any]",
        "def boxed(box: Box[Any] | None = None) -> None",
        "inferred: ActorRef[Any]",
    ]
    assert result.reports == {
        "actors.py:13 Bare.called": [
            "its parameter callback has Callable without type arguments, which makes them Any",
            "its parameter rest has tuple without type arguments, which makes them Any",
            "its return type has dict without type arguments, which makes them Any",
        ],
        "actors.py:14 Bare.boxed": ["its parameter box has Box without type arguments, which makes them Any"],
        "actors.py:16 Bare.inferred": [
            "it has no annotation, and its inferred type has ActorRef[Any], which nobody wrote"
        ],
    }
    remedies = {found.reason.split()[2]: found.remedy for found in result.analysis.diagnostics}
    assert remedies["callback"] == "Write the type arguments, as in Callable[[int], str]."
    assert remedies["box"] == "Write the type arguments, as in Box[int]."
    assert remedies["no"] == "Annotate it, or write the type arguments of ActorRef where its value comes from."


def test_a_type_that_a_member_hides(tree: Tree) -> None:
    result = tree.actors(
        """
        from typedactors import ThreadingActor

        class Hidden(ThreadingActor):
            bytes = b""
            def raw(self) -> bytes: ...
        """
    )
    assert result.reports == {
        "actors.py:6 Hidden.raw": ["mypy reports an error in its type: bytes is not valid as a type there"]
    }


def test_imports_that_are_missing_or_have_no_types(tree: Tree) -> None:
    # pytest-timeout is installed wherever these tests run, and says nothing about its types.
    result = tree.actors(
        """
        import nowhere as elsewhere
        import pytest_timeout
        from nowhere.deep import Thing
        from typedactors import ThreadingActor

        class User(ThreadingActor):
            def missing(self, thing: Thing) -> None: ...
            def aliased(self) -> list[elsewhere.Other]: ...
            def __init__(self) -> None:
                self.made = Thing()
                self.untyped = pytest_timeout.Settings()
        """
    )
    reports = result.reports
    missing = "its type is Any: the module nowhere.deep, imported in line 4, cannot be found"
    assert reports["actors.py:8 User.missing"] == [missing]
    assert reports["actors.py:9 User.aliased"] == [
        "its type is Any: the module nowhere, imported in line 2, cannot be found"
    ]
    assert reports["actors.py:11 User.made"] == [missing]
    assert reports["actors.py:12 User.untyped"] == [
        "its type is Any: the module pytest_timeout, imported in line 3, is installed but has no types"
    ]


def test_decorators_that_lose_the_type(tree: Tree) -> None:
    result = tree.actors(
        """
        from collections.abc import Callable
        from typing import TypeVar
        from typedactors import ThreadingActor

        T = TypeVar("T")

        def untyped(function): ...
        def vague(function: Callable[..., T]) -> Callable[..., T]: ...

        class Decorated(ThreadingActor):
            @untyped
            def lost(self, a: int) -> int: ...
            @vague
            def half_lost(self, a: int) -> int: ...
        """
    )
    assert result.members("Decorated") == [
        "def lost(*args: Any, **kwargs: Any) -> Any",
        "def half_lost(*args: Any, **kwargs: Any) -> int",
    ]
    assert result.reports["actors.py:13 Decorated.lost"] == ["its decorator has no type, which makes the method Any"]
    assert "drops the parameters" in result.reports["actors.py:15 Decorated.half_lost"][0]


def test_types_that_cannot_be_named(tree: Tree) -> None:
    result = tree.actors(
        """
        from typedactors import ThreadingActor

        class Public: ...

        def given(a: int, *, b: str = "") -> int: ...

        class Odd(ThreadingActor):
            def __init__(self) -> None:
                class Inside(Public): ...
                self.inside = Inside()
                self.functions = [given]
        """
    )
    assert result.members("Odd") == ["inside: Public", "functions: list[Callable[..., int]]"]
    assert "defined inside a function" in result.reports["actors.py:11 Odd.inside"][0]
    assert "Callable[...] cannot tell" in result.reports["actors.py:12 Odd.functions"][0]


def refusal(tree: Tree, *targets: str) -> CodegenError:
    with pytest.raises(CodegenError) as caught:
        tree.analyze(*targets)
    return caught.value


def test_a_syntax_error_names_file_and_line(tree: Tree) -> None:
    tree.write({"actors.py": ACTOR + "import helper\nclass A(ThreadingActor): ...\n", "helper.py": "x = 1\ny = = 2\n"})
    error = refusal(tree)
    assert (error.path, error.line) == ("helper.py", 2)
    assert "cannot be read as Python" in error.message


NEWER = ACTOR + "class A[T](ThreadingActor):\n    def f(self, x: T) -> T: ...\n"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python knows the syntax")
def test_newer_syntax_than_the_running_python(tree: Tree) -> None:
    tree.write({"actors.py": NEWER})
    error = refusal(tree)
    assert (error.path, error.line) == ("actors.py", 2)
    assert error.hint is not None
    assert "newer" in error.hint


@pytest.mark.skipif(sys.version_info < (3, 12), reason="this Python does not know the syntax")
def test_type_parameters_of_a_class(tree: Tree) -> None:
    tree.write({"actors.py": NEWER})
    assert tree.analyze().members("A") == ["def f(x: T) -> T"]


def test_targets_that_cannot_be_found(tree: Tree) -> None:
    tree.write({"actors.py": ACTOR + "class Counter(ThreadingActor): ...\nclass Plain: ...\nnumber = 3\n"})
    assert "the module nowhere" in refusal(tree, "nowhere").message
    error = refusal(tree, "actors:Countre")
    assert (error.path, error.hint) == (None, "Do you mean Counter?")
    error = refusal(tree, "actors:Plain")
    assert (error.path, error.line) == ("actors.py", 3)
    assert "neither an actor nor a Protocol" in error.message
    assert "not a class" in refusal(tree, "actors:number").message
    assert "is an output of the generator" in refusal(tree, "proxies").message


def test_an_actor_whose_base_is_any(tree: Tree) -> None:
    tree.write(
        {
            "actors.py": """
                from typedactors import ThreadingActor
                from nowhere.mixins import Mixin

                class Untold(Mixin): ...

                class Actor(ThreadingActor, Untold): ...
                """
        }
    )
    for target in ("actors", "actors:Actor"):
        error = refusal(tree, target)
        assert (error.path, error.line) == ("actors.py", 5)
        assert error.message == (
            "the base Mixin of the class Untold is Any, so its members are unknown: "
            "the module nowhere.mixins, imported in line 3, cannot be found; Actor derives from it"
        )
        assert error.hint is not None
        assert error.hint.startswith("Install nowhere")


def test_a_class_that_may_be_an_actor_for_all_that_is_known(tree: Tree) -> None:
    tree.write({"actors.py": "from nowhere import Base\n\nclass Thing(Base): ...\n"})
    assert refusal(tree).line == 3
    actor = "class A(ThreadingActor): ...\n"
    tree.write({"actors.py": f"{ACTOR}from nowhere import Base\nclass Thing(Base): ...\n{actor}"})
    result = tree.analyze()
    assert list(result.classes) == ["A"]
    assert list(result.reports) == ["actors.py:3 Thing"]
    tree.write({"actors.py": f"{ACTOR}from nowhere import BaseActor\nclass T(BaseActor): ...\n{actor}"})
    assert refusal(tree).line == 3


def test_an_async_property_gives_what_nobody_runs(tree: Tree) -> None:
    result = tree.actors(
        """
        from typedactors import ThreadingActor

        class Holder(ThreadingActor):
            @property
            async def size(self) -> int: ...
        """
    )
    assert result.reports == {
        "actors.py:6 Holder.size": ["it is an async property: who reads it gets a coroutine that nobody has run"]
    }
