"""Where the generated classes go: the output of each actor, and its line in pyproject.toml.

``proxies`` and ``run`` import it; it imports ``index``, ``report``, and of ``initialize`` what writes the table.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from typedactors_codegen import initialize
from typedactors_codegen.config import read_table, read_text
from typedactors_codegen.errors import CodegenError
from typedactors_codegen.migrate.index import Class
from typedactors_codegen.migrate.report import Changed, Kind, Remark

_NAMES = ("proxies", "typed_proxies", "generated_proxies")


class Places:
    """The outputs of one root: one for each package or top-level module, more where two actors share a name."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._targets: dict[str, dict[str, str]] = {}

    @property
    def outputs(self) -> dict[str, tuple[str, ...]]:
        """The targets of each output."""
        return {output: tuple(targets.values()) for output, targets in self._targets.items()}

    def place(self, actor: Class) -> str:
        """The output that gets the proxy of an actor, which is now among its targets."""
        for output in self._candidates(actor.module):
            taken = self._targets.get(output, {})
            file = self._root.joinpath(*output.split("."))
            exists = file.is_dir() or any(file.with_suffix(suffix).exists() for suffix in (".py", ".pyi"))
            if not exists and taken.get(actor.name, _target(actor)) == _target(actor):
                self._targets.setdefault(output, {})[actor.name] = _target(actor)
                return output
        raise CodegenError(
            f"every name that the output of {actor.full_name} could have is taken",
            path=actor.path,
            hint="move one of the files away, or generate it by hand",
        )

    def _candidates(self, module: str) -> list[str]:
        top = module.partition(".")[0]
        if (self._root / top).is_dir():
            return [*(f"{top}.{name}" for name in _NAMES), *(f"{module}_{name}" for name in _NAMES)]
        return [f"{module}_{name}" for name in _NAMES]


def _target(actor: Class) -> str:
    return f"{actor.module}:{actor.name}"


def configure(root: Path, outputs: Mapping[str, tuple[str, ...]]) -> Changed | Remark:
    """The pyproject.toml with the outputs, or the lines to add by hand where there is a configuration already."""
    path = _pyproject(root)
    text = read_text(path) if path.exists() else ""
    existing = read_table(path, text) if text else None
    written = {output: list(targets) for output, targets in outputs.items()}
    lines = "".join(f"\n    {line}" for line in _lines(outputs))
    if existing is not None:
        return Remark(
            Kind.LEFT,
            path,
            None,
            f"[tool.typedactors] exists already, and is left as it is; new outputs are not in it:{lines}",
            "add these lines to [tool.typedactors.outputs]",
        )
    source = [os.path.relpath(root, path.parent).replace(os.sep, "/")]
    try:
        updated = initialize.updated_text(path, text, existing, source, written)
    except CodegenError as error:
        return Remark(Kind.LEFT, path, error.line, error.message, error.hint or "")
    return Changed(path, updated, before=path.read_bytes() if path.exists() else None)


def _lines(outputs: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [
        f'"{output}" = [' + ", ".join(f'"{target}"' for target in targets) + "]" for output, targets in outputs.items()
    ]


def _pyproject(root: Path) -> Path:
    """The project's own file: the nearest, or a new one beside the sources."""
    for folder in (root, *root.parents):
        if (folder / "pyproject.toml").is_file():
            return folder / "pyproject.toml"
    return (root.parent if root.name == "src" else root) / "pyproject.toml"
