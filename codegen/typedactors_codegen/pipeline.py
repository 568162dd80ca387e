"""Wires the stages: configuration, targets, analysis, names, text. Writes nothing.

``cli`` imports it; it imports every stage, but of ``writer`` only what reads.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from typedactors_codegen.config import Configuration
from typedactors_codegen.errors import CodegenError
from typedactors_codegen.frontend import Reading, examine
from typedactors_codegen.frontend.request import AnalysisRequest, OutputRequest
from typedactors_codegen.model import Analysis, Origin, ProxyKind, UnresolvedImport
from typedactors_codegen.naming import name_proxies
from typedactors_codegen.outcome import Outcome, Remark, Timing
from typedactors_codegen.settling import Rounds
from typedactors_codegen.skeleton import python_files, skeletons, sources_mentioning
from typedactors_codegen.targets import ResolvedOutput, resolve
from typedactors_codegen.unchanged import Records
from typedactors_codegen.writer import GeneratedFile, refuse_foreign_files

if TYPE_CHECKING:
    from typedactors_codegen.frontend.sources import ModuleSource
    from typedactors_codegen.render import RenderedPair

CACHE_DIRECTORY = ".typedactors_cache"


def run(
    configuration: Configuration, tell: Callable[[str], None] | None = None, *, makes_cache: bool = True
) -> Outcome:
    """Analyse the sources and render every output in memory.

    Arguments:
        configuration: what is asked for.
        tell: is told of each stage that takes long.
        makes_cache: whether a cache is made where there is none. Where there is one, it is used.

    Raises:
        CodegenError: the run is refused for one reason; see ``errors``.
    """
    with _absolute_places(configuration):
        return _run(configuration, tell or _silent, makes_cache)


def analyse(configuration: Configuration, tell: Callable[[str], None] | None = None) -> tuple[Outcome, Analysis]:
    """The same, with the model itself, which is not kept from one run to the next.

    Raises:
        CodegenError: as for `run`.
    """
    with _absolute_places(configuration):
        return _examine(_Run(configuration), tell or _silent)


def _silent(stage: str) -> None:
    pass


@contextlib.contextmanager
def _absolute_places(configuration: Configuration) -> Generator[None, None, None]:
    """Have the paths of errors be as the command can show them."""
    try:
        yield
    except CodegenError as error:
        error.unresolved = tuple(_located(configuration, each) for each in error.unresolved)
        if error.path is not None:
            error.path = _absolute(configuration, error.path)
        raise


class _Run:
    """What a run knows before it asks mypy."""

    def __init__(self, configuration: Configuration, makes_cache: bool = True) -> None:
        self.started = time.perf_counter()
        self.configuration = configuration
        self.outputs = resolve(configuration)
        own = {path for output in self.outputs for path in (output.runtime_path, output.stub_path)}
        refuse_foreign_files(sorted(own))
        self.sources = [path for path in python_files(configuration.source) if path not in own]
        self.analyst = _Analyst(configuration, self.outputs, makes_cache)


def _run(configuration: Configuration, tell: Callable[[str], None], makes_cache: bool) -> Outcome:
    run = _Run(configuration, makes_cache)
    cache = run.analyst.cache
    records = None if cache is None else Records(configuration, run.outputs, run.sources, cache)
    known = None if records is None else records.find()
    if known is not None:
        timing = Timing("seeing that nothing has changed", time.perf_counter() - run.started)
        return replace(known, timings=(timing,))
    return _examine(run, tell, records)[0]


def _examine(run: _Run, tell: Callable[[str], None], records: Records | None = None) -> tuple[Outcome, Analysis]:
    configuration, outputs, sources, analyst = run.configuration, run.outputs, run.sources, run.analyst
    timings: list[Timing] = []
    started = run.started
    tell("finding the sources")
    mentioning = sources_mentioning(sources, outputs)
    overlays: Mapping[str, str] = skeletons(configuration.source, outputs, mentioning) if mentioning else {}
    timings.append(Timing("finding the sources", time.perf_counter() - started))
    rounds = Rounds()
    before: Analysis | None = None
    pairs: tuple[RenderedPair, ...] = ()
    while True:
        started = time.perf_counter()
        tell("reading the sources" if rounds.number == 0 else f"reading the sources, round {rounds.number + 1}")
        analysis, reading = analyst.analyse(overlays, rounds.number + 1)
        if before is None or analysis.outputs != before.outputs:
            pairs = _render(analysis)
        before = analysis
        stubs = {pair.module: pair.stub for pair in pairs}
        rounds.add(analysis, stubs.values())
        timings.append(Timing(f"round {rounds.number} of the analysis", time.perf_counter() - started))
        if not mentioning or stubs == overlays:
            outcome = _outcome(configuration, analysis, outputs, pairs, timings)
            outcome = replace(outcome, remarks=analyst.remarks)
            if records is not None and not outcome.refused(strict=False) and not analyst.remarks:
                records.keep(outcome, reading)
            return outcome, analysis
        rounds.refuse_endless()
        overlays = stubs


class _Analyst:
    """Asks the front end, with mypy's cache for as long as that can be used.

    A cache can be damaged, or belong to somebody else. That makes a run slower, and not impossible.
    """

    def __init__(self, configuration: Configuration, outputs: tuple[ResolvedOutput, ...], makes_cache: bool) -> None:
        self._configuration = configuration
        self._outputs = outputs
        self._sources: dict[str, ModuleSource | None] = {}
        self.remarks: tuple[str, ...] = ()
        folder = _folder_of_cache(configuration) / CACHE_DIRECTORY
        usable = folder.exists() or makes_cache
        self.cache = folder if usable and os.access(folder if folder.exists() else folder.parent, os.W_OK) else None
        if folder.exists() and not folder.is_dir():
            self._give_up(folder, "it is not a folder")

    def analyse(self, overlays: Mapping[str, str], number: int) -> tuple[Analysis, Reading]:
        """One round of the analysis."""
        if self.cache is not None:
            try:
                answer = self._examine(overlays, _cache_of_round(self.cache, number))
                if answer[1].consistent:
                    return answer
                self._sources.clear()  # a file was changed meanwhile
            except CodegenError:
                raise
            # What mypy raises for a cache that is broken has no type of its own. If the cache is not to
            # blame, the same is raised again without it.
            except (Exception, SystemExit) as error:  # noqa: BLE001
                folder = self.cache
                answer = self._examine(overlays, None)
                self._give_up(folder, f"{type(error).__name__}: {' '.join(str(error).split())}")
                return answer
        return self._examine(overlays, None)

    def _give_up(self, folder: Path, reason: str) -> None:
        self.cache = None
        self.remarks += (
            f"the cache cannot be used, so the run took longer ({reason}); delete it to have a new one: {folder}",
        )

    def _examine(self, overlays: Mapping[str, str], cache: Path | None) -> tuple[Analysis, Reading]:
        return examine(
            AnalysisRequest(
                roots=self._configuration.source,
                outputs=tuple(OutputRequest(output.module, output.targets, output.origin) for output in self._outputs),
                overlays=overlays,
                cache_directory=cache,
                base_directory=self._configuration.base_directory,
            ),
            self._sources,
        )


def _cache_of_round(cache: Path, number: int) -> Path:
    """The folder of mypy's cache for one round of the analysis.

    In each round mypy is shown other outputs. With one folder for all, each round would make stale
    what the one before it has kept, in every run.
    """
    if number == 1:
        return cache
    folder = cache / f"round-{number}"
    if not folder.exists():
        before = _cache_of_round(cache, number - 1)
        # A copy that fails, or is incomplete, only costs time: mypy checks each entry.
        with contextlib.suppress(OSError, shutil.Error):
            shutil.copytree(before, folder, ignore=shutil.ignore_patterns("round-*", "outputs", "*unchanged-*"))
    return folder


def _folder_of_cache(configuration: Configuration) -> Path:
    """Beside the configuration; without one, the nearest folder that is not part of a package."""
    folder = configuration.base_directory
    while configuration.path is None and (folder / "__init__.py").is_file():
        folder = folder.parent
    return folder


def _render(analysis: Analysis) -> tuple[RenderedPair, ...]:
    # Jinja takes longer to import than a run takes that finds everything unchanged.
    from typedactors_codegen.render import render  # noqa: PLC0415

    return render(analysis, name_proxies(analysis))


def _absolute(configuration: Configuration, path: str) -> str:
    """A path of the front end's, which is relative to the configuration and not to the reader."""
    return str(configuration.base_directory / path)


