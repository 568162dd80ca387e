"""``typedactors init``: the configuration for the packages it finds, written into pyproject.toml.

``cli`` imports it; it imports ``inspection``, ``config``, ``targets``, ``writer`` and ``errors``.

A table that exists is the user's: it is replaced on ``--force`` alone, and then only its ``source``
and ``outputs``. The rest of the file keeps every comment and blank line.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import tomlkit
from tomlkit.items import Array, Table

from typedactors_codegen.config import TABLE, Configuration, ConfiguredOutput, default_source, read_table, read_text
from typedactors_codegen.errors import CodegenError, UsageError
from typedactors_codegen.inspection import FoundClass, find_classes
from typedactors_codegen.targets import find_module, modules_below, packages_below, resolve
from typedactors_codegen.toml_lines import find_line
from typedactors_codegen.writer import GeneratedFile, Watched, refuse_foreign_files, replace_files


@dataclass(frozen=True, slots=True)
class InitRequest:
    """What the command line asks of ``init``; ``package`` is a dotted name or a folder."""

    directory: Path
    config: Path | None = None
    source: tuple[str, ...] = ()
    package: str | None = None
    output: str | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class InitResult:
    """What was found, and the file that was written; ``tests`` are the classes of test modules, left out."""

    path: Path
    created: bool
    outputs: tuple[str, ...]
    found: tuple[FoundClass, ...]
    tests: tuple[FoundClass, ...]


def initialize(request: InitRequest, watched: Watched) -> InitResult:
    """Inspect the packages and write the table; ``watched`` is told which file.

    Raises:
        UsageError: the package or a source folder does not exist, or ``--output`` is ambiguous.
        CodegenError: no actor is there, a table exists already, or the file cannot be written.
    """
    directory, package, own_root = _locate(request)
    path = _pyproject(request, directory)
    text = read_text(path) if path.exists() else ""
    existing = read_table(path, text) if text else None
    if existing is not None and not request.force:
        raise CodegenError(
            "[tool.typedactors] exists already, and is left as it is",
            path=path,
            line=find_line(text, TABLE),
            hint='edit it by hand, or give "--force" to have its source and outputs replaced',
        )
    roots = _roots(request, path.parent, own_root)
    found: list[FoundClass] = []
    tests: list[FoundClass] = []
    outputs: dict[str, list[str]] = {}
    for root in roots:
        for name, modules in _packages(root, package):
            classes = find_classes(root, modules)
            if package is None:  # what is asked for by name is wanted
                tests += [each for each in classes if _is_test(each.module)]
                classes = tuple(each for each in classes if not _is_test(each.module))
            found += classes
            for output, targets in _outputs(root, name, classes, request.output).items():
                outputs.setdefault(output, []).extend(targets)
    shown = ", ".join(str(root) for root in roots)
    if not outputs:
        where = f'in "{package}" ' if package else ""
        raise CodegenError(
            f"no actor class was found {where}under: {shown}",
            path=path if path.exists() else None,
            hint=f"there are actors in test modules alone; to have those, name their package: {tests[0].module}"
            if tests
            else "an actor is a class that has typedactors.Actor among its bases; name its root with --source",
        )
    configured = tuple(ConfiguredOutput(output, tuple(targets)) for output, targets in outputs.items())
    resolve(Configuration(None, path.parent, tuple(roots), configured, strict=False))
    source = [os.path.relpath(root, path.parent).replace(os.sep, "/") for root in roots]
    updated = updated_text(path, text, existing, source, outputs)
    file = GeneratedFile(path, updated)
    watched.add([file])
    replace_files([file])
    return InitResult(path, created=not text, outputs=tuple(outputs), found=tuple(found), tests=tuple(tests))


def _locate(request: InitRequest) -> tuple[Path, str | None, Path | None]:
    """The folder to start from, the package's dotted name, and its root if it was given as a folder."""
    package = request.package
    if package is None:
        return request.directory, None, None
    folder = request.directory / package
    if package.isidentifier() or not folder.is_dir():
        return request.directory, package, None
    folder = folder.resolve()
    if not (folder / "__init__.py").exists():
        return folder, None, None
    root = folder
    while (root / "__init__.py").exists():
        root = root.parent
    return folder, ".".join(folder.relative_to(root).parts), root


def _pyproject(request: InitRequest, directory: Path) -> Path:
    if request.config is not None:
        path = (request.directory / request.config).absolute()
        if path.is_dir():
            path = path / "pyproject.toml"
        if not path.parent.is_dir():
            raise UsageError(f"the folder does not exist: {path.parent}", hint="name a pyproject.toml in a folder")
        return path
    for folder in (directory, *directory.parents):
        if (folder / "pyproject.toml").is_file():
            return folder / "pyproject.toml"
    return request.directory / "pyproject.toml"


def _roots(request: InitRequest, base: Path, own_root: Path | None) -> list[Path]:
    if request.source:
        roots = [(request.directory / entry).resolve() for entry in request.source]
        for entry, root in zip(request.source, roots, strict=True):
            if not root.is_dir():
                raise UsageError(f"the source folder does not exist: {entry}", hint=f"it is looked for at {root}")
        return roots
    return [own_root or default_source(base).resolve()]


def _packages(root: Path, package: str | None) -> Iterable[tuple[str, list[str]]]:
    """The packages to inspect below a root, each with its modules."""
    if package is not None:
        place = find_module([root], package)
        if place is None:
            raise UsageError(
                f'the package "{package}" cannot be found under: {root}', hint="name its root with --source"
            )
        is_package = place.is_dir() or place.name == "__init__.py"
        folder = place if place.is_dir() else place.parent
        yield package, list(modules_below(folder, package)) if is_package else [package]
        return
    yield from packages_below(root)


