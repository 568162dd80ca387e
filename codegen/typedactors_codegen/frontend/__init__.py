"""The front end: mypy for types and ``ast`` for syntax, in; the `model`, out.

The way through it, each arrow an import that goes one way::

    analyze -> selection                      targets to classes
            -> classes -> members             classes to the model
                       -> signatures, descriptors
                       -> types, type_variables, symbols, anys, defaults
            -> catalogue -> sources           what only the text says (ast)
            -> build                          what mypy says
    request                                   what is asked for

No other part of the package imports mypy, and this one imports no other part but ``model`` and
``errors``. The user's code is never run.
"""

from __future__ import annotations

from typedactors_codegen.frontend.build import run
from typedactors_codegen.frontend.catalogue import Catalogue
from typedactors_codegen.frontend.classes import OutputBuilder
from typedactors_codegen.frontend.members import ACTOR
from typedactors_codegen.frontend.request import AnalysisRequest, OutputRequest, Target
from typedactors_codegen.frontend.selection import Selector
from typedactors_codegen.model import Analysis

__all__ = ["AnalysisRequest", "OutputRequest", "Target", "analyze"]


def analyze(request: AnalysisRequest) -> Analysis:
    """Find out everything that the outputs of a run need to know.

    The answer depends on the sources alone: not on mypy's cache, nor on the order of targets, nor on
    what an earlier run generated.

    Arguments:
        request: what to analyse.

    Returns:
        The outputs, in the order of the request, and what could not be told exactly.

    Raises:
        CodegenError: a source cannot be parsed, a target cannot be found or is no actor, or an
            actor's base is unknown.
    """
    modules = {target.module for output in request.outputs for target in output.targets}
    program = run(request, modules | {ACTOR.rpartition(".")[0]})
    catalogue = Catalogue(program)
    selector = Selector(catalogue)
    selections = selector.select(request)
    builder = OutputBuilder(catalogue)
    outputs = builder.build(selections)
    diagnostics = sorted(
        {*selector.diagnostics, *builder.diagnostics}, key=lambda item: (item.origin, item.member, item.reason)
    )
    return Analysis(outputs, tuple(diagnostics))
