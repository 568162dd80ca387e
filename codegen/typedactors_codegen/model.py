"""The model: what the front end found out about actors, and all that the back end may know.

Everything here is frozen, hashable and made of plain values: no mypy object, no ``ast`` node and no
rendered line. The front end (``frontend``) builds it, the back end (``naming``, ``imports``,
``render``) turns it into text, and neither knows the other.

A type is never held as one string: the name by which a generated file refers to ``decimal.Decimal``
is decided late (``Decimal``, or ``_Decimal`` when a member has that name), so a type is a `Text`,
literal fragments with `Symbol` references between them.

This module imports nothing of the package.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Symbol:
    """A name that lives in a module: ``Symbol("decimal", "Decimal")``.

    ``name`` is the qualified name inside the module, so it has dots for a nested class
    (``"Outer.Inner"``). ``builtins`` is a module like any other.
    """

    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


@dataclass(frozen=True, slots=True)
class TypeVariableUse:
    """A reference, inside a `Text`, to a type variable that the output module declares.

    ``name`` is the key into `OutputModule.type_variables`.
    """

    name: str


@dataclass(frozen=True, slots=True)
class ProxyUse:
    """A reference, inside a `Text`, to a class that the generator itself emits in this output."""

    key: Symbol


@dataclass(frozen=True, slots=True)
class Text:
    """A type expression or a default value: literal fragments and references, in order.

    ``dict[str, Decimal]`` is ``Text((Symbol("builtins", "dict"), "[", Symbol("builtins", "str"),
    ", ", Symbol("decimal", "Decimal"), "]"))``.
    """

    parts: tuple[str | Symbol | TypeVariableUse | ProxyUse, ...]


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where in the user's sources something was declared; ``line`` is 1-based, 0 if unknown."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class ParameterKind(enum.Enum):
    """How an argument may be passed; the five kinds of ``inspect.Parameter``."""

    POSITIONAL_ONLY = "positional-only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "*args"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "**kwargs"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a method, without ``self``.

    ``annotation`` of a ``*args: int`` is ``int``; of ``**kwargs: Unpack[Options]`` it is
    ``Unpack[Options]``. ``default`` is ``None`` when the argument is required, and the text
    ``...`` when there is a default that a stub cannot show.
    """

    name: str
    kind: ParameterKind
    annotation: Text
    default: Text | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a method. ``returns`` is what the caller's ``Future`` resolves to."""

    parameters: tuple[Parameter, ...]
    returns: Text
    docstring: str | None = None
    deprecated: str | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """A public callable member. More than one signature means overloads, in source order."""

    name: str
    signatures: tuple[Signature, ...]
    docstring: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Field:
    """A public attribute or property.

    ``type`` is what reading resolves to. ``set_type`` is what assignment takes, which differs from
    ``type`` for an asymmetric property, and is ``None`` for what cannot be assigned: ``Final``,
    ``ClassVar``, a property without a setter.
    """

    name: str
    type: Text
    set_type: Text | None
    docstring: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Node:
    """A traversable attribute; ``target`` is the `ProxyClass.key` of the node's class.

    ``arguments`` are the type variables of the attribute's holder that the node's class is given, for
    each of its `ProxyClass.type_parameters` one.
    """

    name: str
    target: Symbol
    docstring: str | None
    origin: Origin
    arguments: tuple[str, ...] = ()


Member = Method | Field | Node


@dataclass(frozen=True, slots=True)
class SkippedMember:
    """A member that by rule has no place on the proxy, for ``--verbose`` and ``explain``."""

    name: str
    reason: str
    origin: Origin


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """What a reader may want to know, and need not act on: ``name`` is ``Class`` or ``Class.member``."""

    name: str
    reason: str
    origin: Origin


class TypeVariableKind(enum.Enum):
    """Which declaration a type variable needs."""

    TYPE_VAR = "TypeVar"
    PARAM_SPEC = "ParamSpec"
    TYPE_VAR_TUPLE = "TypeVarTuple"


@dataclass(frozen=True, slots=True)
class TypeVariable:
    """A type variable that an output module declares once, in the old style.

    ``name`` is unique in its output, with an underscore before it or without; two source variables
    of one name but different bounds get two names.
    """

    name: str
    kind: TypeVariableKind = TypeVariableKind.TYPE_VAR
    bound: Text | None = None
    constraints: tuple[Text, ...] = ()
    variance: str = "invariant"
    default: Text | None = None


class ProxyKind(enum.Enum):
    """Whether a generated class stands for an actor or for a traversable part of one."""

    ACTOR = "actor"
    NODE = "node"


@dataclass(frozen=True, slots=True)
class ProxyBase:
    """A generated proxy that another inherits from, with the arguments it is given.

    ``key`` is the `ProxyClass.key` of the base; ``module`` is the output module that holds it.
    """

    key: Symbol
    module: str
    arguments: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ProxyClass:
    """One generated class: the proxy of an actor, of a Protocol, or of a traversable object.

    ``key`` is the symbol of the class that it stands for. ``wanted_name`` is the name that it
    would like; ``naming`` has the last word. ``members`` are those that it declares itself: what
    comes from ``bases`` is left out unless it is overridden. ``skipped`` is for reports only.
    """

    key: Symbol
    kind: ProxyKind
    wanted_name: str
    docstring: str | None
    origin: Origin
    members: tuple[Member, ...]
    bases: tuple[ProxyBase, ...] = ()
    type_parameters: tuple[str, ...] = ()
    skipped: tuple[SkippedMember, ...] = ()


@dataclass(frozen=True, slots=True)
class OutputModule:
    """All that one generated pair of ``.py`` and ``.pyi`` holds, in source order.

    A base class precedes its heirs in ``classes``.
    """

    module: str
    classes: tuple[ProxyClass, ...]
    type_variables: tuple[TypeVariable, ...] = ()


class Severity(enum.Enum):
    """``ERROR`` refuses the run and nothing is written; ``WARNING`` reports and goes on."""

    ERROR = "error"
    WARNING = "warning"


class Rule(enum.Enum):
    """What kind of finding a diagnostic is, for tools that sort them."""

    DRIFT = "drift"
    INEXACT = "inexact"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What the generator could not do exactly: where, what, why, and the remedy.

    ``member`` is ``Class.member``, or a class; ``holder`` is the class.
    """

    severity: Severity
    origin: Origin
    member: str
    reason: str
    remedy: str
    holder: str = ""
    rule: Rule = Rule.INEXACT


@dataclass(frozen=True, slots=True, order=True)
class UnresolvedImport:
    """A module of which nothing is known, since it is not installed or has no types, and who imports it."""

    module: str
    origin: Origin
    has_no_types: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """The front end's whole answer: the outputs in configuration order, and the diagnostics.

    ``left_out`` are the classes of a target that by rule have no proxy; ``notes`` are about members
    whose proxies are not quite what one might expect.
    """

    outputs: tuple[OutputModule, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    left_out: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    unresolved: tuple[UnresolvedImport, ...] = ()
