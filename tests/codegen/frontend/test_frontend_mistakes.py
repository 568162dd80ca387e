"""Sources with mistakes in them, and classes that no file can name: nothing is lost without a word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.frontend import OutputRequest, Target, analyze
from typedactors_codegen.model import Origin

if TYPE_CHECKING:
    from tests.codegen.frontend.conftest import Tree


def test_classes_that_no_file_can_name_have_no_proxy(tree: Tree) -> None:
    result = tree.actors(
        """
        from typing import Protocol, runtime_checkable
        from typedactors import ThreadingActor, traversable

        @runtime_checkable
        class Mixin(Protocol):
            def mixed(self) -> int: ...

        def factory() -> object:
            class Local(ThreadingActor):
                def method(self) -> int: ...
            return Local

        class Holder(ThreadingActor):
            def __init__(self) -> None:
                super().__init__()
                class Part:
                    x = 1
                self.part = traversable(Part())

        def narrow(holder: Holder) -> None:
            if isinstance(holder, Mixin):
                print(holder)
        """
    )
    assert list(result.classes) == ["Holder"]
    assert result.members("Holder") == ["part: object"]
    assert ["defined inside a function" in reason for reason in result.reports["actors.py:19 Holder.part"]] == [True]


def test_names_in_annotations_that_nothing_binds(tree: Tree) -> None:
    result = tree.actors(
        """
        import decimal
        from typing import Annotated, Any, Generic, Literal, TypeVar
        from typedactors import ThreadingActor

        T = TypeVar("T")

        class Holder(ThreadingActor, Generic[T]):
            field: Forgotten
            dotted: decimal.Decimall
            def method(self, a: Lost, b: "list[os.PathLike[str]]") -> dict[str, Any]: ...
            def right(self, a: Any, b: Literal["Nothing"], c: Annotated[Any, "no name"], d: T) -> "decimal.Decimal": ...
            def __init__(self) -> None:
                from fractions import Fraction
                self.local: dict[Fraction, Any] = {}
                self.gone: Decimall = 1
        """
    )
    assert result.reports == {
        "actors.py:9 Holder.field": ["the name Forgotten in its annotation is not defined, which makes it Any"],
        "actors.py:10 Holder.dotted": [
            "the name decimal.Decimall in its annotation is not defined, which makes it Any"
        ],
        "actors.py:11 Holder.method": [
            "the name Lost in its annotation is not defined, which makes it Any",
            "the name os.PathLike in its annotation is not defined, which makes it Any",
        ],
        "actors.py:16 Holder.gone": ["the name Decimall in its annotation is not defined, which makes it Any"],
    }
    remedies = {found.member: found.remedy for found in result.analysis.diagnostics}
    assert remedies["Holder.gone"] == "Do you mean decimal?"
    assert remedies["Holder.field"] == "Import it, or correct its spelling."


def test_modules_that_members_hide_from_annotations(tree: Tree) -> None:
    result = tree.actors(
        """
        import datetime, decimal, queue
        from typing import Any
        from typedactors import ThreadingActor

        class Clock(ThreadingActor):
            class queue:
                class Queue: ...
            def before(self, when: datetime.datetime, more: Any) -> None: ...
            def datetime(self, when: datetime.date, more: Any) -> str: ...
            def at(self, when: "datetime.datetime") -> list[datetime.date]: ...
            own: dict[datetime.date, Any]
            decimal = 1
            def pay(self, price: decimal.Decimal) -> None: ...
            def wait(self, queue: queue.Queue, more: Any) -> None: ...
            def lose(self, queue: queue.Queues) -> None: ...
            def __init__(self) -> None:
                self.inner: dict[datetime.date, Any] = {}
        """
    )
    assert result.members("Clock")[:3] == [
        "def before(when: datetime, more: Any) -> None",
        "def datetime(when: date, more: Any) -> str",
        "def at(when: Any) -> list[Any]",
    ]
    hidden = "the name {} in its annotation means the member {} of line {}, which makes it Any"
    assert result.reports == {
        "actors.py:11 Clock.at": [
            hidden.format("datetime.date", "datetime", 10),
            hidden.format("datetime.datetime", "datetime", 10),
        ],
        "actors.py:12 Clock.own": [hidden.format("datetime.date", "datetime", 10)],
        "actors.py:14 Clock.pay": [hidden.format("decimal.Decimal", "decimal", 13)],
        "actors.py:16 Clock.lose": ["the name queue.Queues in its annotation is not defined, which makes it Any"],
    }
    remedies = {found.remedy for found in result.analysis.diagnostics if found.member == "Clock.pay"}
    assert remedies == {
        "Rename the member, or import what it hides by another name, as in `import decimal as _decimal`."
    }


@pytest.mark.parametrize(
    ("base", "body"),
    [
        ("Service", "def on_start(self) -> None: ..."),
        ("Service", "def urn(self) -> str:\n        return self.actor_urn"),
        ("ServiceActor", "def method(self) -> int: ..."),
    ],
)
def test_what_looks_like_an_actor_is_refused_beside_a_good_one(tree: Tree, base: str, body: str) -> None:
    header = f"from svc import {base}\nfrom typedactors import ThreadingActor\nclass Good(ThreadingActor): ...\n"
    tree.write({"actors.py": f"{header}class Sub({base}):\n    {body}\n"})
    with pytest.raises(CodegenError) as caught:
        tree.analyze()
    assert (caught.value.path, caught.value.line) == ("actors.py", 4)
    assert "the module svc, imported in line 1, cannot be found" in caught.value.message
    assert caught.value.hint is not None
    assert "name the module's actors one by one" in caught.value.hint


def test_a_class_that_has_a_proxy_does_not_lose_it(tree: Tree) -> None:
    source = (
        "from svc import Service\nfrom typedactors import ThreadingActor\n"
        "class Good(ThreadingActor): ...\nclass Sub(Service): ...\n"
    )
    other = "from typedactors import ActorProxy\nfrom others import Sub\nclass SubProxy(ActorProxy[Sub]): ...\n"
    tree.write({"actors.py": source, "proxies.pyi": other})
    # The proxy of another module's class of that name says nothing about this one.
    assert list(tree.analyze().classes) == ["Good"]
    tree.write({"proxies.pyi": other.replace("from others import Sub", "from actors import Good, Sub")})
    with pytest.raises(CodegenError, match="the base Service of the class Sub is Any"):
        tree.analyze()


@pytest.mark.parametrize("module", ["fast", "missing"])
def test_an_actor_that_an_import_hides(tree: Tree, module: str) -> None:
    tree.write(
        {"fast.py": "from typedactors import ThreadingActor\nclass Worker(ThreadingActor): ...\nclass Plain: ...\n"}
    )
    result = tree.actors(
        f"""
        from typedactors import ThreadingActor
        try:
            from {module} import Worker, Plain, Heir
        except ImportError:
            class Worker(ThreadingActor): ...
            class Plain: ...
            class Heir(Worker): ...
        class Beside(ThreadingActor): ...
        """
    )
    assert list(result.classes) == ["Beside"]
    reason = "no proxy: the import in line 4 binds the same name, and type checkers see only what is imported"
    assert result.reports == {"actors.py:6 Worker": [reason], "actors.py:8 Heir": [reason]}


def test_an_actor_that_an_import_of_all_names_hides(tree: Tree) -> None:
    tree.write({"names.py": "Worker = Plain = 1\n", "others.py": "other = 1\n"})
    result = tree.actors(
        """
        from typedactors import ThreadingActor
        from others import *
        from names import *
        from unknown import Base, ServiceActor
        class Worker(ThreadingActor): ...
        class Plain(Base): ...
        class Beside(ThreadingActor): ...
        """
    )
    reason = "no proxy: the import in line 4 binds the same name, and type checkers see only what is imported"
    assert result.reports == {"actors.py:6 Worker": [reason]}


def test_the_only_actor_is_hidden_by_an_import(tree: Tree) -> None:
    tree.write(
        {
            "actors.py": "from missing import Worker\nfrom typedactors import ThreadingActor\n"
            "class Worker(ThreadingActor): ...\n"
        }
    )
    with pytest.raises(
        CodegenError, match='"proxies" would be empty: Worker has no proxy: the import in line 1'
    ) as caught:
        tree.analyze()
    assert (caught.value.path, caught.value.line) == ("actors.py", 3)


def test_bases_in_a_circle(tree: Tree) -> None:
    tree.write(
        {"other.py": "from actors import A\nclass B(A): ...\n", "actors.py": "from other import B\nclass A(B): ...\n"}
    )
    with pytest.raises(CodegenError, match=r"in a circle: other\.B -> actors\.A -> other\.B") as caught:
        tree.analyze()
    assert caught.value.hint is not None
    assert "Take one of these bases away" in caught.value.hint


def test_a_second_definition(tree: Tree) -> None:
    result = tree.actors(
        """
        import functools
        from typing import overload
        from typedactors import ThreadingActor

        class Twice(ThreadingActor):
            def method(self) -> int: ...
        class Twice(ThreadingActor):
            def other(self) -> int: ...

        class Once(ThreadingActor):
            def again(self, x: int) -> None: ...
            def again(self, x: str) -> None: ...
            @property
            def value(self) -> int: ...
            @value.setter
            def value(self, value: int) -> None: ...
            @overload
            def both(self, x: int) -> int: ...
            @overload
            def both(self, x: str) -> str: ...
            def both(self, x: int | str) -> int | str: ...
            if functools:
                def chosen(self) -> int: ...
            else:
                def chosen(self) -> int: ...
        """
    )
    assert result.members("Twice") == ["def method() -> int"]
    again = "it is defined again in line {}: the proxy shows the first definition, the program runs the last"
    assert result.reports == {
        "actors.py:6 Twice": [again.format(8)],
        "actors.py:12 Once.again": [again.format(13)],
    }


def test_what_the_standard_library_makes_any(tree: Tree) -> None:
    result = tree.actors(
        """
        import sys
        from typedactors import ThreadingActor

        class Holder(ThreadingActor):
            def __init__(self) -> None:
                self.out = sys.stdout
        """
    )
    assert result.line("Holder", "out") == "out: TextIO | Any"
    # What a checker loses at the actor itself is not the proxy's to report.
    assert sorted(result.reports) == ["actors.py:7 Holder.out"]


def test_members_of_other_platforms_are_named(tree: Tree) -> None:
    result = tree.actors(
        """
        import sys
        from typedactors import ThreadingActor

        class Holder(ThreadingActor):
            if sys.platform == "no such":
                def elsewhere(self) -> int: ...
            if sys.version_info >= (3, 99):
                later = 1
            else:
                earlier = 2
        """
    )
    assert result.members("Holder") == ["earlier: int"]
    reason = "it is behind a check of the platform or of Python's version that fails"
    assert result.skipped("Holder") == {"elsewhere": reason, "later": reason}


def test_the_nearest_class_says_whether_it_is_traversable(tree: Tree) -> None:
    result = tree.actors(
        """
        from typedactors import ThreadingActor, traversable

        @traversable
        class Part:
            x = 1
        class Plain(Part):
            typedactors_traversable = False
        @traversable
        class Again(Plain): ...

        class Holder(ThreadingActor):
            part = Part()
            plain = Plain()
            again = Again()
        """
    )
    assert result.members("Holder") == ["part -> actors.Part", "plain: Plain", "again -> actors.Again"]


def test_a_librarys_members_are_reported_at_the_class(tree: Tree) -> None:
    result = tree.actors(
        """
        import logging
        from typedactors import ThreadingActor

        class Holder(ThreadingActor, logging.Handler): ...
        """
    )
    assert list(result.reports) == ["actors.py:5 Holder"]
    (reason,) = result.reports["actors.py:5 Holder"]
    assert reason.startswith("of addFilter, filters, removeFilter, inherited from the library's class Filterer: ")
    assert "Override them in Holder" in result.analysis.diagnostics[0].remedy


def test_a_wrong_target_is_reported_where_it_is_written(tree: Tree) -> None:
    tree.write({"actors.py": "from typedactors import ThreadingActor\nclass Counter(ThreadingActor): ...\nx = 1\n"})
    for name in ("Countr", "x"):
        target = Target("actors", name, Origin("pyproject.toml", 5))
        request = replace(tree.request({}), outputs=(OutputRequest("proxies", (target,)),))
        with pytest.raises(CodegenError) as caught:
            analyze(request)
        assert (caught.value.path, caught.value.line) == ("pyproject.toml", 5)
