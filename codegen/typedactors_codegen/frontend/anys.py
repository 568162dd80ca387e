"""Why a type is ``Any``, in words a user can act on. May be imported by the front end alone."""

from __future__ import annotations

from dataclasses import dataclass

from mypy.types import AnyType, TypeOfAny

from typedactors_codegen.frontend.catalogue import Catalogue


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
    source = found
    while source.type_of_any == TypeOfAny.from_another_any and source.source_any is not None:
        source = source.source_any
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
        return Issue(
            "its generic type has no type arguments, which makes them Any",
            "Write the type arguments, as in list[int].",
        )
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
        for candidate in (found.module, found.target):
            problem = _module_problem(catalogue, candidate)
            if problem is not None:
                return Issue(f"{problem.reason} (line {found.line} imports it)", problem.remedy)
    return None


def _module_problem(catalogue: Catalogue, module: str) -> Issue | None:
    state = catalogue.program.missing_reason(module)
    top = module.partition(".")[0]
    if state == "untyped":
        return Issue(
            f"the module {module} is installed but has no types",
            f"Install type stubs for {top} (often called types-{top}), or put a stub for it on a source root.",
        )
    if state == "missing" and catalogue.program.is_user_module(top):
        return Issue(f"the module {module} cannot be found", "Correct the import, or add the module.")
    if state == "missing":
        return Issue(
            f"the module {module} cannot be found",
            f"Install {top} where the generator runs, or add the folder that holds it to `source`.",
        )
    return None
