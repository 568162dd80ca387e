"""The selected classes to `OutputModule`: nodes, inheritance, order. The front end's last step.

May be imported by the front end alone.

A proxy inherits the proxies of those base classes that are generated in the same run; the rest of
its class's members is flattened in. Two things are declared again although a base proxy has them: a
member that another class in between overrides, and a member whose type says ``Self``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import TypeInfo
from mypy.types import Instance, TupleType, Type
from mypy.typevars import fill_typevars

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.frontend.catalogue import Catalogue, qualified_name
from typedactors_codegen.frontend.found import Found
from typedactors_codegen.frontend.growth import refuse_growth
from typedactors_codegen.frontend.keys import class_key, free_variables, part_key
from typedactors_codegen.frontend.members import MemberReader
from typedactors_codegen.frontend.selection import Selection
from typedactors_codegen.frontend.type_variables import TypeVariables
from typedactors_codegen.frontend.types import TypeWriter
from typedactors_codegen.model import (
    Diagnostic,
    Field,
    Member,
    Node,
    Note,
    OutputModule,
    ProxyBase,
    ProxyClass,
    ProxyKind,
    Severity,
    SkippedMember,
    Symbol,
)


@dataclass(slots=True)
class _Subject:
    """One class that gets a proxy: its type as seen from inside, its kind, and what a part was first found in."""

    key: Symbol
    instance: Instance
    kind: ProxyKind
    output: str
    bases: tuple[_Subject, ...] = ()
    holder: _Subject | None = None

    @property
    def info(self) -> TypeInfo:
        return self.instance.type

    def upwards(self) -> Iterator[Instance]:
        """The types of the subject itself, of what holds it, of what holds that, and so on."""
        subject: _Subject | None = self
        while subject is not None:
            yield subject.instance
            subject = subject.holder


class OutputBuilder:
    """Builds the outputs of one run."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._scratch_variables = TypeVariables()
        self._scratch = MemberReader(catalogue, self._scratch_variables)
        self._actors: dict[str, dict[Symbol, _Subject]] = {}
        self._nodes: dict[str, dict[Symbol, _Subject]] = {}
        self._diagnostics: dict[Diagnostic, None] = {}
        self._notes: dict[Note, None] = {}
        self._found: dict[int, list[tuple[Found, bool]]] = {}

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was reported so far, each once, in the order of files and lines."""
        return tuple(sorted(self._diagnostics, key=lambda item: (item.origin, item.member, item.reason)))

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is worth a word under ``--verbose``, in the order of files and lines."""
        return tuple(sorted(self._notes, key=lambda item: (item.origin, item.name, item.reason)))

    def build(self, selections: Iterable[Selection]) -> tuple[OutputModule, ...]:
        """The outputs, in the order of the selections.

        Raises:
            CodegenError: two outputs would each inherit from the other, or the parts of an actor have no end.
        """
        selections = list(selections)
        for selection in selections:
            self._enter(selection)
        for selection in selections:
            self._link(selection)
        self._refuse_cycles(selections)
        return tuple(self._output(selection.output.module) for selection in selections)

    def _enter(self, selection: Selection) -> None:
        """Register the classes of an output, and all nodes that are reached from them."""
        output = selection.output.module
        actors = self._actors.setdefault(output, {})
        nodes = self._nodes.setdefault(output, {})
        for info in selection.classes:
            subject = _Subject(class_key(info), _inside(info), ProxyKind.ACTOR, output=output)
            actors[subject.key] = subject
        waiting = list(actors.values())
        while waiting:
            subject = waiting.pop(0)
            for found, _ in self._members(subject):
                if found.node is None:
                    continue
                key = part_key(found.node)
                if key not in nodes and key not in actors:
                    refuse_growth(found, found.node, subject.upwards())
                    node = _Subject(key, found.node, ProxyKind.NODE, output=output, holder=subject)
                    nodes[key] = node
                    waiting.append(node)

    def _members(self, subject: _Subject) -> list[tuple[Found, bool]]:
        """The members of a subject, and whether type variables occur in them.

        Each is read once: the subjects live as long as the builder.
        """
        if id(subject) not in self._found:
            members: list[tuple[Found, bool]] = []
            for name, owner in self._scratch.names(subject.info):
                before = self._scratch_variables.uses
                found = self._scratch.read(name, owner, subject.instance, actor=subject.kind is ProxyKind.ACTOR)
                if found is not None:
                    members.append((found, self._scratch_variables.uses != before))
            self._found[id(subject)] = members
        return self._found[id(subject)]

    def _link(self, selection: Selection) -> None:
        """Find the base proxies of each class: the nearest ones that are generated in this run."""
        output = selection.output.module
        others = [name for name in self._actors if name != output]
        for subject in self._actors[output].values():
            known = [self._actors[output], *(self._actors[name] for name in others)]
            subject.bases = _nearest(subject, known)
        upstream = sorted({base.output for subject in self._actors[output].values() for base in subject.bases})
        known_nodes = [self._nodes[output], *(self._nodes[name] for name in upstream if name != output)]
        for subject in self._nodes[output].values():
            subject.bases = _nearest(subject, known_nodes)

    def _refuse_cycles(self, selections: list[Selection]) -> None:
        needs = {
            selection.output.module: {
                base.output
                for subject in self._actors[selection.output.module].values()
                for base in subject.bases
                if base.output != selection.output.module
            }
            for selection in selections
        }
        for start, first in needs.items():
            reached: set[str] = set()
            waiting = list(first)
            while waiting:
                current = waiting.pop()
                if current == start:
                    others = sorted(name for name in reached | {current} if name != start)
                    origin = next(each.output.origin for each in selections if each.output.module == start)
                    raise CodegenError(
                        f"the outputs {start} and {', '.join(others)} each hold a base class of the other's actors, "
                        "so their generated modules would have to import each other",
                        path=None if origin is None else origin.path,
                        line=None if origin is None else origin.line,
                        hint="Put these actors into one output.",
                    )
                if current not in reached:
                    reached.add(current)
                    waiting.extend(needs.get(current, ()))

    def _output(self, output: str) -> OutputModule:
        variables = TypeVariables()
        reader = MemberReader(self._catalogue, variables)
        ordered = [*_bases_first(self._nodes[output].values()), *_bases_first(self._actors[output].values())]
        classes = tuple(self._proxy_class(subject, reader, variables) for subject in ordered)
        return OutputModule(output, classes, variables.declared)

    def _proxy_class(self, subject: _Subject, reader: MemberReader, variables: TypeVariables) -> ProxyClass:
        info = subject.info
        writer = TypeWriter(self._catalogue, variables)
        own = info.defn.type_vars if subject.kind is ProxyKind.ACTOR else free_variables(subject.instance)
        parameters = variables.parameters(own, writer)
        bases = tuple(self._base(subject, base, writer) for base in subject.bases)
        members: list[Member] = []
        skipped: list[SkippedMember] = []
        from_libraries: dict[tuple[str, str], list[str]] = {}
        for found, has_variables in self._members(subject):
            if self._is_inherited(subject, found):
                continue
            actor = subject.kind is ProxyKind.ACTOR
            # Only type variables are called by other names in one output than in another.
            written = reader.read(found.name, found.owner, subject.instance, actor=actor) if has_variables else found
            if written is None:
                continue
            if self._catalogue.program.is_user_module(written.owner.module_name):
                self._report(written)
            else:
                for issue in written.issues:
                    names = from_libraries.setdefault((qualified_name(written.owner), issue.reason), [])
                    names.append(written.name)
            for note in written.notes:
                self._notes[Note(f"{qualified_name(written.owner)}.{written.name}", note, written.origin)] = None
            member = self._finished(subject, written, variables, writer)
            if isinstance(member, Node) and self._is_field_in_base(subject, written):
                continue
            if member is not None:
                members.append(member)
            elif written.skipped is not None:
                skipped.append(SkippedMember(written.name, written.skipped, written.origin))
        self._report_libraries(info, from_libraries)
        self._note_twins(subject)
        source = self._catalogue.class_source(info)
        return ProxyClass(
            key=subject.key,
            kind=subject.kind,
            wanted_name=_wanted_name(subject),
            docstring=None if source is None else source.docstring,
            origin=self._catalogue.origin(info),
            members=tuple(members),
            bases=bases,
            type_parameters=parameters,
            skipped=tuple(skipped),
        )

    def _note_twins(self, subject: _Subject) -> None:
        """Say where else a part has a proxy: one that no other proxy of it derives from is another type."""
        others = [name for name, nodes in self._nodes.items() if name != subject.output and subject.key in nodes]
        if subject.kind is ProxyKind.NODE and others:
            text = f"the outputs {', '.join(sorted([subject.output, *others]))} each have a proxy of this part, " + (
                "which are different types; put the actors that have it into one output to have one"
            )
            self._notes[Note(subject.key.name, text, self._catalogue.origin(subject.info))] = None

    def _base(self, subject: _Subject, base: _Subject, writer: TypeWriter) -> ProxyBase:
        arguments: tuple[Type, ...] = ()
        if subject.kind is ProxyKind.ACTOR:
            arguments = map_instance_to_supertype(subject.instance, base.info).args
        return ProxyBase(base.key, base.output, tuple(writer.write(argument) for argument in arguments))

    def _finished(self, subject: _Subject, found: Found, variables: TypeVariables, writer: TypeWriter) -> Member | None:
        """The member with its node's class filled in."""
        if not isinstance(found.member, Node) or found.node is None:
            return found.member
        key = part_key(found.node)
        if key not in self._nodes[subject.output]:
            self._note(
                found, f"it is traversable, but its class {key} is an actor", "Offer the actor's ActorRef instead."
            )
            return None
        arguments = tuple(variables.use(variable, writer).name for variable in free_variables(found.node))
        return replace(found.member, target=key, arguments=arguments)

    def _is_inherited(self, subject: _Subject, found: Found) -> bool:
        """Whether a base proxy already has a member exactly as this class has it."""
        for base in subject.bases:
            if found.owner not in base.info.mro:
                # Another class may override what the base has.
                if any(found.name in ancestor.names for ancestor in base.info.mro):
                    return False
                continue
            if base.info.get_containing_type_info(found.name) is not found.owner:
                return False
            actor = subject.kind is ProxyKind.ACTOR
            seen_as = map_instance_to_supertype(subject.instance, base.info)
            through_base = self._scratch.read(found.name, found.owner, seen_as, actor=actor)
            return through_base is not None and _same(through_base, found)
        return False

    def _is_field_in_base(self, subject: _Subject, found: Found) -> bool:
        """Whether a class marks as traversable what a base proxy, which must stay true, shows as a field."""
        for base in subject.bases:
            entry = base.info.get_containing_type_info(found.name)
            if entry is None:
                continue
            shown = self._scratch.read(found.name, entry, base.instance, actor=subject.kind is ProxyKind.ACTOR)
            if shown is not None and isinstance(shown.member, Field):
                reason = f"it is traversable here, but not in {base.info.name}, whose proxy shows it as a field"
                self._note(found, reason, f"Mark its class with @traversable, or the attribute in {base.info.name}.")
                return True
        return False

    def _report(self, found: Found) -> None:
        for issue in found.issues:
            self._note(found, issue.reason, issue.remedy)

    def _report_libraries(self, info: TypeInfo, found: dict[tuple[str, str], list[str]]) -> None:
        """Report what a class has from a library at the class, which is what its author can edit."""
        for (owner, reason), names in found.items():
            self._diagnostics[
                Diagnostic(
                    Severity.WARNING,
                    self._catalogue.origin(info),
                    qualified_name(info),
                    f"of {', '.join(names)}, inherited from the library's class {owner}: {reason}",
                    f"Override {'it' if len(names) == 1 else 'them'} in {info.name} with exact types, or, if no proxy "
                    f"needs them, hold the {owner} in an attribute instead of deriving from it.",
                )
            ] = None

    def _note(self, found: Found, reason: str, remedy: str) -> None:
        member = f"{qualified_name(found.owner)}.{found.name}"
        holder = qualified_name(found.owner)
        self._diagnostics[Diagnostic(Severity.WARNING, found.origin, member, reason, remedy, holder)] = None


