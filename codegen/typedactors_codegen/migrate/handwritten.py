"""The proxy classes that were written by hand: which there are, and what each declares.

``casts`` and ``proxies`` import it; it imports ``index`` and ``names``.
"""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from typedactors_codegen.migrate.index import Class, Index
from typedactors_codegen.migrate.names import NEW, OLD

_ROOTS = frozenset(f"{package}.ActorProxy" for package in (NEW, OLD))
_MIXINS = frozenset(f"{package}.typing.ActorMemberMixin" for package in (NEW, OLD))
_ACTORS = frozenset(f"{package}.{name}" for package in (NEW, OLD) for name in ("Actor", "ThreadingActor"))
_DECLARATIONS = {
    f"{package}.typing.proxy_{name}": name for package in (NEW, OLD) for name in ("field", "method", "node")
}
# What every proxy has by its base; `actor_ref`, `actor_urn`, the hooks.
OF_THE_BASE = frozenset(
    {
        "actor_inbox",
        "actor_ref",
        "actor_stopped",
        "actor_urn",
        "on_failure",
        "on_receive",
        "on_start",
        "on_stop",
        "start",
        "stop",
        "use_daemon_thread",
    }
)


class Kind(enum.Enum):
    """What a hand-written member is; ``PART`` is an annotation with another proxy class."""

    FIELD = "field"
    METHOD = "method"
    NODE = "node"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Member:
    """One member: ``area = proxy_method(Circle.area)`` has the owner ``Circle`` and the attribute ``area``.

    For a ``PART`` the attribute is the annotation's text and ``part`` the class that it names.
    """

    name: str
    kind: Kind
    line: int
    owner: Class | str | None = None
    attribute: str = ""
    part: Class | None = None


@dataclass(frozen=True, slots=True)
class HandWritten:
    """A proxy class; ``actor`` is what it stands for, and ``None`` for the class of a part.

    ``oddities`` are statements that are no member: each with its line and what it is.
    """

    definition: Class
    actor: Class | str | None
    bases: tuple[Class, ...]
    members: tuple[Member, ...]
    oddities: tuple[tuple[int, str], ...]
    is_part: bool = False

    @property
    def path(self) -> Path:
        """The file that has it."""
        return self.definition.path

    @property
    def line(self) -> int:
        """The line of its ``class``."""
        return self.definition.node.lineno


def find(index: Index) -> dict[Class, HandWritten]:
    """All hand-written proxy classes of a run, those of parts included."""
    found: dict[Class, HandWritten] = {}
    for definition in index.classes():
        if is_proxy(index, definition) and not index.is_generated(definition):
            found[definition] = _read(index, definition, is_part=False)
    pending = list(found.values())
    while pending:
        for member in pending.pop().members:
            if member.part is not None and member.part not in found:
                part = _read(index, member.part, is_part=True)
                found[member.part] = part
                pending.append(part)
    return found


def ancestors(index: Index, definition: Class) -> Iterator[Class | str]:
    """The bases of a class, theirs, and so on; a string is a class that is none of the run's."""
    pending: list[Class | str] = list(bases(index, definition))
    seen: set[str] = set()
    while pending:
        base = pending.pop(0)
        name = base if isinstance(base, str) else base.full_name
        if name in seen:
            continue
        seen.add(name)
        yield base
        if isinstance(base, Class):
            pending += bases(index, base)


def bases(index: Index, definition: Class) -> Iterator[Class | str]:
    """The bases that a class is written with."""
    for expression in definition.node.bases:
        text = ast.unparse(expression.value if isinstance(expression, ast.Subscript) else expression)
        yield index.resolve(definition.module, text) or text


