"""The configuration: ``[tool.typedactors]`` of a pyproject.toml, or the command's arguments.

`load` reads and checks, and knows nothing of files other than the pyproject.toml. ``pipeline`` and
``cli`` import it; it imports ``errors`` and ``toml_lines``.

An unknown key and a value of the wrong type are errors. Silently dropping an option that was
misspelt would give the wrong output without a word.
"""

from __future__ import annotations

import codecs
import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from typedactors_codegen.errors import CodegenError, UsageError
from typedactors_codegen.toml_lines import find_line, find_value_line

KNOWN_KEYS = ("source", "strict", "build", "outputs")
BUILD_MODES = ("generate", "check")
TABLE = ("tool", "typedactors")


@dataclass(frozen=True, slots=True)
class ConfiguredOutput:
    """One output module and its targets as they were written, with the line that names them.

    ``path`` is the file that names it, ``None`` for one that was given as an argument. ``target_lines``
    has one entry for each target; an entry is ``None`` when its line cannot be told.
    """

    module: str
    targets: tuple[str, ...]
    line: int | None = None
    target_lines: tuple[int | None, ...] = ()
    path: Path | None = None

    def line_of(self, index: int) -> int | None:
        """The line of the target at ``index``, or else that of the output's key."""
        lines = self.target_lines
        return (lines[index] if index < len(lines) else None) or self.line


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a run is asked to do, checked, with every path absolute.

    ``path`` is the pyproject.toml, or ``None`` when all was given by arguments. ``build`` is what a build does with
    outputs that are out of date: one of `BUILD_MODES`.
    """

    path: Path | None
    base_directory: Path
    source: tuple[Path, ...]
    outputs: tuple[ConfiguredOutput, ...]
    strict: bool
    build: str = BUILD_MODES[0]


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the command line says about the configuration; an empty value leaves it to the file."""

    config: Path | None = None
    source: tuple[str, ...] = ()
    outputs: tuple[tuple[str, ...], ...] = ()
    strict: bool = False


def load(arguments: Arguments, directory: Path, *, outputs_required: bool = True) -> Configuration:
    """Read the configuration that holds in ``directory``.

    The file is ``arguments.config``, or the nearest pyproject.toml with a ``[tool.typedactors]``
    table, upwards from ``directory``. Arguments win over the file, key by key. Paths in the file
    are relative to it, paths in the arguments to ``directory``.

    Raises:
        UsageError: a file named by ``--config`` does not exist, ``--output`` has no target, or no
            output is named at all where one is required.
        CodegenError: the file is not TOML, has an unknown key or a value of the wrong type, or names
            a source folder that does not exist.
    """
    directory = directory.absolute()
    try:
        path = _find_file(arguments.config, directory)
    except UsageError:
        raise
    except CodegenError:
        # Nothing that is asked for stands in the file, which may belong to somebody else.
        if not (arguments.source and arguments.outputs) or arguments.config is not None:
            raise
        path = None
    table: Mapping[str, object] = {}
    text = ""
    if path is not None:
        text = read_text(path)
        table = read_table(path, text) or {}
    reader = _Reader(path, text)
    reader.check_keys(table)
    base_directory = path.parent if path is not None else directory
    strict = arguments.strict or reader.strict(table)
    build = reader.build(table)
    if arguments.source:
        source = tuple(_existing(directory, each, None, None) for each in arguments.source)
    else:
        source = reader.source(table, base_directory)
    outputs = _outputs_of_arguments(arguments.outputs) or reader.outputs(table)
    if outputs_required and not outputs:
        raise UsageError(
            'no output is configured: "[tool.typedactors.outputs]" is missing or empty',
            path=path,
            line=find_line(text, TABLE),
            hint='run "typedactors init" to have it written, or give "--output MODULE TARGET..."',
        )
    return Configuration(
        path=path,
        base_directory=base_directory,
        source=source,
        outputs=outputs,
        strict=strict,
        build=build,
    )


