"""What only the text of a source file says: order, lines, docstrings, defaults, traversable marks.

mypy does not keep these for a module that it takes from its cache, so they are always read from the
file, with the standard library's ``ast``. May be imported by the front end alone; knows no mypy.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.frontend.reachability import Platform, prune

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

MARKERS = ("pykka_traversable", "typedactors_traversable")


@dataclass(slots=True)
class MemberSource:
    """All definitions of one name in one class body, and of ``self.name`` in its methods."""

    name: str
    line: int
    docstring: str | None = None
    annotated: bool = False
    functions: list[FunctionNode] = field(default_factory=list[FunctionNode])
    values: list[ast.expr] = field(default_factory=list[ast.expr])
    annotations: list[ast.expr] = field(default_factory=list[ast.expr])
    marks: list[ast.expr] = field(default_factory=list[ast.expr])
    """What is called with ``self.name`` as its only argument: ``traversable(self.name)``."""
    redefined: int | None = None
    """The line of a second definition beside the first that does not belong to it."""


@dataclass(slots=True)
class ClassSource:
    """One class statement. ``members`` is in source order."""

    name: str
    line: int
    docstring: str | None
    decorators: list[ast.expr]
    bases: list[ast.expr]
    members: dict[str, MemberSource]
    position: int
    elsewhere: tuple[str, ...] = ()
    """What it has on other platforms and for other Pythons only."""
    redefined: int | None = None
    """The line of a second definition of the name beside it."""

    def order(self, name: str) -> int:
        """The place of a member among the members; members that the text does not show come last."""
        for index, member in enumerate(self.members):
            if member == name:
                return index
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Import:
    """One name that an import statement binds: to what, from which module, and in which line."""

    target: str
    module: str
    line: int


@dataclass(frozen=True, slots=True)
class LocalClass:
    """A class inside a function: its name, its line, and the names of its bases."""

    name: str
    line: int
    bases: tuple[str, ...]


@dataclass(slots=True)
class ModuleSource:
    """One file: its classes by qualified name, those inside functions, and what its import statements bind.

    A name has several imports when a package is imported once for each of its modules.
    """

    classes: dict[str, ClassSource]
    imports: dict[str, list[Import]]
    local_classes: list[LocalClass]


def dotted_name(node: ast.expr) -> str | None:
    """``a.b.c`` for a chain of names, ``None`` for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = dotted_name(node.value)
        return None if owner is None else f"{owner}.{node.attr}"
    return None


def read_module(path: Path, module: str, shown_path: str, platform: Platform, *, required: bool) -> ModuleSource | None:
    """Read one file.

    Arguments:
        path: the file.
        module: its module's name, against which relative imports are resolved.
        shown_path: the file's name in messages.
        platform: what the file is read for; branches for others do not count.
        required: whether a file that this Python cannot parse is an error; otherwise ``None`` is
            returned for it, and its defaults and docstrings are not shown.

    Raises:
        CodegenError: the file is required and the running Python cannot parse it.
    """
    try:
        content = path.read_bytes()
        tree = ast.parse(content, filename=str(path))
    except (SyntaxError, ValueError, OSError) as error:
        if not required:
            return None
        if isinstance(error, OSError):
            raise CodegenError(
                f"the file cannot be read: {error.strerror or error}",
                path=shown_path,
                hint="Give the user who runs the generator the right to read it.",
            ) from None
        running = "{}.{}".format(*sys.version_info)
        raise CodegenError(
            f"Python {running}, which runs the generator, cannot parse this file: "
            f"{error.msg if isinstance(error, SyntaxError) else error}",
            path=shown_path,
            line=error.lineno if isinstance(error, SyntaxError) else None,
            hint="If the syntax is right and newer (PEP 695 needs Python 3.12), run the generator under the "
            "Python that the sources are written for.",
        ) from None
    everywhere: dict[str, ClassSource] = {}
    if b"sys.platform" in content or b"sys.version_info" in content:
        _collect_classes(ast.parse(content).body, "", everywhere)
    tree.body = prune(tree.body, platform)
    package = module if path.stem == "__init__" else module.rpartition(".")[0]
    classes: dict[str, ClassSource] = {}
    _collect_classes(tree.body, "", classes)
    for name, found in everywhere.items():
        if name in classes:
            classes[name].elsewhere = tuple(each for each in found.members if each not in classes[name].members)
    return ModuleSource(classes=classes, imports=_imports(tree, package), local_classes=_local_classes(tree))


