"""The files of a code base: found, read, and told where in the tree of imports they are.

It imports ``report`` and ``writer``'s marker.
"""

from __future__ import annotations

import ast
import codecs
import io
import os
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from typedactors_codegen.errors import UsageError
from typedactors_codegen.migrate.report import Changed, Kind, Remark
from typedactors_codegen.writer import MARKER_PREFIX

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})


@dataclass(slots=True)
class Source:
    """One Python file: ``text`` is what it will be, ``original`` what it is.

    ``module`` is its dotted name below ``root``, the nearest folder above it that is no package. A ``generated``
    file is read and not rewritten.
    """

    path: Path
    root: Path
    module: str
    encoding: str
    original: bytes
    text: str
    generated: bool = False

    @property
    def is_package(self) -> bool:
        """Whether it is the ``__init__`` of a package."""
        return self.path.stem == "__init__"

    @property
    def package(self) -> str:
        """The package whose names a relative import of one dot means."""
        return self.module if self.is_package else self.module.rpartition(".")[0]

    def changed(self) -> Changed | None:
        """The file to be written, or ``None`` if it is as it was."""
        file = Changed(self.path, self.text, before=self.original, encoding=self.encoding)
        return file if file.content != self.original else None


def find(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The Python files and all other files below ``paths``, each once, in the order of their names.

    Hidden folders and virtual environments are not looked into.

    Raises:
        UsageError: a path does not exist, or is a file that is no Python.
    """
    modules: dict[Path, None] = {}
    others: dict[Path, None] = {}
    for given in paths:
        path = given.absolute()
        if path.is_dir():
            for file in _walk(path):
                (modules if file.suffix in (".py", ".pyi") else others)[file] = None
        elif not path.exists():
            raise UsageError(f"there is no such file or folder: {given}", hint="name the files or folders to migrate")
        elif path.suffix not in (".py", ".pyi"):
            raise UsageError(f"this is no Python file: {given}", hint="name .py files, or folders that hold them")
        else:
            modules[path] = None
    return list(modules), list(others)


def read(path: Path) -> Source | Remark:
    """The file, or a remark if it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return Remark(Kind.ERROR, path, None, f"the file cannot be read: {error.strerror}", "make it readable")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        text = content.decode(encoding)
    except (SyntaxError, UnicodeDecodeError) as error:
        return Remark(Kind.ERROR, path, 1, f"the file cannot be decoded: {error}", "save it as UTF-8")
    root = root_of(path)
    parts = path.relative_to(root).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    generated = content.removeprefix(codecs.BOM_UTF8).startswith(MARKER_PREFIX)
    return Source(path, root, module, encoding, content, text, generated)


def root_of(path: Path) -> Path:
    """The nearest folder above a file that is no package."""
    folder = path.parent
    while (folder / "__init__.py").is_file() and folder.parent != folder:
        folder = folder.parent
    return folder


def syntax_error_line(text: str, fallback: int) -> int:
    """Where Python itself sees the error that LibCST has found, which it places better."""
    try:
        ast.parse(text)
    except SyntaxError as error:
        return error.lineno or fallback
    except ValueError:
        pass
    return fallback


def _walk(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        place = Path(here)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in _SKIPPED and not (place / name / "pyvenv.cfg").exists()
        )
        for name in sorted(files):
            yield place / name
