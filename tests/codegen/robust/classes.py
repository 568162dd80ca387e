"""Classes of every kind, built from the members. `projects` puts them into modules."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from tests.codegen.robust.attributes import ATTRIBUTES
from tests.codegen.robust.methods import METHODS
from tests.codegen.robust.samples import SIMPLE, Sample
from tests.codegen.robust.scope import MemberText, Probe, Scope

MEMBER_NAMES = (
    *("add", "count", "value", "name", "get", "list", "dict", "str", "int", "float", "type", "object", "property"),
    *("set", "tuple", "bool", "bytes", "Future", "Any", "overload", "Protocol", "Self", "Generic", "defer", "proxy"),
    *("self", "cls", "actor", "ask", "tell", "Decimal", "Path", "Color", "T", "R", "proxy_field", "proxy_method"),
    *("proxy_node", "ActorProxy", "ActorRef", "ProxyNode", "ActorMemberMixin", "type_check_only", "match", "case"),
    *("print", "len", "super", "staticmethod", "classmethod", "Callable", "Literal", "Never", "typing", "builtins"),
    *("typedactors", "kinds", "setter", "wait", "id", "hash", "call", "größe", "x" * 60, "CounterProxy"),
    *("traversable", "decimal", "Unpack", "TypeVar", "Optional", "args", "kwargs", "deprecated", "Sequence"),
    *("NodeProxy", "Box", "Names", "Pair", "fget", "message", "future", "mro", "annotations", "Record", "UserId"),
)
ACTOR_NAMES = (
    *("Counter", "Store", "Gauge", "Clock", "Future", "Actor", "ActorProxy", "Any", "Protocol", "Callable", "property"),
    *("list", "Self", "Generic", "Proxy", "Wächter", "Node", "overload", "ActorRef", "Dynamic", "ActorMemberMixin"),
)
PART_NAMES = ("Settings", "Node", "Valve", "Store_", "Future", "list", "ProxyNode", "Counter")
CONTRACT_NAMES = ("Readable", "Contract", "Typed", "Listed", "Named")
MIXIN_NAMES = ("Logged", "Mixin", "Any_", "_Private")


@dataclass(frozen=True)
class ClassText:
    """A class of a generated module.

    ``own`` are the names that the class itself declares and a proxy could have. ``given`` says what
    stands for its type variables where it is used.
    """

    name: str
    lines: tuple[str, ...]
    own: tuple[str, ...]
    members: tuple[MemberText, ...]
    probes: tuple[Probe, ...]
    arguments: str = ""
    variables: tuple[str, ...] = ()
    given: dict[str, str] = field(default_factory=dict[str, str])
    taken: frozenset[str] = frozenset()


@st.composite
def members(
    draw: st.DrawFn, scope: Scope, taken: Collection[str], maximum: int, *, declared: bool = False
) -> list[MemberText]:
    """Some members whose names nothing else has. With ``declared``, only what a Protocol can declare."""
    free = [name for name in MEMBER_NAMES if name not in taken]
    names = draw(st.lists(st.sampled_from(free), min_size=1, max_size=maximum, unique=True))
    within = replace(scope, hidden=scope.hidden | set(names))
    found: list[MemberText] = []
    for name in names:
        form = draw(st.sampled_from((*METHODS, *ATTRIBUTES)))
        member = form(draw, name, within)
        if not declared or member.declaration:
            found.append(member)
    return found


def class_text(
    name: str,
    bases: Sequence[str],
    found: Sequence[MemberText],
    *,
    inherited: Sequence[ClassText] = (),
    documentation: str | None = None,
    decorators: Sequence[str] = (),
    parameter: tuple[Sample, str] | None = None,
    calls_super: bool = True,
    extra: Sequence[str] = (),
) -> ClassText:
    """The text of one class.

    Args:
        name: the class's name.
        bases: its bases as it writes them.
        found: its own members.
        inherited: the classes that it has members from.
        documentation: its docstring.
        decorators: the lines before it.
        parameter: the sample and annotation of a parameter of ``__init__``.
        calls_super: whether ``__init__``, if there is one, calls that of the base.
        extra: more lines for its body.
    """
    listed = f"({', '.join(bases)})" if bases else ""
    lines = [*decorators, f"class {name}{listed}:"]
    lines += [] if documentation is None else [f"    {documentation!r}"]
    for member in found:
        lines += [f"    {line}" for line in member.body]
    lines += [f"    {line}" for line in extra]
    initialization = [line for member in found for line in member.initialization]
    base_arguments = next((base.arguments for base in inherited if base.arguments), "")
    arguments = base_arguments
    if initialization or parameter is not None:
        declared = "" if parameter is None else f", given: {parameter[1]}"
        arguments = "" if parameter is None else f"given={parameter[0].value}"
        lines.append(f"    def __init__(self{declared}) -> None:")
        lines += [f"        super().__init__({base_arguments})"] if calls_super else []
        lines += [f"        {line}" for line in initialization]
        lines += ["        self.given_value = given"] if parameter is not None else []
        lines += ["        pass"] if not calls_super and not initialization and parameter is None else []
    lines.append("    pass")
    probes = [probe for member in found for probe in member.probes]
    own = [member.name for member in found]
    if parameter is not None:
        own.append("given_value")
        probes.append(Probe(".given_value.get(timeout=10)", parameter[0].type, parameter[0].value))
    return ClassText(
        name=name,
        lines=tuple(lines),
        own=tuple(own),
        members=tuple(found),
        probes=(*probes, *(probe for base in inherited for probe in base.probes)),
        arguments=arguments,
        taken=frozenset([*own, *(taken for base in inherited for taken in base.taken)]),
    )


@st.composite
def overriding(draw: st.DrawFn, base: ClassText, own: Collection[MemberText], scope: Scope) -> list[MemberText]:
    """A member of a base once more, with the same signature, if its text means the same in this class."""
    hidden = {member.name for member in own}
    candidates = [
        member
        for member in base.members
        if member.overridable and member.body and not hidden.intersection(re.findall(r"\w+", " ".join(member.body)))
    ]
    if not candidates or not draw(st.booleans()):
        return []
    chosen = draw(st.sampled_from(candidates))
    mark = (f"@{scope.name('$override')}",) if draw(st.booleans()) else ()
    return [replace(chosen, body=(*mark, *chosen.body), initialization=(), probes=())]


BOOLEANS = st.booleans()
SIMPLE_PARAMETER = st.none() | st.sampled_from(SIMPLE)
HOOKS = (
    (),
    ("def on_start(self) -> None: ...",),
    ("def on_stop(self) -> None: ...", "use_daemon_thread = True"),
    ("def on_receive(self, message: _typing.Any) -> _typing.Any:", "    return message"),
)
DOCUMENTATION = st.sampled_from([None, "It counts.", 'A """class""" \\ of "its own"'])
