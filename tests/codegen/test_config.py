"""The configuration: what is read, and that nothing is dropped silently."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from typedactors_codegen.config import Arguments, load
from typedactors_codegen.errors import CodegenError, UsageError
from typedactors_codegen.toml_lines import find_line, find_value_line


def write(folder: Path, text: str) -> Path:
    path = folder / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    path = write(
        tmp_path,
        """\
        [tool.typedactors]
        source = ["lib"]
        strict = true
        [tool.typedactors.outputs]
        "hub.proxies" = [
            "hub.sensors",
            "hub.thermostat:Thermostat",
        ]
        """,
    )
    configuration = load(Arguments(), tmp_path)
    assert configuration.path == path
    assert configuration.source == (tmp_path / "lib",)
    assert configuration.strict is True
    (output,) = configuration.outputs
    assert (output.module, output.targets) == ("hub.proxies", ("hub.sensors", "hub.thermostat:Thermostat"))
    assert [output.line, output.line_of(0), output.line_of(1)] == [5, 6, 7]


def test_source_is_src_if_there_is_such_a_folder(tmp_path: Path) -> None:
    write(tmp_path, '[tool.typedactors.outputs]\n"a.proxies" = ["a"]\n')
    assert load(Arguments(), tmp_path).source == (tmp_path,)
    (tmp_path / "src").mkdir()
    assert load(Arguments(), tmp_path).source == (tmp_path / "src",)


def test_the_nearest_file_with_the_table_is_used(tmp_path: Path) -> None:
    path = write(tmp_path, '[tool.typedactors.outputs]\n"a.proxies" = ["a"]\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    write(inner, "[project]\nname = 'inner'\n")
    assert load(Arguments(), inner).path == path


def test_arguments_win_key_by_key(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    write(tmp_path, '[tool.typedactors.outputs]\n"a.proxies" = ["a"]\n')
    configuration = load(Arguments(source=("lib",), outputs=(("b.proxies", "b", "c:D"),), strict=True), tmp_path)
    assert configuration.source == (tmp_path / "lib",)
    assert [(output.module, output.targets) for output in configuration.outputs] == [("b.proxies", ("b", "c:D"))]
    assert configuration.strict


def test_arguments_need_no_file(tmp_path: Path) -> None:
    configuration = load(Arguments(outputs=(("b.proxies", "b"),)), tmp_path)
    assert configuration.outputs[0].targets == ("b",)


REFUSED = {
    "unknown key": ("[tool.typedactors]\nstritc = true\n", 2, 'unknown key "stritc"', 'did you mean "strict"?'),
    "unknown key, nothing near": (
        "[tool.typedactors]\n\nxyzzy = 1\n",
        3,
        'unknown key "xyzzy"',
        "source, strict, build, outputs",
    ),
    "another build": (
        '[tool.typedactors]\nbuild = "chekc"\n',
        2,
        '"build" must be "generate" or "check", not "chekc"',
        'build = "check"',
    ),
    "table for outputs": ("[tool.typedactors]\noutputs = 3\n", 2, '"outputs" must be a table, not an integer', "write"),
    "unquoted output": (
        '[tool.typedactors.outputs]\nhub.proxies = ["hub"]\n',
        2,
        'the output "hub" must be a list of targets, not a table',
        '"hub.proxies" = [...]',
    ),
    "targets": ('[tool.typedactors.outputs]\n"a.b" = "c"\n', 2, "must be a list of strings, not a string", "write"),
    "a target": ('[tool.typedactors.outputs]\n"a.b" = ["c", 1]\n', 2, "but has an integer", "write"),
    "no targets": ('[tool.typedactors.outputs]\n"a.b" = []\n', 2, 'the output "a.b" has no targets', "write"),
    "strict": (
        '[tool.typedactors]\nstrict = "yes"\n',
        2,
        '"strict" must be true or false, not a string',
        "strict = true",
    ),
    "source": (
        '[tool.typedactors]\nsource = "src"\n[tool.typedactors.outputs]\n"a.b" = ["c"]',
        2,
        "list of strings",
        "src",
    ),
    "no such source": (
        '[tool.typedactors]\nsource = [\n  ".",\n  "nowhere",\n]\n[tool.typedactors.outputs]\n"a.b" = ["c"]',
        4,
        "the source folder does not exist: nowhere",
        "it is looked for at",
    ),
    "empty source": (
        '[tool.typedactors]\nsource = []\n[tool.typedactors.outputs]\n"a.b" = ["c"]',
        2,
        "is empty",
        "name",
    ),
    "no output": ("[project]\nname = 'x'\n\n[tool.typedactors]\n", 4, "no output is configured", "typedactors init"),
    "no table": ("[project]\nname = 'x'\n", None, "no output is configured", "typedactors init"),
    "not a table": ("[tool]\ntypedactors = 1\n", 2, '"tool.typedactors" must be a table', "[tool.typedactors]"),
    "not TOML": ("[tool.typedactors]\nsource = = 1\n", 2, "not valid TOML", ""),
}


@pytest.mark.parametrize(("text", "line", "message", "hint"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_wrong_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int | None, message: str, hint: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(CodegenError) as caught:
        load(Arguments(), tmp_path)
    error = caught.value
    assert (error.path, error.line) == (str(path), line)
    assert message in error.message
    assert hint in (error.hint or "")
    assert isinstance(error, UsageError) == message.startswith("no output is configured")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (Arguments(config=Path("nowhere.toml")), "does not exist: nowhere.toml"),
        (Arguments(outputs=(("a.b",),)), "names no target"),
        (Arguments(outputs=(("a.b", "c"), ("a.b", "d"))), "given twice"),
        (Arguments(source=("nowhere",), outputs=(("a.b", "c"),)), "does not exist: nowhere"),
    ],
)
def test_wrong_arguments_are_wrong_usage(tmp_path: Path, arguments: Arguments, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        load(arguments, tmp_path)
    assert caught.value.exit_status == 2


def test_a_broken_file_that_is_not_needed_is_no_obstacle(tmp_path: Path) -> None:
    write(tmp_path, "this is = = not TOML\n")
    configuration = load(Arguments(source=(".",), outputs=(("b.proxies", "b"),)), tmp_path)
    assert (configuration.path, configuration.source) == (None, (tmp_path,))


def test_lines_are_found_in_every_way_to_write_a_key() -> None:
    text = '''\
[project]
description = """
[tool.typedactors]
"""
[tool]
typedactors.strict = true
[ tool . "typedactors" . outputs ] # a comment
'a.b' = ["x=y", 'z']
'''
    assert find_line(text, ("tool", "typedactors", "strict")) == 6
    assert find_line(text, ("tool", "typedactors", "outputs")) == 7
    assert find_line(text, ("tool", "typedactors", "outputs", "a.b")) == 8
    assert find_value_line(text, ("tool", "typedactors", "outputs", "a.b"), "z") == 8
    assert find_line(text, ("build-system", "requires")) is None


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "line",
    [
        "generated_migrations_directory_of_the_application" * 20,
        "a." * 5000 + "a",
        "a . " * 5000 + "a",
        '"a"' * 5000,
        " " * 20000 + "a" + " " * 20000 + "b",
        '\\"' * 5000,
        "''" * 5000,
    ],
    ids=["word", "dotted", "spaced", "strings", "spaces", "escapes", "quotes"],
)
@pytest.mark.parametrize("quotes", ["'''", '"""'])
def test_no_text_in_a_string_takes_long(quotes: str, line: str) -> None:
    line = line.replace(quotes[0], "x").replace("\\", "/")
    text = f"[tool.black]\nextend-exclude = {quotes}\n{line}\n{quotes}\n[tool.typedactors]\nstrict = true\n"
    tomllib.loads(text)
    assert find_line(text, ("tool", "typedactors", "strict")) == 6
    # The same text where it is no TOML at all: no answer is right, but it comes.
    find_line(f"[tool.black]\n{line}\n", ("tool", "typedactors"))


def test_the_lines_of_a_string_are_no_keys() -> None:
    text = '''\
# it's a comment with """ in it
x = "a # \\" b"
y = """
[tool.typedactors]
strict = false
""" # and '''
    text += """'''
z = '''
[tool.typedactors]
strict = false
'''
[tool.typedactors]
strict = true
"""
    tomllib.loads(text)
    assert find_line(text, ("tool", "typedactors", "strict")) == 12
    assert find_line(text, ("tool", "typedactors")) == 11
