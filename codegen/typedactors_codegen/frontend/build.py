"""Drives mypy's build, and holds what came out of it. May be imported by the front end alone.

Three facts about mypy shape this module. A build in which every module is fresh loads no module at
all, so an in-memory probe, which is never cached, imports the modules that are asked for. A module
that is read from disk where an output module belongs would make this run depend on the last one, so
each output module is given in memory, from the overlays or empty. And a configuration file of the
user may name plugins, which are user code, so none is read.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import secrets
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mypy import build as mypy_build
from mypy.errors import CompileError
from mypy.main import process_options
from mypy.modulefinder import BuildSource, ModuleNotFoundReason
from mypy.nodes import Decorator, FuncDef, MypyFile, OverloadedFuncDef, SymbolNode, SymbolTable, TypeAlias, TypeInfo
from mypy.options import Options

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.frontend.reachability import Platform
from typedactors_codegen.frontend.request import AnalysisRequest
from typedactors_codegen.model import Symbol

_PROBE = "_typedactors_probe"
_EMPTY_OUTPUT = "from typing import Any\ndef __getattr__(name: str) -> Any: ...\n"
_NO_FILE = "<string>"
_KEPT_OVERLAYS = 8
_MESSAGE = re.compile(
    r"^(?:mypy: )?(?:.*[/\\](?=<string>))?(?P<path>[^\n]+?):(?:(?P<line>\d+):)?"
    r" error: (?P<text>.+?)(?:  \[(?P<code>[\w-]+)\])?$"
)


@dataclass(frozen=True, slots=True)
class Program:
    """The modules that mypy analysed, and questions about them that several stages ask.

    The answers about a module's file are kept: each is asked for many times.
    """

    result: mypy_build.BuildResult
    roots: tuple[Path, ...]
    base_directory: Path
    outputs: frozenset[str]
    _paths: dict[str, Path | None] = field(default_factory=dict[str, Path | None])
    _user_modules: dict[str, bool] = field(default_factory=dict[str, bool])
    _shown: dict[Path, str] = field(default_factory=dict[Path, str])
    symbols: dict[str, Symbol | None] = field(default_factory=dict[str, Symbol | None])
    """What `symbols` has found out, by the full name of a class or an alias."""

    @property
    def platform(self) -> Platform:
        """What the sources are analysed for."""
        options = self.result.manager.options
        return Platform(options.python_version, options.platform)

    def module(self, name: str) -> MypyFile | None:
        """The module of that name, or ``None`` if mypy did not find it."""
        return self.result.files.get(name)

    def path(self, module: str) -> Path | None:
        """The file of a module; ``None`` for a module without one, such as an overlay."""
        if module not in self._paths:
            self._paths[module] = self._find_path(module)
        return self._paths[module]

    def _find_path(self, module: str) -> Path | None:
        if module in self.outputs:
            return None
        state = self.result.graph.get(module)
        found = state.path if state is not None else None
        return Path(found).absolute() if found and not os.path.isdir(found) else None

    def is_user_module(self, module: str) -> bool:
        """Whether a module lies below one of the source roots, or is one of the outputs.

        The runtime's own modules never count, not even where a root holds them: generated files
        import its public names only.
        """
        if module not in self._user_modules:
            self._user_modules[module] = self._is_below_a_root(module)
        return self._user_modules[module]

    def _is_below_a_root(self, module: str) -> bool:
        if module in self.outputs:
            return True
        if module.partition(".")[0] == "typedactors":
            return False
        path = self.path(module)
        if path is None or "site-packages" in path.parts:
            return False
        return any(path.is_relative_to(root) for root in self.roots)

    def is_standard_library(self, module: str) -> bool:
        """Whether the types of a module come from mypy's own copy of typeshed."""
        path = self.path(module)
        return path is not None and "typeshed" in path.parts and "mypy" in path.parts

    def display_path(self, path: Path) -> str:
        """A path as it is shown: posix, and relative to the base directory where it is below it."""
        if path not in self._shown:
            below = path.is_relative_to(self.base_directory)
            self._shown[path] = (path.relative_to(self.base_directory) if below else path).as_posix()
        return self._shown[path]

    def resolve(self, module: str, dotted: str) -> SymbolNode | None:
        """What a dotted name means at the top level of a module."""
        node: SymbolNode | None = self.module(module)
        for part in dotted.split("."):
            table: SymbolTable
            if isinstance(node, MypyFile | TypeInfo):
                table = node.names
            else:
                return None
            entry = table.get(part)
            if entry is not None:
                node = entry.node
            elif isinstance(node, MypyFile):
                node = self.module(f"{node.fullname}.{part}")
            else:
                return None
            if isinstance(node, TypeAlias) and node.no_args:
                target = getattr(node.target, "type", None)
                node = target if isinstance(target, TypeInfo) else node
        return node

    def missing_reason(self, module: str) -> str | None:
        """Why mypy has no types for a module: ``"missing"``, ``"untyped"``, or ``None`` if it has."""
        parts = module.split(".")
        for length in range(1, len(parts) + 1):
            prefix = ".".join(parts[:length])
            if prefix in self.result.graph or prefix in self.outputs:
                continue
            found = self.result.manager.find_module_cache.find_module(prefix)
            if not isinstance(found, ModuleNotFoundReason):
                return None
            # A name inside a module that was found is not a module that is missing.
            if length > 1 and ".".join(parts[: length - 1]) in self.result.graph:
                tree = self.module(".".join(parts[: length - 1]))
                if tree is not None and not tree.is_package_init_file():
                    return None
            return "missing" if found is ModuleNotFoundReason.NOT_FOUND else "untyped"
        return None


