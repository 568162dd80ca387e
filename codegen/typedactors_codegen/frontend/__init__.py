"""The front end: mypy for types and ``ast`` for syntax, in; the `model`, out.

The way through it, each arrow an import that goes one way::

    analysis -> selection                     targets to classes
            -> classes -> members, growth,    classes to the model
                       keys
                       -> signatures, descriptors
                       -> types, type_variables, symbols, anys, defaults
            -> catalogue -> sources           what only the text says (ast)
            -> build                          what mypy says
            -> reading                        what the answer depends on
    request                                   what is asked for

No other part of the package imports mypy, and this one imports no other part but ``model``,
``errors`` and ``naming``. The user's code is never run.
"""

from __future__ import annotations

from typedactors_codegen.frontend.reading import Reading
from typedactors_codegen.frontend.request import AnalysisRequest, OutputRequest, Target
from typedactors_codegen.frontend.sources import ModuleSource
from typedactors_codegen.model import Analysis

__all__ = ["AnalysisRequest", "OutputRequest", "Reading", "Target", "analyze", "examine", "forget"]


def analyze(request: AnalysisRequest) -> Analysis:
    """Find out everything that the outputs of a run need to know.

    The answer depends on the sources alone: not on mypy's cache, nor on the order of targets, nor on
    what an earlier run generated. There is one thing that an earlier run decides: whether there is an
    answer. A class whose base is unknown is refused, and not only reported, if it has a proxy in the
    stub on disk, which would lose it.

    Arguments:
        request: what to analyse.

    Returns:
        The outputs, in the order of the request, and what could not be told exactly.

    Raises:
        CodegenError: a source cannot be parsed, a target cannot be found or is no actor, or an
            actor's base is unknown.
    """
    return examine(request)[0]


def forget() -> None:
    """Let go of what mypy has found out about the types of earlier analyses, and keeps for good.

    A process that ends soon need not; one that analyses again and again would grow.
    """
    from mypy.typestate import type_state  # noqa: PLC0415  # as below

    type_state.reset_all_subtype_caches()


def examine(
    request: AnalysisRequest, sources: dict[str, ModuleSource | None] | None = None
) -> tuple[Analysis, Reading]:
    """The same as `analyze`, with what the answer depends on.

    ``sources`` keeps what is read of the files, for the next round over the same ones.
    """
    # mypy takes longer to import than a run takes that finds everything unchanged.
    from typedactors_codegen.frontend import analysis  # noqa: PLC0415

    return analysis.examine(request, {} if sources is None else sources)
