"""Names in annotations that lead to no type, which mypy takes for ``Any``. May be imported by the front end alone.

Nothing binds them, or a member hides the module that they begin with. mypy gives such a name the same kind of ``Any``
as some that are right, so the name is looked for.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator

from mypy.nodes import MypyFile, TypeAlias, TypeInfo

from typedactors_codegen.frontend.anys import Issue
from typedactors_codegen.frontend.catalogue import Catalogue
from typedactors_codegen.frontend.found import Found, Place
from typedactors_codegen.frontend.sources import FunctionNode, dotted_name
from typedactors_codegen.model import Field, Method, Symbol, Text

_ANY = Symbol("typing", "Any")


def unbound_names(catalogue: Catalogue, place: Place, found: Found) -> Iterator[Issue]:
    """One issue for each name in a member's annotations that leads to no type.

    Arguments:
        catalogue: the source text, and through it the analysed program.
        place: the member.
        found: what was found out about it. Where nothing in it is ``Any``, no name was lost.
    """
    if place.source is None or not any(_ANY in text.parts for text in _texts(found)):
        return
    reported: set[str] = set()
    for function in place.functions:
        own = _type_parameters(function) | _type_parameters_of_class(place.owner)
        for name in _names(_annotations(function)):
            if name.partition(".")[0] in own or name in reported:
                continue
            issue = _hidden(catalogue, place, name, function.lineno) or _unbound(catalogue, place, name)
            if issue is not None:
                reported.add(name)
                yield issue
    own = _type_parameters_of_class(place.owner)
    for annotation in place.source.annotations:
        for name in _names([annotation]):
            head = name.partition(".")[0]
            # A method may import or define what it annotates its own attributes with.
            local = bool(catalogue.imports(place.owner.module_name, head)) and "." not in name
            if head in own or local or name in reported:
                continue
            in_class = not _is_in_method(catalogue, place.owner, annotation)
            issue = _hidden(catalogue, place, name, annotation.lineno) if in_class else None
            issue = issue or _unbound(catalogue, place, name)
            if issue is not None:
                reported.add(name)
                yield issue


def _texts(found: Found) -> Iterator[Text]:
    member = found.member
    if isinstance(member, Field):
        yield member.type
        if member.set_type is not None:
            yield member.set_type
    elif isinstance(member, Method):
        for signature in member.signatures:
            yield signature.returns
            for parameter in signature.parameters:
                yield parameter.annotation


def _annotations(function: FunctionNode) -> list[ast.expr]:
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [argument for argument in (arguments.vararg, arguments.kwarg) if argument is not None]
    found = [argument.annotation for argument in every if argument.annotation is not None]
    return found if function.returns is None else [*found, function.returns]


def _names(annotations: list[ast.expr]) -> Iterator[str]:
    """The dotted names in annotations; a string is read as the annotation that it holds."""
    for annotation in annotations:
        yield from _names_in(annotation)


def _names_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.expr):
        name = dotted_name(node)
        if name is not None:
            yield name
            return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            inner = ast.parse(node.value.strip(), mode="eval").body
        except (SyntaxError, ValueError):
            return
        yield from _names_in(inner)
        return
    if isinstance(node, ast.Subscript):
        yield from _names_in(node.value)
        named = (dotted_name(node.value) or "").rpartition(".")[2]
        if named == "Literal":
            return
        # What follows the type in Annotated is no type.
        is_annotated = named == "Annotated" and isinstance(node.slice, ast.Tuple)
        yield from _names_in(node.slice.elts[0] if is_annotated and isinstance(node.slice, ast.Tuple) else node.slice)
        return
    for child in ast.iter_child_nodes(node):
        yield from _names_in(child)


def _is_in_method(catalogue: Catalogue, info: TypeInfo, annotation: ast.expr) -> bool:
    source = catalogue.class_source(info)
    functions = [] if source is None else [each for member in source.members.values() for each in member.functions]
    return any(each.lineno <= annotation.lineno <= (each.end_lineno or 0) for each in functions)


def _hidden(catalogue: Catalogue, place: Place, name: str, line: int) -> Issue | None:
    """What to say of a dotted name whose first part is a member that stands before it, and no class or module."""
    head, _, rest = name.partition(".")
    entry, member = place.owner.names.get(head), catalogue.member(place.owner, head)
    if not rest or head == place.name or entry is None or entry.implicit or member is None or member.line >= line:
        return None
    if isinstance(entry.node, MypyFile | TypeInfo | TypeAlias):
        return None
    return Issue(
        f"the name {name} in its annotation means the member {head} of line {member.line}, which makes it Any",
        f"Rename the member, or import what it hides by another name, as in `import {head} as _{head}`.",
    )


def _unbound(catalogue: Catalogue, place: Place, name: str) -> Issue | None:
    return _issue(catalogue, place, name) if _is_unbound(catalogue, place, name) else None


def _is_unbound(catalogue: Catalogue, place: Place, name: str) -> bool:
    program = catalogue.program
    head, _, rest = name.partition(".")
    module = program.module(place.owner.module_name)
    builtins = program.module("builtins")
    if module is None or head == place.owner.name:
        return False
    entry = place.owner.names.get(head)
    if entry is not None and not isinstance(entry.node, MypyFile | TypeInfo):
        return False
    entry = entry or module.names.get(head)
    if entry is None:
        return builtins is None or head not in builtins.names
    if not rest or not isinstance(entry.node, MypyFile | TypeInfo):
        return False
    node: MypyFile | TypeInfo = entry.node
    for part in rest.split("."):
        inner = node.get(part) if isinstance(node, TypeInfo) else node.names.get(part)
        if inner is not None:
            if not isinstance(inner.node, MypyFile | TypeInfo):
                return False
            node = inner.node
            continue
        if isinstance(node, TypeInfo):
            return True
        below = program.module(f"{node.fullname}.{part}")
        if below is None:
            # A module that cannot be found is reported as such.
            maybe_module = node.is_package_init_file() and f"{node.fullname}.{part}" in _imported(catalogue, place)
            return "__getattr__" not in node.names and not maybe_module
        node = below
    return False


def _imported(catalogue: Catalogue, place: Place) -> set[str]:
    source = catalogue.module(place.owner.module_name)
    return set() if source is None else {found.module for each in source.imports.values() for found in each}


def _issue(catalogue: Catalogue, place: Place, name: str) -> Issue:
    module = catalogue.program.module(place.owner.module_name)
    known = [] if module is None else [each for each in module.names if not each.startswith("__")]
    near = difflib.get_close_matches(name, known, 1)
    remedy = f"Do you mean {near[0]}?" if near and "." not in name else "Import it, or correct its spelling."
    return Issue(f"the name {name} in its annotation is not defined, which makes it Any", remedy)


def _type_parameters(function: FunctionNode) -> set[str]:
    # Only Python 3.12 and later know the syntax.
    return {parameter.name for parameter in getattr(function, "type_params", [])}


def _type_parameters_of_class(info: TypeInfo) -> set[str]:
    return {variable.name for variable in info.defn.type_vars}