def read_text(path: Path) -> str:
    """The text of a configuration file; raises `CodegenError` when it cannot be read."""
    try:
        content = path.read_bytes()
        if content.startswith(codecs.BOM_UTF8):
            raise CodegenError(
                "the file starts with a byte order mark, which TOML does not allow",
                path=path,
                line=1,
                hint='save the file as "UTF-8", not as "UTF-8 with BOM"',
            )
        return content.decode("utf-8")  # with the line ends that it has
    except UnicodeDecodeError as error:
        raise CodegenError("the file is not UTF-8, which TOML must be", path=path) from error
    except OSError as error:
        raise CodegenError(f"the file cannot be read: {error.strerror}", path=path) from error


def read_table(path: Path, text: str) -> Mapping[str, object] | None:
    """The ``[tool.typedactors]`` table, or ``None`` if there is none.

    Raises:
        CodegenError: the text is not TOML, or ``tool.typedactors`` is not a table.
    """
    try:
        value: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        digits = message.partition("(at line ")[2].partition(",")[0]
        raise CodegenError(
            f"not valid TOML: {message}", path=path, line=int(digits) if digits.isdigit() else None
        ) from error
    for key in TABLE:
        if not isinstance(value, dict):
            return None
        # A TOML table is a dict with str keys; isinstance cannot say so.
        value = cast("dict[str, object]", value).get(key)
    if value is None:
        return None
    if not isinstance(value, dict):
        raise CodegenError(
            '"tool.typedactors" must be a table',
            path=path,
            line=find_line(text, TABLE),
            hint="write [tool.typedactors]",
        )
    return cast("dict[str, object]", value)  # as above: the keys of a TOML table are str


def default_source(base_directory: Path) -> Path:
    """The root of import when none is configured: ``src`` if there is such a folder, else ``.``."""
    candidate = base_directory / "src"
    return candidate if candidate.is_dir() else base_directory


def _find_file(given: Path | None, directory: Path) -> Path | None:
    if given is not None:
        path = (directory / given).absolute()
        if path.is_dir():
            path = path / "pyproject.toml"
        if not path.is_file():
            raise UsageError(f"the configuration file does not exist: {given}", hint="name a pyproject.toml")
        return path
    nearest: Path | None = None
    for folder in (directory, *directory.parents):
        path = folder / "pyproject.toml"
        if not path.is_file():
            continue
        nearest = nearest or path
        # A nested project without our table may belong to a workspace whose root has it.
        if read_table(path, read_text(path)) is not None:
            return path
    return nearest


def _outputs_of_arguments(given: Sequence[Sequence[str]]) -> tuple[ConfiguredOutput, ...]:
    outputs: list[ConfiguredOutput] = []
    for module, *targets in given:
        if not targets:
            raise UsageError(
                f'"--output {module}" names no target',
                hint=f'name the modules or classes it is made from: "--output {module} package.module"',
            )
        if any(output.module == module for output in outputs):
            raise UsageError(f'"--output {module}" is given twice', hint="give all its targets to one --output")
        outputs.append(ConfiguredOutput(module, tuple(targets)))
    return tuple(outputs)


def _existing(base: Path, entry: str, path: Path | None, line: int | None) -> Path:
    root = (base / entry).resolve()
    if not root.is_dir():
        error = UsageError if path is None else CodegenError
        raise error(
            f"the source folder does not exist: {entry}",
            path=path,
            line=line,
            hint=f"it is looked for at {root}",
        )
    return root