def _same(left: Found, right: Found) -> bool:
    if left.node is not None and right.node is not None:
        return part_key(left.node) == part_key(right.node)
    return left.member == right.member and left.skipped == right.skipped


def _inside(info: TypeInfo) -> Instance:
    """The type of ``self`` in a class."""
    filled = fill_typevars(info)
    return filled.partial_fallback if isinstance(filled, TupleType) else filled


def _wanted_name(subject: _Subject) -> str:
    outer, *inner = qualified_name(subject.info).split(".")
    name = outer + "".join(part[:1].upper() + part[1:] for part in inner)
    if subject.kind is ProxyKind.NODE:
        for argument in subject.instance.args:
            words = str(argument).replace("builtins.", "")
            name += "".join(word[:1].upper() + word[1:] for word in _words(words))
    return f"{name}Proxy"


def _words(shown: str) -> list[str]:
    plain = "".join(letter if letter.isalnum() or letter == "_" else " " for letter in shown)
    return plain.split()


def _nearest(subject: _Subject, known: list[dict[Symbol, _Subject]]) -> tuple[_Subject, ...]:
    """The subjects among a class's bases that no other of them derives from, in order of inheritance."""
    found: list[_Subject] = []
    for base in subject.info.mro[1:]:
        match = next((names[class_key(base)] for names in known if class_key(base) in names), None)
        if match is None or any(base in nearer.info.mro for nearer in found):
            continue
        found.append(match)
    return tuple(found)


def _bases_first(subjects: Iterable[_Subject]) -> list[_Subject]:
    ordered: dict[int, _Subject] = {}

    def visit(subject: _Subject) -> None:
        if id(subject) in ordered:
            return
        for base in subject.bases:
            if base.output == subject.output:
                visit(base)
        ordered[id(subject)] = subject

    for subject in subjects:
        visit(subject)
    return list(ordered.values())
