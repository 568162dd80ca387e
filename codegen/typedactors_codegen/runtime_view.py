"""The view of a ``.py``: descriptors that send the message, and no import of the actor's module.

``render`` imports it; it imports ``views``, ``formatting``, ``naming`` and ``model``.
"""

from __future__ import annotations

from collections.abc import Iterator

from typedactors_codegen.formatting import docstring_block, string_argument, string_literal
from typedactors_codegen.model import Field, Method, Node, ProxyClass, ProxyKind, TypeVariableKind
from typedactors_codegen.naming import type_variable_name
from typedactors_codegen.views import INDENT, ClassView, FrameworkNames, MemberView, ViewBuilder


class RuntimeBuilder(ViewBuilder):
    """The ``.py``: descriptors that send the message, and no import of the actor's module."""

    def framework_names(self) -> FrameworkNames:
        """Return what the file's template refers to."""
        return FrameworkNames(type_checking=self.framework("typing", "TYPE_CHECKING"))

    def sources(self) -> Iterator[str]:
        """Import each user's class under the name of its proxy.

        An editor that is asked for the definition of a stub's member looks for the same member of
        the same class in the ``.py``, and follows such an import.
        """
        for proxy in sorted(self.output.classes, key=lambda each: each.key):
            name = proxy.key.name.partition("[")[0]  # of a generic class with its arguments
            if name.isidentifier():
                proxy_name = self.proxy_holder_name(self.output.module, proxy.key)
                yield f"from {proxy.key.module} import {name} as {proxy_name}"

    def declarations(self) -> Iterator[str]:
        """Declare the type variables."""
        used = {name for proxy in self.output.classes for name in proxy.type_parameters}
        for variable in self.output.type_variables:
            if variable.name in used:
                # A bound would need the user's module, and nothing at run time asks for it.
                name = self.variable_name(variable.name)
                yield f"{name} = {self.framework('typing', variable.kind.value)}({string_literal(name)})"

    def variable_name(self, name: str) -> str:
        """Name a type variable; stubtest knows no TypeVarTuple, so it must not find it in both files."""
        local = type_variable_name(name)
        return f"{local}_" if self.variables[name].kind is TypeVariableKind.TYPE_VAR_TUPLE else local

    def class_view(self, proxy: ProxyClass) -> ClassView:
        """Lay out one generated class."""
        own = self.framework("typing", "Any") if proxy.kind is ProxyKind.ACTOR and not proxy.bases else ""
        return ClassView(
            name=self.proxy_holder_name(self.output.module, proxy.key),
            bases=self.base_names(
                proxy, own, lambda arguments: ", ".join(self.framework("typing", "Any") for _ in arguments)
            ),
            docstring=docstring_block(proxy.docstring, INDENT),
            actor_ref=None,
            method_classes=(),
            members=tuple(MemberView(member.name, descriptor=self.descriptor(member)) for member in proxy.members),
        )

    def descriptor(self, member: Method | Field | Node) -> str:
        """The right-hand side of one member's line."""
        match member:
            case Method():
                function = self.framework("typedactors.typing", "proxy_method")
                return f"{function}({string_argument(member.docstring, INDENT)})"
            case Field():
                function = self.framework("typedactors.typing", "proxy_field")
                return f"{function}({'readonly=True' if member.set_type is None else ''})"
            case Node():
                function = self.framework("typedactors.typing", "proxy_node")
                return f"{function}(lambda: {self.proxy_name(member.target)})"
