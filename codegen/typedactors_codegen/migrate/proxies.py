"""Hand-written proxy classes give way to generated ones, where those are at least as exact.

``run`` imports it; it imports ``comparison``, ``generation``, ``handwritten``, ``index``, ``editing`` and
``report``. The whole group that belongs together is replaced, or none of it: a class, its parts, its bases and
its heirs.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import libcst as cst

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.migrate import editing
from typedactors_codegen.migrate.comparison import Comparison, Problem
from typedactors_codegen.migrate.generation import Copy, Generated, copied
from typedactors_codegen.migrate.handwritten import HandWritten
from typedactors_codegen.migrate.index import Class, Index
from typedactors_codegen.migrate.placing import Places
from typedactors_codegen.migrate.report import Kind, Remark
from typedactors_codegen.migrate.sources import Source
from typedactors_codegen.model import Severity

_REMEDY = "it works as it is; see the documentation for what a generated class needs"
_WIDTH = 88


@dataclass(slots=True)
class Replacement:
    """What was replaced below one root: the new outputs with their targets, and the text of each new file."""

    root: Path
    outputs: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    texts: dict[Path, str] = field(default_factory=dict[Path, str])
    classes: int = 0
    remarks: list[Remark] = field(default_factory=list[Remark])


def replace(root: Path, sources: list[Source], index: Index, found: dict[Class, HandWritten]) -> Replacement:
    """Replace what can be below one root, in the sources' text; say why the rest was left.

    Arguments:
        root: the root of imports.
        sources: all files of the run.
        index: what they define, as they are now.
        found: the hand-written classes of the run.
    """
    result = Replacement(root)
    mine = {each: proxy for each, proxy in found.items() if index.modules[each.module].source.root == root}
    problems: dict[Class, list[Problem]] = {}
    for definition, proxy in mine.items():
        reason = _hindrance(index, proxy, root)
        if reason is not None:
            problems[definition] = [Problem(proxy.line, reason)]
    if any(not proxy.is_part and definition not in problems for definition, proxy in mine.items()):
        with copied(root, sources) as copy:
            _Replacing(copy, sources, index, mine, problems, result).run()
    for definition, each in problems.items():
        for problem in each:
            message = f"{definition.name} stays hand-written: {problem.message}"
            result.remarks.append(Remark(Kind.NOTE, definition.path, problem.line, message, _REMEDY))
    return result


def _hindrance(index: Index, proxy: HandWritten, root: Path) -> str | None:
    """What can be told against replacing a class without asking the generator."""
    module = index.modules[proxy.definition.module]
    if proxy.definition.node not in module.tree.body:
        return "it is defined under a condition"
    if module.bound.get(proxy.definition.name, 0) != 1:
        return f"the file binds the name {proxy.definition.name} more than once"
    if proxy.is_part:
        return None
    if not isinstance(proxy.actor, Class) or index.modules[proxy.actor.module].source.root != root:
        return f"its actor, {_shown(proxy.actor)}, is not among the files given"
    if proxy.actor.name.startswith("_"):
        return f"its actor {proxy.actor.name} is private, and the generator makes proxies of public classes"
    return None


def _shown(actor: Class | str | None) -> str:
    return "which its members do not tell" if actor is None else str(getattr(actor, "full_name", actor))


@dataclass(slots=True)
class _Replacing:
    """One root's replacement, step by step."""

    copy: Copy
    sources: list[Source]
    index: Index
    found: dict[Class, HandWritten]
    problems: dict[Class, list[Problem]]
    result: Replacement

    def run(self) -> None:
        while True:
            self._settle()
            chosen = self._chosen()
            if not chosen:
                return
            places = Places(self.result.root)
            plan = {each.definition: places.place(_actor(each)) for each in chosen}
            generated = self._generate(places.outputs, chosen)
            if generated is None:
                continue
            comparison = Comparison(self.index, self.found, self.copy, generated)
            for each in chosen:
                comparison.compare(each, plan[each.definition])
            self._refuse_bases(chosen, comparison)
            if comparison.problems:
                for definition, found in comparison.problems.items():
                    self.problems.setdefault(definition, []).extend(found)
                continue
            self._rewrite(places, plan, chosen, comparison)
            return

    def _chosen(self) -> list[HandWritten]:
        return [each for each in self.found.values() if not each.is_part and each.definition not in self.problems]

    def _settle(self) -> None:
        """Take with each class that stays all that must stay with it."""
        changed = True
        while changed:
            changed = False
            for definition, proxy in self.found.items():
                for other, why in self._bound_together(proxy):
                    for stays, follows in ((definition, other), (other, definition)):
                        if stays in self.problems and follows in self.found and follows not in self.problems:
                            line = self.found[follows].line
                            self.problems[follows] = [Problem(line, f"{stays.name} {why}, and stays hand-written")]
                            changed = True

    def _bound_together(self, proxy: HandWritten) -> Iterable[tuple[Class, str]]:
        for base in proxy.bases:
            yield base, f"is related to it ({proxy.definition.name} derives from {base.name})"
        for member in proxy.members:
            if member.part is not None:
                why = f"is related to it ({member.part.name} is the part {member.name} of {proxy.definition.name})"
                yield member.part, why

    def _refuse_bases(self, chosen: list[HandWritten], comparison: Comparison) -> None:
        for proxy in chosen:
            for base in proxy.bases:
                if base in comparison.counterparts and not comparison.derives(proxy.definition, base):
                    message = f"it derives from {base.name}, which the class generated for its actor does not"
                    comparison.problems.setdefault(proxy.definition, []).append(Problem(proxy.line, message))

    def _generate(self, outputs: Mapping[str, tuple[str, ...]], chosen: list[HandWritten]) -> Generated | None:
        """What the generator gives; where it refuses, those that it refuses get their problem instead."""
        try:
            generated = self.copy.generate(outputs)
        except CodegenError as error:
            path = None if error.path is None else Path(error.path)
            self._refuse(chosen, path, f"the generator refuses: {error.message}")
            return None
        errors = [each for each in generated.outcome.diagnostics if each.severity is Severity.ERROR]
        for each in errors:
            path = self.copy.real(each.origin.path)
            self._refuse(chosen, path, f"the generator refuses {each.member}: {each.reason}")
        return None if errors else generated

    def _refuse(self, chosen: list[HandWritten], path: Path | None, message: str) -> None:
        concerned = [each for each in chosen if _actor(each).path == path] or chosen
        for each in concerned:
            self.problems.setdefault(each.definition, []).append(Problem(each.line, message))

    def _rewrite(
        self, places: Places, plan: dict[Class, str], chosen: list[HandWritten], comparison: Comparison
    ) -> None:
        before = {source.path: source.text for source in self.sources}
        replaced: dict[str, dict[str, tuple[str, str]]] = {}
        for definition, (output, _) in comparison.counterparts.items():
            name = comparison.name(definition)
            replaced.setdefault(definition.module, {})[definition.name] = (output, name)
        for source in self.sources:
            if source.module in replaced and source.root == self.result.root and source.path.suffix == ".py":
                passed_on = {
                    name
                    for name in replaced[source.module]
                    if any(user != source.module for user in self.index.users(f"{source.module}.{name}"))
                }
                kept = self.index.names_taken_from(source.module)
                source.text = without_classes(source.text, replaced[source.module], passed_on, kept)
        self.copy.update(self.sources)
        final = self._generate(places.outputs, chosen)
        if final is None or final.names != comparison.generated.names:
            for source in self.sources:
                source.text = before[source.path]
            for each in chosen:
                problem = Problem(each.line, "the generator gives something else once it is gone")
                self.problems.setdefault(each.definition, []).append(problem)
            self._settle()
            return
        self.result.outputs = dict(places.outputs)
        self.result.texts = {self.result.root / path: text for path, text in final.texts.items()}
        self.result.classes = len(comparison.counterparts)