def _local_classes(tree: ast.Module) -> list[LocalClass]:
    """The classes inside functions, in the order of their lines."""
    found: dict[int, LocalClass] = {}
    for function in _statements(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in _statements(function):
                if isinstance(node, ast.ClassDef):
                    bases = (dotted_name(base) for base in node.bases)
                    found[node.lineno] = LocalClass(node.name, node.lineno, tuple(base for base in bases if base))
    return [found[line] for line in sorted(found)]


def _imports(tree: ast.Module, package: str) -> dict[str, list[Import]]:
    imports: dict[str, list[Import]] = {}
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                target = alias.name if alias.asname else top
                imports.setdefault(alias.asname or top, []).append(Import(target, alias.name, node.lineno))
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            if node.level:
                parts = package.split(".")
                kept = parts[: len(parts) - node.level + 1]
                source = ".".join([*kept, *([node.module] if node.module else [])])
            for alias in node.names:
                found = Import(f"{source}.{alias.name}", source, node.lineno)
                imports.setdefault(alias.asname or alias.name, []).append(found)
    return imports


def _statements(tree: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.stmt]:
    """All statements of a file or a function, the outer ones first.

    Expressions, which are most of a tree, are not looked into.
    """
    found: list[ast.AST] = [*tree.body]
    for node in found:  # which grows meanwhile
        if isinstance(node, ast.stmt):
            yield node
        for name in ("body", "handlers", "orelse", "finalbody", "cases"):
            found.extend(getattr(node, name, ()))


def _flattened(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body and of the blocks in it."""
    for statement in statements:
        yield statement
        if isinstance(statement, ast.If):
            yield from _flattened(statement.body)
            yield from _flattened(statement.orelse)
        elif isinstance(statement, ast.Try | ast.TryStar):
            yield from _flattened(statement.body)
            for handler in statement.handlers:
                yield from _flattened(handler.body)
            yield from _flattened(statement.orelse)
            yield from _flattened(statement.finalbody)
        elif isinstance(statement, ast.With | ast.AsyncWith):
            yield from _flattened(statement.body)
        elif isinstance(statement, ast.For | ast.AsyncFor | ast.While):
            yield from _flattened(statement.body)
            yield from _flattened(statement.orelse)
        elif isinstance(statement, ast.Match):
            for case in statement.cases:
                yield from _flattened(case.body)


def _collect_classes(statements: list[ast.stmt], prefix: str, classes: dict[str, ClassSource]) -> None:
    again = _defined_again([each for each in statements if isinstance(each, ast.ClassDef)])
    for statement in _flattened(statements):
        if not isinstance(statement, ast.ClassDef):
            continue
        name = f"{prefix}{statement.name}"
        # mypy keeps the first of several definitions of one name.
        if name in classes:
            continue
        classes[name] = ClassSource(
            name=name,
            line=statement.lineno,
            docstring=ast.get_docstring(statement),
            decorators=statement.decorator_list,
            bases=statement.bases,
            members=_members(statement),
            position=len(classes),
            redefined=again.get(statement.name),
        )
        _collect_classes(statement.body, f"{name}.", classes)


def _members(definition: ast.ClassDef) -> dict[str, MemberSource]:
    members: dict[str, MemberSource] = {}
    _assignments(definition.body, None, members)
    functions = [each for each in definition.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    for name, line in _defined_again(functions).items():
        members[name].redefined = line
    return members


def _defined_again(definitions: Sequence[FunctionNode | ast.ClassDef]) -> dict[str, int]:
    """The lines of definitions that take the place of an earlier one, by name."""
    previous: dict[str, FunctionNode | ast.ClassDef] = {}
    found: dict[str, int] = {}
    for definition in definitions:
        before = previous.get(definition.name)
        if before is not None and not _is_overload(before):
            used = [ast.dump(each) for each in definition.decorator_list]
            # A setter, and what is registered, adds to the definition whose name it uses.
            if not any(f"id='{definition.name}'" in each for each in used):
                found.setdefault(definition.name, definition.lineno)
        previous[definition.name] = definition
    return found


def _is_overload(definition: FunctionNode | ast.ClassDef) -> bool:
    return any((dotted_name(each) or "").rpartition(".")[2] == "overload" for each in definition.decorator_list)


def _assignments(body: list[ast.stmt], owner: str | None, members: dict[str, MemberSource]) -> None:
    """Enter what a class body defines, or, with ``owner`` the name of ``self``, what a method does."""
    previous: MemberSource | None = None
    for statement in _flattened(body):
        defined: MemberSource | None = None
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and owner is None:
            defined = members.setdefault(statement.name, MemberSource(statement.name, statement.lineno))
            if not isinstance(statement, ast.ClassDef):
                defined.functions.append(statement)
                receiver = _receiver(statement)
                if receiver is not None:
                    _assignments(statement.body, receiver, members)
            defined = None
        for target, value, annotated in _targets(statement):
            name = _bound_name(target, owner)
            if name is None:
                continue
            defined = members.setdefault(name, MemberSource(name, target.lineno))
            defined.annotated = defined.annotated or annotated
            if isinstance(statement, ast.AnnAssign):
                defined.annotations.append(statement.annotation)
            if value is not None:
                defined.values.append(value)
        if isinstance(statement, ast.Expr):
            if previous is not None and previous.docstring is None:
                previous.docstring = _string(statement.value)
            _enter_mark(statement.value, owner, members)
        previous = defined


def _receiver(function: FunctionNode) -> str | None:
    positional = [*function.args.posonlyargs, *function.args.args]
    static = any(dotted_name(decorator) == "staticmethod" for decorator in function.decorator_list)
    return positional[0].arg if positional and not static else None


def _targets(statement: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr | None, bool]]:
    if isinstance(statement, ast.AnnAssign):
        yield statement.target, statement.value, True
    elif isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from _unpacked(target, statement.value)
    elif isinstance(statement, ast.For | ast.AsyncFor):
        yield from _unpacked(statement.target, None)
    elif isinstance(statement, ast.With | ast.AsyncWith):
        for item in statement.items:
            if item.optional_vars is not None:
                yield from _unpacked(item.optional_vars, None)


def _unpacked(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[ast.expr, ast.expr | None, bool]]:
    if isinstance(target, ast.Tuple | ast.List):
        values: list[ast.expr | None] = [None] * len(target.elts)
        if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
            values = list(value.elts)
        for element, part in zip(target.elts, values, strict=True):
            yield from _unpacked(element, part)
    elif isinstance(target, ast.Starred):
        yield from _unpacked(target.value, None)
    else:
        yield target, value, False


def _bound_name(target: ast.expr, owner: str | None) -> str | None:
    if owner is None:
        return target.id if isinstance(target, ast.Name) else None
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == owner:
        return target.attr
    return None


def _enter_mark(value: ast.expr, owner: str | None, members: dict[str, MemberSource]) -> None:
    if isinstance(value, ast.Call) and len(value.args) == 1 and not value.keywords:
        name = _bound_name(value.args[0], owner)
        if name is not None and name in members:
            members[name].marks.append(value.func)


def _string(value: ast.expr) -> str | None:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return inspect.cleandoc(value.value) or None
    return None
