"""Edits of a LibCST tree that keep every byte around them; the same few for all rewriters.

The only rewriters that know LibCST are the modules above this one: ``imports``, ``strings``, ``casts``,
``proxies``. It imports nothing of the package.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence

import libcst as cst
from libcst.metadata import GlobalScope, ImportAssignment, MetadataWrapper, Scope, ScopeProvider

Edit = Callable[[cst.CSTNode], "cst.CSTNode | cst.FlattenSentinel[cst.CSTNode] | cst.RemovalSentinel"]
Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


def apply(module: cst.Module, edits: Mapping[cst.CSTNode, Edit]) -> cst.Module:
    """The module with each node that has an edit replaced by what its edit makes of it."""
    return module.visit(_Applier(edits)) if edits else module


class _Applier(cst.CSTTransformer):
    def __init__(self, edits: Mapping[cst.CSTNode, Edit]) -> None:
        super().__init__()
        # By identity: nodes are compared by their content otherwise.
        self._edits = {id(node): edit for node, edit in edits.items()}

    def on_leave(  # type: ignore[override]  # any node may take the place of any, which the base's overloads cannot say
        self, original_node: cst.CSTNode, updated_node: cst.CSTNode
    ) -> cst.CSTNode | cst.FlattenSentinel[cst.CSTNode] | cst.RemovalSentinel:
        edit = self._edits.get(id(original_node))
        return updated_node if edit is None else edit(updated_node)


def scopes(wrapper: MetadataWrapper) -> list[Scope]:
    """All scopes of a module, each once."""
    found = wrapper.resolve(ScopeProvider).values()
    return list({id(scope): scope for scope in found if scope is not None}.values())


def dotted(node: cst.CSTNode | None) -> str:
    """``a.b.c`` of a name, or an empty string for what is none."""
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr.value}" if left else ""
    return ""


def name_node(name: str) -> cst.Name | cst.Attribute:
    """The expression of a dotted name."""
    head, *rest = name.split(".")
    node: cst.Name | cst.Attribute = cst.Name(head)
    for part in rest:
        node = cst.Attribute(node, cst.Name(part))
    return node


def bound_name(alias: cst.ImportAlias) -> str:
    """The local name that an alias of an import binds."""
    if alias.asname is not None:
        return dotted(alias.asname.name)
    return dotted(alias.name).partition(".")[0]


def module_of(node: cst.ImportFrom, package: str) -> str:
    """The absolute name of the module that an import is from."""
    name = dotted(node.module)
    level = len(node.relative)
    if not level:
        return name
    parts = package.split(".") if package else []
    return ".".join([*parts[: len(parts) - level + 1], *([name] if name else [])])


def without(names: Sequence[cst.ImportAlias], gone: Container[cst.ImportAlias]) -> tuple[cst.ImportAlias, ...]:
    """The aliases but for some, with the commas where they belong."""
    kept = [alias for alias in names if alias not in gone]
    if kept and kept[-1] is not names[-1]:
        kept[-1] = kept[-1].with_changes(comma=_last_comma(kept[-1].comma, names[-1].comma))
    return tuple(kept)


def _last_comma(
    own: cst.Comma | cst.MaybeSentinel, last: cst.Comma | cst.MaybeSentinel
) -> cst.Comma | cst.MaybeSentinel:
    """The comma of the alias that is the last one now: a comment behind it stays, what follows is as before."""
    if not isinstance(own, cst.Comma) or not isinstance(last, cst.Comma):
        return last
    mine, theirs = own.whitespace_after, last.whitespace_after
    if not isinstance(mine, cst.ParenthesizedWhitespace) or not isinstance(theirs, cst.ParenthesizedWhitespace):
        return last
    return own.with_changes(whitespace_after=theirs.with_changes(first_line=mine.first_line))


def remove_imports(module: cst.Module, gone: Iterable[cst.ImportAlias]) -> cst.Module:
    """The module without some aliases, and without the statements and blocks that this leaves empty."""
    unwanted = {id(alias) for alias in gone}
    return module.visit(_Remover(unwanted)) if unwanted else module


class _Remover(cst.CSTTransformer):
    def __init__(self, unwanted: Container[int]) -> None:
        super().__init__()
        self._unwanted = unwanted
        # LibCST drops an empty line by itself, and the comments above it with it.
        self._emptied: list[cst.SimpleStatementLine] = []

    def _kept(
        self, original: Sequence[cst.ImportAlias], updated: Sequence[cst.ImportAlias]
    ) -> tuple[cst.ImportAlias, ...]:
        gone = [new for old, new in zip(original, updated, strict=True) if id(old) in self._unwanted]
        return without(updated, Identities(gone))

    def leave_ImportFrom(  # noqa: N802  # LibCST's name
        self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom
    ) -> cst.ImportFrom | cst.RemovalSentinel:
        if isinstance(original_node.names, cst.ImportStar) or isinstance(updated_node.names, cst.ImportStar):
            return updated_node
        kept = self._kept(original_node.names, updated_node.names)
        if len(kept) == len(updated_node.names):
            return updated_node
        return updated_node.with_changes(names=kept) if kept else cst.RemoveFromParent()

    def leave_Import(  # noqa: N802  # LibCST's name
        self, original_node: cst.Import, updated_node: cst.Import
    ) -> cst.Import | cst.RemovalSentinel:
        kept = self._kept(original_node.names, updated_node.names)
        if len(kept) == len(updated_node.names):
            return updated_node
        return updated_node.with_changes(names=kept) if kept else cst.RemoveFromParent()

    def leave_SimpleStatementLine(  # noqa: N802  # LibCST's name
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.SimpleStatementLine:
        if updated_node.body or not original_node.body:
            return updated_node
        placeholder = updated_node.with_changes(body=[cst.Pass()])
        self._emptied.append(placeholder)
        return placeholder

    def leave_IndentedBlock(  # noqa: N802  # LibCST's name
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        return updated_node.with_changes(body=self._without_empty(updated_node.body))

    def leave_Module(  # noqa: N802  # LibCST's name
        self, original_node: cst.Module, updated_node: cst.Module
    ) -> cst.Module:
        return updated_node.with_changes(body=self._without_empty(updated_node.body))

    def _without_empty(self, body: Sequence[cst.BaseStatement]) -> list[cst.BaseStatement]:
        """The statements but for those that have become empty; comments above one go to the next."""
        kept: list[cst.BaseStatement] = []
        carried: list[cst.EmptyLine] = []
        first_gone = False
        for statement in body:
            if self._is_empty(statement):
                lines = leading_lines(statement)
                if any(line.comment is not None for line in lines):
                    carried += lines
                first_gone = first_gone or not kept
                continue
            if carried or (first_gone and not kept):
                own = list(leading_lines(statement))
                while own and first_gone and not kept and own[0].comment is None:
                    del own[0]
                kept.append(statement.with_changes(leading_lines=[*carried, *own]))
                carried = []
            else:
                kept.append(statement)
        return kept

    def _is_empty(self, statement: cst.BaseStatement) -> bool:
        if any(statement is each for each in self._emptied):
            return True
        # `if TYPE_CHECKING:` whose imports have all gone.
        return (
            isinstance(statement, cst.If)
            and statement.orelse is None
            and isinstance(statement.body, cst.IndentedBlock)
            and not statement.body.body
            and not statement.body.footer
        )


class Identities:
    """A set of nodes by identity, since LibCST's nodes can be equal and two."""

    def __init__(self, nodes: Iterable[cst.CSTNode]) -> None:
        self._ids = {id(node) for node in nodes}

    def __contains__(self, node: object) -> bool:
        return id(node) in self._ids


