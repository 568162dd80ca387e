"""Whole packages of actor modules, and the client that uses every member of their proxies.

A package has parts, contracts (Protocols) and actors, each in a module of its own, and one or two outputs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import strategies as st

from tests.codegen.robust.classes import (
    ACTOR_NAMES,
    BOOLEANS,
    CONTRACT_NAMES,
    DOCUMENTATION,
    HOOKS,
    MIXIN_NAMES,
    PART_NAMES,
    SIMPLE_PARAMETER,
    ClassText,
    class_text,
    members,
    overriding,
)
from tests.codegen.robust.samples import HOMES, SIMPLE, Sample, module_imports, plain, qualified
from tests.codegen.robust.scope import MemberText, Part, Peer, Probe, Scope

KINDS = Path(__file__).with_name("kinds.py")
PACKAGE = "hub"
"""The package's name in the texts; `Project.files` are written for another one, too."""


@dataclass(frozen=True)
class Project:
    """The files of a package by their path, a client, the outputs with their targets, and the classes with proxies."""

    files: Mapping[str, str]
    client: str
    outputs: Mapping[str, tuple[str, ...]]
    shown: Mapping[str, ClassText]
    """The classes by module and name."""

    def __repr__(self) -> str:
        texts = [f"# ---- {path}\n{text}" for path, text in self.files.items() if not path.endswith("kinds.py")]
        return "\n".join([*texts, f"# ---- client\n{self.client}", f"# outputs: {dict(self.outputs)}"])


@dataclass(frozen=True)
class _Style:
    """How a module writes its annotations and gets its names."""

    postponed: bool
    quoted: bool
    imports_names: bool

    def hidden(self, classes: Sequence[str]) -> frozenset[str]:
        return frozenset(classes) if self.imports_names else _EVERY_IMPORT | frozenset(classes)

    def head(self, classes: Sequence[str]) -> list[str]:
        lines = ["from __future__ import annotations"] if self.postponed else []
        hidden = self.hidden(classes)
        return [*lines, *module_imports(PACKAGE, self.imports_names, hidden=hidden, postponed=self.postponed)]


# Without imports, only what Python itself has is there.
_EVERY_IMPORT = frozenset(
    line.rpartition(" ")[2] for line in module_imports(PACKAGE, names=True) if line.startswith("from ")
)
_STYLES = st.sampled_from(
    [
        _Style(postponed=True, quoted=False, imports_names=True),
        _Style(postponed=True, quoted=True, imports_names=True),
        _Style(postponed=False, quoted=True, imports_names=True),
        _Style(postponed=False, quoted=False, imports_names=True),
        _Style(postponed=False, quoted=False, imports_names=False),
    ]
)


def _text(style: _Style, classes: Sequence[ClassText], extra: Sequence[str] = ()) -> str:
    lines = [*style.head([each.name for each in classes]), *extra]
    for each in classes:
        lines += ["", "", *each.lines]
    return "\n".join(lines) + "\n"


@st.composite
def _parts(draw: st.DrawFn) -> tuple[str, list[ClassText], tuple[Part, ...]]:
    style = draw(_STYLES)
    names = draw(st.lists(st.sampled_from(PART_NAMES), max_size=3, unique=True))
    classes: list[ClassText] = []
    inner: list[Part] = []
    for name in names:
        marks: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
            ((), ()),
            (("@_typedactors.traversable",), ()),
            ((), ("pykka_traversable = True",)),
            ((), ("typedactors_traversable = True",)),
        ]
        decorators, extra = draw(st.sampled_from(marks))
        scope = Scope(style.hidden(names), style.quoted, parts=tuple(inner))
        found = draw(members(scope, {*names, "actor_ref"}, 3))
        bases: list[str] = []
        inherited: list[ClassText] = []
        if draw(BOOLEANS) and classes:
            base = draw(st.sampled_from(classes))
            found = [member for member in found if member.name not in base.taken]
            bases, inherited = [base.name], [base]
        made = class_text(
            name,
            bases,
            found,
            inherited=inherited,
            documentation=draw(DOCUMENTATION),
            decorators=decorators,
            extra=extra,
        )
        classes.append(made)
        marked = bool(decorators or extra) or any(
            part.marked for part in inner for base in bases if part.reference == base
        )
        inner.append(Part(name, marked, made.probes))
    return (
        _text(style, classes),
        classes,
        tuple(replace(part, reference=f"_parts.{part.reference}") for part in inner),
    )


