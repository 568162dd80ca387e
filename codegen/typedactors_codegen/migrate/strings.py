"""Strings and other things that speak of Pykka beside its imports: changed where that is certain, else reported.

One file at a time. ``run`` imports it; it imports ``editing``, ``names``, ``report`` and ``sources``.
"""

from __future__ import annotations

import re

import libcst as cst
from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

from typedactors_codegen.migrate import editing, names
from typedactors_codegen.migrate.editing import Edit
from typedactors_codegen.migrate.names import NEW, OLD
from typedactors_codegen.migrate.report import Counts, Kind, Remark
from typedactors_codegen.migrate.sources import Source

# Calls whose first argument is a dotted name to import, and those whose first argument is a logger's name.
_BY_NAME = frozenset({"import_module", "importorskip", "__import__", "patch", "setattr", "delattr", "find_spec"})
_OF_LOGGER = frozenset({"getLogger"})
_OF_LOGGER_KEYWORD = "logger"
_DOTTED = re.compile(rf"{OLD}((?:\.\w+)*)")
_REQUIREMENT = re.compile(rf"{OLD}\s*(?:\[[\w\s,-]*\])?\s*(?:[<>=!~;@(].*)?", re.IGNORECASE | re.DOTALL)
_MENTION = re.compile(rf"(?<![\w.]){OLD}\.(?:{'|'.join((*names.PUBLIC, *names.SUBMODULES))})\b")
_SCRIPT_REQUIREMENT = re.compile(rf"#\s*[\"']{OLD}\b[^\"']*[\"'],?", re.IGNORECASE)
_PROXY_ANNOTATION = "ActorProxy"


def rewrite(source: Source, counts: Counts) -> list[Remark]:
    """Rewrite the strings of one file that name Pykka for certain, in ``source.text``; return the rest.

    Raises:
        libcst.ParserSyntaxError: the file is no Python.
    """
    if OLD not in source.text and NEW not in source.text:
        return []
    wrapper = MetadataWrapper(cst.parse_module(source.text), unsafe_skip_copy=True)
    visitor = _Visitor(wrapper, source)
    wrapper.module.visit(visitor)
    counts.strings += len(visitor.edits)
    source.text = editing.apply(wrapper.module, visitor.edits).code
    return visitor.remarks


class _Visitor(cst.CSTVisitor):
    def __init__(self, wrapper: MetadataWrapper, source: Source) -> None:
        super().__init__()
        self._positions = wrapper.resolve(PositionProvider)
        self._parents = wrapper.resolve(ParentNodeProvider)
        self._source = source
        self.edits: dict[cst.CSTNode, Edit] = {}
        self.remarks: list[Remark] = []

    def visit_SimpleString(self, node: cst.SimpleString) -> None:  # noqa: N802  # LibCST's name
        text = node.raw_value
        if OLD not in text.lower() or self._is_annotation(node) or self._is_docstring(node):
            return
        match = _DOTTED.fullmatch(text)
        if match is not None:
            self._dotted(node, tuple(match[1].split(".")[1:]))
        elif _REQUIREMENT.fullmatch(text):
            self._remark(Kind.NOTE, node, f"the requirement {node.value}", f"require {NEW} instead, by hand")
        elif "\n" not in text and _MENTION.search(text):
            self._remark(Kind.NOTE, node, f"the string {_shown(node)} speaks of {OLD}", "look at it")

    def visit_Comment(self, node: cst.Comment) -> None:  # noqa: N802  # LibCST's name
        # The requirements of a script stand in a comment (PEP 723).
        if _SCRIPT_REQUIREMENT.fullmatch(node.value):
            requirement = node.value.lstrip("# ").rstrip(",")
            self._remark(Kind.NOTE, node, f"the requirement {requirement}", f"require {NEW} instead, by hand")

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:  # noqa: N802  # LibCST's name
        name = node.name.value
        block = self._parents.get(node)
        if name in names.PRIVATE_HOOKS and isinstance(self._parents.get(block) if block else None, cst.ClassDef):
            self._remark(
                Kind.LEFT,
                node.name,
                f"{name}() brings a runtime of its own to Pykka's actors; here nothing calls it",
                "derive from ThreadingActor and take it out",
            )

    def visit_Annotation(self, node: cst.Annotation) -> None:  # noqa: N802  # LibCST's name
        inner = node.annotation
        text = inner.raw_value if isinstance(inner, cst.SimpleString) else self._code(inner)
        if re.search(rf"(?<!\w)(?:{NEW}\.|{OLD}\.)?{_PROXY_ANNOTATION}\s*\[", text):
            self._remark(
                Kind.NOTE,
                node,
                f"the annotation {text}: to a type checker an ActorProxy has no members but its own here",
                "write DynamicProxy for what proxy() gives, or a generated proxy class",
            )

    def _dotted(self, node: cst.SimpleString, path: tuple[str, ...]) -> None:
        call = self._call_of(node)
        if call is not None:
            function, keyword = call
            certain = (function in _OF_LOGGER and keyword is None) or keyword == _OF_LOGGER_KEYWORD
            certain = certain or (function in _BY_NAME and keyword is None and names.exists(path))
            if certain:
                self.edits[node] = _renamed
                return
            if function in _BY_NAME and keyword is None:
                self._remark(Kind.LEFT, node, f"{node.value} in {function}(): {names.reason(path)}", "rewrite it")
                return
        what = f"the string {node.value} could mean the package, a logger or a requirement"
        self._remark(Kind.NOTE, node, what, f'if it does, change it to "{NEW}"')

    def _call_of(self, node: cst.CSTNode) -> tuple[str, str | None] | None:
        """The function that a string is the first argument of, or an argument by keyword, and the keyword."""
        argument = self._parents.get(node)
        call = self._parents.get(argument) if isinstance(argument, cst.Arg) else None
        if not isinstance(argument, cst.Arg) or not isinstance(call, cst.Call):
            return None
        if argument.keyword is None and call.args[0] is not argument:
            return None
        function = call.func.attr if isinstance(call.func, cst.Attribute) else call.func
        name = function.value if isinstance(function, cst.Name) else ""
        return name, None if argument.keyword is None else argument.keyword.value

    def _is_annotation(self, node: cst.CSTNode) -> bool:
        parent: cst.CSTNode | None = node
        while isinstance(parent, cst.BaseExpression | cst.SubscriptElement | cst.Index):
            parent = self._parents.get(parent)
        return isinstance(parent, cst.Annotation)

    def _is_docstring(self, node: cst.CSTNode) -> bool:
        return isinstance(self._parents.get(node), cst.Expr)

    def _code(self, node: cst.CSTNode) -> str:
        return cst.Module([]).code_for_node(node)

    def _remark(self, kind: Kind, node: cst.CSTNode, message: str, remedy: str) -> None:
        line = self._positions[node].start.line
        self.remarks.append(Remark(kind, self._source.path, line, message, remedy))


def _renamed(node: cst.CSTNode) -> cst.CSTNode:
    assert isinstance(node, cst.SimpleString)
    return node.with_changes(value=node.value.replace(OLD, NEW, 1))


def _shown(node: cst.SimpleString) -> str:
    return node.value if len(node.value) <= 60 else f"{node.value[:57]}..."
