"""Whether a generated proxy is at least as exact as a hand-written one, member by member.

``proxies`` imports it; it imports ``handwritten``, ``index`` and ``generation``.

A hand-written member takes its type from the attribute of the actor that it names. The generated one is as
exact if it is the same attribute of the same class, of the same kind, and the generator has nothing to say
against it: a warning means that a type checker could know more than the generated file tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from typedactors_codegen.migrate import handwritten
from typedactors_codegen.migrate.generation import Copy, Generated
from typedactors_codegen.migrate.handwritten import HandWritten, Kind, Member
from typedactors_codegen.migrate.index import Class, Index
from typedactors_codegen.model import Field, Method, Node, ProxyClass, Symbol
from typedactors_codegen.model import Member as GeneratedMember


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a class cannot be replaced: where, and what."""

    line: int
    message: str


@dataclass(slots=True)
class Comparison:
    """The hand-written classes against what was generated for their actors.

    ``counterparts`` has, for each class that was compared, the output and the generated class; ``problems``
    what speaks against a class.
    """

    index: Index
    found: dict[Class, HandWritten]
    copy: Copy
    generated: Generated
    counterparts: dict[Class, tuple[str, ProxyClass]] = field(default_factory=dict[Class, tuple[str, ProxyClass]])
    problems: dict[Class, list[Problem]] = field(default_factory=dict[Class, list[Problem]])

    def compare(self, proxy: HandWritten, output: str) -> None:
        """Compare the proxy class of an actor, and those of its parts, with what ``output`` has."""
        assert isinstance(proxy.actor, Class)
        generated = self._class_of(proxy.actor, output)
        if generated is None:
            self._object(proxy, proxy.line, f"nothing was generated for {proxy.actor.full_name}")
            return
        self._against(proxy, output, generated)

    def name(self, definition: Class) -> str:
        """The name of the generated class that stands in for a hand-written one."""
        output, generated = self.counterparts[definition]
        name = self.generated.names.local(output, generated.key)
        assert name is not None
        return name

    def derives(self, definition: Class, base: Class) -> bool:
        """Whether the generated class of one derives from that of the other, as the hand-written ones do."""
        if definition not in self.counterparts or base not in self.counterparts:
            return False
        wanted = self.counterparts[base][1].key
        return any(each.key == wanted for each in self._with_bases(self.counterparts[definition][1]))

    def _against(self, proxy: HandWritten, output: str, generated: ProxyClass) -> None:
        known = self.counterparts.get(proxy.definition)
        if known is not None:
            if known != (output, generated):
                self._object(proxy, proxy.line, "it stands for parts of several classes")
            return
        self.counterparts[proxy.definition] = (output, generated)
        for line, what in proxy.oddities:
            self._object(proxy, line, f"it has what no generated class has: {what}")
        members: dict[str, GeneratedMember] = {}
        for each in self._with_bases(generated):
            for counterpart in each.members:
                members.setdefault(counterpart.name, counterpart)
        for member in proxy.members:
            if not proxy.is_part and member.name in handwritten.OF_THE_BASE:
                continue
            problem = self._problem(proxy, member, output, generated, members.get(member.name))
            if problem is not None:
                self._object(proxy, member.line, problem)

    def _problem(
        self,
        proxy: HandWritten,
        member: Member,
        output: str,
        generated: ProxyClass,
        counterpart: GeneratedMember | None,
    ) -> str | None:
        label = f"{proxy.definition.name}.{member.name}"
        if counterpart is None:
            return f"{label} is not generated for {generated.key.name}"
        if member.kind is Kind.PART:
            assert member.part is not None
            if not isinstance(counterpart, Node):
                return f"{label} is generated as a field, not as a part: mark it as traversable"
            part = self._class(counterpart.target)
            if part is None:
                return f"{label}: its part is generated in another output"
            self._against(self.found[member.part], output, part)
            return self._warning(counterpart.name, generated)
        wanted: type[Method | Field] = Method if member.kind is Kind.METHOD else Field
        if not isinstance(counterpart, wanted):
            kind = type(counterpart).__name__.lower()
            return f"{label} is declared as a {member.kind.value} and generated as a {kind}"
        if member.attribute != member.name:
            return f"{label} has the type of another attribute, {member.attribute}"
        if not self._is_of(member, generated):
            return f"{label} has the type of another class's attribute"
        return self._warning(counterpart.name, generated)

    def _is_of(self, member: Member, generated: ProxyClass) -> bool:
        own = self.index.find(str(generated.key))
        if not isinstance(own, Class):
            return member.owner == own
        return member.owner == own or member.owner in list(handwritten.ancestors(self.index, own))

    def _warning(self, name: str, generated: ProxyClass) -> str | None:
        """What the generator has to say against a member of a class."""
        own = self.index.find(str(generated.key))
        owners = [own, *(handwritten.ancestors(self.index, own) if isinstance(own, Class) else ())]
        names = {each.name if isinstance(each, Class) else each.rpartition(".")[2] for each in owners}
        for each in self.generated.outcome.diagnostics:
            of_member = each.member in {f"{owner}.{name}" for owner in names}
            of_library = each.member in names and name in each.reason.partition(", inherited from")[0]
            if of_member or of_library:
                return f"{each.member}: {each.reason}"
        return None

    def _with_bases(self, proxy: ProxyClass) -> Iterator[ProxyClass]:
        yield proxy
        for base in proxy.bases:
            found = self._class(base.key)
            if found is not None:
                yield from self._with_bases(found)

    def _class(self, key: Symbol) -> ProxyClass | None:
        classes = (each for output in self.generated.analysis.outputs for each in output.classes)
        return next((each for each in classes if each.key == key), None)

    def _class_of(self, actor: Class, output: str) -> ProxyClass | None:
        for each in self.generated.analysis.outputs:
            if each.module == output:
                return next((one for one in each.classes if one.key == Symbol(actor.module, actor.name)), None)
        return None

    def _object(self, proxy: HandWritten, line: int, message: str) -> None:
        problems = self.problems.setdefault(proxy.definition, [])
        problem = Problem(line, message)
        if problem not in problems:
            problems.append(problem)
