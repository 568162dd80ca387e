"""Casts of proxies, and annotated assignments: before and after, and what is left with which reason."""

from __future__ import annotations

import pytest

from tests.codegen.migrate.conftest import CodeBase, Rewrite

CIRCLE = """\
from typing import cast
from typedactors import ActorProxy, ThreadingActor
from typedactors.typing import ActorMemberMixin, proxy_field, proxy_method

class Circle(ThreadingActor):
    pi = 3.14
    def area(self, radius: float) -> float:
        local = self.pi
        return local * radius**2

class CircleProxy(ActorMemberMixin, ActorProxy[Circle]):
    pi = proxy_field(Circle.pi)
    area = proxy_method(Circle.area)
"""
WITHOUT_CAST = CIRCLE.removeprefix("from typing import cast\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('p = cast("CircleProxy", Circle.start().proxy())  # c', "p = Circle.start().proxy(CircleProxy)  # c"),
        ("p = cast(CircleProxy, ref.proxy()).pi.get()", "p = ref.proxy(CircleProxy).pi.get()"),
        ("f(cast( 'CircleProxy' , ref.proxy( ) ))", "f(ref.proxy(CircleProxy))"),
        (
            "p = cast(\n    CircleProxy,\n    Circle.start(\n        1,  # one\n    ).proxy(),\n)",
            "p = Circle.start(\n    1,  # one\n).proxy(CircleProxy)",
        ),
        ("p = cast(\n    CircleProxy,\n    ref\n    .proxy(),\n)", "p = (ref\n.proxy(CircleProxy))"),
    ],
)
def test_a_cast_becomes_an_argument_and_its_import_goes(rewrite: Rewrite, before: str, after: str) -> None:
    assert rewrite(f"{CIRCLE}\n{before}\n") == (f"{WITHOUT_CAST}\n{after}\n", [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x: CircleProxy = ref.proxy()", "x: CircleProxy = ref.proxy(CircleProxy)"),
        ("self.x: 'CircleProxy' = ref.proxy()  # type: ignore", "self.x: 'CircleProxy' = ref.proxy(CircleProxy)"),
        (
            "x: CircleProxy = ref.proxy()  # type: ignore[assignment]",
            "x: CircleProxy = ref.proxy(CircleProxy)",
        ),
    ],
)
def test_an_annotated_assignment_says_the_class_too(rewrite: Rewrite, before: str, after: str) -> None:
    assert rewrite(f"{WITHOUT_CAST}\n{before}\n") == (f"{WITHOUT_CAST}\n{after}\n", [])


def test_a_comment_that_says_more_than_ignore_is_kept(rewrite: Rewrite) -> None:
    text, remarks = rewrite(f"{WITHOUT_CAST}\nx: CircleProxy = ref.proxy()  # type: ignore[assignment, misc]\n")

    assert text.endswith("x: CircleProxy = ref.proxy(CircleProxy)  # type: ignore[assignment, misc]\n")
    assert "is kept" in remarks[0]


@pytest.mark.parametrize(
    ("extra", "cast", "reason"),
    [
        ("", 'cast("CircleProxy | None", ref.proxy())', "which is not the name of one class"),
        ("", "cast(Other, ref.proxy())", "the file binds no class of that name"),
        ("", "cast(Circle, ref.proxy())", "program.Circle is no proxy class of an actor"),
        ("from a import Other\n", "cast(Other, ref.proxy())", "a.Other is not in the files given"),
        ("", "cast(  # why\n    CircleProxy, ref.proxy())", "has comments that would be lost"),
        (
            "class Ball(Circle):\n    volume = 0\n"
            "class BallProxy(CircleProxy):\n    area = proxy_method(Ball.area)\n"
            "p.volume\n",
            "cast(BallProxy, ref.proxy())",
            "program.BallProxy does not declare volume, which Ball has and the program could ask for",
        ),
        (
            "class Part:\n    pass\nclass BallProxy(ActorProxy[Circle]):\n    part: Part\n",
            "cast(BallProxy, ref.proxy())",
            "only annotates its member part, so its objects would not have it",
        ),
        (
            "def f(CircleProxy):\n    return cast(CircleProxy, ref.proxy())\n",
            "cast(Foo, ref.proxy())",
            "CircleProxy is bound inside a function",
        ),
        (
            "",
            "cast(LaterProxy, ref.proxy())\nclass LaterProxy(ActorProxy[Circle]):\n    pi = proxy_field(Circle.pi)\n"
            "    area = proxy_method(Circle.area)",
            "the class is defined further down",
        ),
    ],
)
def test_a_cast_that_cannot_be_rewritten_says_why(rewrite: Rewrite, extra: str, cast: str, reason: str) -> None:
    before = f"{CIRCLE}{extra}\np = {cast}\n"
    text, remarks = rewrite(before)

    assert text == before
    assert any(reason in remark and ": note: the cast to" in remark for remark in remarks), remarks


def test_other_casts_are_nobodys_business(rewrite: Rewrite) -> None:
    text = f"{CIRCLE}\ncast('Any', ref.proxy()), cast(int, x), cast('CircleProxy', ref.proxy(CircleProxy))\n"

    assert rewrite(text) == (text, [])


def test_a_class_that_only_checkers_imported_is_imported_for_good(code_base: CodeBase) -> None:
    code_base.write(
        {
            "circle.py": CIRCLE,
            "program.py": """\
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    # what is round
    from circle import Circle, CircleProxy

def f(ref):
    return cast("CircleProxy", ref.proxy())
""",
            "alone.py": """\
import typing

if typing.TYPE_CHECKING:
    from circle import CircleProxy

def f(ref):
    return typing.cast("CircleProxy", ref.proxy())
""",
        }
    )

    assert code_base.migrate("--keep-classes", ".").status == 0
    assert (
        code_base.read("program.py")
        == """\
from typing import TYPE_CHECKING
from circle import CircleProxy

if TYPE_CHECKING:
    # what is round
    from circle import Circle

def f(ref):
    return ref.proxy(CircleProxy)
"""
    )
    assert code_base.read("alone.py").endswith(
        "from circle import CircleProxy\n\ndef f(ref):\n    return ref.proxy(CircleProxy)\n"
    )


def test_an_import_that_would_be_a_cycle_is_not_made(code_base: CodeBase) -> None:
    program = """\
from typing import TYPE_CHECKING, cast
if TYPE_CHECKING:
    from circle import CircleProxy
def f(ref):
    return cast("CircleProxy", ref.proxy())
"""
    code_base.write({"circle.py": f"import program\n{CIRCLE}", "program.py": program})

    result = code_base.migrate("--keep-classes", ".")

    assert code_base.read("program.py") == program
    assert "program.py:5: note: the cast to CircleProxy: importing circle when the program runs would be a cycle" in (
        result.stderr
    )
