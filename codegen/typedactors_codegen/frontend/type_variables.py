"""The type variables that one output module declares. May be imported by the front end alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mypy.nodes import CONTRAVARIANT, COVARIANT
from mypy.types import (
    Instance,
    ParamSpecType,
    TypeVarId,
    TypeVarLikeType,
    TypeVarTupleType,
    TypeVarType,
    get_proper_type,
)

from typedactors_codegen.model import Text, TypeVariable, TypeVariableKind, TypeVariableUse
from typedactors_codegen.naming import type_variable_name

if TYPE_CHECKING:
    # At run time the writer imports this module, not the other way round.
    from typedactors_codegen.frontend.types import TypeWriter


class TypeVariables:
    """Names the type variables of one output: one of each shape, under a name that is its own.

    Two variables of one name and shape are declared once, unless they meet: the method of a base class may
    have one of the name that its heir has for a parameter, and a decorator one that the method has, too.
    """

    def __init__(self) -> None:
        # By the names that the output has for them, as ``T`` and ``_T`` would have one.
        self._declared: dict[str, TypeVariable] = {}
        self._parameters: dict[str, TypeVarId] = {}
        self.uses = 0
        """How often a variable was referred to: what was read without any reads the same elsewhere."""

    @property
    def declared(self) -> tuple[TypeVariable, ...]:
        """What has been used so far, in the order of first use."""
        return tuple(self._declared.values())

    def parameters(self, variables: Iterable[TypeVarLikeType], writer: TypeWriter) -> tuple[str, ...]:
        """The names of a class's type parameters, which nothing else in that class is called by.

        That is so until the next class's are asked for.
        """
        self._parameters = {}
        named = {self.use(variable, writer).name: variable.id for variable in variables}
        self._parameters = {type_variable_name(name): identity for name, identity in named.items()}
        return tuple(named)

    def use(self, variable: TypeVarLikeType, writer: TypeWriter) -> TypeVariableUse:
        """A reference to a variable, which is declared if it is new."""
        self.uses += 1
        name = variable.name.rpartition(".")[2]
        bound, constraints, variance = self._shape(variable, writer)
        default = writer.write(variable.default) if variable.has_default() else None
        kind = TypeVariableKind.TYPE_VAR
        if isinstance(variable, ParamSpecType):
            kind = TypeVariableKind.PARAM_SPEC
        elif isinstance(variable, TypeVarTupleType):
            kind = TypeVariableKind.TYPE_VAR_TUPLE
        attempt = 1
        while True:
            unique = name if attempt == 1 else f"{name}{attempt}"
            wanted = TypeVariable(unique, kind, bound, constraints, variance, default)
            declared_as = type_variable_name(unique)
            holder = self._parameters.get(declared_as, writer.met.get(declared_as, variable.id))
            if holder == variable.id and self._declared.setdefault(declared_as, wanted) == wanted:
                writer.met[declared_as] = variable.id
                return TypeVariableUse(unique)
            attempt += 1

    def _shape(self, variable: TypeVarLikeType, writer: TypeWriter) -> tuple[Text | None, tuple[Text, ...], str]:
        if not isinstance(variable, TypeVarType):
            return None, (), "invariant"
        variance = {COVARIANT: "covariant", CONTRAVARIANT: "contravariant"}.get(variable.variance, "invariant")
        if variable.values:
            return None, tuple(writer.write(value) for value in variable.values), variance
        upper = get_proper_type(variable.upper_bound)
        if isinstance(upper, Instance) and upper.type.fullname == "builtins.object":
            return None, (), variance
        return writer.write(variable.upper_bound), (), variance