def fullname_of(node: SymbolNode | None) -> str:
    """The fully qualified name of what a name refers to; empty if it refers to nothing known."""
    if isinstance(node, FuncDef | OverloadedFuncDef | Decorator | TypeInfo | MypyFile | TypeAlias):
        return node.fullname
    return node.fullname if node is not None else ""


def run(request: AnalysisRequest, modules: Iterable[str]) -> Program:
    """Analyse modules and everything that they import.

    Arguments:
        request: the roots, overlays and options.
        modules: the modules to load; those that do not exist are simply absent from the answer.

    Raises:
        CodegenError: a source file cannot be parsed or read.
    """
    outputs = [output.module for output in request.outputs]
    wanted = sorted(set(modules) - set(outputs))
    probe = "".join(f"import {module}\n" for module in ["builtins", "typing", *wanted, *sorted(outputs)])
    sources = [BuildSource(None, _PROBE, f"{probe}# {secrets.token_hex(8)}\n")]
    overlays = dict.fromkeys(outputs, _EMPTY_OUTPUT) | dict(request.overlays)
    sources += [_overlay_source(request, module, overlays[module]) for module in sorted(overlays)]
    try:
        result = mypy_build.build(
            sources,
            _options(request),
            # Without it, mypy looks into the working directory before all else.
            alt_lib_path=str(request.roots[0].absolute()),
            stdout=io.StringIO(),
            stderr=io.StringIO(),
        )
    except CompileError as error:
        raise _refusal(error.messages, request.base_directory.absolute()) from None
    return Program(
        result=result,
        roots=tuple(root.absolute() for root in request.roots),
        base_directory=request.base_directory.absolute(),
        outputs=frozenset(overlays),
    )


def _overlay_source(request: AnalysisRequest, module: str, text: str) -> BuildSource:
    """An output module as mypy is shown it, where nothing else is.

    As a file in the cache folder, if there is one: what mypy is given as text counts as changed in
    each run, and so does all that imports it. The content is in the name, since mypy takes a file for
    unchanged that is rewritten within a second and keeps its size.
    """
    if request.cache_directory is not None:
        content = text.encode()
        folder = request.cache_directory / "outputs" / module
        path = folder / f"{hashlib.sha256(content).hexdigest()}.pyi"
        with contextlib.suppress(OSError):
            if not path.is_file() or path.read_bytes() != content:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                _remove_old(folder)
            return BuildSource(str(path), module, None)
    # The file must not exist: mypy would file the overlay in its cache under that file's date.
    return BuildSource(str(request.roots[0] / f"{module}.typedactors-overlay.pyi"), module, text)


def _remove_old(folder: Path) -> None:
    """Remove all but the latest files; another process may just be using some of those."""
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    for path in files[:-_KEPT_OVERLAYS]:
        path.unlink(missing_ok=True)


def _options(request: AnalysisRequest) -> Options:
    arguments = [
        "--config-file=",
        f"--cache-dir={request.cache_directory or os.devnull}",
        "--show-absolute-path",
        "--no-error-summary",
        "--hide-error-context",
        "--no-pretty",
        "--no-color-output",
        "--namespace-packages",
        "--explicit-package-bases",
        "--check-untyped-defs",
        "--no-implicit-optional",
        "--local-partial-types",
        "--no-warn-unused-configs",
    ]
    problems = io.StringIO()
    try:
        _, options = process_options(arguments, stdout=problems, stderr=problems, require_targets=False)
    except SystemExit:
        reason = problems.getvalue().strip().splitlines()
        raise CodegenError(f"mypy refuses its options: {reason[-1] if reason else 'no reason given'}") from None
    # Errors are for mypy's own run to report. Without them it leaves out the bodies of functions that assign no
    # attribute, as it does for installed packages.
    options.ignore_errors = True
    options.mypy_path = [str(root.absolute()) for root in request.roots]
    # The environment may have set these; neither may change the answer.
    options.cache_dir = str(request.cache_directory or os.devnull)
    if hasattr(options, "num_workers"):
        options.num_workers = 0
    return options


def _refusal(messages: Sequence[str], base: Path) -> CodegenError:
    """The error for a build that mypy gave up: it reports everything, but one thing stopped it."""
    matches = [match for match in map(_MESSAGE.match, messages) if match is not None and match["path"] != _NO_FILE]
    if not matches:
        return CodegenError(
            f"mypy could not analyse the sources: {'; '.join(messages) or 'no reason given'}",
            hint="Correct what it names, then run the command again.",
        )
    blocker = next((match for match in matches if match["code"] == "syntax"), matches[-1])
    path = Path(blocker["path"])
    running = "{}.{}".format(*sys.version_info)
    syntax = (
        f"Correct the syntax. If it is right, and newer than Python {running}, run the generator under that Python."
    )
    return CodegenError(
        f"the file cannot be read as Python: {blocker['text']}" if blocker["code"] == "syntax" else blocker["text"],
        path=path.relative_to(base).as_posix() if path.is_relative_to(base) else blocker["path"],
        line=int(blocker["line"]) if blocker["line"] else None,
        hint=syntax if blocker["code"] == "syntax" else "Correct what the message names, then run the command again.",
    )