def leading_lines(statement: cst.BaseStatement) -> Sequence[cst.EmptyLine]:
    """The blank lines and comments above a statement."""
    return getattr(statement, "leading_lines", ())


def remove_classes(module: cst.Module, gone: Container[str]) -> cst.Module:
    """The module without some of its classes; comments above one go to what follows."""
    kept: list[cst.SimpleStatementLine | cst.BaseCompoundStatement] = []
    carried: list[cst.EmptyLine] = []
    for statement in module.body:
        if isinstance(statement, cst.ClassDef) and statement.name.value in gone:
            lines = list(statement.leading_lines)
            # The blank lines between a comment and its class were the class's.
            while lines and lines[-1].comment is None:
                del lines[-1]
            carried += lines
        elif carried:
            kept.append(statement.with_changes(leading_lines=[*carried, *leading_lines(statement)]))
            carried = []
        else:
            kept.append(statement)
    return module.with_changes(body=kept, footer=[*carried, *module.footer])


def add_import(module: cst.Module, code: str) -> cst.Module:
    """The module with an import after the last of those it begins with."""
    new = cst.parse_statement(code, config=module.config_for_parsing)
    last = -1
    for index, statement in enumerate(module.body):
        if is_import(statement):
            last = index
        elif not (index == 0 and _is_docstring(statement)):
            break
    body = list(module.body)
    if last < 0:
        last = 0 if body and _is_docstring(body[0]) else -1
    body.insert(last + 1, new)
    return module.with_changes(body=body)