@dataclass(frozen=True, slots=True)
class _Reader:
    """Checks the values of one table; every error has the file's path and the key's line."""

    path: Path | None
    text: str

    def check_keys(self, table: Mapping[str, object]) -> None:
        for key in table:
            if key in KNOWN_KEYS:
                continue
            nearest = difflib.get_close_matches(key, KNOWN_KEYS, n=1, cutoff=0.5)
            hint = f'did you mean "{nearest[0]}"?' if nearest else f"the known keys are: {', '.join(KNOWN_KEYS)}"
            raise self._error(f'unknown key "{key}" in [tool.typedactors]', (key,), hint)

    def source(self, table: Mapping[str, object], base: Path) -> tuple[Path, ...]:
        if "source" not in table:
            return (default_source(base).resolve(),)
        entries = self._strings(table["source"], "source", ("source",), 'source = ["src"]')
        if not entries:
            raise self._error('"source" is empty', ("source",), 'name at least one folder: source = ["src"]')
        key = (*TABLE, "source")
        return tuple(_existing(base, entry, self.path, find_value_line(self.text, key, entry)) for entry in entries)

    def strict(self, table: Mapping[str, object]) -> bool:
        value = table.get("strict", False)
        if not isinstance(value, bool):
            raise self._error(
                f'"strict" must be true or false, not {_kind(value)}', ("strict",), "write: strict = true"
            )
        return value

    def build(self, table: Mapping[str, object]) -> str:
        value = table.get("build", BUILD_MODES[0])
        if not isinstance(value, str) or value not in BUILD_MODES:
            shown = f'"{value}"' if isinstance(value, str) else _kind(value)
            allowed = " or ".join(f'"{mode}"' for mode in BUILD_MODES)
            raise self._error(f'"build" must be {allowed}, not {shown}', ("build",), 'write: build = "check"')
        return value

    def outputs(self, table: Mapping[str, object]) -> tuple[ConfiguredOutput, ...]:
        value = table.get("outputs", {})
        example = '"package.proxies" = ["package.actors"]'
        if not isinstance(value, dict):
            raise self._error(
                f'"outputs" must be a table, not {_kind(value)}',
                ("outputs",),
                f"write [tool.typedactors.outputs], and below it: {example}",
            )
        outputs: list[ConfiguredOutput] = []
        # The keys of a TOML table are str; isinstance cannot say so.
        for module, targets in cast("dict[str, object]", value).items():
            if isinstance(targets, dict):
                inner = next(iter(cast("dict[str, object]", targets)), "proxies")  # as above
                raise self._error(
                    f'the output "{module}" must be a list of targets, not a table',
                    ("outputs", module),
                    f'a module name with dots is written in quotes: "{module}.{inner}" = [...]',
                )
            names = self._strings(targets, f"outputs.{module}", ("outputs", module), example)
            if not names:
                raise self._error(f'the output "{module}" has no targets', ("outputs", module), f"write: {example}")
            key = (*TABLE, "outputs", module)
            outputs.append(
                ConfiguredOutput(
                    module=module,
                    targets=names,
                    line=find_line(self.text, key),
                    target_lines=tuple(find_value_line(self.text, key, name) for name in names),
                    path=self.path,
                )
            )
        return tuple(outputs)

    def _strings(self, value: object, name: str, key: tuple[str, ...], example: str) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self._error(f'"{name}" must be a list of strings, not {_kind(value)}', key, f"write: {example}")
        entries: list[str] = []
        for entry in cast("list[object]", value):  # isinstance leaves the type of the elements open
            if not isinstance(entry, str):
                raise self._error(
                    f'"{name}" must be a list of strings, but has {_kind(entry)}', key, f"write: {example}"
                )
            entries.append(entry)
        return tuple(entries)

    def _error(self, message: str, key: tuple[str, ...], hint: str) -> CodegenError:
        return CodegenError(message, path=self.path, line=find_line(self.text, (*TABLE, *key)), hint=hint)


def _kind(value: object) -> str:
    """What TOML calls the type of a value, with its article."""
    names: dict[type, str] = {
        bool: "a boolean",
        int: "an integer",
        float: "a float",
        str: "a string",
        list: "a list",
        dict: "a table",
    }
    return names.get(type(value), "a date or time")
