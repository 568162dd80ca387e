"""Hand-written proxy classes against generated ones: replaced, or left with a reason. Each runs mypy."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.codegen.migrate.conftest import CodeBase
from typedactors_codegen import cli

pytestmark = pytest.mark.timeout(180)

ACTORS = '''\
"""Shapes."""

import pykka
from pykka.typing import ActorMemberMixin, proxy_field, proxy_method


class Pen:
    pykka_traversable = True

    def draw(self, width: int) -> str:
        return "-" * width


class Circle(pykka.ThreadingActor):
    pi = 3.14

    def __init__(self) -> None:
        super().__init__()
        self.pen = Pen()

    def area(self, radius: float) -> float:
        return self.pi * radius**2


# What a circle offers.
class CircleProxy(ActorMemberMixin, pykka.ActorProxy[Circle]):
    """Written by hand."""

    pen: "PenProxy"
    pi = proxy_field(Circle.pi)
    area = proxy_method(Circle.area)


class PenProxy:
    draw = proxy_method(Pen.draw)


class Square(pykka.ThreadingActor):
    def area(self, side: float) -> float:
        return side**2

    def grow(self, by):
        return by


class SquareProxy(ActorMemberMixin, pykka.ActorProxy[Square]):
    area = proxy_method(Square.area)
    grow = proxy_method(Square.grow)


class OddProxy(ActorMemberMixin, pykka.ActorProxy[Circle]):
    area = proxy_method(Circle.area)

    def twice(self) -> int:
        return 2
'''
PROGRAM = """\
from typing import TYPE_CHECKING, cast

from shapes.actors import Circle, Square, SquareProxy

if TYPE_CHECKING:
    from shapes.actors import CircleProxy

circle = cast("CircleProxy", Circle.start().proxy())
print(circle.area(2.0).get(), circle.pi.get(), circle.pen.draw(3).get())
square = cast(SquareProxy, Square.start().proxy())
print(square.grow(3).get())
circle.stop().get(), square.stop().get()
"""
FILES = {"src/shapes/__init__.py": "", "src/shapes/actors.py": ACTORS, "src/program.py": PROGRAM}


@pytest.mark.checkers
def test_a_class_is_replaced_by_a_generated_one_that_is_as_exact(code_base: CodeBase) -> None:
    code_base.write(FILES)

    result = code_base.migrate("src")

    assert result.status == 0
    actors = code_base.read("src/shapes/actors.py")
    assert "class CircleProxy" not in actors
    assert "class PenProxy" not in actors
    assert "from shapes.proxies import CircleProxy as CircleProxy, PenProxy\n" in actors
    assert "# What a circle offers.\n" in actors
    assert "class SquareProxy(ActorMemberMixin, typedactors.ActorProxy[Square]):" in actors
    assert '"shapes.proxies" = ["shapes.actors:Circle"]' in code_base.read("pyproject.toml")
    program = code_base.read("src/program.py")
    assert "circle = Circle.start().proxy(CircleProxy)\n" in program
    assert "square = Square.start().proxy(SquareProxy)\n" in program
    assert "cast" not in program
    for reason in (
        "SquareProxy stays hand-written: Square.grow: its parameter by has no annotation",
        "OddProxy stays hand-written: it has what no generated class has: def twice(self)",
    ):
        assert reason in result.stderr
    # It runs, a second run finds nothing, and the generator agrees with what was written.
    ran = subprocess.run(
        [sys.executable, "program.py"], cwd="src", capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout == "12.56 3.14 ---\n3\n"
    after = code_base.files()
    assert code_base.migrate("src").status == 0
    assert code_base.files() == after
    assert cli.main(["check"]) == 0


DIFFERENT = (
    ("def f(self) -> int: ...", "g = proxy_method({0}.f)", "{0}Proxy.g is not generated for {0}"),
    ("def f(self) -> int: ...\n    def g(self) -> int: ...", "g = proxy_method({0}.f)", "of another attribute, f"),
    ("def f(self) -> int: ...", "f = proxy_method(Z.f)", "{0}Proxy.f has the type of another class's attribute"),
    ("def f(self) -> int: ...", "f = proxy_field({0}.f)", "is declared as a field and generated as a method"),
    ("def _f(self) -> int: ...", "_f = proxy_method({0}._f)", "{0}Proxy._f is not generated for {0}"),
    ("f = Z()", "f: ZProxy", "{0}Proxy.f is generated as a field, not as a part: mark it as traversable"),
)


@pytest.mark.checkers
def test_a_member_that_is_not_generated_alike_keeps_its_class(code_base: CodeBase) -> None:
    text = """\