def _located(configuration: Configuration, found: UnresolvedImport) -> UnresolvedImport:
    return replace(found, origin=Origin(_absolute(configuration, found.origin.path), found.origin.line))


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
        left_out=(
            *(Remark(each.name, each.reason, located(each.origin)) for each in analysis.left_out),
            *(
                Remark(f"{proxy.key.name}.{member.name}", member.reason, located(member.origin))
                for proxy in classes
                for member in proxy.skipped
            ),
        ),
        notes=tuple(Remark(each.name, each.reason, located(each.origin)) for each in analysis.notes),
        proxies=sum(proxy.kind is ProxyKind.ACTOR for proxy in classes),
        parts=sum(proxy.kind is ProxyKind.NODE for proxy in classes),
        members=sum(len(proxy.members) for proxy in classes),
        timings=tuple(timings),
        unresolved=tuple(_located(configuration, each) for each in analysis.unresolved),
    )
    if not outcome.refused(strict=False):
        for output in analysis.outputs:
            _refuse_empty(configuration, places[output.module], bool(output.classes))
    return outcome


def _refuse_empty(configuration: Configuration, output: ResolvedOutput, has_classes: bool) -> None:
    if has_classes:
        return
    modules = tuple(dict.fromkeys(target.module for target in output.targets))
    hint = "an actor is a class that has typedactors.Actor among its bases; name the module that defines it"
    message = "there is no public actor class"
    protocols = _protocols(configuration, modules)
    if protocols:
        message = "there are Protocols but no public actor class, and no actor of this run lists one of them as a base,"
        hint = f'add the modules of the actors, or name each Protocol that is to have a proxy: "{protocols[0]}"'
        if protocols[1:]:
            hint += f" (also {', '.join(protocols[1:])})"
    raise CodegenError(
        f'the output "{output.module}" would be empty: {message} in {", ".join(modules) or "no module at all"}',
        path=None if output.origin is None else output.origin.path,
        line=None if output.origin is None else output.origin.line,
        hint=hint,
    )


def _protocols(configuration: Configuration, modules: tuple[str, ...]) -> list[str]:
    """The targets that stand for the Protocols of some modules."""
    # An import that only this message needs.
    from typedactors_codegen.inspection import find_protocols  # noqa: PLC0415

    return [f"{each.module}:{each.name}" for root in configuration.source for each in find_protocols(root, modules)]
