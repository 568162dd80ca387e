"""What all files of a run together define and import: classes by name, and which module imports which.

It reads the text as it is at that moment, with ``ast``; a file that this Python cannot parse is not in it, so
what depends on it is left alone. ``run``, ``casts`` and ``handwritten`` import it; it imports ``sources``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from typedactors_codegen.migrate.names import NEW
from typedactors_codegen.migrate.sources import Source


@dataclass(frozen=True, slots=True)
class Import:
    """What a module-level import binds a name to: a module, or a name in one."""

    module: str
    name: str | None
    for_checkers: bool

    @property
    def target(self) -> str:
        """The dotted name of what is bound."""
        return self.module if self.name is None else f"{self.module}.{self.name}"


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    """A class of a module's top level."""

    module: str
    name: str
    path: Path
    node: ast.ClassDef

    @property
    def full_name(self) -> str:
        """Its dotted name."""
        return f"{self.module}.{self.name}"


@dataclass(slots=True)
class Module:
    """One parsed file."""

    source: Source
    tree: ast.Module
    classes: dict[str, Class] = field(default_factory=dict[str, Class])
    imports: dict[str, Import] = field(default_factory=dict[str, Import])
    bound: dict[str, int] = field(default_factory=dict[str, int])
    imported_modules: set[str] = field(default_factory=set[str])


class Index:
    """The modules of a run by name."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.modules: dict[str, Module] = {}
        self._attributes: frozenset[str] | None = None
        for source in sources:
            if source.path.suffix != ".py":
                continue
            try:
                tree = ast.parse(source.text)
            except (SyntaxError, ValueError):
                continue
            self.modules.setdefault(source.module, _read(source, tree))

    def classes(self) -> Iterator[Class]:
        """All classes, in the order of the files."""
        for module in self.modules.values():
            yield from module.classes.values()

    def is_generated(self, definition: Class) -> bool:
        """Whether a class stands in a generated file."""
        return self.modules[definition.module].source.generated

    def attributes_read(self) -> frozenset[str]:
        """Each name that is asked of some object, but for those asked of ``self``, in the files that are no tool's."""
        if self._attributes is None:
            self._attributes = frozenset(
                node.attr
                for module in self.modules.values()
                if not module.source.generated
                for node in ast.walk(module.tree)
                if isinstance(node, ast.Attribute)
                and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
            )
        return self._attributes

    def resolve(self, module: str, name: str) -> Class | str | None:
        """The class that a dotted name means in a module; its full name if it is none of the run's.

        Returns:
            ``None`` if the module does not bind the name at its top level.
        """
        if module not in self.modules:
            return None
        head, _, rest = name.partition(".")
        content = self.modules[module]
        if head in content.classes:
            return content.classes[head] if not rest else None
        if head not in content.imports:
            return None
        target = content.imports[head].target
        return self.find(f"{target}.{rest}" if rest else target)

    def find(self, full_name: str) -> Class | str:
        """The class of a full name, through the modules that only pass it on; or else that name."""
        seen: set[str] = set()
        while full_name not in seen:
            seen.add(full_name)
            module, _, name = full_name.rpartition(".")
            content = self.modules.get(module)
            if content is None:
                break
            if name in content.classes:
                return content.classes[name]
            if name not in content.imports:
                break
            full_name = content.imports[name].target
        return full_name

    def reaches(self, start: str, goal: str) -> bool:
        """Whether importing the module ``start`` imports ``goal`` while it is being imported."""
        pending, seen = [start], set[str]()
        while pending:
            name = pending.pop()
            if name == goal:
                return True
            if name in seen:
                continue
            seen.add(name)
            content = self.modules.get(name)
            if content is not None:
                pending += content.imported_modules
            if "." in name:
                pending.append(name.rpartition(".")[0])
        return False

    def names_taken_from(self, module: str) -> frozenset[str]:
        """The names that other modules import from one; of a package's own module, all that it imports."""
        own = self.modules[module]
        if own.source.is_package:
            return frozenset(name for name, each in own.imports.items() if not each.module.startswith(NEW))
        return frozenset(
            each.name
            for content in self.modules.values()
            for each in content.imports.values()
            if each.module == module and each.name is not None
        )

    def users(self, full_name: str) -> list[str]:
        """The modules that import a name from the module that has it, or from one that passes it on."""
        found = self.find(full_name)
        return [
            name
            for name, content in self.modules.items()
            if any(each.name is not None and self.find(each.target) == found for each in content.imports.values())
        ]


def _read(source: Source, tree: ast.Module) -> Module:
    module = Module(source, tree)
    for node, for_checkers in _statements(tree.body, False):
        if isinstance(node, ast.ClassDef):
            module.classes[node.name] = Class(source.module, node.name, source.path, node)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                local = alias.asname or alias.name.partition(".")[0]
                module.imports[local] = Import(alias.name if alias.asname else local, None, for_checkers)
                if not for_checkers:
                    module.imported_modules.add(alias.name)
        elif isinstance(node, ast.ImportFrom):
            origin = _absolute(source, node)
            for alias in node.names:
                module.imports[alias.asname or alias.name] = Import(origin, alias.name, for_checkers)
                if not for_checkers:
                    # The name may itself be a module; one that is none is in nobody's way.
                    module.imported_modules |= {origin, f"{origin}.{alias.name}"}
        for name in _bound_names(node):
            module.bound[name] = module.bound.get(name, 0) + 1
    return module


def _statements(body: Iterable[ast.stmt], for_checkers: bool) -> Iterator[tuple[ast.stmt, bool]]:
    """The statements that run when a module is imported, but for classes' bodies, and which only checkers see."""
    for node in body:
        yield node, for_checkers
        if isinstance(node, ast.If):
            only = ast.unparse(node.test).rpartition(".")[2] == "TYPE_CHECKING"
            yield from _statements(node.body, for_checkers or only)
            yield from _statements(node.orelse, for_checkers)
        elif isinstance(node, ast.Try):
            handlers = [statement for handler in node.handlers for statement in handler.body]
            yield from _statements([*node.body, *handlers, *node.orelse, *node.finalbody], for_checkers)
        elif isinstance(node, ast.With):
            yield from _statements(node.body, for_checkers)


def _bound_names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name.partition(".")[0]
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.For):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            for each in ast.walk(target):
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                    yield each.id


def _absolute(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = source.package.split(".") if source.package else []
    parts = parts[: len(parts) - node.level + 1]
    return ".".join([*parts, *([node.module] if node.module else [])])