from typedactors import ActorProxy, ThreadingActor
from typedactors.typing import proxy_field, proxy_method
class Z:
    def f(self) -> int: ...
class ZProxy:
    f = proxy_method(Z.f)
"""
    for name, (actor, member, _) in zip("ABCDEF", DIFFERENT, strict=True):
        text += f"class {name}(ThreadingActor):\n    {actor}\n"
        text += f"class {name}Proxy(ActorProxy[{name}]):\n    {member.format(name)}\n"
    code_base.write({"program.py": text})

    result = code_base.migrate("program.py")

    assert code_base.files() == {"program.py": text.encode()}
    for name, (_, _, reason) in zip("ABCDEF", DIFFERENT, strict=True):
        assert f"{name}Proxy stays hand-written: " in result.stderr
        assert reason.format(name) in result.stderr, result.stderr
    assert "ZProxy stays hand-written: FProxy is related to it (ZProxy is the part f of FProxy)" in result.stderr


@pytest.mark.checkers
def test_heirs_and_bases_stay_or_go_together(code_base: CodeBase) -> None:
    text = """\
from typedactors import ActorProxy, ThreadingActor
from typedactors.typing import proxy_method
class A(ThreadingActor):
    def f(self) -> int: ...
class B(A):
    def g(self) -> int: ...
class C(ThreadingActor):
    def h(self) -> int: ...
class D(ThreadingActor):
    def h(self) -> int: ...
class AProxy(ActorProxy[A]):
    f = proxy_method(A.f)
class BProxy(AProxy):
    g = proxy_method(B.g)
class CProxy(ActorProxy[C]):
    h = proxy_method(C.h)
class DProxy(CProxy):
    h = proxy_method(D.h)
"""
    code_base.write({"program.py": text})

    result = code_base.migrate("program.py")

    assert result.status == 0
    after = code_base.read("program.py")
    assert "from program_proxies import AProxy, BProxy\n" in after
    assert [line for line in after.splitlines() if "Proxy(" in line] == [
        "class CProxy(ActorProxy[C]):",
        "class DProxy(CProxy):",
    ]
    assert "DProxy stays hand-written: it derives from CProxy, which the class generated" in result.stderr
    assert "CProxy stays hand-written: DProxy is related to it" in result.stderr
    assert cli.main(["check"]) == 0


@pytest.mark.checkers
def test_what_the_generator_refuses_keeps_its_class(code_base: CodeBase) -> None:
    text = """\
from nowhere import Base
from typedactors import ActorProxy
from typedactors.typing import proxy_method
class A(Base):
    def f(self) -> int: ...
class AProxy(ActorProxy[A]):
    f = proxy_method(A.f)
"""
    code_base.write({"program.py": text})

    result = code_base.migrate("program.py")

    assert code_base.files() == {"program.py": text.encode()}
    assert "AProxy stays hand-written: the generator refuses" in result.stderr


@pytest.mark.checkers
def test_a_configuration_that_exists_is_left_and_the_lines_are_printed(code_base: CodeBase) -> None:
    configuration = '[tool.typedactors]\nsource = ["src"]  # mine\n'
    files = {**FILES, "pyproject.toml": configuration}
    code_base.write(files)

    result = code_base.migrate("--diff", "src")

    assert result.status == 1
    assert code_base.files() == {name: text.encode() for name, text in files.items()}
    assert "+++ b/src/shapes/proxies.pyi" in result.stdout
    assert "pyproject.toml" not in result.stdout
    assert '    "shapes.proxies" = ["shapes.actors:Circle"]\n' in result.stderr


def test_classes_that_cannot_be_judged_are_left_without_the_generator(code_base: CodeBase) -> None:
    text = """\
from elsewhere import Actor
from typedactors import ActorProxy, ThreadingActor
from typedactors.typing import proxy_method
class _Hidden(ThreadingActor):
    def f(self) -> int: ...
class HiddenProxy(ActorProxy[_Hidden]):
    f = proxy_method(_Hidden.f)
class OtherProxy(ActorProxy[Actor]):
    f = proxy_method(Actor.f)
if True:
    class NestedProxy(ActorProxy[_Hidden]):
        f = proxy_method(_Hidden.f)
"""
    code_base.write({"program.py": text})

    result = code_base.migrate("program.py")

    assert result.status == 0
    assert code_base.files() == {"program.py": text.encode()}
    for reason in (
        "HiddenProxy stays hand-written: its actor _Hidden is private",
        "OtherProxy stays hand-written: its actor, elsewhere.Actor, is not among the files given",
        "NestedProxy stays hand-written: it is defined under a condition",
    ):
        assert reason in result.stderr, result.stderr
