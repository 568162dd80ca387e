"""Why a type is ``Any``, in words a user can act on. May be imported by the front end alone."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from mypy.types import AnyType, Type, TypeOfAny, get_proper_type

from typedactors_codegen.frontend.catalogue import Catalogue

_EXAMPLES = {"Callable": "[int], str", "dict": "str, int", "tuple": "int, ..."}


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing about a type that could not be told exactly, before it is given a place."""

    reason: str
    remedy: str


def explain(catalogue: Catalogue, found: AnyType, *, annotated: bool) -> Issue | None:
    """Say why there is an ``Any``.

    Arguments:
        catalogue: the source text, and through it the analysed program.
        found: the ``Any``.
        annotated: whether the user wrote the type. An ``Any`` that the user wrote is nobody's fault;
            one that mypy inferred is reported.

    Returns:
        ``None`` if the ``Any`` is the user's own.
    """
    source = _source(found)
    if source.type_of_any == TypeOfAny.from_unimported_type:
        return _unimported(catalogue, source.missing_import_name)
    if source.type_of_any in (TypeOfAny.special_form, TypeOfAny.implementation_artifact) and annotated:
        return None
    if source.type_of_any == TypeOfAny.unannotated:
        if annotated:
            return Issue("it has no annotation", "Annotate it.")
        return Issue(
            "its type comes from a function without annotations",
            "Annotate the attribute, or the function that its value comes from.",
        )
    if source.type_of_any == TypeOfAny.from_omitted_generics:
        return omitted_arguments("a generic class", 1, "its type", annotated=annotated)
    if source.type_of_any == TypeOfAny.from_error:
        return Issue(
            "mypy reports an error in its type, which makes it Any", "Correct the error that mypy reports there."
        )
    if annotated:
        return None
    return Issue(
        "it has no annotation, and the value that its type is inferred from is Any",
        "Annotate it; write Any if that is what you mean.",
    )


def is_omitted(found: Type) -> bool:
    """Whether a type argument is the ``Any`` that stands for one that was not written."""
    proper = get_proper_type(found)
    return isinstance(proper, AnyType) and _source(proper).type_of_any == TypeOfAny.from_omitted_generics


def omitted_arguments(name: str, count: int, subject: str, *, annotated: bool) -> Issue:
    """Say that a generic class was written without its type arguments.

    Arguments:
        name: the class as it was written.
        count: how many arguments it takes.
        subject: what has the type: ``its return type``.
        annotated: whether the user wrote the type at the member; otherwise it was inferred.
    """
    arguments = _EXAMPLES.get(name, ", ".join(["int", "str", "float"][:count]) or "int")
    if not annotated:
        shown = f"{name}[{', '.join(['Any'] * max(count, 1))}]"
        return Issue(
            f"it has no annotation, and its inferred type has {shown}, which nobody wrote",
            f"Annotate it, or write the type arguments of {name} where its value comes from.",
        )
    return Issue(
        f"{subject} has {name} without type arguments, which makes them Any",
        f"Write the type arguments, as in {name}[{arguments}].",
    )


def redefinition(line: int) -> Issue:
    """Say that a name has two definitions in one body, of which mypy takes the first and Python the last."""
    return Issue(
        f"it is defined again in line {line}: the proxy shows the first definition, the program runs the last",
        "Remove one of the definitions, or rename it.",
    )


def _source(found: AnyType) -> AnyType:
    while found.type_of_any == TypeOfAny.from_another_any and found.source_any is not None:
        found = found.source_any
    return found


def _unimported(catalogue: Catalogue, name: str | None) -> Issue:
    if name is None:
        return Issue(
            "its type comes from a name that mypy cannot find",
            "Correct the import; mypy, run over the file, says what is wrong with it.",
        )
    # mypy says in which module it met the name, and by what name the module knows it.
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        module = ".".join(parts[:length])
        if catalogue.program.module(module) is not None:
            problem = import_problem(catalogue, module, ".".join(parts[length:]))
            if problem is not None:
                return Issue(f"its type is Any: {problem.reason}", problem.remedy)
    problem = _module_problem(catalogue, name)
    if problem is not None:
        return Issue(f"its type {name} is Any: {problem.reason}", problem.remedy)
    return Issue(f"its type {name} cannot be found", "Correct the import that it comes from.")


def import_problem(catalogue: Catalogue, module: str, name: str) -> Issue | None:
    """What is wrong with the import that binds the head of a dotted name in a module."""
    imports = catalogue.imports(module, name.partition(".")[0])
    # `import a.b` and `import a.c` both bind `a`: the one that the name is in comes first.
    for found in sorted(imports, key=lambda item: not f"{name}.".startswith(f"{item.module}.")):
        problem = _output_problem(catalogue, found.target, found.line)
        if problem is not None:
            return problem
        for candidate in (found.module, found.target):
            problem = _module_problem(catalogue, candidate, found.line)
            if problem is not None:
                return problem
    return None


def _output_problem(catalogue: Catalogue, target: str, line: int) -> Issue | None:
    """What is wrong with the import of a proxy that the output does not have."""
    module, _, name = target.rpartition(".")
    tree = catalogue.program.module(module)
    # In the first round of an analysis nothing is known of an output, and it has any name.
    if module not in catalogue.program.outputs or tree is None or {name, "__getattr__"} & tree.names.keys():
        return None
    proxies = [each for each in tree.names if each.endswith("Proxy") and not each.startswith("_")]
    near = difflib.get_close_matches(name, proxies, 1)
    return Issue(
        f"{module}, which is an output of the generator, has no {name} (line {line})",
        f"Do you mean {near[0]}?" if near else f"Name the class that it stands for as a target of {module}.",
    )


def _module_problem(catalogue: Catalogue, module: str, line: int | None = None) -> Issue | None:
    state = catalogue.program.missing_reason(module)
    top = module.partition(".")[0]
    named = f"the module {module}" if line is None else f"the module {module}, imported in line {line},"
    if state == "untyped":
        return Issue(
            f"{named} is installed but has no types",
            f"Install type stubs for {top} (often called types-{top}), or put a stub for it on a source root.",
        )
    if state == "missing" and catalogue.program.is_user_module(top):
        return Issue(f"{named} cannot be found", "Correct the import, or add the module.")
    if state == "missing":
        return Issue(
            f"{named} cannot be found",
            f"Install {top} where the generator runs, or add the folder that holds it to `source`.",
        )
    return None
