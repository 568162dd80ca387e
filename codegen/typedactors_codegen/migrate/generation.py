"""The generator over the rewritten sources, before anything is written: in a copy, which is removed.

``proxies`` imports it; it imports ``sources``, and the generator's own pipeline.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from typedactors_codegen import pipeline
from typedactors_codegen.config import Configuration, ConfiguredOutput
from typedactors_codegen.errors import CodegenError
from typedactors_codegen.frontend import analyze
from typedactors_codegen.frontend.request import AnalysisRequest, OutputRequest
from typedactors_codegen.migrate.sources import Source
from typedactors_codegen.model import Analysis
from typedactors_codegen.naming import ProxyNames, name_proxies
from typedactors_codegen.outcome import Outcome
from typedactors_codegen.skeleton import python_files
from typedactors_codegen.targets import resolve

Outputs = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Generated:
    """What the generator gives for some outputs; ``texts`` has each file by its path below the root."""

    outcome: Outcome
    analysis: Analysis
    names: ProxyNames
    texts: Mapping[str, str]


class Copy:
    """A copy of the packages and modules of one root of imports, with the sources as they are rewritten."""

    def __init__(self, root: Path, folder: Path, sources: Iterable[Source]) -> None:
        self._root = root
        self._folder = folder
        mine = [source for source in sources if source.root == root]
        tops = {source.path.relative_to(root).parts[0] for source in mine}
        for top in sorted(tops):
            place = root / top
            for path in python_files([place]) if place.is_dir() else [place]:
                target = folder / path.relative_to(root)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        self.update(mine)

    def update(self, sources: Iterable[Source]) -> None:
        """Take the text that the sources have now."""
        for source in sources:
            if source.root == self._root:
                target = self._folder / source.path.relative_to(self._root)
                target.write_bytes(source.text.encode(source.encoding))

    def real(self, path: str) -> Path:
        """The user's file for a path in the copy."""
        absolute = (self._folder / path).absolute()
        folder = self._folder.resolve()
        if absolute.resolve().is_relative_to(folder):
            return self._root / absolute.resolve().relative_to(folder)
        return absolute

    def generate(self, outputs: Outputs) -> Generated:
        """Generate ``outputs`` in memory.

        Raises:
            CodegenError: the generator refuses; the path is the user's file.
        """
        # What is not in the copy is found where it is.
        roots = (self._folder.resolve(), self._root.resolve())
        configured = tuple(ConfiguredOutput(module, targets) for module, targets in outputs.items())
        configuration = Configuration(None, self._folder, roots, configured, strict=False)
        try:
            outcome = pipeline.run(configuration)
            analysis = analyze(_request(configuration, outcome, self._folder / pipeline.CACHE_DIRECTORY))
            names = name_proxies(analysis)
        except CodegenError as error:
            if error.path is not None:
                error.path = str(self.real(error.path))
            raise
        folder = self._folder.resolve()
        texts = {file.path.resolve().relative_to(folder).as_posix(): file.text for file in outcome.files}
        return Generated(outcome, analysis, names, texts)


@contextmanager
def copied(root: Path, sources: Iterable[Source]) -> Generator[Copy, None, None]:
    """A copy for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="typedactors-migrate-") as folder:
        yield Copy(root, Path(folder), sources)


def _request(configuration: Configuration, outcome: Outcome, cache: Path) -> AnalysisRequest:
    """Ask the same once more, of what the rounds have settled on: an outcome has the texts and not the model."""
    stubs = {file.path: file.text for file in outcome.files}
    outputs = resolve(configuration)
    return AnalysisRequest(
        roots=configuration.source,
        outputs=tuple(OutputRequest(each.module, each.targets) for each in outputs),
        overlays={each.module: stubs[each.stub_path] for each in outputs if each.stub_path in stubs},
        cache_directory=cache if cache.is_dir() else None,
        base_directory=configuration.base_directory,
    )
