"""A run that finds everything as the last one left it does not ask mypy; any change is noticed."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from typedactors_codegen import cli, config, skeleton, targets, unchanged

if TYPE_CHECKING:
    from tests.codegen.conftest import Project

SOURCES = {
    "pyproject.toml": """\
        [tool.typedactors.outputs]
        "hub.proxies" = ["hub.actors"]
        """,
    "src/hub/__init__.py": "",
    "src/hub/actors.py": """\
        import enum
        from hub.values import measure
        from typedactors import ThreadingActor

        class Sensor(ThreadingActor):
            def __init__(self) -> None:
                super().__init__()
                self.value = measure()

            def _hidden(self) -> None: ...
        """,
    "src/hub/values.py": """\
        def measure() -> int:
            return 1
        """,
    "src/hub/unrelated.py": "",
}


@pytest.fixture(scope="module")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that has what mypy knows of the standard library, which takes it long to find out."""
    folder = tmp_path_factory.mktemp("warm")
    (folder / "pyproject.toml").touch()
    (folder / "actors.py").write_text("from typedactors import ThreadingActor\nclass A(ThreadingActor): x = 1\n")
    assert (
        cli.main(["generate", "--config", str(folder), "--source", str(folder), "--output", "proxies", "actors"]) == 0
    )
    return folder / ".typedactors_cache"


@pytest.fixture
def generated(empty_project: Project, warm_cache: Path) -> Project:
    """A generated project, with one more folder that mypy looks for modules in, and that is no root of sources."""
    ignored = shutil.ignore_patterns("unchanged-*")
    shutil.copytree(warm_cache, empty_project.path / ".typedactors_cache", ignore=ignored)
    (empty_project.path / "more").mkdir()
    empty_project.monkeypatch.setenv("MYPYPATH", str(empty_project.path / "more"))
    empty_project.write(SOURCES)
    assert analyses(empty_project)
    assert not analyses(empty_project)
    return empty_project


def analyses(project: Project, *arguments: str) -> bool:
    """Run `generate`, and tell whether mypy was asked."""
    result = project.run("generate", "--verbose", *arguments)
    assert result.status == 0, result
    asked = "round 1 of the analysis" in result.stderr
    assert asked != ("seeing that nothing has changed" in result.stderr)
    return asked


def records(project: Project) -> list[Path]:
    return sorted((project.path / ".typedactors_cache").glob("unchanged-*.json"))


def test_an_unchanged_run_says_and_leaves_the_same(generated: Project) -> None:
    files = generated.files()
    first = generated.run("generate", "--verbose")
    (record,) = records(generated)
    record.unlink()
    second = generated.run("generate", "--verbose")
    assert first.stdout == second.stdout == "1 proxy, 1 member, 0 files written, 2 unchanged\n"
    notes = [line for line in second.stderr.splitlines() if ": note: " in line]
    assert len(notes) == 2
    assert notes == [line for line in first.stderr.splitlines() if ": note: " in line]
    assert generated.files() == files


def test_check_does_not_ask_mypy_either(generated: Project) -> None:
    result = generated.run("check", "--verbose")
    assert result.status == 0
    assert result.stdout == "1 proxy, 1 member, 2 files up to date\n"
    assert "round 1" not in result.stderr


def edit(name: str, before: str, after: str) -> Callable[[Project], None]:
    def change(project: Project) -> None:
        path = project.path / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    return change


def add(name: str, text: str) -> Callable[[Project], None]:
    return lambda project: project.write({name: text})


def delete(name: str) -> Callable[[Project], None]:
    return lambda project: (project.path / name).unlink()


def replace_by_package(project: Project) -> None:
    project.write({"src/hub/values/__init__.py": "def measure() -> bytes: ...\n"})