def is_import(statement: cst.BaseStatement) -> bool:
    """Whether a statement is nothing but imports."""
    return (
        isinstance(statement, cst.SimpleStatementLine)
        and bool(statement.body)
        and all(isinstance(each, cst.Import | cst.ImportFrom) for each in statement.body)
    )


def _is_docstring(statement: cst.BaseStatement) -> bool:
    return (
        isinstance(statement, cst.SimpleStatementLine)
        and len(statement.body) == 1
        and isinstance(statement.body[0], cst.Expr)
        and isinstance(statement.body[0].value, cst.SimpleString | cst.ConcatenatedString)
    )


def unused_imports(before: cst.Module, after: cst.Module, candidates: Container[str]) -> cst.Module:
    """``after`` without the imports that had a use in ``before`` and have none any more.

    Arguments:
        before: the module as it was; an import that it does not use is there for a reason of its own.
        after: the module as it is now.
        candidates: the local names that may go.
    """
    after = cst.parse_module(after.code)  # a tree that was edited may hold one node twice
    used_before = {name for name, _, used in _imported(before) if used}
    gone = [
        alias
        for name, alias, used in _imported(after)
        if name in candidates and name in used_before and not used and not _is_listed(after, name)
    ]
    return remove_imports(after, gone)


def _imported(module: cst.Module) -> list[tuple[str, cst.ImportAlias, bool]]:
    """Each alias of an import, its local name, and whether it is used."""
    found: list[tuple[str, cst.ImportAlias, bool]] = []
    for scope in scopes(MetadataWrapper(module, unsafe_skip_copy=True)):
        for assignment in scope.assignments:
            if not isinstance(assignment, ImportAssignment) or assignment.scope is not scope:
                continue
            node = assignment.node
            if not isinstance(node, cst.Import | cst.ImportFrom) or isinstance(node.names, cst.ImportStar):
                continue
            for alias in node.names:
                if bound_name(alias) == assignment.name:
                    found.append((assignment.name, alias, bool(assignment.references)))
    return found


def _is_listed(module: cst.Module, name: str) -> bool:
    """Whether ``__all__`` could name it: a string of the module is the name."""
    found = False

    class Visitor(cst.CSTVisitor):
        def visit_SimpleString(self, node: cst.SimpleString) -> None:  # noqa: N802  # LibCST's name
            nonlocal found
            found = found or node.raw_value == name

    if any(isinstance(each, GlobalScope) and "__all__" in each for each in scopes(MetadataWrapper(module))):
        module.visit(Visitor())
    return found
