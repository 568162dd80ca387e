"""mypy's types to `Text`. May be imported by the front end alone.

Rules: an alias is printed by its name where mypy kept it; ``Optional[X]`` is ``X | None``; a class
that no file can import becomes its first importable base; nothing becomes ``Any`` without an
`Issue`, except the ``Any`` that the user wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import ARG_POS, ARG_STAR, ARG_STAR2, TypeInfo
from mypy.subtypes import is_same_type
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    LiteralType,
    NoneType,
    Overloaded,
    Parameters,
    ParamSpecFlavor,
    ParamSpecType,
    TupleType,
    Type,
    TypeAliasType,
    TypedDictType,
    TypeOfAny,
    TypeType,
    TypeVarId,
    TypeVarLikeType,
    TypeVarTupleType,
    TypeVarType,
    UnboundType,
    UninhabitedType,
    UnionType,
    UnpackType,
    get_proper_type,
)

from typedactors_codegen.frontend.anys import Issue, explain, is_omitted, omitted_arguments
from typedactors_codegen.frontend.catalogue import Catalogue
from typedactors_codegen.frontend.symbols import alias_symbol, symbol_of
from typedactors_codegen.frontend.type_variables import TypeVariables
from typedactors_codegen.frontend.typed_dicts import named_like
from typedactors_codegen.model import Symbol, Text, TypeVariableUse

Part = str | Symbol | TypeVariableUse
_ANY = Symbol("typing", "Any")
_CALLABLE = Symbol("collections.abc", "Callable")


def text(*parts: Part) -> Text:
    """A `Text` of some parts, adjacent fragments joined, so that equal types are equal texts."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return Text(tuple(joined))