@pytest.mark.parametrize(
    ("change", "type_"),
    [
        pytest.param(edit("src/hub/actors.py", "= measure()", "= str(measure())"), "str", id="the actor"),
        pytest.param(edit("src/hub/values.py", "int", "float"), "float", id="a module that is only imported"),
        pytest.param(add("src/hub/values.pyi", "def measure() -> bytes: ...\n"), "bytes", id="a stub comes before it"),
        pytest.param(replace_by_package, "bytes", id="a package comes before it"),
        pytest.param(edit("src/hub/unrelated.py", "", "import hub.proxies"), "int", id="a module that may use proxies"),
        pytest.param(add("src/hub/another.py", ""), "int", id="a new module"),
        pytest.param(delete("src/hub/unrelated.py"), "int", id="one module less"),
        pytest.param(add("more/enum.py", ""), "int", id="a file that comes before the standard library's"),
        pytest.param(edit("pyproject.toml", '"hub.actors"', '"hub.*"'), "int", id="the configuration"),
        pytest.param(delete("src/hub/proxies.pyi"), "int", id="the stub is deleted"),
        pytest.param(delete("src/hub/proxies.py"), "int", id="the runtime file is deleted"),
        pytest.param(edit("src/hub/proxies.pyi", "[int]", "[str]"), "int", id="the stub is edited"),
        pytest.param(edit("src/hub/proxies.py", "()", "(readonly=True)"), "int", id="the runtime file is edited"),
    ],
)
def test_each_change_is_noticed(generated: Project, change: Callable[[Project], object], type_: str) -> None:
    runtime = generated.runtime.read_bytes()
    change(generated)
    assert analyses(generated)
    assert f"def value(self) -> Future[{type_}]: ..." in generated.stub.read_text(encoding="utf-8")
    assert generated.runtime.read_bytes() == runtime
    assert not analyses(generated)


def test_a_change_that_keeps_size_and_date_is_noticed(generated: Project) -> None:
    path = generated.path / "src/hub/values.py"
    before = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("int", "str"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert analyses(generated)
    assert "Future[str]" in generated.stub.read_text(encoding="utf-8")


def test_another_date_is_no_change(generated: Project) -> None:
    os.utime(generated.path / "src/hub/values.py", (1, 1))
    os.utime(generated.stub, (1, 1))
    assert not analyses(generated)


def test_other_line_ends_of_the_output_are_no_change(generated: Project) -> None:
    generated.stub.write_bytes(generated.stub.read_bytes().replace(b"\n", b"\r\n"))
    assert not analyses(generated)


@pytest.mark.parametrize(
    ("target", "value"),
    [
        ("typedactors_codegen.unchanged._own_hash", str),
        ("typedactors_codegen.unchanged._identity", list),
        ("sys.version", "another"),
        ("sys.platform", "another"),
        ("sys.path", [*sys.path, "/another"]),
    ],
    ids=["the generator", "mypy or Jinja", "Python", "the platform", "where packages are looked for"],
)
def test_other_tools_are_noticed(generated: Project, target: str, value: object) -> None:
    with generated.monkeypatch.context() as patch:
        patch.setattr(target, value)
        assert records_of(generated).find() is None
    assert records_of(generated).find() is not None


def records_of(project: Project) -> unchanged.Records:
    configuration = config.load(config.Arguments(), project.path)
    outputs = targets.resolve(configuration)
    own = {path for output in outputs for path in (output.runtime_path, output.stub_path)}
    sources = [path for path in skeleton.python_files(configuration.source) if path not in own]
    return unchanged.Records(configuration, outputs, sources, project.path / ".typedactors_cache")


def test_the_environment_of_mypy_is_noticed(generated: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("path") / "hub"
    folder.mkdir()
    (folder / "values.pyi").write_text("def measure() -> bytes: ...\n", encoding="utf-8")
    generated.monkeypatch.setenv("MYPYPATH", str(folder.parent))
    assert analyses(generated)
    assert not analyses(generated)


@pytest.mark.timeout(180)
def test_an_installed_dependency_is_noticed(empty_project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    installed = tmp_path_factory.mktemp("installed")
    package = installed / "library"
    package.mkdir()
    (package / "__init__.py").write_text("def measure() -> int: ...\n", encoding="utf-8")
    inherited = [entry for entry in [os.environ.get("PYTHONPATH")] if entry]
    empty_project.monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(installed), *inherited]))
    empty_project.write(SOURCES)
    edit("src/hub/actors.py", "from hub.values", "from library")(empty_project)

    def generate(type_: str, *, asked: bool) -> None:
        result = empty_project.run_process("generate", "--verbose")
        assert ("round 1 of the analysis" in result.stderr) is asked, result
        if type_:
            assert f"def value(self) -> Future[{type_}]: ..." in empty_project.stub.read_text(encoding="utf-8")

    generate("", asked=True)  # without py.typed, mypy takes no types from it
    (package / "py.typed").touch()
    generate("int", asked=True)
    generate("int", asked=False)
    (package / "__init__.py").write_text("def measure() -> bool: ...\n", encoding="utf-8")
    generate("bool", asked=True)
    (package / "__init__.py").write_text("from library.inner import measure as measure\n", encoding="utf-8")
    (package / "inner.py").write_text("def measure() -> str: ...\n", encoding="utf-8")
    generate("str", asked=True)
    generate("str", asked=False)
    (package / "inner.pyi").write_text("def measure() -> bytes: ...\n", encoding="utf-8")
    generate("bytes", asked=True)
    stubs = installed / "library-stubs"
    stubs.mkdir()
    (stubs / "__init__.pyi").write_text("def measure() -> float: ...\n", encoding="utf-8")
    generate("float", asked=True)
    generate("float", asked=False)


