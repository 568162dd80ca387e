"""What the front end is asked for: plain dataclasses, filled in by the pipeline.

Any module of the package may import this one; it imports only `model`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from typedactors_codegen.model import Origin


@dataclass(frozen=True, slots=True)
class Target:
    """A class to generate a proxy for, or, with ``name`` ``None``, a whole module of them.

    A module stands for each public actor class that it defines, and for each Protocol defined in it
    that one of the run's actors has among its bases.
    """

    module: str
    name: str | None
    origin: Origin | None = field(default=None, compare=False)
    """Where the target is written down, for messages about it."""


@dataclass(frozen=True, slots=True)
class OutputRequest:
    """One output module and the targets whose proxies it holds; their order does not matter."""

    module: str
    targets: tuple[Target, ...]
    origin: Origin | None = field(default=None, compare=False)
    """Where the output is written down, for messages about it."""


@dataclass(frozen=True, slots=True)
class AnalysisRequest:
    """Everything that one run of the front end depends on.

    Attributes:
        roots: the folders that the user's modules are imported from.
        outputs: what to generate, in configuration order.
        overlays: the ``.pyi`` text of output modules, by module name, as far as it is known. An
            output module is never read from disk, so that no run depends on an earlier one.
        cache_directory: where mypy keeps its cache; ``None`` for no cache.
        base_directory: the folder that paths in the answer are relative to.
    """

    roots: tuple[Path, ...]
    outputs: tuple[OutputRequest, ...]
    overlays: Mapping[str, str] = field(default_factory=dict[str, str])
    cache_directory: Path | None = None
    base_directory: Path = field(default_factory=Path.cwd)
