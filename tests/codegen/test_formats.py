"""The version and the format in generated files: which formats are read, and what a new release changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from typedactors import GeneratedFormatError, __version__, _format
from typedactors.typing import proxy_format
from typedactors_codegen import render

if TYPE_CHECKING:
    from tests.codegen.conftest import Project

USE = "from hub.proxies import CounterProxy\nprint(CounterProxy.__name__)\n"


def of_format(project: Project, number: int, *, extra: str = "") -> None:
    """Have the generated module say that it is of another format, with what else that could bring."""
    text = project.runtime.read_text()
    assert f"_proxy_format({render.FORMAT_VERSION}, __name__)" in text
    head, call, rest = text.partition(f"_proxy_format({render.FORMAT_VERSION}, __name__)")
    changed = call.replace(str(render.FORMAT_VERSION), str(number))
    project.runtime.write_text(head + changed + rest.replace("\n", f"\n{extra}\n", 1))


def test_the_generator_writes_what_the_runtime_reads() -> None:
    assert render.FORMAT_VERSION == _format.NEWEST
    assert _format.OLDEST <= _format.NEWEST


def test_both_files_say_what_made_them(project: Project) -> None:
    project.run("generate")
    line = f"# Made by typedactors {__version__} in format {_format.NEWEST}. "
    line += 'To bring it up to date, run "typedactors generate".'
    for path in (project.runtime, project.stub):
        assert path.read_text().splitlines()[1] == line
    assert project.run_python(USE).stdout == "CounterProxy\n"


@pytest.mark.parametrize("number", range(_format.OLDEST, _format.NEWEST + 1))
def test_each_promised_format_is_read(project: Project, number: int) -> None:
    project.run("generate")
    of_format(project, number)
    assert project.run_python(USE).stdout == "CounterProxy\n"


def test_a_newer_format_is_refused_before_anything_else_fails(project: Project) -> None:
    project.run("generate")
    of_format(project, _format.NEWEST + 1, extra="from typedactors.typing import what_is_yet_to_come")
    result = project.run_python(USE)
    assert result.status == 1
    assert result.stderr.splitlines()[-1] == (
        f"typedactors.exceptions.GeneratedFormatError: the module hub.proxies is generated code of format "
        f"{_format.NEWEST + 1}, and this typedactors reads format {_format.NEWEST}: install the typedactors that "
        'generated it, or a newer one; or, to stay with this one, run "typedactors generate"'
    )
    check = project.run("check")
    assert check.status == 1
    assert "-from typedactors.typing import what_is_yet_to_come" in check.stdout
    # The remedy that the error names.
    assert project.run("generate").status == 0
    assert project.run_python(USE).stdout == "CounterProxy\n"


def test_an_older_format_is_refused_with_the_command_that_helps(project: Project) -> None:
    project.run("generate")
    of_format(project, _format.OLDEST - 1)
    result = project.run_python(USE)
    assert result.status == 1
    assert result.stderr.rstrip().endswith(
        f'this typedactors reads format {_format.NEWEST}: run "typedactors generate"'
    )
    assert project.run("generate").status == 0
    assert project.run_python(USE).stdout == "CounterProxy\n"


def test_a_range_of_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_format, "OLDEST", 2)
    monkeypatch.setattr(_format, "NEWEST", 4)
    for number in (2, 3, 4):
        proxy_format(number, "hub.proxies")
    for number in (1, 5):
        with pytest.raises(GeneratedFormatError, match="reads the formats 2 to 4") as caught:
            proxy_format(number, "hub.proxies")
        assert caught.value.name == "hub.proxies"
        assert isinstance(caught.value, ImportError)


def test_another_version_alone_is_no_drift(project: Project) -> None:
    project.run("generate")
    for path in (project.runtime, project.stub):
        older = re.sub(r"Made by typedactors \S+", "Made by typedactors 0.0.9.post1", path.read_text())
        assert older != path.read_text()
        path.write_text(older)
    before = project.files()
    assert project.run("check").status == 0
    again = project.run("generate", "--verbose")
    assert again.stdout == "1 proxy, 2 members, 0 files written, 2 unchanged\n"
    assert "seeing that nothing has changed" in again.stderr
    assert project.files() == before
    # With a change of its own, the file says what has made it.
    project.write({"src/hub/actors.py": project.counter.replace("add", "take")})
    assert project.run("generate").status == 0
    assert f"Made by typedactors {__version__} " in project.stub.read_text()
