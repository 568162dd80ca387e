"""The front end's way from a request to an answer. May be imported by the front end alone."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Generator

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.frontend.build import run
from typedactors_codegen.frontend.catalogue import Catalogue
from typedactors_codegen.frontend.classes import OutputBuilder
from typedactors_codegen.frontend.members import ACTOR
from typedactors_codegen.frontend.reading import Reading, reading_of, unresolved_imports
from typedactors_codegen.frontend.request import AnalysisRequest
from typedactors_codegen.frontend.selection import Selector
from typedactors_codegen.frontend.sources import ModuleSource
from typedactors_codegen.model import Analysis


def examine(request: AnalysisRequest, sources: dict[str, ModuleSource | None]) -> tuple[Analysis, Reading]:
    """See `typedactors_codegen.frontend.examine`."""
    modules = {target.module for output in request.outputs for target in output.targets}
    with _collection_as_before():
        program = run(request, modules | {ACTOR.rpartition(".")[0]})
        unresolved = unresolved_imports(program)
        # A search for garbage would look through all of mypy's objects, again and again, and find none.
        gc.disable()
        catalogue = Catalogue(program, sources)
        selector = Selector(catalogue)
        builder = OutputBuilder(catalogue)
        try:
            outputs = builder.build(selector.select(request))
        except CodegenError as error:
            error.unresolved = unresolved
            raise
        diagnostics = sorted(
            {*selector.diagnostics, *builder.diagnostics}, key=lambda item: (item.origin, item.member, item.reason)
        )
        left_out = tuple(sorted(set(selector.left_out), key=lambda item: (item.origin, item.name)))
        return Analysis(outputs, tuple(diagnostics), left_out, builder.notes, unresolved), reading_of(program)


@contextlib.contextmanager
def _collection_as_before() -> Generator[None]:
    """Leave garbage collection as it was: mypy turns it on, and sets other thresholds."""
    enabled, thresholds = gc.isenabled(), gc.get_threshold()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        if enabled:
            gc.enable()
        else:
            gc.disable()