class TypeWriter:
    """Writes the types of one member, and gathers what could not be written exactly.

    Arguments:
        catalogue: the source text, and through it the analysed program.
        variables: the type variables of the output, which the writer adds to.
        annotated: whether the user wrote the types, or mypy inferred them.
        home: the module that the member is defined in.
    """

    def __init__(
        self, catalogue: Catalogue, variables: TypeVariables, *, annotated: bool = True, home: str = ""
    ) -> None:
        self._catalogue = catalogue
        self._program = catalogue.program
        self._variables = variables
        self._home = home
        self.annotated = annotated
        self.subject = "its type"
        """What is being written, in the words of a report."""
        self.reports_unannotated = True
        self.issues: list[Issue] = []
        self.met: dict[str, TypeVarId] = {}
        """Which type variable has which name, in what was written since `begin_signature`."""

    def begin_signature(self) -> None:
        """Let the type variables of one signature have the names of those of another."""
        self.met.clear()

    def write(self, given: Type | None) -> Text:
        """The text of a type; ``None`` is what mypy leaves where it inferred nothing."""
        if given is None:
            self.issue("mypy could not infer its type", "Annotate it.")
            return text(_ANY)
        return text(*self._parts(given))

    def issue(self, reason: str, remedy: str) -> None:
        """Add something that could not be told exactly."""
        self.add(Issue(reason, remedy))

    def add(self, found: Issue) -> None:
        """Add an issue, once."""
        if found not in self.issues:
            self.issues.append(found)

    def _parts(self, given: Type) -> list[Part]:
        if isinstance(given, TypeAliasType) and given.alias is not None:
            symbol = alias_symbol(self._program, given.alias)
            if symbol is not None:
                return self._subscripted(symbol, given.args, given.alias.alias_tvars)
            if given.is_recursive:
                self.issue(
                    f"its type is the recursive alias {given.alias.fullname}, which a generated file cannot import",
                    "Give the alias a public name at the top level of its module.",
                )
                return [_ANY]
        proper = get_proper_type(given)
        if isinstance(proper, AnyType):
            return self._any(proper)
        if isinstance(proper, NoneType):
            return ["None"]
        if isinstance(proper, UninhabitedType):
            return [Symbol("typing", "Never")]
        if isinstance(proper, Instance):
            return self._instance(proper)
        if isinstance(proper, UnionType):
            return self._union(proper)
        if isinstance(proper, TypeVarType):
            return [self._variables.use(proper, self)]
        if isinstance(proper, ParamSpecType):
            return self._param_spec(proper)
        if isinstance(proper, TypeVarTupleType):
            return [self._variables.use(proper, self)]
        if isinstance(proper, CallableType):
            return self._callable(proper)
        if isinstance(proper, Overloaded):
            return self._overloaded(proper)
        if isinstance(proper, TupleType):
            return self._tuple(proper)
        if isinstance(proper, TypedDictType):
            return self._typed_dict(proper)
        if isinstance(proper, LiteralType):
            return [Symbol("typing", "Literal"), "[", *self._literal(proper), "]"]
        if isinstance(proper, TypeType):
            return [Symbol("builtins", "type"), "[", *self._parts(proper.item), "]"]
        if isinstance(proper, UnpackType):
            return [Symbol("typing", "Unpack"), "[", *self._parts(proper.type), "]"]
        if isinstance(proper, Parameters):
            return self._parameters(proper)
        if isinstance(proper, UnboundType):
            self.issue(
                f"mypy reports an error in its type: {proper.name} is not valid as a type there",
                "Correct the error that mypy reports there; a member of that name may hide the type.",
            )
            return [_ANY]
        self.issue(f"the generator does not know the type {proper}", "Annotate it with a type that can be named.")
        return [_ANY]

    def _report_omitted(self, name: str, count: int) -> None:
        found = omitted_arguments(name, count, self.subject, annotated=self.annotated)
        self.add(found)

    def _any(self, found: AnyType) -> list[Part]:
        if found.type_of_any == TypeOfAny.unannotated and not self.reports_unannotated:
            return [_ANY]
        problem = explain(self._catalogue, found, annotated=self.annotated)
        if problem is not None:
            self.add(problem)
        return [_ANY]

    def _join(self, items: Iterable[Sequence[Part]], separator: str = ", ") -> list[Part]:
        parts: list[Part] = []
        for item in items:
            if parts:
                parts.append(separator)
            parts += item
        return parts

    def _subscripted(
        self, symbol: Symbol, arguments: Sequence[Type], declared: Sequence[TypeVarLikeType] = ()
    ) -> list[Part]:
        """A symbol with its arguments, which are left out where they are what stands there anyway."""
        if not arguments:
            return [symbol]
        if all(is_omitted(argument) for argument in arguments):
            self._report_omitted(symbol.name, len(arguments))
            return [symbol, "[", *self._join([_ANY] for _ in arguments), "]"]
        if len(declared) == len(arguments) and all(
            variable.has_default() and is_same_type(variable.default, argument)
            for variable, argument in zip(declared, arguments, strict=True)
        ):
            return [symbol]
        if len(declared) == 1 and isinstance(declared[0], ParamSpecType) and isinstance(arguments[0], Parameters):
            return [symbol, "[", *self._parts(arguments[0]), "]"]
        return [symbol, "[", *self._join(self._parts(argument) for argument in arguments), "]"]

    def _instance(self, found: Instance) -> list[Part]:
        info = found.type
        if info.fullname == "builtins.tuple" and found.args:
            if is_omitted(found.args[0]):
                self._report_omitted("tuple", 1)
                return [Symbol("builtins", "tuple"), "[", _ANY, ", ...]"]
            item = get_proper_type(found.args[0])
            if isinstance(item, UnpackType):
                return [Symbol("builtins", "tuple"), "[", *self._parts(item), "]"]
            return [Symbol("builtins", "tuple"), "[", *self._parts(found.args[0]), ", ...]"]
        symbol = symbol_of(self._program, info)
        if symbol is not None:
            return self._subscripted(symbol, found.args, info.defn.type_vars)
        return self._nearest_base(found)

    def _nearest_base(self, found: Instance) -> list[Part]:
        info = found.type
        for base in info.mro[1:]:
            symbol = symbol_of(self._program, base)
            if symbol is None:
                continue
            if self._is_local(info):
                self.issue(
                    f"its type is the class {self._plain_name(info)}, which is defined inside a function and cannot "
                    f"be imported; {symbol} stands for it",
                    "Move the class to the top level of its module.",
                )
            elif base.fullname == "builtins.object":
                self.issue(
                    f"its type is the private class {info.fullname}, which has no public base; object stands for it",
                    "Annotate it with a public type.",
                )
            mapped = map_instance_to_supertype(found, base)
            return self._subscripted(symbol, mapped.args, base.defn.type_vars)
        return [Symbol("builtins", "object")]

    @staticmethod
    def _is_local(info: TypeInfo) -> bool:
        return "@" in info.fullname or "@" in info.name

    @staticmethod
    def _plain_name(info: TypeInfo) -> str:
        return info.name.partition("@")[0]

    def _union(self, found: UnionType) -> list[Part]:
        literals = [item for item in map(get_proper_type, found.items) if isinstance(item, LiteralType)]
        parts: list[list[Part]] = []
        optional = False
        merged = False
        for item in found.items:
            proper = get_proper_type(item)
            if isinstance(proper, NoneType):
                optional = True
            elif isinstance(proper, LiteralType) and not isinstance(item, TypeAliasType):
                if not merged:
                    merged = True
                    values = [self._literal(literal) for literal in literals]
                    parts.append([Symbol("typing", "Literal"), "[", *self._join(values), "]"])
            else:
                parts.append(self._parts(item))
        if optional:
            parts.append(["None"])
        unique: list[list[Part]] = []
        for part in parts:
            if part not in unique:
                unique.append(part)
        return self._join(unique, " | ")

    def _literal(self, found: LiteralType) -> list[Part]:
        if found.fallback.type.is_enum:
            symbol = symbol_of(self._program, found.fallback.type)
            if symbol is not None:
                return [symbol, f".{found.value}"]
        return [found.value_repr()]

    def _tuple(self, found: TupleType) -> list[Part]:
        fallback = found.partial_fallback
        if fallback.type.fullname != "builtins.tuple":
            return self._instance(fallback)
        if not found.items:
            return [Symbol("builtins", "tuple"), "[()]"]
        return [Symbol("builtins", "tuple"), "[", *self._join(self._parts(item) for item in found.items), "]"]

    def _typed_dict(self, found: TypedDictType) -> list[Part]:
        fallback = found.fallback
        if fallback.type.typeddict_type is not None:
            return self._instance(fallback)
        named = named_like(self._program, found, self._home)
        if named is not None:
            return self._instance(Instance(named, []))
        self.issue("its type is a dictionary type without a name", "Annotate it with a named TypedDict.")
        return [
            Symbol("collections.abc", "Mapping"),
            "[",
            Symbol("builtins", "str"),
            ", ",
            Symbol("builtins", "object"),
            "]",
        ]

    def _param_spec(self, found: ParamSpecType) -> list[Part]:
        use = self._variables.use(found, self)
        suffix = {ParamSpecFlavor.ARGS: ".args", ParamSpecFlavor.KWARGS: ".kwargs"}.get(found.flavor, "")
        if found.prefix.arg_types:
            prefix = self._join(self._parts(item) for item in found.prefix.arg_types)
            return [Symbol("typing", "Concatenate"), "[", *prefix, ", ", use, "]"]
        return [use, suffix]

    def _parameters(self, found: Parameters) -> list[Part]:
        if found.is_ellipsis_args:
            return ["..."]
        prefix = self._prefix_of_anything(found)
        if prefix is not None:
            return prefix
        if any(kind.is_named(star=True) or kind.is_star() or kind.is_optional() for kind in found.arg_kinds):
            if not self._is_ellipsis(found):
                self.issue(
                    "its type has a list of parameters with defaults or keywords, which only `...` can stand for",
                    "Use a callback Protocol in the annotation.",
                )
            return ["..."]
        return ["[", *self._join(self._parts(item) for item in found.arg_types), "]"]

    @staticmethod
    def _is_ellipsis(found: Parameters | CallableType) -> bool:
        return len(found.arg_types) == 2 and _ends_in_anything(found)

    def _prefix_of_anything(self, found: Parameters | CallableType) -> list[Part] | None:
        """``Concatenate[int, ...]``, where that is what the parameters are."""
        required = found.arg_kinds[:-2]
        if not required or not _ends_in_anything(found) or not all(kind == ARG_POS for kind in required):
            return None
        prefix = self._join(self._parts(item) for item in found.arg_types[:-2])
        return [Symbol("typing", "Concatenate"), "[", *prefix, ", ...]"]

    def _callable(self, found: CallableType) -> list[Part]:
        if found.is_type_obj():
            return [Symbol("builtins", "type"), "[", *self._parts(found.ret_type), "]"]
        if found.is_ellipsis_args and is_omitted(found.ret_type):
            self._report_omitted("Callable", 2)
            return [_CALLABLE, "[..., ", _ANY, "]"]
        returns = self._return_parts(found)
        return [_CALLABLE, "[", *self._callable_parameters(found), ", ", *returns, "]"]

    def _return_parts(self, found: CallableType) -> list[Part]:
        if found.type_guard is not None:
            return [Symbol("typing", "TypeGuard"), "[", *self._parts(found.type_guard), "]"]
        if found.type_is is not None:
            return [Symbol("typing", "TypeIs"), "[", *self._parts(found.type_is), "]"]
        return self._parts(found.ret_type)

    def _callable_parameters(self, found: CallableType) -> list[Part]:
        if found.is_ellipsis_args or self._is_ellipsis(found):
            return ["..."]
        anything = self._prefix_of_anything(found)
        if anything is not None:
            return anything
        spec = found.param_spec()
        if spec is not None:
            prefix = found.arg_types[: len(found.arg_types) - 2]
            use = self._variables.use(spec, self)
            if not prefix:
                return [use]
            written = self._join(self._parts(item) for item in prefix)
            return [Symbol("typing", "Concatenate"), "[", *written, ", ", use, "]"]
        parameters: list[list[Part]] = []
        for kind, item in zip(found.arg_kinds, found.arg_types, strict=True):
            if (kind.is_positional() and not kind.is_optional()) or (
                kind.is_star() and kind.is_positional(star=True) and isinstance(get_proper_type(item), UnpackType)
            ):
                parameters.append(self._parts(item))
            else:
                self.issue(
                    "its type is a callable with defaults, keywords or *args, which Callable[...] cannot tell",
                    "Annotate it with a callback Protocol.",
                )
                return ["..."]
        return ["[", *self._join(parameters), "]"]

    def _overloaded(self, found: Overloaded) -> list[Part]:
        if found.is_type_obj():
            return [Symbol("builtins", "type"), "[", *self._parts(found.items[0].ret_type), "]"]
        self.issue(
            "its type is an overloaded callable, which Callable[...] cannot tell",
            "Annotate it with a callback Protocol.",
        )
        return [_CALLABLE, "[..., ", *self._parts(AnyType(TypeOfAny.explicit)), "]"]


def _ends_in_anything(found: Parameters | CallableType) -> bool:
    """Whether the last two parameters are ``*args: Any, **kwargs: Any``, as ``...`` is for mypy."""
    return found.arg_kinds[-2:] == [ARG_STAR, ARG_STAR2] and all(
        isinstance(get_proper_type(item), AnyType) for item in found.arg_types[-2:]
    )