def _actor(proxy: HandWritten) -> Class:
    assert isinstance(proxy.actor, Class)
    return proxy.actor


def without_classes(
    text: str, replaced: Mapping[str, tuple[str, str]], passed_on: Container[str], kept: Container[str]
) -> str:
    """The text of a module without some of its classes, which it imports instead.

    Arguments:
        text: the module.
        replaced: for each class the output, and the name that it has there.
        passed_on: the classes that other modules import from this one; type checkers are told that they may.
        kept: the imports that stay even if nothing in the module uses them any more.
    """
    module = cst.parse_module(text)
    edited = editing.remove_classes(module, replaced)
    lines: dict[str, list[str]] = {}
    for name, (output, generated) in sorted(replaced.items()):
        alias = f"{generated} as {name}" if generated != name or name in passed_on else name
        lines.setdefault(output, []).append(alias)
    for output, aliases in sorted(lines.items(), reverse=True):
        edited = editing.add_import(edited, _import_line(output, aliases))
    return editing.unused_imports(module, edited, _AllBut(kept)).code


def _import_line(output: str, aliases: list[str]) -> str:
    line = f"from {output} import {', '.join(aliases)}"
    if len(line) <= _WIDTH:
        return line
    return f"from {output} import (\n" + "".join(f"    {alias},\n" for alias in aliases) + ")"


class _AllBut:
    """Every name but some: what a class alone has used is used by nobody once the class is gone."""

    def __init__(self, kept: Container[str]) -> None:
        self._kept = kept

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name not in self._kept
