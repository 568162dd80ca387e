"""From configured names to modules on disk: targets, and where an output may be written.

Reads the file system and never a file's content, but for the first line of an output that exists.
``pipeline`` imports it; it imports ``config``, ``errors``, the front end's request and ``writer``'s
marker.
"""

from __future__ import annotations

import keyword
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from typedactors_codegen.config import Configuration, ConfiguredOutput
from typedactors_codegen.errors import CodegenError
from typedactors_codegen.frontend.request import Target
from typedactors_codegen.model import Origin


@dataclass(frozen=True, slots=True)
class ResolvedOutput:
    """An output module with its targets expanded, and the two files that it is written to.

    ``origin`` is where the configuration names it, if it does.
    """

    module: str
    targets: tuple[Target, ...]
    runtime_path: Path
    stub_path: Path
    origin: Origin | None


def resolve(configuration: Configuration) -> tuple[ResolvedOutput, ...]:
    """Expand every target and place every output, in configuration order.

    Raises:
        CodegenError: a name is not a module's name, a module is not under the roots, an output's
            package is not under the roots, an output is one of its own targets, or a folder cannot
            be read.
    """
    output_modules = frozenset(output.module for output in configuration.outputs)
    resolved: list[ResolvedOutput] = []
    for output in configuration.outputs:
        runtime_path = _place(configuration, output)
        targets: dict[Target, None] = {}
        for index, text in enumerate(output.targets):
            for target in _expand(configuration, output, index, text, output_modules):
                targets[target] = None
        stub_path = runtime_path.with_suffix(".pyi")
        origin = _origin(output, output.line)
        resolved.append(ResolvedOutput(output.module, tuple(targets), runtime_path, stub_path, origin))
    return tuple(resolved)


def find_module(roots: Collection[Path], module: str) -> Path | None:
    """The file of a module, or the folder of a namespace package, under the first root that has it."""
    parts = module.split(".")
    for root in roots:
        folder = root.joinpath(*parts)
        for candidate in (folder / "__init__.py", folder.with_name(folder.name + ".py")):
            if candidate.is_file():
                return candidate
        if folder.is_dir() and _entries(folder):
            return folder
    return None


def modules_below(folder: Path, package: str) -> Iterator[str]:
    """The modules of a package, itself first, then all below it in the order of their names."""
    if (folder / "__init__.py").is_file():
        yield package
    for entry in _entries(folder):
        if entry.is_dir() and _is_name(entry.name) and entry.name != "__pycache__" and not _is_loop(entry):
            yield from modules_below(entry, f"{package}.{entry.name}")
        elif entry.suffix == ".py" and entry.name != "__init__.py" and _is_name(entry.stem):
            yield f"{package}.{entry.stem}"


def packages_below(root: Path) -> Iterator[tuple[str, list[str]]]:
    """The packages and modules right below a root, each with all its modules, in the order of their names."""
    for entry in _entries(root):
        if entry.is_dir() and entry.name.isidentifier() and not (entry / "pyvenv.cfg").is_file():
            yield entry.name, list(modules_below(entry, entry.name))
        elif entry.suffix == ".py" and entry.stem.isidentifier():
            yield entry.stem, [entry.stem]