def public_members(index: Index, actor: Class) -> set[str] | None:
    """The public names that the sources give an actor's objects; ``None`` if a base is not among them."""
    members: set[str] = set()
    for each in (actor, *ancestors(index, actor)):
        if isinstance(each, str):
            if each not in _ACTORS and each not in ("object", "typing.Generic", "typing.Protocol", "Generic"):
                return None
            continue
        members |= set(_names_of_body(each.node.body))
        members |= {
            node.attr
            for node in ast.walk(each.node)
            if isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id == "self"
        }
    return {name for name in members if not name.startswith("_")} - OF_THE_BASE


def _names_of_body(body: list[ast.stmt]) -> Iterator[str]:
    """The names that the body of a class binds, those under a condition included."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.If):
            yield from _names_of_body([*node.body, *node.orelse])
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))


def declared_at_run_time(found: dict[Class, HandWritten], proxy: HandWritten) -> set[str] | None:
    """The members that an object of a hand-written class has; ``None`` if that cannot be told."""
    declared: set[str] = set()
    for base in proxy.bases:
        if base not in found:
            return None
        inherited = declared_at_run_time(found, found[base])
        if inherited is None:
            return None
        declared |= inherited
    return declared | {member.name for member in proxy.members if member.kind is not Kind.PART}


def is_proxy(index: Index, definition: Class) -> bool:
    """Whether a class derives from ``ActorProxy``."""
    return any(isinstance(base, str) and base in _ROOTS for base in ancestors(index, definition))


def _read(index: Index, definition: Class, *, is_part: bool) -> HandWritten:
    module = definition.module
    members: list[Member] = []
    oddities: list[tuple[int, str]] = []
    for node in definition.node.body:
        member = _member(index, module, node)
        if member is not None:
            members.append(member)
        elif not _says_nothing(node):
            oddities.append((node.lineno, _first_line(node)))
    written = [
        base
        for base in bases(index, definition)
        if not (isinstance(base, str) and (base in _ROOTS or base in _MIXINS or base == "object"))
    ]
    oddities += [(definition.node.lineno, f"the base {base}") for base in written if isinstance(base, str)]
    oddities += [(definition.node.lineno, "a decorator")] * bool(definition.node.decorator_list)
    oddities += [(definition.node.lineno, "a keyword of the class")] * bool(definition.node.keywords)
    return HandWritten(
        definition,
        _actor(index, definition, members),
        tuple(base for base in written if isinstance(base, Class)),
        tuple(members),
        tuple(oddities),
        is_part,
    )


def _actor(index: Index, definition: Class, members: list[Member]) -> Class | str | None:
    for base in definition.node.bases:
        if isinstance(base, ast.Subscript) and index.resolve(definition.module, ast.unparse(base.value)) in _ROOTS:
            argument = base.slice
            text = argument.value if isinstance(argument, ast.Constant) else ast.unparse(argument)
            return index.resolve(definition.module, str(text)) or str(text)
    # Derived from another proxy class: its members' owner says what it stands for.
    owners = {member.owner for member in members if member.owner is not None}
    return owners.pop() if len(owners) == 1 else None


def _member(index: Index, module: str, node: ast.stmt) -> Member | None:
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        name, value = node.targets[0].id, node.value
        if not isinstance(value, ast.Call):
            return None
        function = index.resolve(module, ast.unparse(value.func))
        kind = _DECLARATIONS.get(function) if isinstance(function, str) else None
        if kind == "node":
            return Member(name, Kind.NODE, node.lineno)
        if kind is None or value.keywords or len(value.args) != 1 or not isinstance(value.args[0], ast.Attribute):
            return None
        argument = value.args[0]
        owner = index.resolve(module, ast.unparse(argument.value))
        return Member(name, Kind(kind), node.lineno, owner, argument.attr)
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is None:
        annotation = node.annotation
        text = str(annotation.value) if isinstance(annotation, ast.Constant) else ast.unparse(annotation)
        part = index.resolve(module, text)
        if isinstance(part, Class):
            return Member(node.target.id, Kind.PART, node.lineno, attribute=text, part=part)
    return None


def _says_nothing(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _first_line(node: ast.stmt) -> str:
    return ast.unparse(node).partition("\n")[0]