def test_an_import_that_was_missing_is_noticed(generated: Project) -> None:
    edit("src/hub/values.py", "def", "try:\n    import extra\nexcept ImportError:\n    pass\n\ndef")(generated)
    assert analyses(generated)
    assert not analyses(generated)
    generated.write({"more/extra/__init__.py": ""})
    assert analyses(generated)


def test_warnings_are_repeated_and_strict_refuses_them(generated: Project) -> None:
    edit("src/hub/values.py", " -> int", "")(generated)
    first = generated.run("generate")
    assert "warning: Sensor.value" in first.stderr
    assert not analyses(generated)
    second = generated.run("generate")
    assert second.stderr == first.stderr
    assert generated.run("generate", "--strict").status == 1


def test_a_refused_run_leaves_no_record(generated: Project) -> None:
    for record in records(generated):
        record.unlink()
    edit("src/hub/values.py", "return", "return (")(generated)
    assert generated.run("generate").status == 1
    assert records(generated) == []


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "null", '{"sources": 1, "outputs": 2}'])
def test_a_record_that_cannot_be_read_is_none(generated: Project, content: str) -> None:
    (record,) = records(generated)
    record.write_text(content, encoding="utf-8")
    assert analyses(generated)
    assert not analyses(generated)


def test_a_record_with_a_part_missing_is_none(generated: Project) -> None:
    (record,) = records(generated)
    complete: dict[str, object] = json.loads(record.read_bytes())
    for key in complete:
        record.write_text(json.dumps({name: complete[name] for name in complete if name != key}), encoding="utf-8")
        assert analyses(generated), key


def test_another_way_to_call_has_a_record_of_its_own(generated: Project) -> None:
    arguments = ("--output", "hub.proxies", "hub.actors:Sensor")
    assert analyses(generated, *arguments)
    assert not analyses(generated, *arguments)
    assert not analyses(generated)
    assert len(records(generated)) == 2


def test_old_records_are_removed(generated: Project) -> None:
    for number in range(20):
        record = generated.path / f".typedactors_cache/unchanged-{number}.json"
        record.write_text("{}", encoding="utf-8")
        os.utime(record, (number, number))
    generated.write({"src/hub/another.py": ""})
    assert analyses(generated)
    assert len(records(generated)) == 8
    assert not analyses(generated)