def _expand(
    configuration: Configuration, output: ConfiguredOutput, index: int, text: str, output_modules: frozenset[str]
) -> Iterator[Target]:
    line = output.line_of(index)
    module, colon, name = text.partition(":")
    starred = module.endswith(".*")
    module = module.removesuffix(".*")
    if not _is_dotted(module) or (colon and (starred or not _is_dotted(name))):
        raise CodegenError(
            f'"{text}" is not a target',
            path=output.path,
            line=line,
            hint='a target is "package.module", "package.module:Class" or "package.*"',
        )
    if module in output_modules and not starred:
        raise CodegenError(
            f'the target "{text}" of "{output.module}" is itself a generated output',
            path=output.path,
            line=line,
            hint="name the module that defines the actors",
        )
    found = find_module(configuration.source, module)
    if found is None:
        roots = ", ".join(str(root) for root in configuration.source)
        raise CodegenError(
            f'the module "{module}" cannot be found under: {roots}',
            path=output.path,
            line=line,
            hint="correct the name, or name its root in the configuration's source (or with --source)",
        )
    if not starred:
        if found.is_dir():
            raise CodegenError(
                f'"{module}" is a folder without __init__.py, so it defines no actor itself',
                path=output.path,
                line=line,
                hint=f'to have all its modules, write "{module}.*"',
            )
        yield Target(module, name or None, _origin(output, line))
        return
    folder = found if found.is_dir() else found.parent
    if found.is_file() and found.name != "__init__.py":
        raise CodegenError(
            f'"{module}" is a module, not a package, so "{text}" holds nothing',
            path=output.path,
            line=line,
            hint=f'write "{module}"',
        )
    for each in modules_below(folder, module):
        if each not in output_modules:
            yield Target(each, None, _origin(output, line))


def _place(configuration: Configuration, output: ConfiguredOutput) -> Path:
    """The path of an output's ``.py``; the package around it must exist under one of the roots."""

    def refuse(message: str, hint: str) -> CodegenError:
        return CodegenError(message, path=output.path, line=output.line, hint=hint)

    if not _is_dotted(output.module):
        raise refuse(
            f'the output "{output.module}" is not a module\'s name',
            'write a dotted name, such as "package.proxies"',
        )
    package, _, name = output.module.rpartition(".")
    roots = ", ".join(str(root) for root in configuration.source)
    for root in configuration.source:
        folder = root.joinpath(*package.split(".")) if package else root
        if not folder.is_dir():
            continue
        if not folder.resolve().is_relative_to(root):
            raise refuse(
                f'the output "{output.module}" would be written outside its root: {folder.resolve()}',
                f"choose an output whose package is a folder under {root}",
            )
        around = _package_around(root, configuration.base_directory)
        if around is not None:
            where = f"{root} is itself a package" if around == root else f"{root} lies in the package {around}"
            inner = ".".join((around.name, *root.relative_to(around).parts, output.module))
            raise refuse(
                f'the output "{output.module}" would be written inside another package\'s directory: '
                f"{where}, so it is no root of imports",
                f"name {around.parent} as source, and the output {inner}",
            )
        if (folder / name).is_dir() and find_module([root], output.module) != folder / f"{name}.py":
            raise refuse(
                f'the output "{output.module}" is already a package: {folder / name}',
                "choose another name for the output",
            )
        return folder / f"{name}.py"
    raise refuse(
        f'the package "{package}" of the output "{output.module}" is not under: {roots}',
        "an output is written only into a package of yours: create the package, or correct the name or the source",
    )


def _origin(output: ConfiguredOutput, line: int | None) -> Origin | None:
    return None if output.path is None else Origin(str(output.path), line or 0)


def _entries(folder: Path) -> list[Path]:
    """What a folder holds, in the order of the names."""
    try:
        return sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise CodegenError(
            f"the folder cannot be read: {error.strerror}", path=folder, hint="make it readable, or leave it out"
        ) from error


def _package_around(root: Path, base_directory: Path) -> Path | None:
    """The nearest package, inside the project, whose directory a root is or lies in."""
    for folder in (root, *root.parents):
        if folder != root and not folder.is_relative_to(base_directory.resolve()):
            return None
        if (folder / "__init__.py").is_file():
            return folder
    return None


def _is_loop(folder: Path) -> bool:
    """Whether a folder is a link to one of those around it."""
    return folder.is_symlink() and folder.absolute().parent.is_relative_to(folder.resolve())


def _is_dotted(name: str) -> bool:
    return bool(name) and all(_is_name(part) for part in name.split("."))


def _is_name(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name)