_VARIABLE = re.compile(r"\b_kinds\.T\b")


def _filled(member: MemberText, given: Sample) -> MemberText:
    """A member of a generic Protocol as a class has it that says what stands for the variable."""
    body = tuple(_VARIABLE.sub(qualified(given.type), line) for line in member.body)
    probes = tuple(
        replace(probe, type=None if probe.type is None else re.sub(r"\$T\b", given.type, probe.type))
        for probe in member.probes
    )
    return replace(member, body=body, probes=probes)


@st.composite
def _contracts(draw: st.DrawFn) -> tuple[str, list[ClassText]]:
    style = draw(_STYLES)
    names = draw(st.lists(st.sampled_from(CONTRACT_NAMES), max_size=2, unique=True))
    classes: list[ClassText] = []
    for name in names:
        # The text of the implementation goes to another module, which may hide any name.
        given = draw(st.sampled_from(SIMPLE))
        scope = Scope(frozenset(HOMES), style.quoted, variables={"T": given} if draw(BOOLEANS) and not classes else {})
        taken = {*names, *(name for each in classes for name in each.taken)}
        found = draw(members(scope, taken, 4, declared=True))
        bases = ["_typing.Protocol"]
        inherited: list[ClassText] = []
        if draw(BOOLEANS) and classes:
            bases.insert(0, classes[-1].name)
            inherited = [classes[-1]]
        declared = [replace(member, body=member.declaration, initialization=()) for member in found]
        # Each form of a method that has the variable has it on both sides, so that it is invariant.
        generic = any(_VARIABLE.search(line) for member in declared for line in member.body)
        if generic:
            bases[-1] = "_typing.Protocol[_kinds.T]"
        elif inherited and inherited[0].variables:
            bases[0] = f"{inherited[0].name}[{qualified(inherited[0].given['T'])}]"
        made = class_text(name, bases, declared, inherited=inherited, documentation=draw(DOCUMENTATION))
        implemented = [_filled(member, given) for member in found]
        implemented += [member for base in inherited for member in base.members]
        variables, used = (("T",), {"T": given.type}) if generic else ((), {})
        classes.append(replace(made, members=tuple(implemented), variables=variables, given=used))
    return _text(style, classes), classes


@dataclass
class _Actors:
    """The actors of a module as they come to be."""

    style: _Style
    names: list[str]
    parts: tuple[Part, ...]
    contracts: list[ClassText]
    classes: list[ClassText]
    mixins: list[ClassText]

    @property
    def hidden(self) -> frozenset[str]:
        return self.style.hidden(self.names)

    def scope(self, variables: Mapping[str, Sample] | None = None) -> Scope:
        peers = tuple(Peer(each.name, each.probes) for each in self.classes if not each.variables)
        return Scope(self.hidden, self.style.quoted, parts=self.parts, peers=peers, variables=variables or {})


_NO_FIELD = re.compile(r"\w+: (.* = [\[{]|.*Final\"? = )")
"""What a dataclass refuses: a default that can be changed, and a Final without its type."""


