"""Import lines, and each use of what they bind: ``pykka.ThreadingActor`` becomes ``typedactors.ThreadingActor``.

One file at a time. ``run`` imports it; it imports ``editing``, ``names``, ``report`` and ``sources``.

``import pykka`` binds a name. It becomes ``import typedactors``, and the uses follow, unless the name is more
than that import in this file, or is used from another: then it becomes ``import typedactors as pykka``, and the
uses stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import libcst as cst
from libcst.metadata import (
    ImportAssignment,
    MetadataWrapper,
    ParentNodeProvider,
    PositionProvider,
    Scope,
    ScopeProvider,
)

from typedactors_codegen.migrate import editing, names
from typedactors_codegen.migrate.editing import Edit
from typedactors_codegen.migrate.names import NEW, OLD
from typedactors_codegen.migrate.report import Counts, Kind, Remark
from typedactors_codegen.migrate.sources import Source

_REMEDY = "rewrite what needs it; until then the line stays as it is"


def rewrite(source: Source, counts: Counts, *, name_is_used_elsewhere: bool) -> list[Remark]:
    """Rewrite the imports of one file and what they bind, in ``source.text``; return what was left.

    Arguments:
        source: the file.
        counts: grows by what was rewritten.
        name_is_used_elsewhere: whether another file takes the name ``pykka`` from this one.

    Raises:
        libcst.ParserSyntaxError: the file is no Python.
    """
    if OLD not in source.text:
        return []
    file = _File(source, counts)
    file.collect(keep_name=name_is_used_elsewhere)
    source.text = editing.apply(file.module, file.edits).code
    return file.remarks


class _File:
    def __init__(self, source: Source, counts: Counts) -> None:
        self._source = source
        self._counts = counts
        wrapper = MetadataWrapper(cst.parse_module(source.text), unsafe_skip_copy=True)
        self.module = wrapper.module
        self._positions = wrapper.resolve(PositionProvider)
        self._parents = wrapper.resolve(ParentNodeProvider)
        self._scope_of = wrapper.resolve(ScopeProvider)
        self._scopes = editing.scopes(wrapper)
        self.edits: dict[cst.CSTNode, Edit] = {}
        self.remarks: list[Remark] = []

    def collect(self, *, keep_name: bool) -> None:
        """Fill ``edits`` and ``remarks``."""
        found = _Visitor()
        self.module.visit(found)
        keep_name = keep_name or not self._is_only_imported()
        uses = [node for node in found.names if self._means_pykka(node)]
        # For each use the path of names after `pykka`.
        missing = [(node, path) for node in uses if not names.exists(path := self._path_after(node))]
        strings = self._string_uses()
        missing_in_strings = [
            (node, path) for node in strings for path in _paths_in(node.raw_value) if not names.exists(path)
        ]
        for node, path in (*missing, *missing_in_strings):
            self._remark(Kind.LEFT, node, f"{OLD}.{'.'.join(path)}: {names.reason(path)}", _REMEDY)
        needs_old = bool(missing or missing_in_strings)
        # Where nothing else is left of it, the import of Pykka has been split before.
        only_old = needs_old and len(missing) == len(uses) and len(missing_in_strings) >= len(strings)
        for statement in found.imports:
            if isinstance(statement, cst.Import):
                self._import(statement, keep_name=keep_name, needs_old=needs_old, only_old=only_old)
            else:
                self._import_from(statement)
        if keep_name:
            return
        left = {id(node) for node, _ in missing}
        for node in uses:
            if id(node) not in left:
                self.edits[node] = _renamed
                self._counts.uses += 1
        for text in strings:
            self.edits[text] = _renamed_in_string
            self._counts.uses += 1

    def _is_only_imported(self) -> bool:
        """Whether ``pykka`` means that import wherever it is bound, and ``typedactors`` is not taken."""
        for scope in self._scopes:
            for assignment in scope.assignments:
                if assignment.scope is not scope:
                    continue
                if assignment.name == NEW and not self._imports(assignment, NEW):
                    return False
                if assignment.name == OLD and not self._imports(assignment, OLD):
                    return False
        finder = _DeleteFinder()
        self.module.visit(finder)
        return not finder.found

    def _imports(self, assignment: object, name: str) -> bool:
        if not isinstance(assignment, ImportAssignment) or not isinstance(assignment.node, cst.Import):
            return False
        return any(
            alias.asname is None and editing.dotted(alias.name).partition(".")[0] == name
            for alias in assignment.node.names
        )

    def _means_pykka(self, node: cst.Name) -> bool:
        parent = self._parents.get(node)
        if isinstance(parent, cst.Attribute) and parent.attr is node:
            return False
        if isinstance(parent, cst.Arg) and parent.keyword is node:
            return False
        if self._is_in_import(node):
            return False
        scope: Scope | None = self._scope_of.get(node)
        if scope is None:
            return False
        bound = scope[OLD]
        return bool(bound) and any(self._imports(assignment, OLD) for assignment in bound)

    def _is_in_import(self, node: cst.CSTNode) -> bool:
        parent = self._parents.get(node)
        while isinstance(parent, cst.Attribute | cst.AsName):
            parent = self._parents.get(parent)
        return isinstance(parent, cst.ImportAlias | cst.ImportFrom)

    def _path_after(self, node: cst.Name) -> tuple[str, ...]:
        path: list[str] = []
        current: cst.CSTNode = node
        while True:
            parent = self._parents.get(current)
            if not isinstance(parent, cst.Attribute) or parent.value is not current:
                return tuple(path)
            path.append(parent.attr.value)
            current = parent

    def _string_uses(self) -> list[cst.SimpleString]:
        """The annotations and the like, in quotes, that speak of ``pykka.X``."""
        found: dict[int, cst.SimpleString] = {}
        for scope in self._scopes:
            for assignment in scope.assignments:
                if assignment.name.partition(".")[0] == OLD and self._imports(assignment, OLD):
                    for access in assignment.references:
                        if isinstance(access.node, cst.SimpleString):
                            found[id(access.node)] = access.node
        return list(found.values())

    def _import(self, statement: cst.Import, *, keep_name: bool, needs_old: bool, only_old: bool) -> None:
        new: list[cst.ImportAlias] = []
        changed = False
        for alias in statement.names:
            module = editing.dotted(alias.name)
            path = tuple(module.split(".")[1:])
            if not names.is_pykka(module):
                new.append(alias)
            elif not names.exists(path) or (path and path[0] not in names.SUBMODULES) or len(path) > 1:
                self._remark(Kind.LEFT, statement, f"import {module}: {names.reason(path)}", _REMEDY)
                new.append(alias)
            elif alias.asname is not None:
                new.append(alias.with_changes(name=editing.name_node(".".join((NEW, *path)))))
                changed = True
            elif keep_name and needs_old:
                self._remark(
                    Kind.LEFT,
                    statement,
                    f"import {module}: the name {OLD} is bound in another way too, and not all of its uses exist here",
                    _REMEDY,
                )
                new.append(alias)
            elif only_old:
                new.append(alias)
            else:
                new += self._plain(alias, module, path, keep_name=keep_name, needs_old=needs_old)
                changed = True
        if not changed:
            return
        self._counts.imports += 1

        def edit(updated: cst.CSTNode) -> cst.CSTNode:
            return updated.with_changes(names=_with_commas(new, statement.names[-1].comma))

        self.edits[statement] = edit

    def _plain(
        self, alias: cst.ImportAlias, module: str, path: tuple[str, ...], *, keep_name: bool, needs_old: bool
    ) -> list[cst.ImportAlias]:
        """The aliases in place of an ``import pykka`` or ``import pykka.debug``."""
        renamed = alias.with_changes(name=editing.name_node(".".join((NEW, *path))), comma=cst.MaybeSentinel.DEFAULT)
        if keep_name:
            as_old = cst.ImportAlias(cst.Name(NEW), cst.AsName(cst.Name(OLD)))
            return [renamed, as_old] if path else [as_old]
        return [alias.with_changes(comma=cst.MaybeSentinel.DEFAULT), renamed] if needs_old else [renamed]

    def _import_from(self, statement: cst.ImportFrom) -> None:
        module = editing.dotted(statement.module)
        if statement.relative or not names.is_pykka(module):
            return
        if isinstance(statement.names, cst.ImportStar):
            self._star(statement, module)
            return
        homes: dict[str, list[cst.ImportAlias]] = {}
        left: list[cst.ImportAlias] = []
        for alias in statement.names:
            name = editing.dotted(alias.name)
            home = names.home(module, name)
            if home is None:
                path = (*module.split(".")[1:], name)
                self._remark(Kind.LEFT, statement, f"from {module} import {name}: {names.reason(path)}", _REMEDY)
                left.append(alias)
            else:
                homes.setdefault(home, []).append(alias)
        if not homes:
            return
        self._counts.imports += 1
        if len(homes) == 1 and not left:
            new_module = editing.name_node(next(iter(homes)))
            self.edits[statement] = lambda updated: updated.with_changes(module=new_module)
            return
        parts = list(homes.items())
        if left:
            parts.append((module, left))
        self._split(statement, parts)

    def _star(self, statement: cst.ImportFrom, module: str) -> None:
        path = tuple(module.split(".")[1:])
        if not names.exists(path) or len(path) > 1:
            self._remark(Kind.LEFT, statement, f"from {module} import *: {names.reason(path)}", _REMEDY)
            return
        # Not `*`, which would bring what Pykka has not, and might hide a name of the program's.
        listed = names.SUBMODULES[path[0]] if path else names.PUBLIC
        aliases = [cst.ImportAlias(cst.Name(name)) for name in listed]
        home = editing.name_node(".".join((NEW, *path)))
        self._counts.imports += 1
        self.edits[statement] = lambda updated: updated.with_changes(module=home, names=aliases)

    def _split(self, statement: cst.ImportFrom, parts: Sequence[tuple[str, list[cst.ImportAlias]]]) -> None:
        """One import for each of the modules; the first is where the old one was."""
        assert not isinstance(statement.names, cst.ImportStar)
        original = statement.names
        new: list[cst.ImportFrom] = []
        for home, aliases in parts:
            gone = [alias for alias in original if not any(alias is each for each in aliases)]
            kept = editing.without(original, editing.Identities(gone))
            new.append(
                statement.with_changes(
                    module=editing.name_node(home), names=kept, semicolon=cst.MaybeSentinel.DEFAULT
                ).deep_clone()
            )
        line = self._parents[statement]
        if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
            lines = [line.with_changes(body=[new[0]])]
            lines += [cst.SimpleStatementLine([each]) for each in new[1:]]
            self.edits[line] = lambda updated: cst.FlattenSentinel(lines)
        else:
            new[-1] = new[-1].with_changes(semicolon=statement.semicolon)
            self.edits[statement] = lambda updated: cst.FlattenSentinel(new)

    def _remark(self, kind: Kind, node: cst.CSTNode, message: str, remedy: str) -> None:
        line = self._positions[node].start.line
        self.remarks.append(Remark(kind, self._source.path, line, message, remedy))


class _Visitor(cst.CSTVisitor):
    """Collects the import statements, and each name that reads ``pykka``."""

    def __init__(self) -> None:
        super().__init__()
        self.imports: list[cst.Import | cst.ImportFrom] = []
        self.names: list[cst.Name] = []

    def visit_Import(self, node: cst.Import) -> None:  # noqa: N802  # LibCST's name
        self.imports.append(node)

    def visit_ImportFrom(self, node: cst.ImportFrom) -> None:  # noqa: N802  # LibCST's name
        self.imports.append(node)

    def visit_Name(self, node: cst.Name) -> None:  # noqa: N802  # LibCST's name
        if node.value == OLD:
            self.names.append(node)


class _DeleteFinder(cst.CSTVisitor):
    """Whether a statement takes the name ``pykka`` itself: ``del``, ``global``, ``nonlocal``."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def visit_Del(self, node: cst.Del) -> None:  # noqa: N802  # LibCST's name
        targets = [element.value for element in node.target.elements] if isinstance(node.target, cst.Tuple) else []
        self.found = self.found or any(editing.dotted(each) == OLD for each in (node.target, *targets))

    def visit_NameItem(self, node: cst.NameItem) -> None:  # noqa: N802  # LibCST's name
        self.found = self.found or node.name.value == OLD


def _with_commas(aliases: Sequence[cst.ImportAlias], last: cst.Comma | cst.MaybeSentinel) -> list[cst.ImportAlias]:
    return [
        *(
            alias if isinstance(alias.comma, cst.Comma) else alias.with_changes(comma=cst.MaybeSentinel.DEFAULT)
            for alias in aliases[:-1]
        ),
        aliases[-1].with_changes(comma=last),
    ]


def _renamed(node: cst.CSTNode) -> cst.CSTNode:
    return node.with_changes(value=NEW)


_USE = re.compile(rf"(?<![\w.]){OLD}((?:\s*\.\s*\w+)*)")


def _paths_in(text: str) -> list[tuple[str, ...]]:
    """The path of names after each ``pykka`` in the text of an annotation."""
    return [tuple(re.findall(r"\w+", match[1])) for match in _USE.finditer(text)]


def _renamed_in_string(node: cst.CSTNode) -> cst.CSTNode:
    assert isinstance(node, cst.SimpleString)

    def rename(match: re.Match[str]) -> str:
        path = tuple(re.findall(r"\w+", match[1]))
        return NEW + match[1] if names.exists(path) else match[0]

    return node.with_changes(value=_USE.sub(rename, node.value))
