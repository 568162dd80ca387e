"""How classes hang together: inheritance, Protocols, traversable parts, generic actors, outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.model import Node, ProxyKind

if TYPE_CHECKING:
    from tests.codegen.frontend.conftest import Tree

PARTS = """
from __future__ import annotations
from typedactors import traversable


@traversable
class Marked:
    '''A marked class.'''
    def go(self) -> int: ...
    def stop(self) -> None: ...


class Old:
    pykka_traversable = True
    marked: Marked


class New:
    typedactors_traversable: bool = True
    old: Old


class Plain:
    size: int = 0
    def __init__(self) -> None:
        self.new = New()
        self.plain_inside = Other()


class Other: ...
"""


def test_traversable_parts_in_all_forms_and_at_any_depth(tree: Tree) -> None:
    tree.write({"parts.py": PARTS})
    result = tree.actors(
        """
        import typedactors
        from typedactors import ThreadingActor, traversable as seen
        import parts
        from parts import Marked, Plain

        class Player(ThreadingActor):
            at_class_level = seen(Plain())
            by_class: Marked
            not_one: Plain
            def __init__(self, simple: bool) -> None:
                self.in_init = typedactors.traversable(parts.Plain())
                self.either = typedactors.traversable(Plain()) if simple else None
                self.later: Plain | None = None
                typedactors.traversable(self.later)
                self.optional: Marked | None = None
                self._private = seen(Plain())
        """
    )
    assert result.members("Player") == [
        "at_class_level -> parts.Plain",
        "by_class -> parts.Marked",
        "not_one: Plain",
        "in_init -> parts.Plain",
        "either -> parts.Plain",
        "later -> parts.Plain",
        "optional -> parts.Marked",
    ]
    assert result.members("Plain") == ["size: int", "new -> parts.New", "plain_inside: Other"]
    assert result.members("New") == ["old -> parts.Old"]
    assert result.members("Old") == ["marked -> parts.Marked"]
    assert result.members("Marked") == ["def go() -> int", "def stop() -> None"]
    assert {name: proxy.kind for name, proxy in result.classes.items()} == {
        "Plain": ProxyKind.NODE,
        "Marked": ProxyKind.NODE,
        "New": ProxyKind.NODE,
        "Old": ProxyKind.NODE,
        "Player": ProxyKind.ACTOR,
    }
    assert result.analysis.diagnostics == ()
    assert result.classes["Marked"].docstring == "A marked class."


def test_a_part_that_refers_to_itself(tree: Tree) -> None:
    result = tree.actors(
        """
        from __future__ import annotations
        from typedactors import ThreadingActor, traversable

        @traversable
        class Branch:
            parent: Branch | None
            name: str

        class Tree(ThreadingActor):
            root: Branch
        """
    )
    assert result.members("Branch") == ["parent -> actors.Branch", "name: str"]
    assert result.members("Tree") == ["root -> actors.Branch"]


def test_a_generic_part_is_seen_with_its_arguments(tree: Tree) -> None:
    result = tree.actors(
        """
        from typing import Generic, TypeVar
        from typedactors import ThreadingActor, traversable

        T = TypeVar("T")

        class Box(Generic[T]):
            def __init__(self, value: T) -> None:
                self.value = value
            def swap(self, value: T) -> T: ...

        class Shelf(ThreadingActor):
            number = traversable(Box(1))
            words: Box[list[str]] = traversable(Box(["a"]))
        """
    )
    number, words = (key for key in result.classes if key.startswith("Box"))
    assert result.members(number) == ["value: int", "def swap(value: int) -> int"]
    assert result.members(words) == ["value: list[str]", "def swap(value: list[str]) -> list[str]"]
    names = [result.classes[key].wanted_name for key in (number, words)]
    assert names == ["BoxIntProxy", "BoxListStrProxy"]


def test_a_generic_part_of_type_variables_with_one_name_and_two_bounds_has_two_proxies(tree: Tree) -> None:
    tree.write(
        {
            "boxes.py": """
                from typing import Generic, TypeVar
                from typedactors import traversable

                T = TypeVar("T")

                @traversable
                class Box(Generic[T]):
                    def __init__(self, content: T) -> None:
                        self.content = content
                """,
            **{
                f"{name}.py": f"""
                    from typing import Generic, TypeVar
                    from typedactors import ThreadingActor
                    from boxes import Box

                    U = TypeVar("U"{shape})

                    class {name.title()}(ThreadingActor, Generic[U]):
                        def __init__(self, content: U) -> None:
                            super().__init__()
                            self.box: Box[U] = Box(content)
                    """
                for name, shape in {"one": ", bound=int", "two": "", "three": ", int, str", "four": ""}.items()
            },
        }
    )
    result = tree.analyze("one", "two", "three", "four")
    (one,), (two,), (three,), (four,) = (
        [member.target for member in result.classes[name].members if isinstance(member, Node)]
        for name in ("One", "Two", "Three", "Four")
    )
    assert len({one, two, three}) == 3
    assert four == two  # of one shape, and so one proxy


def test_an_overriding_part_inherits_the_overridden_ones_proxy(tree: Tree) -> None:
    result = tree.actors(
        """
        from typedactors import ThreadingActor, traversable

        class Playback:
            def play(self) -> int: ...
            def pause(self) -> int: ...

        class LoudPlayback(Playback):
            def play(self) -> bool: ...

        class Player(ThreadingActor):
            playback: Playback = traversable(Playback())

        class LoudPlayer(Player):
            playback = traversable(LoudPlayback())
        """
    )
    assert list(result.classes) == ["Playback", "LoudPlayback", "Player", "LoudPlayer"]
    assert result.line("LoudPlayer", "playback") == "playback -> actors.LoudPlayback"
    assert result.bases("LoudPlayback") == ["proxies:Playback"]
    assert result.members("LoudPlayback") == ["def play() -> bool"]


def test_a_part_of_two_classes_is_reported(tree: Tree) -> None:
    result = tree.actors(
        """
        from typedactors import ThreadingActor, traversable

        class One: ...
        class Two: ...

        class Player(ThreadingActor):
            part: One | Two = traversable(One())
        """
    )
    assert result.members("Player") == ["part: One | Two"]
    assert "not one class" in result.reports["actors.py:8 Player.part"][0]


def test_inheritance_from_targets_and_flattening_of_the_rest(tree: Tree) -> None:
    tree.write(
        {
            "bases.py": """
                from typing import Self
                from typedactors import ThreadingActor

                class Hidden(ThreadingActor):
                    def hidden(self) -> int: ...

                class Base(Hidden):
                    shared = 1
                    def base(self) -> int: ...
                    def narrowed(self) -> object: ...
                    def clone(self) -> Self: ...
                """
        }
    )
    tree.write(
        {
            "actors.py": """
                from bases import Base

                class Mixin:
                    mixed = ""
                    def narrowed(self) -> int: ...

                class Middle(Base):
                    def middle(self) -> int: ...

                class Derived(Mixin, Middle):
                    def own(self) -> int: ...
                """
        }
    )
    result = tree.analyze_outputs({"proxies": ["actors:Derived"], "other.proxies": ["bases:Base"]})
    assert result.bases("Base") == []
    assert result.members("Base") == [
        "shared: int",
        "def base() -> int",
        "def narrowed() -> object",
        "def clone() -> Base",
        "def hidden() -> int",
    ]
    assert result.bases("Derived") == ["other.proxies:Base"]
    assert result.members("Derived") == [
        "def own() -> int",
        "mixed: str",
        "def narrowed() -> int",
        "def middle() -> int",
        "def clone() -> Derived",
    ]
    assert [output.module for output in result.analysis.outputs] == ["proxies", "other.proxies"]


def test_bases_precede_their_heirs(tree: Tree) -> None:
    tree.write({"a.py": "from b import Base\nclass Heir(Base): ...\n"})
    tree.write({"b.py": "from typedactors import ThreadingActor\nclass Base(ThreadingActor): ...\n"})
    result = tree.analyze("a", "b")
    assert list(result.classes) == ["Base", "Heir"]


def test_outputs_that_need_each_other_are_refused(tree: Tree) -> None:
    tree.write(
        {
            "actors.py": """
                from typedactors import ThreadingActor
                class A(ThreadingActor): ...
                class B(A): ...
                class C(B): ...
                """
        }
    )
    with pytest.raises(CodegenError, match="one and two each hold a base class"):
        tree.analyze_outputs({"one": ["actors:A", "actors:C"], "two": ["actors:B"]})


def test_only_public_actors_of_the_module_itself(tree: Tree) -> None:
    tree.write({"bases.py": "from typedactors import ThreadingActor\nclass Base(ThreadingActor): ...\n"})
    result = tree.actors(
        """
        from bases import Base
        class _Private(Base): ...
        class Public(_Private): ...
        class NoActor: ...
        """
    )
    assert list(result.classes) == ["Public"]


def test_generic_actors(tree: Tree) -> None:
    result = tree.actors(
        """
        from typing import Generic, TypeVar
        from typedactors import ThreadingActor

        K = TypeVar("K", bound=str)
        V = TypeVar("V", int, bytes)
        T = TypeVar("T")

        class Cache(ThreadingActor, Generic[K, V]):
            items: dict[K, V]
            def get(self, key: K, default: T) -> V | T: ...

        class NameCache(Cache[str, V]):
            def name(self, value: V) -> None: ...

        class Flat(Cache[str, int]): ...
        """
    )
    assert result.classes["Cache"].type_parameters == ("K", "V")
    assert result.members("Cache") == ["items: dict[K, V]", "def get(key: K, default: T) -> V | T"]
    assert result.bases("NameCache") == ["proxies:Cache[str, V]"]
    assert result.classes["NameCache"].type_parameters == ("V",)
    assert result.bases("Flat") == ["proxies:Cache[str, int]"]
    variables = {variable.name: variable for variable in result.analysis.outputs[0].type_variables}
    assert sorted(variables) == ["K", "T", "V"]
    assert len(variables["V"].constraints) == 2
    assert variables["K"].bound is not None

    flat = tree.analyze("actors:Flat")
    assert flat.members("Flat") == ["items: dict[str, int]", "def get(key: str, default: T) -> int | T"]


def test_an_import_cycle_works(tree: Tree) -> None:
    tree.write(
        {
            "left.py": """
                import right
                from typedactors import ActorRef, ThreadingActor
                class Left(ThreadingActor):
                    other: "ActorRef[right.Right]"
                """,
            "right.py": """
                import left
                class Right(left.Left):
                    def back(self) -> left.Left: ...
                """,
        }
    )
    result = tree.analyze("left", "right")
    assert result.members("Left") == ["other: ActorRef[Right]"]
    assert result.bases("Right") == ["proxies:Left"]


def test_an_actor_that_mentions_its_own_proxy_sees_the_overlay(tree: Tree) -> None:
    text = """
        from typedactors import ThreadingActor
        from proxies import OtherProxy

        class Other(ThreadingActor):
            def __init__(self, other: OtherProxy) -> None:
                self.other = other
                self.number = other.number()
        """
    without = tree.actors(text)
    assert without.members("Other") == ["other: Any", "number: Any"]
    tree.overlays["proxies"] = "class OtherProxy:\n    def number(self) -> int: ...\n"
    result = tree.analyze()
    assert result.members("Other") == ["other: OtherProxy", "number: int"]
    assert result.analysis.diagnostics == ()
