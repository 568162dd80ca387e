"""``cast("XProxy", X.start().proxy())`` becomes ``X.start().proxy(XProxy)``, and ``x: XProxy = ref.proxy()`` too.

One file at a time, with the index of all. ``run`` imports it; it imports ``editing``, ``handwritten``, ``index``,
``report`` and ``sources``.

A cast gives a proxy that finds every member of the actor; the class has those that it declares. So a cast is
rewritten only to a class that has what the program asks for; and only where the class can be imported when
the program runs.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import (
    GlobalScope,
    MetadataWrapper,
    ParentNodeProvider,
    PositionProvider,
    QualifiedName,
    ScopeProvider,
)

from typedactors_codegen.migrate import editing, handwritten
from typedactors_codegen.migrate.editing import Edit
from typedactors_codegen.migrate.handwritten import HandWritten
from typedactors_codegen.migrate.index import Class, Index
from typedactors_codegen.migrate.report import Counts, Kind, Remark
from typedactors_codegen.migrate.sources import Source

_CASTS = frozenset({"typing.cast", "typing_extensions.cast"})
_IGNORED = re.compile(
    r"#\s*(?:type:\s*ignore(?:\[\s*assignment\s*\])?|pyright:\s*ignore(?:\[\s*reportAssignmentType\s*\])?)\s*"
)
# What a proxy is without a class of its own: nothing to give to `proxy()`.
_DYNAMIC = re.compile(r"\b(?:ActorProxy|DynamicProxy|Any)\b")
_REMEDY = "the cast works as it did; write ref.proxy({name}) when that is settled"


@dataclass(frozen=True, slots=True)
class Classes:
    """The proxy classes of a run."""

    index: Index
    handwritten: dict[Class, HandWritten]

    def objection(self, definition: Class) -> str | None:
        """Why ``ref.proxy()`` should not be given a class, or ``None`` if it may."""
        if self.index.is_generated(definition):
            return None if handwritten.is_proxy(self.index, definition) else "is the proxy of a part, not of an actor"
        proxy = self.handwritten.get(definition)
        if proxy is None or proxy.is_part:
            return "is no proxy class of an actor"
        declared = handwritten.declared_at_run_time(self.handwritten, proxy)
        if declared is None:
            return "has a base whose members are not known"
        for each in (proxy, *(self.handwritten[base] for base in proxy.bases)):
            for member in each.members:
                if member.kind is handwritten.Kind.PART and member.name not in declared:
                    return f"only annotates its member {member.name}, so its objects would not have it"
        if not isinstance(proxy.actor, Class):
            return "stands for an actor that is not in the files given"
        members = handwritten.public_members(self.index, proxy.actor)
        if members is None:
            return f"stands for {proxy.actor.name}, which has a base that is not in the files given"
        lacking = sorted((members - declared) & self.index.attributes_read())
        if lacking:
            return f"does not declare {', '.join(lacking)}, which {proxy.actor.name} has and the program could ask for"
        return None


def rewrite(source: Source, classes: Classes, counts: Counts) -> list[Remark]:
    """Rewrite the casts of one file in ``source.text``; return those that were left, with the reason.

    Raises:
        libcst.ParserSyntaxError: the file is no Python.
    """
    if ".proxy" not in source.text or source.module not in classes.index.modules:
        return []
    file = _File(source, classes)
    file.module.visit(file)
    if not file.edits:
        return file.remarks
    counts.casts += file.rewritten
    edited = editing.apply(file.module, file.edits)
    for name, code in file.moved.items():
        edited = cst.parse_module(edited.code)
        edited = editing.remove_imports(edited, [alias for _, alias in _imports_for_checkers(edited, name)])
        edited = editing.add_import(edited, code)
    source.text = editing.unused_imports(file.module, edited, file.candidates).code
    return file.remarks


class _File(cst.CSTVisitor):
    def __init__(self, source: Source, classes: Classes) -> None:
        super().__init__()
        self._source = source
        self._classes = classes
        self._index = classes.index
        wrapper = MetadataWrapper(cst.parse_module(source.text), unsafe_skip_copy=True)
        self.module = wrapper.module
        self._positions = wrapper.resolve(PositionProvider)
        self._parents = wrapper.resolve(ParentNodeProvider)
        self._scopes = wrapper.resolve(ScopeProvider)
        self._depth = 0
        self.edits: dict[cst.CSTNode, Edit] = {}
        self.moved: dict[str, str] = {}
        self.candidates: set[str] = {"TYPE_CHECKING"}
        self.remarks: list[Remark] = []
        self.rewritten = 0

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:  # noqa: N802  # LibCST's name
        self._depth += 1

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:  # noqa: N802  # LibCST's name
        self._depth -= 1

    def visit_Lambda(self, node: cst.Lambda) -> None:  # noqa: N802  # LibCST's name
        self._depth += 1

    def leave_Lambda(self, original_node: cst.Lambda) -> None:  # noqa: N802  # LibCST's name
        self._depth -= 1

    def visit_Call(self, node: cst.Call) -> None:  # noqa: N802  # LibCST's name
        if len(node.args) != 2 or any(each.keyword is not None or each.star for each in node.args):
            return
        if not any(each.name in _CASTS for each in self._qualified_names(node.func)):
            return
        call = node.args[1].value
        if not _is_bare_proxy_call(call):
            return
        text = cst.Module([]).code_for_node(node.args[0].value)
        if _DYNAMIC.search(text):
            return
        name = _type_name(node.args[0].value)
        if name is None:
            self._left(node, f"the cast to {text}, which is not the name of one class", "the class")
            return
        if not self._may_become(node, name, f"the cast to {name}"):
            return
        if _comments(node) != _comments(call):
            self._left(node, f"the cast to {name} has comments that would be lost", name)
            return
        self.candidates.add(editing.dotted(node.func).partition(".")[0])
        extra = _extra_indent(node)
        self.rewritten += 1

        def edit(updated: cst.CSTNode) -> cst.CSTNode:
            assert isinstance(updated, cst.Call)
            inner = updated.args[1].value
            assert isinstance(inner, cst.Call)
            dedented = inner.visit(_Dedenter(extra)) if extra else inner
            assert isinstance(dedented, cst.Call)
            new = _with_class(dedented, name)
            # The parentheses of the cast itself, if any, are not those of the call.
            new = new.with_changes(lpar=[*updated.lpar, *new.lpar], rpar=[*new.rpar, *updated.rpar])
            return new if _stands_alone(new) else _parenthesized(new)

        self.edits[node] = edit

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:  # noqa: N802  # LibCST's name
        if node.value is None or not _is_bare_proxy_call(node.value):
            return
        name = _type_name(node.annotation.annotation)
        definition = None if name is None else self._index.resolve(self._source.module, name)
        # Any other annotation is the program's own affair.
        if name is None or not isinstance(definition, Class):
            return
        if definition not in self._classes.handwritten and not self._index.is_generated(definition):
            return
        if not self._may_become(node, name, f"the assignment to a {name}"):
            return
        call = node.value
        self.rewritten += 1

        def edit(updated: cst.CSTNode) -> cst.CSTNode:
            assert isinstance(updated, cst.Call)
            return _with_class(updated, name)

        self.edits[call] = edit
        line = self._parents[node]
        if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
            self._take_ignore_off(line)

    def _take_ignore_off(self, line: cst.SimpleStatementLine) -> None:
        comment = line.trailing_whitespace.comment
        if comment is None or "ignore" not in comment.value:
            return
        if not _IGNORED.fullmatch(comment.value):
            self._remark(line, f"the comment {comment.value} is kept; it may not be needed any more", "look at it")
            return

        def edit(updated: cst.CSTNode) -> cst.CSTNode:
            assert isinstance(updated, cst.SimpleStatementLine)
            trailing = updated.trailing_whitespace.with_changes(comment=None, whitespace=cst.SimpleWhitespace(""))
            return updated.with_changes(trailing_whitespace=trailing)

        self.edits[line] = edit

    def _may_become(self, node: cst.CSTNode, name: str, what: str) -> bool:
        """Whether the class can be given to ``proxy()`` here; if not, the reason is remarked."""
        head = name.partition(".")[0]
        module = self._source.module
        scope = self._scopes.get(node)
        if scope is not None and any(not isinstance(each.scope, GlobalScope) for each in scope[head]):
            return self._left(node, f"{what}: {head} is bound inside a function", name)
        definition = self._index.resolve(module, name)
        if definition is None:
            return self._left(node, f"{what}: the file binds no class of that name", name)
        if isinstance(definition, str):
            return self._left(node, f"{what}: {definition} is not in the files given", name)
        objection = self._classes.objection(definition)
        if objection is not None:
            return self._left(node, f"{what}: {definition.full_name} {objection}", name)
        imported = self._index.modules[module].imports.get(head)
        if imported is None:
            if not self._depth and self._positions[node].start.line < definition.node.lineno:
                return self._left(node, f"{what}: the class is defined further down", name)
            return True
        if not imported.for_checkers:
            return True
        if self._index.reaches(imported.target, module) or self._index.reaches(imported.module, module):
            return self._left(node, f"{what}: importing {imported.module} when the program runs would be a cycle", name)
        return self._import_for_good(head) or self._left(
            node, f"{what}: {head} is imported for type checkers alone", name
        )

    def _import_for_good(self, head: str) -> bool:
        """Have an import that only type checkers see seen by all."""
        found = _imports_for_checkers(self.module, head)
        if len(found) == 1:
            self.moved[head] = _alone(*found[0])
        return len(found) == 1

    def _qualified_names(self, node: cst.CSTNode) -> Collection[QualifiedName]:
        scope = self._scopes.get(node)
        return () if scope is None else scope.get_qualified_names_for(node)

    def _left(self, node: cst.CSTNode, message: str, name: str) -> bool:
        self._remark(node, message, _REMEDY.format(name=name))
        return False

    def _remark(self, node: cst.CSTNode, message: str, remedy: str) -> None:
        line = self._positions[node].start.line
        self.remarks.append(Remark(Kind.NOTE, self._source.path, line, message, remedy))


def _is_bare_proxy_call(node: cst.BaseExpression) -> bool:
    """Whether an expression is ``something.proxy()``."""
    return (
        isinstance(node, cst.Call)
        and not node.args
        and isinstance(node.func, cst.Attribute)
        and node.func.attr.value == "proxy"
    )


def _type_name(node: cst.BaseExpression) -> str | None:
    """The dotted name that a type is, with or without quotes."""
    text = node.raw_value if isinstance(node, cst.SimpleString) else editing.dotted(node)
    return text if text and all(part.isidentifier() for part in text.split(".")) else None


def _with_class(call: cst.Call, name: str) -> cst.Call:
    # What stood between the parentheses of the empty call is space at most.
    return call.with_changes(args=[cst.Arg(editing.name_node(name))], whitespace_before_args=cst.SimpleWhitespace(""))


def _comments(node: cst.CSTNode) -> list[str]:
    finder = _Comments()
    node.visit(finder)
    return finder.found


class _Comments(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def visit_Comment(self, node: cst.Comment) -> None:  # noqa: N802  # LibCST's name
        self.found.append(node.value)


def _extra_indent(cast: cst.Call) -> str:
    """By how much the arguments of a cast are further to the right than the cast."""
    for space in (cast.whitespace_before_args, *(_after_comma(each) for each in cast.args[:1])):
        if isinstance(space, cst.ParenthesizedWhitespace):
            return space.last_line.value
    return ""


def _after_comma(argument: cst.Arg) -> cst.BaseParenthesizableWhitespace | None:
    return argument.comma.whitespace_after if isinstance(argument.comma, cst.Comma) else None


class _Dedenter(cst.CSTTransformer):
    """Moves the lines of an expression to the left."""

    def __init__(self, extra: str) -> None:
        super().__init__()
        self._extra = extra

    def leave_ParenthesizedWhitespace(  # noqa: N802  # LibCST's name
        self, original_node: cst.ParenthesizedWhitespace, updated_node: cst.ParenthesizedWhitespace
    ) -> cst.ParenthesizedWhitespace:
        last = updated_node.last_line.value.removeprefix(self._extra)
        return updated_node.with_changes(last_line=cst.SimpleWhitespace(last))


def _stands_alone(call: cst.Call) -> bool:
    """Whether a call needs no parentheses around it to go over several lines."""
    try:
        cst.parse_module(cst.Module([]).code_for_node(call) + "\n")
    except cst.ParserSyntaxError:
        return False
    return True


def _parenthesized(call: cst.Call) -> cst.Call:
    return call.with_changes(lpar=[cst.LeftParen(), *call.lpar], rpar=[*call.rpar, cst.RightParen()])


def _imports_for_checkers(module: cst.Module, name: str) -> list[tuple[cst.ImportFrom, cst.ImportAlias]]:
    """The imports of ``name`` in the blocks that only type checkers read."""
    finder = _ImportFinder(name)
    module.visit(finder)
    return finder.found


class _ImportFinder(cst.CSTVisitor):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._depth = 0
        self.found: list[tuple[cst.ImportFrom, cst.ImportAlias]] = []

    def visit_If(self, node: cst.If) -> None:  # noqa: N802  # LibCST's name
        self._depth += editing.dotted(node.test).rpartition(".")[2] == "TYPE_CHECKING"

    def leave_If(self, original_node: cst.If) -> None:  # noqa: N802  # LibCST's name
        self._depth -= editing.dotted(original_node.test).rpartition(".")[2] == "TYPE_CHECKING"

    def visit_ImportFrom(self, node: cst.ImportFrom) -> None:  # noqa: N802  # LibCST's name
        if self._depth and not isinstance(node.names, cst.ImportStar):
            self.found += [(node, alias) for alias in node.names if editing.bound_name(alias) == self._name]


def _alone(statement: cst.ImportFrom, alias: cst.ImportAlias) -> str:
    """The code of an import of one name of those that a statement imports."""
    single = statement.with_changes(
        names=[alias.with_changes(comma=cst.MaybeSentinel.DEFAULT)],
        lpar=None,
        rpar=None,
        semicolon=cst.MaybeSentinel.DEFAULT,
    )
    return cst.Module([]).code_for_node(single)
