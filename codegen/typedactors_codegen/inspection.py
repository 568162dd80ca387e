"""Which actor classes and Protocols a package has, found with ``ast`` alone.

For ``init``, which must give an answer before anything is configured and installed, and for a hint of
``pipeline``'s: it follows the
imports between the files it reads, and knows the runtime's own actor classes by name. ``initialize``
and ``pipeline`` import it; it imports ``errors`` and ``targets``.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.targets import find_module, packages_below

_PROTOCOLS = frozenset({"typing.Protocol", "typing_extensions.Protocol"})
_RUNTIME = "typedactors"


@dataclass(frozen=True, slots=True)
class FoundClass:
    """A public actor class, or a Protocol that an actor lists among its bases."""

    module: str
    name: str
    path: Path
    line: int
    is_protocol: bool


@dataclass(slots=True)
class _Module:
    """What one file defines and imports, by the names it uses for them."""

    path: Path
    classes: dict[str, tuple[int, list[str]]] = field(default_factory=dict[str, tuple[int, list[str]]])
    imports: dict[str, str] = field(default_factory=dict[str, str])


def find_classes(root: Path, modules: Iterable[str]) -> tuple[FoundClass, ...]:
    """The actors and the Protocols they implement in ``modules``, in the order of the modules.

    Raises:
        CodegenError: a file cannot be parsed.
    """
    parsed = _parse_all(root, modules)
    bases = _bases(parsed)
    actors = {name for name in bases if _is_actor(name, bases)}
    listed = {base for actor in actors for base in bases[actor]} & _protocols(bases)
    return tuple(_public(parsed, actors | listed, listed))


def find_all(root: Path) -> tuple[FoundClass, ...]:
    """The actors, and the Protocols they implement, of all that is below a root.

    Raises:
        CodegenError: a file cannot be parsed.
    """
    return find_classes(root, [module for _, modules in packages_below(root) for module in modules])


def find_protocols(root: Path, modules: Iterable[str]) -> tuple[FoundClass, ...]:
    """All public Protocols in ``modules``, whether or not an actor implements them.

    Raises:
        CodegenError: a file cannot be parsed.
    """
    parsed = _parse_all(root, modules)
    protocols = _protocols(_bases(parsed))
    return tuple(_public(parsed, protocols, protocols))


def _parse_all(root: Path, modules: Iterable[str]) -> dict[str, _Module]:
    parsed: dict[str, _Module] = {}
    for name in modules:
        path = find_module([root], name)
        if path is not None and path.is_file():
            parsed[name] = _parse(path, name)
    return parsed


def _bases(parsed: Mapping[str, _Module]) -> dict[str, list[str]]:
    return {
        f"{module}.{name}": [_resolve(parsed, base) for base in class_bases]
        for module, content in parsed.items()
        for name, (_, class_bases) in content.classes.items()
    }


def _protocols(bases: Mapping[str, list[str]]) -> set[str]:
    return {name for name in bases if _PROTOCOLS.intersection(bases[name])}


def _public(parsed: Mapping[str, _Module], wanted: Container[str], protocols: Container[str]) -> Iterator[FoundClass]:
    for module, content in parsed.items():
        for name, (line, _) in content.classes.items():
            qualified = f"{module}.{name}"
            if not name.startswith("_") and qualified in wanted:
                yield FoundClass(module, name, content.path, line, qualified in protocols)


def _is_runtime_actor(name: str) -> bool:
    return name.partition(".")[0] == _RUNTIME and name.rpartition(".")[2].endswith("Actor")


def _is_actor(name: str, bases: Mapping[str, list[str]]) -> bool:
    seen: set[str] = set()
    pending = [name]
    while pending:
        current = pending.pop()
        if _is_runtime_actor(current):
            return True
        if current not in seen:
            seen.add(current)
            pending += bases.get(current, [])
    return False


def _parse(path: Path, name: str) -> _Module:
    try:
        tree = ast.parse(path.read_bytes(), filename=str(path))
    except SyntaxError as error:
        raise CodegenError(f"syntax error: {error.msg}", path=path, line=error.lineno) from error
    except (ValueError, OSError) as error:
        raise CodegenError(f"the file cannot be read: {error}", path=path) from error
    module = _Module(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                local = alias.asname or alias.name.partition(".")[0]
                module.imports[local] = alias.name if alias.asname else local
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            if node.level:
                parts = package.split(".")
                parts = parts[: len(parts) - node.level + 1]
                source = ".".join([*parts, source] if source else parts)
            for alias in node.names:
                module.imports[alias.asname or alias.name] = f"{source}.{alias.name}"
    classes = list(_module_level_classes(tree.body))
    own = {node.name for node in classes}
    for node in classes:
        written = [text for base in node.bases if (text := _dotted(base))]
        resolved: list[str] = []
        for text in written:
            head, dot, rest = text.partition(".")
            local = f"{name}.{head}" if head in own else head
            resolved.append((local if head in own else module.imports.get(head, local)) + dot + rest)
        module.classes[node.name] = (node.lineno, resolved)
    return module


def _module_level_classes(body: Iterable[ast.stmt]) -> Iterator[ast.ClassDef]:
    """The classes of a module, those inside an ``if`` or a ``try`` included."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield node
        elif isinstance(node, ast.If):
            yield from _module_level_classes([*node.body, *node.orelse])
        elif isinstance(node, ast.Try):
            handlers = [statement for handler in node.handlers for statement in handler.body]
            yield from _module_level_classes([*node.body, *handlers, *node.orelse, *node.finalbody])


def _dotted(node: ast.expr) -> str:
    """``a.b.C`` of a base class, without its type arguments; empty for any other expression."""
    if isinstance(node, ast.Subscript):
        return _dotted(node.value)
    if isinstance(node, ast.Attribute):
        left = _dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return node.id if isinstance(node, ast.Name) else ""


def _resolve(parsed: Mapping[str, _Module], name: str) -> str:
    """Follow re-exports until the module that defines the class."""
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        module, _, last = name.rpartition(".")
        content = parsed.get(module)
        if content is None or last in content.classes or last not in content.imports:
            break
        name = content.imports[last]
    return name
