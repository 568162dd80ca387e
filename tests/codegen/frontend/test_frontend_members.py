"""What becomes of each kind of member: its kind, its types, its defaults, its docstring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from typedactors_codegen.model import Field, Method, ParameterKind, Symbol

if TYPE_CHECKING:
    from tests.codegen.frontend.conftest import Result, Tree

METHODS = '''
from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from typing import ParamSpec, Protocol, Self, TypedDict, TypeVar, Unpack, overload

from typedactors import Future, ThreadingActor

P = ParamSpec("P")
T = TypeVar("T")


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Options(TypedDict, total=False):
    depth: int


def traced(function: Callable[P, T]) -> Callable[P, T]:
    return function


def stringly(function: Callable[P, T]) -> Callable[P, str]:
    raise NotImplementedError


class Worker(ThreadingActor):
    """Works."""

    def every_kind(
        self, a: int, b: str = "x", /, c: bytes = b"y", *rest: float, d: bool, e: None = None, **more: int
    ) -> None: ...
    def options(self, **options: Unpack[Options]) -> Options: ...
    def old_style(self, __a: int) -> None: ...
    def numbers(self, a: int = -1, b: float = 2.5, c: complex = 1j, d: int = ~3, e: bool = True) -> None: ...
    def other(self, a: tuple[int, ...] = (), b: Color = Color.BLUE, c: list[int] = [1], d: int = len("x")) -> None: ...
    async def later(self, n: int = 1) -> list[str]: ...
    def generator(self) -> Iterator[int]:
        yield 1
    def future(self) -> Future[int]: ...
    @staticmethod
    def static(a: int) -> int: ...
    @classmethod
    def made(cls, a: int) -> Self: ...
    def itself(self) -> Self: ...
    @traced
    def traced(self, a: int, b: str = "q") -> bool: ...
    @stringly
    def stringly(self, a: int) -> bool: ...
    def generic(self, value: T, function: Callable[[T], T]) -> T: ...
    @overload
    def chosen(self, a: int) -> int:
        """Of a number."""
    @overload
    def chosen(self, a: str = "s") -> str: ...
    def chosen(self, a: object = None) -> object:
        """Of anything."""
    def documented(self) -> None:
        """Say it.

            Indented.
        Not.
        """
'''


@pytest.fixture
def methods(tree: Tree) -> Result:
    return tree.actors(METHODS)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (
            "every_kind",
            "def every_kind(a: int, b: str = 'x', /, c: bytes = b'y', *rest: float, d: bool, e: None = None, "
            "**more: int) -> None",
        ),
        ("options", "def options(**options: Unpack[Options]) -> Options"),
        ("old_style", "def old_style(a: int, /) -> None"),
        (
            "numbers",
            "def numbers(a: int = -1, b: float = 2.5, c: complex = 1j, d: int = ~3, e: bool = True) -> None",
        ),
        (
            "other",
            "def other(a: tuple[int, ...] = (), b: Color = Color.BLUE, c: list[int] = ..., d: int = ...) -> None",
        ),
        ("later", "def later(n: int = 1) -> list[str]"),
        ("generator", "def generator() -> Iterator[int]"),
        ("future", "def future() -> Future[int]"),
        ("static", "def static(a: int) -> int"),
        ("made", "def made(a: int) -> Worker"),
        ("itself", "def itself() -> Worker"),
        ("traced", "def traced(a: int, b: str = 'q') -> bool"),
        ("stringly", "def stringly(a: int) -> str"),
        ("generic", "def generic(value: T, function: Callable[[T], T]) -> T"),
        ("chosen", "def chosen(a: int) -> int; def chosen(a: str = 's') -> str"),
    ],
)
def test_methods(methods: Result, name: str, line: str) -> None:
    assert methods.line("Worker", name) == line


def test_methods_report_nothing_and_keep_the_order_of_the_source(methods: Result) -> None:
    assert methods.analysis.diagnostics == ()
    names = [member.name for member in methods.classes["Worker"].members]
    assert names[:3] == ["every_kind", "options", "old_style"]
    assert names[-3:] == ["generic", "chosen", "documented"]


def test_docstrings(methods: Result) -> None:
    worker = methods.classes["Worker"]
    assert worker.docstring == "Works."
    assert methods.member("Worker", "documented").docstring == "Say it.\n\n    Indented.\nNot."
    chosen = methods.member("Worker", "chosen")
    assert isinstance(chosen, Method)
    assert [signature.docstring for signature in chosen.signatures] == ["Of a number.", None]
    assert chosen.docstring == "Of anything."


def test_the_enumeration_of_a_default_is_a_symbol(methods: Result) -> None:
    other = methods.member("Worker", "other")
    assert isinstance(other, Method)
    default = other.signatures[0].parameters[1].default
    assert default is not None
    assert default.parts == (Symbol("actors", "Color"), ".BLUE")


def test_places_are_relative_to_the_base_directory(methods: Result) -> None:
    member = methods.member("Worker", "options")
    line = METHODS.splitlines().index("    def options(self, **options: Unpack[Options]) -> Options: ...") + 1
    assert str(member.origin) == f"actors.py:{line}"


FIELDS = '''
from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ClassVar, Final, Literal

from typedactors import ThreadingActor


def double(number: int) -> int:
    return 2 * number


class Adder:
    def __call__(self, number: int, *, by: int = 1) -> int: ...


class Device(ThreadingActor):
    plain = 3
    """A plain one."""
    declared: str
    optional: int | None = None
    LIMIT: Final = 10
    kinds: ClassVar[dict[str, int]] = {}
    mode: Literal["a", "b"] = "a"
    callback: Callable[[int], str]
    maybe: Callable[[], None] | None = None
    adder = Adder()
    make = Adder
    doubled = staticmethod(double)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        """Its name."""
        self.pairs = [(1, "x")]
        self.left, self.right = 1, "r"
        self._secret = 0

    def reset(self) -> None:
        self.late: bytes = b""

    @property
    def read_only(self) -> int:
        """Read me."""
        return 1

    @property
    def settable(self) -> int:
        return 1

    @settable.setter
    def settable(self, value: int) -> None: ...

    @property
    def asymmetric(self) -> int:
        return 1

    @asymmetric.setter
    def asymmetric(self, value: int | str) -> None: ...

    @functools.cached_property
    def cached(self) -> list[int]:
        return []
'''


def test_fields(tree: Tree) -> None:
    result = tree.actors(FIELDS)
    assert result.members("Device") == [
        "plain: int",
        "declared: str",
        "optional: int | None",
        "LIMIT: int set -",
        "kinds: dict[str, int] set -",
        "mode: Literal['a', 'b']",
        "def callback(argument_1: int, /) -> str",
        "maybe: Callable[[], None] | None",
        "def adder(number: int, *, by: int = ...) -> int",
        "def make() -> Adder",
        "def doubled(number: int) -> int",
        "name: str",
        "pairs: list[tuple[int, str]]",
        "left: int",
        "right: str",
        "def reset() -> None",
        "late: bytes",
        "read_only: int set -",
        "settable: int",
        "asymmetric: int set int | str",
        "cached: list[int]",
    ]
    assert result.analysis.diagnostics == ()
    documented = {member.name: member.docstring for member in result.classes["Device"].members if member.docstring}
    assert documented == {"plain": "A plain one.", "name": "Its name.", "read_only": "Read me."}
    assert result.skipped("Device") == {
        "__init__": "it is a special method, which a proxy does not send",
        "_secret": "its name is private",
    }


def test_a_private_library_class_becomes_what_can_be_imported(tree: Tree) -> None:
    result = tree.actors(
        """
        import contextlib
        import threading
        from collections.abc import Iterator
        from typedactors import ThreadingActor

        class Files(ThreadingActor):
            def __init__(self) -> None:
                self.text = open("x")
                self.lock = threading.Lock()
            @contextlib.contextmanager
            def opened(self) -> Iterator[int]:
                yield 1
        """
    )
    text, opened = result.member("Files", "text"), result.member("Files", "opened")
    assert isinstance(text, Field)
    assert text.type.parts == (Symbol("io", "TextIOWrapper"),)
    lock = result.member("Files", "lock")
    assert isinstance(lock, Field)
    assert lock.type.parts == (Symbol("threading", "Lock"),)
    assert isinstance(opened, Method)
    assert opened.signatures[0].returns.parts[0] == Symbol("contextlib", "AbstractContextManager")
    assert result.analysis.diagnostics == ()


def test_parameters_of_a_callback_are_positional_only(tree: Tree) -> None:
    result = tree.actors(FIELDS)
    callback = result.member("Device", "callback")
    assert isinstance(callback, Method)
    assert [parameter.kind for parameter in callback.signatures[0].parameters] == [ParameterKind.POSITIONAL_ONLY]


def test_nested_classes_and_special_names_are_skipped_with_a_reason(tree: Tree) -> None:
    result = tree.actors(
        """
        from typedactors import ThreadingActor

        class Holder(ThreadingActor):
            class Config: ...
            def on_start(self) -> None: ...
            def __len__(self) -> int: ...
        """
    )
    assert result.members("Holder") == []
    assert result.skipped("Holder") == {
        "Config": "it is a nested class, which a proxy does not show",
        "on_start": "the name belongs to the proxy itself",
        "__len__": "it is a special method, which a proxy does not send",
    }


def test_a_cached_method_has_the_parameters_that_it_is_written_with(tree: Tree) -> None:
    result = tree.actors(
        """
        import functools
        from functools import cache as kept, lru_cache
        from typedactors import ThreadingActor

        class Holder(ThreadingActor):
            @functools.lru_cache(maxsize=8)
            def cached(self, value: int, *, exact: bool = False) -> str:
                "It is kept."
            @lru_cache
            def bare(self, value: int) -> str: ...
            @staticmethod
            @kept
            def static(value: int) -> str: ...
            @kept
            def untyped(self, value) -> str: ...
        """
    )
    assert result.members("Holder") == [
        "def cached(value: int, *, exact: bool = False) -> str",
        "def bare(value: int) -> str",
        "def static(value: int) -> str",
        "def untyped(value: Any) -> str",
    ]
    assert result.reports == {"actors.py:16 Holder.untyped": ["its parameter value has no annotation"]}
    assert result.classes["Holder"].members[0].docstring == "It is kept."


def test_attributes_that_methods_assign_in_every_kind_of_statement(tree: Tree) -> None:
    """The bodies of such methods are read only because these assignments are found there."""
    result = tree.actors(
        """
        from pathlib import Path
        from typedactors import ThreadingActor

        def pair() -> tuple[int, list[str]]: ...

        class Holder(ThreadingActor):
            def by_local(self) -> None:
                number, names = pair()
                self.number = number
                self.names, self.size = names, len(names)
            def by_with(self) -> None:
                with Path("x").open("rb") as self.file:
                    pass
            def by_for(self) -> None:
                for self.index in range(3):
                    pass
            def nested(self, flag: bool) -> None:
                try:
                    if flag:
                        while True:
                            [self.first, *self.others] = pair()[1]
                except OSError as error:
                    self.failure = error
                match flag:
                    case True:
                        self.chosen: float = 1
            def unannotated(self):
                self.seen = pair()
        """
    )
    fields = [line for line in result.members("Holder") if not line.startswith("def ")]
    assert fields == [
        "number: int",
        "names: list[str]",
        "size: int",
        "file: BufferedReader",
        "index: int",
        "first: str",
        "others: list[str]",
        "failure: OSError",
        "chosen: float",
        "seen: tuple[int, list[str]]",
    ]