def _is_test(module: str) -> bool:
    """Whether a module is one of a project's tests, by the names that test runners go by."""
    return any(
        part in ("test", "tests", "conftest") or part.startswith("test_") or part.endswith(("_test", "_tests"))
        for part in module.split(".")
    )


def _outputs(root: Path, package: str, classes: Sequence[FoundClass], wanted: str | None) -> Mapping[str, list[str]]:
    """One output for the package; a module whose classes' names are taken in it gets its own."""
    place = find_module([root], package)
    is_package = place is not None and (place.is_dir() or place.name == "__init__.py")
    first = wanted or (f"{package}.proxies" if is_package else f"{package}_proxies")
    outputs: dict[str, list[str]] = {}
    names: set[str] = set()
    for module in dict.fromkeys(each.module for each in classes):
        own = {each.name for each in classes if each.module == module}
        if own & names:
            outputs[f"{module}_proxies"] = [module]
        else:
            names |= own
            outputs.setdefault(first, []).append(module)
    for output in outputs:
        path = root.joinpath(*output.split(".")).with_suffix(".py")
        try:
            refuse_foreign_files([path, path.with_suffix(".pyi")])
        except CodegenError as error:
            error.hint = 'name another output: "typedactors init --output MODULE"'
            raise
    return outputs


def updated_text(
    path: Path,
    text: str,
    existing: Mapping[str, object] | None,
    source: Sequence[str],
    outputs: Mapping[str, Sequence[str]],
) -> str:
    """The text of a pyproject.toml with the table; of one that exists, ``source`` and ``outputs`` are replaced.

    Raises:
        CodegenError: the table cannot be added without disturbing the rest of the file.
    """
    if existing is None:
        newline = "\r\n" if "\r\n" in text else "\n"
        separator = "" if not text else (newline if text.endswith("\n") else newline * 2)
        updated = text + separator + _table_text(source, outputs).replace("\n", newline)
    else:
        document = tomlkit.parse(text)
        # tomlkit types every value as Any; read_table has seen that both are tables.
        table = cast("dict[str, object]", cast("dict[str, dict[str, object]]", document)[TABLE[0]][TABLE[1]])
        try:
            _set_array(table, "source", source)
            _set_outputs(table, outputs)
        except ValueError as error:  # an inline table can hold no such table
            raise _by_hand(path, text, source, outputs) from error
        updated = tomlkit.dumps(document)
    _verify(path, text, updated, source, outputs)
    return updated


def _set_outputs(table: dict[str, object], outputs: Mapping[str, Sequence[str]]) -> None:
    """Replace the outputs one by one, so that those that stay keep the comments around them."""
    existing = table.get("outputs")
    if not isinstance(existing, Table):
        replacement = tomlkit.table()
        for output, targets in outputs.items():
            replacement.add(output, _toml_array(targets))
        table["outputs"] = replacement
        return
    for output in [key for key in existing if key not in outputs]:
        existing.remove(output)
    for output, targets in outputs.items():
        _set_array(existing, output, targets)


def _set_array(table: MutableMapping[str, object], key: str, values: Sequence[str]) -> None:
    """Make a list hold the values, entry by entry, since each may have a comment."""
    existing = table.get(key)
    if not isinstance(existing, Array):
        table[key] = _toml_array(values)
        return
    for index in reversed(range(len(existing))):
        if str(existing[index]) not in values:
            del existing[index]
    kept = [str(existing[index]) for index in range(len(existing))]
    if kept != [each for each in values if each in kept]:  # in another order
        table[key] = _toml_array(values)
        return
    for index, value in enumerate(values):
        if value not in kept:
            existing.insert(index, value)


def _toml_array(values: Sequence[str]) -> Array:
    return tomlkit.item(list(values)).multiline(len(values) > 1)


def _table_text(source: Sequence[str], outputs: Mapping[str, Sequence[str]]) -> str:
    lines = ["[tool.typedactors]", f"source = [{', '.join(_quoted(each) for each in source)}]", ""]
    lines.append("[tool.typedactors.outputs]")
    for output, targets in outputs.items():
        if len(targets) == 1:
            lines.append(f"{_quoted(output)} = [{_quoted(targets[0])}]")
        else:
            lines += [f"{_quoted(output)} = [", *(f"    {_quoted(target)}," for target in targets), "]"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _verify(path: Path, before: str, after: str, source: Sequence[str], outputs: Mapping[str, Sequence[str]]) -> None:
    """Refuse, before anything is written, an edit that would say something else than it should."""
    table: dict[str, object] = {"source": list(source), "outputs": {key: list(value) for key, value in outputs.items()}}
    try:
        old, new = tomllib.loads(before), tomllib.loads(after)
        # The values of a parsed TOML document are Any to the type checker.
        old_table = cast("dict[str, object]", old.setdefault("tool", {}).pop(TABLE[1], {}))
        new_table = cast("dict[str, object]", new.setdefault("tool", {}).pop(TABLE[1], {}))
        good = old == new and new_table == {**old_table, **table}
    except (tomllib.TOMLDecodeError, AttributeError):
        good = False
    if not good:
        raise _by_hand(path, before, source, outputs)


def _by_hand(path: Path, text: str, source: Sequence[str], outputs: Mapping[str, Sequence[str]]) -> CodegenError:
    return CodegenError(
        "[tool.typedactors] cannot be added to this file without disturbing the rest of it",
        path=path,
        line=find_line(text, TABLE),
        hint="add it by hand:\n" + _table_text(source, outputs),
    )