@st.composite
def _actor(draw: st.DrawFn, name: str, made: _Actors) -> ClassText:
    taken = set(made.names)
    bases: list[str] = []
    inherited: list[ClassText] = []
    implemented: list[MemberText] = []
    variables: dict[str, Sample] = {}
    given: dict[str, str] = {}
    kind = draw(st.sampled_from(["plain", "heir", "heir", "heirs", "generic", "contract", "dataclass"]))
    if kind == "heir" and made.classes:
        base = draw(st.sampled_from(made.classes))
        inherited.append(base)
        if draw(BOOLEANS) and base.variables:
            variables = {each: draw(st.sampled_from(SIMPLE)) for each in base.variables}
            bases.append(f"{base.name}[{', '.join(plain(f'${each}', made.hidden) for each in base.variables)}]")
        elif base.variables:
            given = dict(base.given)
            bases.append(f"{base.name}[{', '.join(qualified(given[each]) for each in base.variables)}]")
        else:
            bases.append(base.name)
    elif (
        kind == "heirs"
        and len(free := [each for each in made.classes if not each.arguments and not each.variables]) > 1
    ):
        # Neither derives from the other, nor has a name that the other has.
        first, second = free[0], free[-1]
        inherited.append(first)
        if not first.taken & second.taken:
            inherited.append(second)
        bases += [each.name for each in inherited]
    elif kind == "generic":
        variables = {each: draw(st.sampled_from(SIMPLE)) for each in draw(st.sampled_from(["T", "TS"]))}
        listed = ", ".join(plain(f"${each}", made.hidden) for each in variables)
        bases += ["_typedactors.ThreadingActor", f"_typing.Generic[{listed}]"]
    elif kind == "contract" and made.contracts:
        contract = draw(st.sampled_from(made.contracts))
        implemented = list(contract.members)
        bases.append("_typedactors.ThreadingActor")
        if draw(BOOLEANS):
            filled = f"[{qualified(contract.given['T'])}]" if contract.variables else ""
            bases.append(f"_contracts.{contract.name}{filled}")
    else:
        bases.append("_typedactors.ThreadingActor")
    if variables and kind == "heir":
        # Probes are written with what stands for the variables, so the heir's are the base's.
        base = inherited[0]
        variables = {each: next(item for item in SIMPLE if item.type == base.given[each]) for each in base.variables}
    taken |= {used for each in inherited for used in each.taken} | {member.name for member in implemented}
    if draw(BOOLEANS) and made.mixins:
        mixin = draw(st.sampled_from(made.mixins))
        if not mixin.taken & taken and not any(mixin in inherited for _ in inherited):
            bases.insert(0, mixin.name)
            inherited.append(mixin)
            taken |= mixin.taken
    scope = made.scope(variables)
    own_names = frozenset(member.name for member in implemented)
    found = draw(members(replace(scope, hidden=scope.hidden | own_names), taken, 5))
    repeated: list[MemberText] = []
    if kind == "heir" and inherited and not inherited[0].variables:
        repeated = draw(overriding(inherited[0], [*found, *implemented], scope))
    every = [*found, *implemented, *repeated]
    parameter = draw(SIMPLE_PARAMETER) if "given_value" not in taken else None
    decorators: list[str] = []
    if kind == "dataclass":
        decorators, parameter = ["@_dataclasses.dataclass(eq=False)"], None
        every = [member for member in every if not member.initialization and not _NO_FIELD.match(" ".join(member.body))]
    result = class_text(
        name,
        bases,
        every,
        inherited=inherited,
        documentation=draw(DOCUMENTATION),
        decorators=decorators,
        parameter=None if parameter is None else (parameter, qualified(parameter.type)),
        extra=draw(st.sampled_from(HOOKS)),
    )
    used = {each: sample.type for each, sample in variables.items()}
    return replace(result, variables=tuple(variables), given={**given, **used})


@st.composite
def _actors(draw: st.DrawFn, parts: tuple[Part, ...], contracts: list[ClassText]) -> tuple[str, list[ClassText]]:
    style = draw(_STYLES)
    names = draw(st.lists(st.sampled_from(ACTOR_NAMES), min_size=1, max_size=4, unique=True))
    mixin_names = draw(st.lists(st.sampled_from(MIXIN_NAMES), max_size=2, unique=True))
    made = _Actors(style, [*names, *mixin_names], parts, contracts, [], [])
    for name in mixin_names:
        found = [member for member in draw(members(made.scope(), made.names, 2)) if not member.initialization]
        made.mixins.append(class_text(name, [], found))
    for name in names:
        made.classes.append(draw(_actor(name, made)))
    extra = [f"import {PACKAGE}.parts as _parts", f"import {PACKAGE}.contracts as _contracts"]
    extra += ["if _typing.TYPE_CHECKING:", f"    import {PACKAGE}.actors as _actors"]
    if any("_proxies." in line for each in made.classes for line in each.lines):
        # Only where it is needed: it makes the generator go two rounds.
        extra.append(f"    import {PACKAGE}.proxies as _proxies")
    return _text(style, [*made.mixins, *made.classes], extra), made.classes


