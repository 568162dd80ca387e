"""A source tree in a temporary folder, its analysis by the real mypy, and the model as readable lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from typedactors_codegen.frontend import AnalysisRequest, OutputRequest, Target, analyze
from typedactors_codegen.model import (
    Analysis,
    Field,
    Member,
    Method,
    Parameter,
    ParameterKind,
    ProxyClass,
    Signature,
    Text,
)


def shown(text: Text | None) -> str:
    """A text with the short names of its symbols."""
    if text is None:
        return "-"
    return "".join(part if isinstance(part, str) else str(getattr(part, "name", part)) for part in text.parts)


def _parameters(signature: Signature) -> Iterator[str]:
    previous: ParameterKind | None = None
    for parameter in signature.parameters:
        if previous is ParameterKind.POSITIONAL_ONLY and parameter.kind is not previous:
            yield "/"
        if parameter.kind is ParameterKind.KEYWORD_ONLY and previous not in (
            ParameterKind.KEYWORD_ONLY,
            ParameterKind.VAR_POSITIONAL,
        ):
            yield "*"
        yield _parameter(parameter)
        previous = parameter.kind
    if previous is ParameterKind.POSITIONAL_ONLY:
        yield "/"


def _parameter(parameter: Parameter) -> str:
    stars = {ParameterKind.VAR_POSITIONAL: "*", ParameterKind.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    default = "" if parameter.default is None else f" = {shown(parameter.default)}"
    return f"{stars}{parameter.name}: {shown(parameter.annotation)}{default}"


def lines_of(member: Member) -> list[str]:
    """A member as it would be declared, one line for each signature."""
    if isinstance(member, Method):
        return [
            f"def {member.name}({', '.join(_parameters(signature))}) -> {shown(signature.returns)}"
            for signature in member.signatures
        ]
    if isinstance(member, Field):
        if member.set_type == member.type:
            return [f"{member.name}: {shown(member.type)}"]
        return [f"{member.name}: {shown(member.type)} set {shown(member.set_type)}"]
    return [f"{member.name} -> {member.target}"]


@dataclass
class Result:
    """An analysis, asked by the names of classes."""

    analysis: Analysis

    @property
    def classes(self) -> dict[str, ProxyClass]:
        return {proxy.key.name: proxy for output in self.analysis.outputs for proxy in output.classes}

    def members(self, name: str) -> list[str]:
        return [line for member in self.classes[name].members for line in lines_of(member)]

    def member(self, name: str, member: str) -> Member:
        return next(found for found in self.classes[name].members if found.name == member)

    def line(self, name: str, member: str) -> str:
        return "; ".join(lines_of(self.member(name, member)))

    def bases(self, name: str) -> list[str]:
        return [
            f"{base.module}:{base.key.name}" + (f"[{', '.join(map(shown, base.arguments))}]" if base.arguments else "")
            for base in self.classes[name].bases
        ]

    def skipped(self, name: str) -> dict[str, str]:
        return {member.name: member.reason for member in self.classes[name].skipped}

    @property
    def reports(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for diagnostic in self.analysis.diagnostics:
            found.setdefault(f"{diagnostic.origin} {diagnostic.member}", []).append(diagnostic.reason)
        return found


@dataclass
class Tree:
    """A source root. Modules are written, then analysed."""

    root: Path
    cache: Path | None
    overlays: dict[str, str] = field(default_factory=dict[str, str])

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")

    def request(self, outputs: Mapping[str, Sequence[str]]) -> AnalysisRequest:
        return AnalysisRequest(
            roots=(self.root,),
            outputs=tuple(
                OutputRequest(module, tuple(self._target(target) for target in targets))
                for module, targets in outputs.items()
            ),
            overlays=self.overlays,
            cache_directory=self.cache,
            base_directory=self.root,
        )

    @staticmethod
    def _target(target: str) -> Target:
        module, _, name = target.partition(":")
        return Target(module, name or None)

    def analyze(self, *targets: str) -> Result:
        return Result(analyze(self.request({"proxies": targets or ("actors",)})))

    def analyze_outputs(self, outputs: Mapping[str, Sequence[str]]) -> Result:
        return Result(analyze(self.request(outputs)))

    def actors(self, text: str) -> Result:
        """Write one module of actors and analyse it."""
        self.write({"actors.py": text})
        return self.analyze()


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache of mypy for all trees: typeshed and the runtime are analysed once."""
    return tmp_path_factory.mktemp("mypy-cache")


@pytest.fixture
def tree(tmp_path: Path, shared_cache: Path) -> Tree:
    root = tmp_path / "src"
    root.mkdir()
    return Tree(root, shared_cache)
