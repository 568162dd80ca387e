"""Wires the stages: configuration, targets, analysis, names, text. Writes nothing.

``cli`` imports it; it imports every stage, but of ``writer`` only what reads.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from typedactors_codegen.config import Configuration
from typedactors_codegen.errors import CodegenError
from typedactors_codegen.frontend import analyze
from typedactors_codegen.frontend.request import AnalysisRequest, OutputRequest
from typedactors_codegen.model import Analysis, Diagnostic, Origin, ProxyClass, ProxyKind, Severity, SkippedMember
from typedactors_codegen.naming import name_proxies
from typedactors_codegen.render import RenderedPair, render
from typedactors_codegen.skeleton import skeletons, sources_mentioning
from typedactors_codegen.targets import ResolvedOutput, resolve
from typedactors_codegen.writer import GeneratedFile, refuse_foreign_files

CACHE_DIRECTORY = ".typedactors_cache"
# Each round can make one more step of inference exact where actors use each other's proxies. More
# steps than this in a row, all without an annotation, have not been seen.
MAXIMUM_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one stage took, for ``--verbose``."""

    stage: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a run found out; what to write is up to the caller."""

    files: tuple[GeneratedFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    skipped: tuple[tuple[ProxyClass, SkippedMember], ...]
    proxies: int
    parts: int
    members: int
    timings: tuple[Timing, ...]

    def refused(self, strict: bool) -> bool:
        """Whether the diagnostics forbid that anything is written."""
        return any(strict or each.severity is Severity.ERROR for each in self.diagnostics)


def run(configuration: Configuration) -> Outcome:
    """Analyse the sources and render every output in memory.

    Raises:
        CodegenError: the run is refused for one reason; see ``errors``.
    """
    try:
        return _run(configuration)
    except CodegenError as error:
        # What concerns no source file concerns what was asked for.
        if error.path is not None:
            error.path = _absolute(configuration, error.path)
        elif configuration.path is not None:
            error.path = str(configuration.path)
        raise


def _run(configuration: Configuration) -> Outcome:
    timings: list[Timing] = []
    started = time.perf_counter()
    outputs = resolve(configuration)
    refuse_foreign_files(path for output in outputs for path in (output.runtime_path, output.stub_path))
    mentioning = sources_mentioning(configuration.source, outputs)
    overlays: Mapping[str, str] = skeletons(configuration.source, outputs, mentioning) if mentioning else {}
    timings.append(Timing("finding the sources", time.perf_counter() - started))
    for number in range(1, MAXIMUM_ROUNDS + 1):
        started = time.perf_counter()
        analysis = _analyse(configuration, outputs, overlays)
        pairs = _render(analysis)
        timings.append(Timing(f"round {number} of the analysis", time.perf_counter() - started))
        stubs = {pair.module: pair.stub for pair in pairs}
        if not mentioning or stubs == overlays:
            return _outcome(configuration, analysis, outputs, pairs, timings)
        overlays = stubs
    raise _unsettled(outputs)


def _analyse(
    configuration: Configuration, outputs: tuple[ResolvedOutput, ...], overlays: Mapping[str, str]
) -> Analysis:

    cache_directory = configuration.base_directory / CACHE_DIRECTORY
    writable = os.access(cache_directory if cache_directory.exists() else configuration.base_directory, os.W_OK)
    return analyze(
        AnalysisRequest(
            roots=configuration.source,
            outputs=tuple(OutputRequest(output.module, output.targets) for output in outputs),
            overlays=overlays,
            cache_directory=cache_directory if writable else None,
            python_version=None,
            python_executable=None,
            base_directory=configuration.base_directory,
        )
    )


def _render(analysis: Analysis) -> tuple[RenderedPair, ...]:
    return render(analysis, name_proxies(analysis))


def _absolute(configuration: Configuration, path: str) -> str:
    """A path of the front end's, which is relative to the configuration and not to the reader."""
    return str(configuration.base_directory / path)


def _outcome(
    configuration: Configuration,
    analysis: Analysis,
    outputs: tuple[ResolvedOutput, ...],
    pairs: tuple[RenderedPair, ...],
    timings: list[Timing],
) -> Outcome:
    files: list[GeneratedFile] = []
    places: dict[str, ResolvedOutput] = {output.module: output for output in outputs}
    for pair in pairs:
        place = places[pair.module]
        files += [GeneratedFile(place.runtime_path, pair.runtime), GeneratedFile(place.stub_path, pair.stub)]
    classes = [proxy for output in analysis.outputs for proxy in output.classes]

    def located(origin: Origin) -> Origin:
        return Origin(_absolute(configuration, origin.path), origin.line)

    outcome = Outcome(
        files=tuple(files),
        diagnostics=tuple(replace(each, origin=located(each.origin)) for each in analysis.diagnostics),
        skipped=tuple(
            (proxy, replace(member, origin=located(member.origin))) for proxy in classes for member in proxy.skipped
        ),
        proxies=sum(proxy.kind is ProxyKind.ACTOR for proxy in classes),
        parts=sum(proxy.kind is ProxyKind.NODE for proxy in classes),
        members=sum(len(proxy.members) for proxy in classes),
        timings=tuple(timings),
    )
    if not outcome.refused(strict=False):
        for output in analysis.outputs:
            _refuse_empty(places[output.module], bool(output.classes))
    return outcome


def _refuse_empty(output: ResolvedOutput, has_classes: bool) -> None:
    if has_classes:
        return
    modules = ", ".join(dict.fromkeys(target.module for target in output.targets)) or "no module at all"
    raise CodegenError(
        f'the output "{output.module}" would be empty: there is no public actor class in {modules}',
        line=output.line,
        hint="an actor is a class that has typedactors.Actor among its bases; name the module that defines it",
    )


def _unsettled(outputs: tuple[ResolvedOutput, ...]) -> CodegenError:
    modules = ", ".join(f'"{output.module}"' for output in outputs)
    return CodegenError(
        f"the types in {modules} did not settle in {MAXIMUM_ROUNDS} rounds: "
        "actors infer their members' types through each other's proxies, in a circle",
        path=outputs[0].stub_path,
        hint="annotate the attributes and methods of the actors whose values come from a proxy",
    )
