"""Attributes, properties and traversable parts, as strategies for their text. `classes` imports this."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.codegen.robust.samples import INFERRED, SIMPLE
from tests.codegen.robust.scope import Form, MemberText, Probe, Scope, docstring, result

_BOUND_ON_A_CLASS = ("$Callable", "$Handler")


def _reading(name: str, type_: str | None, value: str | None) -> Probe:
    return Probe(f".{name}.get(timeout=10)", type_, value)


def _property(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    sample, other = result(draw), draw(st.sampled_from(SIMPLE))
    decorator = f"@{scope.name('$property')}"
    header = f"def {name}(self) -> {scope.annotation(sample.type)}:"
    kind = draw(st.sampled_from(["read-only", "settable", "asymmetric", "deletable"]))
    accessors: list[str] = []
    probes = [_reading(name, sample.type, sample.value)]
    if kind != "read-only":
        taken = other if kind == "asymmetric" else sample
        accessors += [f"@{name}.setter", f"def {name}(self, given: {scope.annotation(taken.type)}) -> None: ..."]
        probes.append(Probe(f".{name} = {taken.value}"))
    if kind == "deletable":
        accessors += [f"@{name}.deleter", f"def {name}(self) -> None: ..."]
    return MemberText(
        name,
        body=(decorator, header, *docstring(draw), f"    return {sample.value}", *accessors),
        declaration=(decorator, header, "    ...", *accessors),
        probes=tuple(probes),
        overridable=True,
    )


def _cached_property(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    sample = result(draw)
    header = f"def {name}(self) -> {scope.annotation(sample.type)}:"
    return MemberText(
        name,
        body=(f"@{scope.name('$cached_property')}", header, *docstring(draw), f"    return {sample.value}"),
        probes=(_reading(name, sample.type, sample.value),),
    )


def _constant(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    sample = draw(st.sampled_from(SIMPLE))
    assignment = f" = {sample.value}"
    read = _reading(name, sample.type, sample.value)
    forms: list[tuple[str, tuple[Probe, ...]]] = [
        (f"{name}: {scope.annotation(f'$ClassVar[{sample.type}]')}{assignment}", (read,)),
        (f"{name}: {scope.annotation(f'$Final[{sample.type}]')}{assignment}", (read,)),
        (f"{name}: {scope.annotation('$Final')}{assignment}", (_reading(name, None, sample.value),)),
        (f"{name} = {scope.name('$Constant')}({sample.value})", (read,)),
        (f"{name} = {scope.name('$Converted')}()", (Probe(f".{name} = 'four'"), _reading(name, "$int", "4"))),
    ]
    line, probes = draw(st.sampled_from(forms))
    return MemberText(name, (line,), probes=probes)


def _attribute(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    annotated = draw(st.booleans())
    sample = result(draw) if annotated else draw(st.sampled_from(INFERRED))
    annotation = f": {scope.annotation(sample.type)}" if annotated else ""
    probes: tuple[Probe, ...] = ()
    if not sample.type.startswith((*_BOUND_ON_A_CLASS, "$type")):  # which are called, not read
        probes = (_reading(name, sample.type, sample.value), Probe(f".{name} = {sample.value}"))
    declared = (f"{name}: {scope.annotation(sample.type)}",)
    documentation = draw(st.sampled_from([(), ("'''What it is for.'''",)]))
    assigned = (f"self.{name}{annotation} = {sample.value}", *documentation)
    forms = [MemberText(name, (), assigned, probes=probes)]
    if not sample.type.startswith(_BOUND_ON_A_CLASS):
        setter = (f"def _set_{name}(self) -> None:", *(f"    {line}" for line in assigned))
        forms += [
            MemberText(name, (f"{name}{annotation} = {sample.value}", *documentation), (), declared, probes),
            MemberText(name, (*declared, *documentation), (f"self.{name} = {sample.value}",), declared, probes),
            MemberText(name, setter, (f"self._set_{name}()",), probes=probes),
        ]  # fmt: skip
    if not annotated:
        forms.append(MemberText(name, (), (f"self.{name}, self._{name} = {sample.value}, 0",), probes=probes))
    return draw(st.sampled_from(forms))


def _callable_attribute(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    a = scope.annotation
    forms = [
        MemberText(name, (f"{name} = {scope.name('$Record')}",),
                   probes=(Probe(f".{name}('x', size=1).get(timeout=10)", "$Record", "_kinds.Record('x', 1)"),)),
        MemberText(name, (f"{name}: {a('$type[$ValueError]')} = _builtins.ValueError",)),
        MemberText(name, (f"{name} = _builtins.staticmethod(_kinds.handle)",),
                   probes=(Probe(f".{name}('x', depth=3).get(timeout=10)", "$bool", "False"),)),
        MemberText(name, (), (f"self.{name} = _kinds.handle",),
                   probes=(Probe(f".{name}('x', depth=3).get(timeout=10)", "$bool", "False"),)),
        MemberText(name, (f"def _{name}(self, number: {a('$int')}) -> {a('$str')}:", "    return 'x' * number",
                          f"{name} = _{name}"),
                   probes=(Probe(f".{name}(number=2).get(timeout=10)", "$str", "'xx'"),)),
        MemberText(name, (), (f"self.{name} = lambda: 1",)),
    ]  # fmt: skip
    return draw(st.sampled_from(forms))


def _traversable(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    if not scope.parts:
        return _attribute(draw, name, scope)
    part = draw(st.sampled_from(scope.parts))
    bare = part.marked and draw(st.booleans())
    inside = f"{part.reference}()" if bare else f"_typedactors.traversable({part.reference}())"
    on_class = f"{part.reference}()" if bare else f"{scope.name('$traversable')}({part.reference}())"
    probes = tuple(probe.below(name) for probe in part.probes)
    optional = scope.annotation(f"$Optional[{part.reference}]")
    forms = [
        MemberText(name, (f"{name} = {on_class}",), probes=probes),
        MemberText(name, (), (f"self.{name} = {inside}",), probes=probes),
        MemberText(name, (), (f"self.{name}: {optional} = {inside}",), probes=probes),
        MemberText(name, (f"{name}: {scope.annotation(part.reference)}",), (f"self.{name} = {inside}",), probes=probes),
    ]
    return draw(st.sampled_from(forms))


def _peer(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    """A member whose type is another actor's, or its proxy's, or is inferred through its proxy."""
    if not scope.peers:
        return _attribute(draw, name, scope)
    peer = draw(st.sampled_from(scope.peers))
    ref = scope.name(f"$ActorRef[_actors.{peer.name}]")
    texts: list[MemberText] = [
        MemberText(name, (f'def {name}(self, peer: "{ref} | None" = None) -> "{scope.name("$list")}[{ref}]":',
                          "    return []"),
                   probes=(Probe(f".{name}().get(timeout=10)", f"$list[$ActorRef[_actors.{peer.name}]]", "[]"),)),
        MemberText(name, (f'def {name}(self) -> "_proxies.{peer.name}Proxy | None":', "    return None"),
                   probes=(Probe(f".{name}().get(timeout=10)", f"$Optional[_proxies.{peer.name}Proxy]", "None"),)),
    ]  # fmt: skip
    for probe in peer.probes:
        if probe.type is not None:
            lines = (
                f'def _infer_{name}(self, proxy: "_proxies.{peer.name}Proxy") -> None:',
                f"    self.{name} = proxy{probe.expression}",
            )
            texts.append(MemberText(name, lines, probes=(Probe(f".{name}.get(timeout=10)", probe.type, runs=False),)))
    return draw(st.sampled_from(texts))


def _other(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    """What is no member of the proxy, or is defined in an unusual place."""
    number = scope.annotation("$int")
    texts: list[tuple[str, ...]] = [
        (f"class {name}:", "    inside = 1"),
        (f"class {name}(_enum.Enum):", "    ONE = 1", f"_{name} = {name}.ONE"),
        (f"{name} = _{name} = 1.5",),
        (f"{name}, *_{name} = [1, 2]",),
        (f"_{name}, ({name}, __{name}) = 1, ('x', 2)",),
        ("if sys.version_info >= (3, 99):", f"    {name}: {number} = 1", "else:", f"    {name} = 'x'"),
        ("if (_number := 3):", f"    {name} = _number"),
        ("with _contextlib.nullcontext(3) as _entered:", f"    {name} = _entered"),
        (f"_{name}: {scope.annotation('$int')} = 0", f"__{name}: {scope.annotation('$int')} = 0", f"{name} = 1"),
        ("if _builtins.bool(1):", f"    {name} = 1", "else:", f"    {name} = 2"),
        ("try:", f"    {name} = 'x'", "finally:", "    pass"),
        (f"for {name} in _builtins.range(1):", "    pass"),
        (f"{name} = _kinds.Color",),
        (f"from decimal import Decimal as {name}",),
        (f"import decimal as {name}",),
    ]
    return MemberText(name, draw(st.sampled_from(texts)))


ATTRIBUTES: tuple[Form, ...] = (
    _property,
    _cached_property,
    _constant,
    _attribute,
    _attribute,
    _callable_attribute,
    _traversable,
    _traversable,
    _peer,
    _other,
)
