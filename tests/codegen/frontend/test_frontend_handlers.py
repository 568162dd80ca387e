"""Methods that are declared as the handlers of messages: the proxy has them as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.codegen.frontend.conftest import Result, Tree

MESSAGES = """
from collections.abc import Callable
from typing import Any, Generic, TypeVar
import typedactors
from typedactors import Message, ThreadingActor

T = TypeVar("T")

class Find(Message[int | None]): ...
class Heir(Find): ...
class Echo(Message[T], Generic[T]): ...

class Other:
    @staticmethod
    def handler(function: Callable[[Any, int], int]) -> Callable[[Any, int], int]:
        return function
"""


def analyse(tree: Tree, methods: str) -> Result:
    return tree.actors(f"{MESSAGES}\nclass Worker(ThreadingActor):\n{methods}")


def test_a_handler_keeps_its_parameter_s_name_and_its_own_types(tree: Tree) -> None:
    result = analyse(
        tree,
        """
    @Find.handler
    def find(self, message: Find) -> int: ...
    @Heir.handler
    @Find.handler
    def wide(self, anything: object, more: str = "x") -> None:
        '''Takes more.'''
    @Find.handler
    async def later(self, message: Find) -> int: ...
    @Echo[Any].handler
    def echo(self, message: Echo[T]) -> T: ...
""",
    )
    assert result.members("Worker") == [
        "def find(message: Find) -> int",
        "def wide(anything: object, more: str = 'x') -> None",
        "def later(message: Find) -> int",
        "def echo(message: Echo[T]) -> T",
    ]
    assert result.analysis.diagnostics == ()
    assert [member.docstring for member in result.classes["Worker"].members if member.name == "wide"] == ["Takes more."]


def test_what_a_handler_does_not_say_is_reported(tree: Tree) -> None:
    result = analyse(
        tree,
        """
    @Find.handler
    def find(self, message): ...
""",
    )
    assert result.members("Worker") == ["def find(message: Any) -> Any"]
    assert [each.reason for each in result.analysis.diagnostics] == [
        "its parameter message has no annotation",
        "its return type is not annotated",
    ]


def test_another_decorator_called_handler_is_what_it_says(tree: Tree) -> None:
    result = analyse(
        tree,
        """
    @Other.handler
    def other(self, number: int) -> bool: ...
    @Find.handler
    @Other.handler
    def both(self, message: object) -> int: ...
""",
    )
    assert result.line("Worker", "other") == "def other(number: int, /) -> int"
    assert result.line("Worker", "both").startswith("def both(message: ")
    assert "object" not in result.line("Worker", "both")
