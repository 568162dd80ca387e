"""Targets to classes, and the refusal of what cannot be one. May be imported by the front end alone."""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from mypy.nodes import MypyFile, TypeInfo

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.frontend.anys import Issue, import_problem, redefinition
from typedactors_codegen.frontend.catalogue import Catalogue, qualified_name
from typedactors_codegen.frontend.hidden import hidden_actors
from typedactors_codegen.frontend.members import ACTOR
from typedactors_codegen.frontend.request import AnalysisRequest, OutputRequest, Target
from typedactors_codegen.frontend.resemblance import circle_of_bases, resembles_an_actor
from typedactors_codegen.frontend.sources import dotted_name
from typedactors_codegen.model import Diagnostic, Note, Origin, Severity


@dataclass(frozen=True, slots=True)
class Selection:
    """The classes of one output, in a stable order, before any base is moved forward."""

    output: OutputRequest
    classes: tuple[TypeInfo, ...]


def is_actor(info: TypeInfo) -> bool:
    """Whether a class derives from typedactors' own ``Actor``."""
    return info.has_base(ACTOR)


class Selector:
    """Finds the classes that the targets of a request name."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._program = catalogue.program
        self._catalogue = catalogue
        self.diagnostics: list[Diagnostic] = []
        self.left_out: list[Note] = []

    def select(self, request: AnalysisRequest) -> list[Selection]:
        """The classes of each output.

        Raises:
            CodegenError: a module or a class is not found, a class is neither an actor nor a
                Protocol, the base of an actor is unknown, or the only actors of an output are hidden
                by imports.
        """
        self._require_runtime()
        per_output = [self._direct(output) for output in request.outputs]
        actors = [info for classes in per_output for info in classes if is_actor(info)]
        selections: list[Selection] = []
        for output, classes in zip(request.outputs, per_output, strict=True):
            chosen = dict.fromkeys(classes)
            for target in output.targets:
                if target.name is None:
                    chosen.update(dict.fromkeys(self._protocols_of(target.module, actors)))
                    self._note_left_out(target.module, chosen)
            self._note_hidden(output, is_empty=not chosen)
            selections.append(Selection(output, tuple(sorted(chosen, key=self._place))))
        return selections

    def _place(self, info: TypeInfo) -> tuple[str, int, str]:
        source = self._catalogue.class_source(info)
        return info.module_name, -1 if source is None else source.position, info.fullname

    def _require_runtime(self) -> None:
        if not isinstance(self._program.resolve(*ACTOR.rsplit(".", 1)), TypeInfo):
            raise CodegenError(
                "typedactors itself cannot be found by mypy, so no class can be seen to be an actor",
                hint="Install typedactors into the Python that runs the generator.",
            )

    def _direct(self, output: OutputRequest) -> list[TypeInfo]:
        chosen: list[TypeInfo] = []
        unknown: list[TypeInfo] = []
        for target in sorted(output.targets, key=lambda item: (item.module, item.name or "")):
            tree = self._module(target, output)
            if target.name is not None:
                chosen.append(self._named(tree, target))
                continue
            for info in self._classes(tree):
                if is_actor(info) and not info.name.startswith("_"):
                    self._require_known_bases(info)
                    chosen.append(info)
                elif info.fallback_to_any and not info.name.startswith("_"):
                    unknown.append(info)
        stubs = [root / f"{output.module.replace('.', '/')}.pyi" for root in self._program.roots]
        self._note_unknown(unknown, stubs, refuse=not chosen)
        for info in chosen:
            source = self._catalogue.class_source(info)
            if source is not None and source.redefined is not None:
                issue = redefinition(source.redefined)
                origin, name = self._catalogue.origin(info), qualified_name(info)
                self.diagnostics.append(Diagnostic(Severity.WARNING, origin, name, issue.reason, issue.remedy, name))
        return chosen

    def _module(self, target: Target, output: OutputRequest) -> MypyFile:
        tree = self._program.module(target.module)
        path = self._program.path(target.module)
        if tree is None or target.module in self._program.outputs:
            raise CodegenError(
                f"the module {target.module}, a target of the output {output.module}, cannot be found"
                if tree is None
                else f"the module {target.module} is an output of the generator, and cannot be a target too",
                hint="Check its spelling, and that `source` names the folder that it is imported from."
                if tree is None
                else "Name the modules that the actors are written in.",
                path=None if target.origin is None else target.origin.path,
                line=None if target.origin is None else target.origin.line,
            )
        if path is not None:
            self._catalogue.module(target.module)
        return tree

    def _classes(self, tree: MypyFile) -> Iterator[TypeInfo]:
        """The classes that a module itself defines at its top level."""
        for name in sorted(tree.names):
            node = tree.names[name].node
            if not isinstance(node, TypeInfo) or node.fullname != f"{tree.fullname}.{name}":
                continue
            # mypy keeps classes inside functions, and the ones that it makes up for isinstance(), here too.
            if name.isidentifier():
                yield node

    def _note_left_out(self, module: str, chosen: Container[TypeInfo]) -> None:
        """Say which actors and Protocols a module has that, by rule, do not get a proxy."""
        tree, path = self._program.module(module), self._program.path(module)
        if tree is None or path is None:
            return
        shown = self._program.display_path(path)
        source = self._catalogue.module(module)
        local_actors: set[str] = set()
        # Not from mypy, which is told to leave out the bodies of functions.
        for local in [] if source is None else source.local_classes:
            bases = [self._program.resolve(module, base) for base in local.bases]
            if local_actors & {*local.bases} or any(isinstance(base, TypeInfo) and is_actor(base) for base in bases):
                local_actors.add(local.name)
                reason = "it is an actor class inside a function, which no other module can import"
                self.left_out.append(Note(local.name, reason, Origin(shown, local.line)))
        for info in self._classes(tree):
            if info in chosen or not (is_actor(info) or info.is_protocol):
                continue
            if info.name.startswith("_"):
                reason = "its name is private"
            else:
                reason = "no actor class of this run has it among its bases; name it as a target to have its proxy"
            self.left_out.append(Note(info.name, reason, self._catalogue.origin(info)))

    def _note_hidden(self, output: OutputRequest, *, is_empty: bool) -> None:
        """Report the actors that imports hide; refuse the output that has no other class."""
        for target in output.targets:
            tree = None if target.name is not None else self._program.module(target.module)
            path = self._program.path(target.module)
            if tree is None or path is None:
                continue
            shown = self._program.display_path(path)
            for actor in hidden_actors(self._catalogue, tree):
                if is_empty:
                    raise CodegenError(
                        f'the output "{output.module}" would be empty: {actor.name} has {actor.issue.reason}',
                        path=shown,
                        line=actor.line,
                        hint=actor.issue.remedy,
                    )
                origin, issue = Origin(shown, actor.line), actor.issue
                warning = Diagnostic(Severity.WARNING, origin, actor.name, issue.reason, issue.remedy, actor.name)
                self.diagnostics.append(warning)

    def _protocols_of(self, module: str, actors: Iterable[TypeInfo]) -> list[TypeInfo]:
        bases = {base for actor in actors for base in actor.mro[1:] if base.is_protocol}
        return [base for base in bases if base.module_name == module and not base.name.startswith("_")]

    def _named(self, tree: MypyFile, target: Target) -> TypeInfo:
        name = target.name or ""
        node = self._program.resolve(target.module, name)
        path = self._program.path(target.module)
        shown = None if path is None else self._program.display_path(path)
        if node is None:
            near = difflib.get_close_matches(name, [info.name for info in self._classes(tree)], 1)
            raise CodegenError(
                f"the module {target.module} has no class {name}",
                path=None if target.origin is None else target.origin.path,
                line=None if target.origin is None else target.origin.line,
                hint=f"Do you mean {near[0]}?" if near else "Check the spelling of the target.",
            )
        if not isinstance(node, TypeInfo):
            problem = import_problem(self._catalogue, target.module, name)
            imports = self._catalogue.imports(target.module, name.partition(".")[0])
            # A name that is imported in vain is to be corrected there; any other, in the target.
            place = Origin(shown, imports[0].line) if imports and shown is not None else target.origin
            raise CodegenError(
                f"{target.module}:{name} is not a class that mypy can see, so it can be neither an actor nor a Protocol"
                + ("" if problem is None else f": {problem.reason}"),
                path=place.path if place is not None else None,
                line=place.line if place is not None else None,
                hint="Name an actor class or a Protocol." if problem is None else problem.remedy,
            )
        self._require_known_bases(node)
        if not is_actor(node) and not node.is_protocol:
            origin = self._catalogue.origin(node)
            raise CodegenError(
                f"the class {name} is neither an actor nor a Protocol",
                path=origin.path,
                line=origin.line,
                hint="Derive it from typedactors.ThreadingActor (or another actor class), or from typing.Protocol.",
            )
        return node

    def _require_known_bases(self, info: TypeInfo) -> None:
        if info.fallback_to_any:
            self._refuse_unknown_base(info)

    def _note_unknown(self, classes: Iterable[TypeInfo], stubs: list[Path], *, refuse: bool) -> None:
        """Report classes that may be actors for all that is known: one word for each cause.

        What looks like an actor is refused. So is what would leave the output empty, with the cause.
        """
        groups: dict[tuple[str, str], list[tuple[Origin, str, TypeInfo, Issue]]] = {}
        for info in classes:
            holder, base = self._culprit(info)
            if refuse or resembles_an_actor(self._catalogue, info, base, stubs):
                self._refuse_unknown_base(info, unless_named=not refuse)
            origin, problem = self._catalogue.origin(holder), self._base_problem(holder, base)
            groups.setdefault((origin.path, problem.reason), []).append((origin, base or "?", info, problem))
        for group in groups.values():
            origin, base, _, problem = min(group, key=lambda item: item[:2])
            names = [qualified_name(info) for _, _, info, _ in group]
            shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
            self.diagnostics.append(
                Diagnostic(
                    Severity.WARNING,
                    origin,
                    shown,
                    f"no proxy, even if meant as an actor: the base {base} is Any: {problem.reason}",
                    f"{problem.remedy} If there are no actors among these, name the module's actors one by one.",
                )
            )

    def _refuse_unknown_base(self, info: TypeInfo, *, unless_named: bool = False) -> NoReturn:
        holder, base = self._culprit(info)
        origin = self._catalogue.origin(holder)
        problem = self._base_problem(holder, base)
        of = "" if holder is info else f"; {info.name} derives from it"
        raise CodegenError(
            f"the base {base or '?'} of the class {qualified_name(holder)} is Any, so its members are unknown: "
            f"{problem.reason}{of}",
            path=origin.path,
            line=origin.line,
            hint=f"{problem.remedy} If it is no actor, name the module's actors one by one, as in "
            f"{info.module_name}:Name, and remove its proxy from the output."
            if unless_named
            else problem.remedy,
        )

    def _culprit(self, info: TypeInfo) -> tuple[TypeInfo, str | None]:
        """The class in an inheritance that has the unknown base, and how the source calls that base."""
        for holder in reversed([base for base in info.mro if base.fallback_to_any]):
            source = self._catalogue.class_source(holder)
            if source is None:
                continue
            for expression in source.bases:
                name = dotted_name(expression)
                if name is None:
                    return holder, "(an expression)"
                special = name.rpartition(".")[2] in ("Protocol", "Generic", "NamedTuple", "TypedDict")
                if not special and not isinstance(self._program.resolve(holder.module_name, name), TypeInfo):
                    return holder, name
        source = self._catalogue.class_source(info)
        names = [] if source is None else [name for name in map(dotted_name, source.bases) if name is not None]
        return info, names[0] if names else None

    def _base_problem(self, holder: TypeInfo, base: str | None) -> Issue:
        circle = circle_of_bases(self._catalogue, holder)
        if circle is not None:
            return Issue(
                f"the classes derive from each other in a circle: {' -> '.join(circle)}",
                f"Take one of these bases away, beginning with {circle[1]} in {circle[0]}.",
            )
        if base is not None:
            problem = import_problem(self._catalogue, holder.module_name, base)
            if problem is not None:
                return problem
        return Issue(
            "it is not a class that mypy can see",
            "Give it a base class with types; mypy, run over the file, says why it has none.",
        )