_HEAD = f"""\
import {PACKAGE}.actors as _actors
import {PACKAGE}.contracts as _contracts
import {PACKAGE}.parts as _parts
import {PACKAGE}.proxies as _proxies


def _same(found: object, expected: object, where: str) -> None:
    if found != expected:
        raise AssertionError(f"{{where}} is {{found!r}} and not {{expected!r}}")
"""


def _client(actors: Sequence[ClassText]) -> str:
    """A program that a type checker and Python run: each probe of each actor."""
    lines = [*module_imports(PACKAGE, names=False), _HEAD]
    for number, actor in enumerate(actors):
        arguments = (
            f"[{', '.join(qualified(actor.given[each]) for each in actor.variables)}]" if actor.variables else ""
        )
        actor_type, proxy_type = f"_actors.{actor.name}{arguments}", f"_proxies.{actor.name}Proxy{arguments}"
        lines += [
            "",
            f"def use_{number}() -> None:",
            f"    started: object = _actors.{actor.name}.start({actor.arguments})",
            f"    ref: _typedactors.ActorRef[{actor_type}] = _typing.cast(_typing.Any, started)",
            "    try:",
            f"        proxy = _proxies.{actor.name}Proxy(ref)",
            f"        _typing.assert_type(proxy, {proxy_type})",
        ]
        for index, probe in enumerate(actor.probes):
            lines += [f"        {line}" for line in _probe(f"value_{index}", probe, actor.given)]
        lines += ["        proxy.actor_urn.get(timeout=10)", "    finally:", "        ref.stop(timeout=10)"]
    calls = [f"    use_{number}()" for number in range(len(actors))]
    return "\n".join([*lines, "", 'if __name__ == "__main__":', *calls]) + "\n"


def _probe(name: str, probe: Probe, given: Mapping[str, str]) -> list[str]:
    expression = f"proxy{probe.expression}"
    if probe.type is None and probe.value is None:
        return [expression]
    lines = [f"{name} = {expression}"]
    if probe.type is not None:
        lines.append(f"_typing.assert_type({name}, {qualified(probe.type, given)})")
    if probe.value is not None:
        lines.append(f"_same({name}, {probe.value}, {expression!r})")
    return lines if probe.runs else ["if _typing.TYPE_CHECKING:", *(f"    {line}" for line in lines)]


@st.composite
def _projects(draw: st.DrawFn) -> Project:
    parts_text, parts, references = draw(_parts())
    contracts_text, contracts = draw(_contracts())
    actors_text, actors = draw(_actors(references, contracts))
    targets = (f"{PACKAGE}.actors", *(f"{PACKAGE}.contracts:{each.name}" for each in contracts))
    files = {
        "__init__.py": "",
        "kinds.py": KINDS.read_text(encoding="utf-8"),
        "parts.py": parts_text,
        "contracts.py": contracts_text,
        "actors.py": actors_text,
    }
    shown = {f"{PACKAGE}.actors.{each.name}": each for each in actors}
    shown |= {f"{PACKAGE}.contracts.{each.name}": each for each in contracts}
    shown |= {f"{PACKAGE}.parts.{each.name}": each for each in parts}
    outputs = {f"{PACKAGE}.proxies": targets}
    if draw(BOOLEANS) and contracts:
        outputs = {f"{PACKAGE}.contract_proxies": targets[1:], f"{PACKAGE}.proxies": targets[:1]}
        if draw(BOOLEANS):
            outputs = dict(reversed(outputs.items()))
    return Project({f"{PACKAGE}/{path}": text for path, text in files.items()}, _client(actors), outputs, shown)


PROJECTS = _projects()
