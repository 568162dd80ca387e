"""Bad input: one clear message with file and line, status 1, nothing lost, no traceback."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest

from typedactors_codegen.naming import ProxyNames, name_proxies

if TYPE_CHECKING:
    from tests.codegen.conftest import Project, Result
    from typedactors_codegen.model import Analysis


def refused(project: Project, place: str, *messages: str, command: str = "generate") -> Result:
    """Run, and see that it is refused at ``place``, in one message, with no file changed."""
    before = project.files()
    result = project.run(command)
    assert result.status == 1, result
    assert result.stdout == ""
    assert result.stderr.startswith(f"{place}: error: ")
    assert result.stderr.count("error: ") == 1
    for message in messages:
        assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert project.files() == before
    return result


def test_syntax_error(project: Project) -> None:
    project.run("generate")
    project.write({"src/hub/actors.py": "import typing\n\ndef broken(:\n    pass\n"})
    refused(project, "src/hub/actors.py:3", "yntax")


def test_syntax_error_in_a_module_that_a_target_imports(project: Project) -> None:
    project.write({"src/hub/actors.py": "import hub.other\n" + project.counter, "src/hub/other.py": "x = 1\ny = 1 +\n"})
    refused(project, "src/hub/other.py:2", "yntax")


def test_module_that_cannot_be_found(project: Project) -> None:
    project.write(
        {"pyproject.toml": '[tool.typedactors.outputs]\n"hub.proxies" = [\n  "hub.actors",\n  "hub.sensor",\n]\n'}
    )
    refused(
        project,
        "pyproject.toml:4",
        'the module "hub.sensor" cannot be found under: ',
        str(project.path / "src"),
        "source",
    )


def test_import_that_cannot_be_found(project: Project) -> None:
    source = project.counter.replace("ThreadingActor)", "Base)")
    project.write({"src/hub/actors.py": "from nowhere import Base\n" + source})
    refused(project, "src/hub/actors.py:5", "nowhere", "imported in line 1")


def test_import_cycle_is_no_obstacle(project: Project) -> None:
    project.write(
        {
            "src/hub/actors.py": "from hub.other import Thing\n"
            + project.counter
            + "\n    def thing(self) -> Thing: ...\n",
            "src/hub/other.py": "import hub.actors\n\nclass Thing:\n    owner: 'hub.actors.Counter'\n",
        }
    )
    assert project.run("generate").status == 0
    assert "Future[Thing]" in project.stub.read_text()


def test_actor_whose_base_is_any(project: Project) -> None:
    source = project.counter.replace("ThreadingActor)", "Base)")
    project.write({"src/hub/actors.py": "from typing import Any\nBase: Any = object\n" + source})
    result = refused(project, "src/hub/actors.py:6", "Counter")
    assert "Any" in result.stderr


def test_two_actors_of_one_name(project: Project) -> None:
    project.write(
        {
            "pyproject.toml": '[tool.typedactors.outputs]\n"hub.proxies" = ["hub.actors", "hub.others"]\n',
            "src/hub/others.py": "\n\n" + project.counter,
        }
    )
    result = refused(project, "src/hub/others.py:6", '"CounterProxy"', "hub.actors.Counter", "hub.others.Counter")
    assert "src/hub/actors.py:4" in result.stderr
    assert "hint: give each an output of its own, or rename" in result.stderr


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("other.proxies", 'the package "other" of the output "other.proxies" is not under: '),
        ("hub.missing.proxies", 'the package "hub.missing" of the output'),
        ("json.proxies", 'the package "json" of the output'),
        ("../proxies", "is not a module's name"),
        ("hub.devices", "is already a package"),
        ("hub.class", "is not a module's name"),
    ],
)
def test_output_where_none_may_be(project: Project, output: str, message: str) -> None:
    project.write(
        {
            "pyproject.toml": f'[tool.typedactors.outputs]\n\n"{output}" = ["hub.actors"]\n',
            "src/hub/devices/__init__.py": "",
        }
    )
    refused(project, "pyproject.toml:3", message)


def test_output_in_a_root_that_is_a_package(project: Project) -> None:
    project.write({"pyproject.toml": '[tool.typedactors]\nsource = ["src/hub"]\noutputs."proxies" = ["actors"]\n'})
    refused(project, "pyproject.toml:3", "inside another package's directory", "hub.proxies")


def test_output_in_a_folder_that_is_a_link_to_elsewhere(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "__init__.py").touch()
    (project.path / "src/linked").symlink_to(elsewhere)
    project.write({"pyproject.toml": '[tool.typedactors.outputs]\n"linked.proxies" = ["hub.actors"]\n'})
    refused(project, "pyproject.toml:2", "outside its root")


def test_output_that_is_its_own_target(project: Project) -> None:
    project.write({"pyproject.toml": '[tool.typedactors.outputs]\n"hub.actors" = ["hub.actors"]\n'})
    refused(project, "pyproject.toml:2", "is itself a generated output")


@pytest.mark.parametrize("name", ["proxies.py", "proxies.pyi"])
@pytest.mark.parametrize("text", ["# mine\n", "", "x = 1\n# Generated by typedactors. DO NOT EDIT.\n"])
def test_output_over_a_file_that_was_not_generated(project: Project, name: str, text: str) -> None:
    project.write({f"src/hub/{name}": text})
    refused(project, f"src/hub/{name}:1", "was not generated, so it is not overwritten", "choose another name")


def test_output_over_a_folder(project: Project) -> None:
    (project.path / "src/hub/proxies.pyi").mkdir()
    refused(project, "src/hub/proxies.pyi", "cannot be read")


@pytest.mark.parametrize("target", ["hub/actors.py", "hub.actors:", "hub..actors", "hub.actors.*:Counter", "*"])
def test_what_is_no_target(project: Project, target: str) -> None:
    project.write({"pyproject.toml": f'[tool.typedactors.outputs]\n"hub.proxies" = ["{target}"]\n'})
    refused(project, "pyproject.toml:2", f'"{target}" is not a target', "package.module:Class")


def test_target_class_that_does_not_exist(project: Project) -> None:
    project.write({"pyproject.toml": '[tool.typedactors.outputs]\n"hub.proxies" = ["hub.actors:Countre"]\n'})
    result = project.run("generate")
    assert result.status == 1
    assert "Countre" in result.stderr
    assert not project.stub.exists()


def test_target_without_an_actor(project: Project) -> None:
    project.write({"src/hub/actors.py": "class Counter: ...\n"})
    refused(project, "pyproject.toml:2", 'the output "hub.proxies" would be empty', "hub.actors")


def test_outputs_that_need_each_other(project: Project) -> None:
    project.write(
        {
            "pyproject.toml": """\
                [tool.typedactors.outputs]
                "hub.first_proxies" = ["hub.actors:A", "hub.actors:C"]
                "hub.second_proxies" = ["hub.actors:B"]
                """,
            "src/hub/actors.py": """\
                from typedactors import ThreadingActor
                class A(ThreadingActor): ...
                class B(A): ...
                class C(B): ...
                """,
        }
    )
    refused(project, "pyproject.toml:2", "hub.first_proxies", "hub.second_proxies", "one output")


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("hub.missing", 'the module "hub.missing" cannot be found'),
        ("hub.actors:Countr", "the module hub.actors has no class Countr"),
        ("hub.actors:number", "hub.actors:number is not a class"),
        ("hub.empty", 'the output "hub.proxies" would be empty'),
        ("hub.proxies", 'the target "hub.proxies" of "hub.proxies" is itself'),
    ],
)
def test_what_is_wrong_with_arguments_is_not_put_on_the_configuration(
    project: Project, target: str, message: str
) -> None:
    project.write({"src/hub/actors.py": project.counter + "\nnumber = 1\n", "src/hub/empty.py": ""})
    result = project.run("generate", "--output", "hub.proxies", target)
    assert result.status == 1
    assert result.stderr.startswith(f"error: {message}")
    assert "pyproject" not in result.stderr


@pytest.mark.parametrize("target", ["hub.actors:Countr", "hub.actors:number"])
def test_a_target_is_named_where_it_is_written(project: Project, target: str) -> None:
    project.write(
        {
            "pyproject.toml": f"""\
                [tool.typedactors.outputs]
                "hub.proxies" = [
                    "hub.actors:Counter",
                    "{target}",
                ]
                """,
            "src/hub/actors.py": project.counter + "\nnumber = 1\n",
        }
    )
    refused(project, "pyproject.toml:4", target.partition(":")[2])


def test_types_that_do_not_settle(project: Project) -> None:
    project.write(
        {
            "src/hub/actors.py": """\
                from hub.proxies import FirstProxy, SecondProxy
                from typedactors import ThreadingActor


                class First(ThreadingActor):
                    def __init__(self, second: SecondProxy) -> None:
                        super().__init__()
                        self.value = [second.value.get()]


                class Second(ThreadingActor):
                    def __init__(self, first: FirstProxy) -> None:
                        super().__init__()
                        self.value = [first.value.get()]
                """,
        }
    )
    refused(
        project,
        "src/hub/actors.py:8",
        "First.value (src/hub/actors.py:8), Second.value (src/hub/actors.py:14)",
        "in a circle",
        "annotate",
    )


def test_a_long_chain_is_no_circle(project: Project) -> None:
    length = 9
    names = ", ".join(f"A{number}Proxy" for number in range(1, length))
    classes = "".join(
        f"\n\nclass A{number}(ThreadingActor):\n"
        f"    def __init__(self, following: A{number + 1}Proxy) -> None:\n"
        f"        super().__init__()\n"
        f"        self.value = [following.value.get()]\n"
        for number in range(length - 1)
    )
    last = f"\n\nclass A{length - 1}(ThreadingActor):\n    value: int = 1\n"
    header = f"from hub.proxies import {names}\nfrom typedactors import ThreadingActor\n"
    project.write({"src/hub/actors.py": header + classes + last})
    result = project.run("generate", "--strict")
    assert (result.status, result.stderr) == (0, "")
    assert f"Future[{'list[' * (length - 1)}int{']' * (length - 1)}]" in project.stub.read_text()


GROWING = """\
    from typing import Generic, TypeVar
    from typedactors import ThreadingActor, traversable

    T = TypeVar("T")


    @traversable
    class Level(Generic[T]):
        def __init__(self, items: list[T]) -> None:
            self.items = items

        @property
        def count(self) -> "Count[T]":
            return Count()

        @property
        def grouped(self) -> "Count[list[T]]":
            return Count()


    @traversable
    class Count(Generic[T]):
        level: Level[T]


    class Tree(ThreadingActor):
        def __init__(self) -> None:
            super().__init__()
            self.level = Level([1])
    """


def test_a_part_that_grows_without_end(project: Project) -> None:
    project.write({"src/hub/actors.py": GROWING})
    refused(
        project,
        "src/hub/actors.py:17",
        "hub.actors.Level.grouped",
        "Count[list[int]], Count[list[list[int]]], Count[list[list[list[int]]]], and so on",
        "would have no end",
        "instead of the class Count",
    )


def test_a_part_that_grows_is_a_field_where_its_class_is_not_marked(project: Project) -> None:
    source = GROWING.replace("@traversable", "").replace("Level([1])", "traversable(Level([1]))")
    project.write({"src/hub/actors.py": source})
    result = project.run("generate", "--strict")
    assert (result.status, result.stderr) == (0, "")
    assert "def grouped(self) -> Future[Count[list[int]]]" in project.stub.read_text()


def test_a_part_in_another_of_its_class_is_no_growth(project: Project) -> None:
    source = GROWING.replace('"Count[list[T]]"', '"Count[list[str]]"')
    project.write({"src/hub/actors.py": source})
    result = project.run("generate", "--strict")
    assert (result.status, result.stderr) == (0, "")
    assert "class LevelListStrProxy" in project.stub.read_text()


def test_a_module_of_protocols_alone(project: Project) -> None:
    project.write({"src/hub/actors.py": "from typing import Protocol\n\n\nclass Thermo(Protocol):\n    level: int\n"})
    refused(project, "pyproject.toml:2", "there are Protocols", '"hub.actors:Thermo"', "add the modules of the actors")


def test_a_text_that_is_not_python_is_never_written(project: Project) -> None:
    project.run("generate")
    project.write({"src/hub/actors.py": project.counter.replace("add", "subtract")})
    real = name_proxies

    def broken_names(analysis: Analysis) -> ProxyNames:
        named = real(analysis).by_output
        return ProxyNames({module: {key: f"{name}@3" for key, name in each.items()} for module, each in named.items()})

    project.monkeypatch.setattr("typedactors_codegen.pipeline.name_proxies", broken_names)
    refused(project, "src/hub/actors.py:4", "generated for the class hub.actors.Counter", "not valid Python", "report")


def test_an_output_in_the_directory_of_a_package_further_up(project: Project) -> None:
    project.write(
        {
            "pyproject.toml": """\
                [tool.typedactors]
                source = ["src/hub/deep"]
                [tool.typedactors.outputs]
                "proxies" = ["actors"]
                """,
            "src/hub/deep/actors.py": project.counter,
        }
    )
    refused(project, "pyproject.toml:4", "lies in the package", "hub.deep.proxies")


def test_byte_order_marks(project: Project) -> None:
    project.run("generate")
    project.stub.write_bytes(codecs.BOM_UTF8 + project.stub.read_bytes())
    assert project.run("check").status == 1
    assert "1 unchanged" in project.run("generate").stdout
    pyproject = project.path / "pyproject.toml"
    pyproject.write_bytes(codecs.BOM_UTF8 + pyproject.read_bytes())
    refused(project, "pyproject.toml:1", "byte order mark")
