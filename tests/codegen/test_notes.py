"""What ``--verbose`` says of classes and members that are left out, or not what one might expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.codegen.conftest import Project


def test_classes_of_a_module_that_get_no_proxy(project: Project) -> None:
    project.write(
        {
            "src/hub/actors.py": """\
                from typing import Protocol, runtime_checkable
                from typedactors import ThreadingActor


                class Listed(Protocol): ...
                class Unlisted(Protocol): ...
                @runtime_checkable
                class Mixin(Protocol): ...


                class Counter(ThreadingActor, Listed): ...
                class _Private(ThreadingActor): ...


                def factory(actor: Counter) -> type[ThreadingActor]:
                    class Local(ThreadingActor): ...
                    class Plain: ...
                    if isinstance(actor, Mixin):
                        print(actor)
                    return Local
                """
        }
    )
    result = project.run("generate", "--verbose")
    assert result.status == 0
    notes = [line for line in result.stderr.splitlines() if ": note: " in line]
    unlisted = "no actor class of this run has it among its bases; name it as a target to have its proxy"
    assert notes == [
        f"src/hub/actors.py:6: note: Unlisted: left out: {unlisted}",
        f"src/hub/actors.py:8: note: Mixin: left out: {unlisted}",
        "src/hub/actors.py:12: note: _Private: left out: its name is private",
        "src/hub/actors.py:16: note: Local: left out: it is an actor class inside a function, which no other module "
        "can import",
    ]
    again = project.run("generate", "--verbose")
    assert "seeing that nothing has changed" in again.stderr
    assert [line for line in again.stderr.splitlines() if ": note: " in line] == notes
    assert ": note: " not in project.run("generate").stderr


def test_members_that_are_not_what_one_might_expect(project: Project) -> None:
    project.write(
        {
            "src/hub/actors.py": """\
                from collections.abc import Callable
                from typedactors import ThreadingActor


                class Part:
                    pykka_traversable = True
                    volume = 1


                def shout(text: str) -> str:
                    return text.upper()


                class Counter(ThreadingActor):
                    part: Part | None = None

                    def __init__(self) -> None:
                        super().__init__()
                        self.hook: Callable[[str], str] = shout
                """
        }
    )
    result = project.run("generate", "--verbose")
    assert "src/hub/actors.py:15: note: Counter.part: it may be None, which its proxy cannot show" in result.stderr
    assert "src/hub/actors.py:19: note: Counter.hook: it is called through the proxy, as a method" in result.stderr
    again = project.run("generate", "--verbose")
    assert "seeing that nothing has changed" in again.stderr
    assert "note: Counter.hook: it is called" in again.stderr


def test_a_part_that_two_outputs_have(project: Project) -> None:
    actor = "from typedactors import ThreadingActor\nfrom hub.part import Part\n\n\nclass {}(ThreadingActor):\n"
    project.write(
        {
            "pyproject.toml": """\
                [tool.typedactors.outputs]
                "hub.first_proxies" = ["hub.first"]
                "hub.second_proxies" = ["hub.second"]
                """,
            "src/hub/part.py": "class Part:\n    pykka_traversable = True\n",
            "src/hub/first.py": actor.format("First") + "    part = Part()\n",
            "src/hub/second.py": actor.format("Second") + "    part = Part()\n",
        }
    )
    result = project.run("generate", "--verbose")
    line = "src/hub/part.py:1: note: Part: the outputs hub.first_proxies, hub.second_proxies each have a proxy of this "
    assert result.stderr.count(line) == 1


def test_a_proxy_that_its_output_does_not_have(project: Project) -> None:
    project.write(
        {
            "src/hub/actors.py": """\
                from hub.proxies import CounterProxi
                from typedactors import ThreadingActor


                class Counter(ThreadingActor):
                    def other(self) -> CounterProxi: ...
                """
        }
    )
    result = project.run("generate")
    assert (
        "src/hub/actors.py:6: warning: Counter.other: its type is Any: hub.proxies, which is an output of the "
        "generator, has no CounterProxi (line 1)\n  remedy: Do you mean CounterProxy?\n"
    ) in result.stderr
