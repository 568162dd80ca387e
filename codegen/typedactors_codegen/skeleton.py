"""What the analysis sees of the outputs before they exist.

An actor may mention its own generated proxy, and on the first run there is none. So the first round
of analysis gets a stand-in for each output, with the right class names and permissive members, and
the next rounds get what was rendered. ``pipeline`` imports this; it imports ``targets``.

What lies on disk from an earlier run is never read: the output depends on the sources alone.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from typedactors_codegen.targets import ResolvedOutput, find_module

_PROXY_NAME = re.compile(rb"\b([A-Za-z][A-Za-z0-9_]*Proxy)\b")
_SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules"})
_HEAD = """\
from typing import Any
from typedactors import ActorProxy
"""
_CLASS = """
class {name}(ActorProxy[Any]):
    def __getattr__(self, name: str, /) -> Any: ...
    def __setattr__(self, name: str, value: Any, /) -> None: ...
"""


def sources_mentioning(sources: Iterable[Path], outputs: Sequence[ResolvedOutput]) -> tuple[Path, ...]:
    """Those of the source files that could import one of the outputs.

    A file counts if it has an output's last name as a word; a false hit costs a second round.
    """
    names = b"|".join(re.escape(output.module.rpartition(".")[2].encode()) for output in outputs)
    pattern = re.compile(rb"\b(?:" + names + rb")\b")
    return tuple(path for path, content in _read_all(sources) if pattern.search(content))


def skeletons(roots: Sequence[Path], outputs: Sequence[ResolvedOutput], mentioning: Collection[Path]) -> dict[str, str]:
    """A stand-in ``.pyi`` for each output, by module name.

    Its classes are the proxies of all public classes in the targets' modules, and all names that
    end in ``Proxy`` in the files that mention an output: those include the proxies of traversable
    parts, whose classes may be defined anywhere.
    """
    mentioned = {
        match.decode() for _, content in _read_all(sorted(mentioning)) for match in _PROXY_NAME.findall(content)
    }
    # The runtime's own classes are no outputs, and a class cannot be its own base.
    mentioned -= {"ActorProxy", "CallableProxy", "DynamicProxy"}
    texts: dict[str, str] = {}
    for output in outputs:
        names = set(mentioned)
        for module in {target.module for target in output.targets}:
            names |= {f"{name}Proxy" for name in _class_names(find_module(roots, module))}
        texts[output.module] = _HEAD + "".join(_CLASS.format(name=name) for name in sorted(names))
    return texts


def _class_names(path: Path | None) -> Iterator[str]:
    if path is None or path.is_dir():
        return
    try:
        tree = ast.parse(path.read_bytes(), filename=str(path))
    except (SyntaxError, ValueError, OSError):
        return  # the front end reports it, with file and line
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name != "Actor":
            yield node.name


def python_files(roots: Sequence[Path]) -> Iterator[Path]:
    """All modules under the roots that could be imported; a virtual environment is not looked into."""
    seen: set[Path] = set()
    for root in roots:
        for folder, folders, files in os.walk(root):
            here = Path(folder)
            folders[:] = sorted(
                name
                for name in folders
                if name.isidentifier() and name not in _SKIPPED_FOLDERS and not (here / name / "pyvenv.cfg").exists()
            )
            for name in sorted(files):
                path = here / name
                if path.suffix in (".py", ".pyi") and path not in seen:
                    seen.add(path)
                    yield path


def _read_all(paths: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
    for path in paths:
        try:
            yield path, path.read_bytes()
        except OSError:
            continue  # the front end reports it if it is needed
