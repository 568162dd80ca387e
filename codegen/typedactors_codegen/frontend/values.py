"""Members that are read: properties, attributes, traversable parts. May be imported by the front end alone."""

from __future__ import annotations

import ast
from dataclasses import replace

from mypy.checkmember import is_instance_var
from mypy.expandtype import expand_self_type, expand_type_by_instance
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import Decorator, Var
from mypy.typeops import function_type
from mypy.types import (
    AnyType,
    CallableType,
    FunctionLike,
    Instance,
    NoneType,
    Overloaded,
    ProperType,
    Type,
    UnionType,
    get_proper_type,
)

from typedactors_codegen.frontend.anys import Issue
from typedactors_codegen.frontend.catalogue import Catalogue
from typedactors_codegen.frontend.definitions import is_changed_by_decorators, member_docstring
from typedactors_codegen.frontend.descriptors import called_type, read_type, write_type
from typedactors_codegen.frontend.found import ANY, Found, Place
from typedactors_codegen.frontend.methods import DROPS_THE_PARAMETERS, MethodReader
from typedactors_codegen.frontend.receivers import Reach, out_of_reach, reach_of, within_reach_of_some
from typedactors_codegen.frontend.signatures import is_unannotated
from typedactors_codegen.frontend.types import TypeWriter
from typedactors_codegen.model import Field, Method, Node, Symbol

GIVES_A_COROUTINE = Issue(
    "it is an async property: who reads it gets a coroutine that nobody has run",
    "Make it a method; the actor runs what an async method gives to its end.",
)
_OPTIONAL = (
    "it may be None, which its proxy cannot show: while it is, what is asked of the part fails with AttributeError",
)
_CALLED = ("it is called through the proxy, as a method, so it cannot be assigned through it",)


class ValueReader:
    """Reads what is no method.

    Arguments:
        catalogue: the classes' source text, and through it the analysed program.
        methods: reads those values that can be called.
    """

    def __init__(self, catalogue: Catalogue, methods: MethodReader) -> None:
        self._catalogue = catalogue
        self._methods = methods

    def property(self, place: Place, node: Decorator) -> Found:
        """A property; ``node`` is its getter."""
        functions = place.functions
        writer = self._methods.writer(place, annotated=not is_changed_by_decorators(place.source))
        if functions and isinstance(functions[0], ast.AsyncFunctionDef):
            writer.add(GIVES_A_COROUTINE)
        getter = _function(place, node, node.var.type)
        if isinstance(getter, CallableType):
            if functions and functions[0].returns is None and writer.annotated and is_unannotated(getter.ret_type):
                writer.issue("its getter's return type is not annotated", "Annotate the return type.")
                writer.reports_unannotated = False
            reach = reach_of(getter, place.seen_as, of_class=False)
            if reach is Reach.NONE:
                return place.found(None, skipped=out_of_reach(place.seen_as))
            if reach is Reach.SOME:
                writer.add(within_reach_of_some(getter, place.seen_as, place.name))
        found = self._accessor(place, node, node.var.type)
        if isinstance(found, CallableType):
            found = found.ret_type
        set_type: Type | None = None
        if node.var.is_settable_property:
            set_type = found
            setter = self._accessor(place, node, node.var.setter_type)
            if node.var.setter_type is not None and isinstance(setter, CallableType) and setter.arg_types:
                set_type = setter.arg_types[0]
        return self.value(place, found, set_type, writer, descriptors=False)

    def _accessor(self, place: Place, node: Decorator, given: Type | None) -> Type:
        found = _function(place, node, given)
        called = called_type(found)  # a decorator may have made an object of the function, as functools.cache does
        if called is None:
            return found
        bound = get_proper_type(self._methods.bound(place, called, static=False, of_class=False))
        return bound.items[0] if isinstance(bound, Overloaded) else bound

    def attribute(self, place: Place, node: Var) -> Found:
        """An attribute, whether the class or a method assigns it."""
        annotated = place.source.annotated if place.source is not None else not node.is_inferred
        writer = self._methods.writer(place, annotated=annotated)
        writable = not (node.is_final or node.is_classvar) and (not node.is_property or node.is_settable_property)
        given = node.type
        if given is None:
            docstring = member_docstring(place.source)
            member = Field(place.name, writer.write(None), ANY if writable else None, docstring, place.origin)
            return place.found(member, writer.issues)
        proper = get_proper_type(given)
        # mypy binds a function that is found on the class, as Python does; one that an annotation
        # promises on the instance is not bound, nor is a method of another object, which is bound already.
        on_class = node.is_initialized_in_class and not is_instance_var(node)
        if isinstance(proper, FunctionLike) and on_class and not proper.is_type_obj() and not node.is_staticmethod:
            is_bound = proper.bound()
            bound = self._methods.bound(place, proper, static=is_bound, of_class=node.is_classmethod)
            return self._methods.method(place, bound, writer, drops_first=not is_bound)
        mapped = expand_type_by_instance(expand_self_type(node, given, place.seen_as), place.mapped)
        # To a type checker a descriptor acts as one wherever the class's body names it, though it may only be declared.
        promised = place.owner.is_protocol and is_instance_var(node)
        descriptors = not (place.owner.names[place.name].implicit or promised)
        return self.value(place, mapped, mapped if writable else None, writer, descriptors=descriptors)

    def value(self, place: Place, read: Type, written: Type | None, writer: TypeWriter, *, descriptors: bool) -> Found:
        """A member that is read: a traversable part, something to call, or a field.

        Arguments:
            place: the member.
            read: the type of the attribute's value.
            written: what assigning to it takes, ``None`` for what cannot be assigned.
            writer: writes the types.
            descriptors: whether the value stands in the class, where a descriptor acts as one.
        """
        docstring = member_docstring(place.source)
        proper = get_proper_type(read)
        made_by_descriptor = False
        if descriptors and isinstance(proper, Instance):
            own = map_instance_to_supertype(proper, proper.type)
            through = read_type(own, place.seen_as)
            if through is not None:
                written = write_type(own, place.seen_as)
                # Not so where an attribute's annotation says what is read.
                made_by_descriptor = bool(place.functions) or not writer.annotated
                read = through
                proper = get_proper_type(read)
        node = self._traversable(place, proper, writer)
        if node is not None:
            member = Node(place.name, Symbol("", ""), docstring or self._class_docstring(node), place.origin)
            return place.found(member, writer.issues, node=node, notes=_OPTIONAL if _is_optional(proper) else ())
        called = called_type(proper)
        if called is not None:
            if made_by_descriptor and isinstance(called, CallableType) and called.is_ellipsis_args:
                writer.add(DROPS_THE_PARAMETERS)
            found = self._methods.method(replace(place, source=None), called, writer, drops_first=False)
            if written is not None:
                found = replace(found, notes=_CALLED)
            if docstring is not None and isinstance(found.member, Method):
                return replace(found, member=replace(found.member, docstring=docstring))
            return found
        if isinstance(proper, NoneType) and not writer.annotated:
            writer.issue(
                "it has no annotation, and None is all that mypy sees assigned where it is defined",
                "Annotate it where it is first assigned, as in `name: str | None = None`.",
            )
        shown = writer.write(read)
        set_text = None if written is None else writer.write(written)
        return place.found(Field(place.name, shown, set_text, docstring, place.origin), writer.issues)

    def _class_docstring(self, node: Instance) -> str | None:
        source = self._catalogue.class_source(node.type)
        return None if source is None else source.docstring

    def _traversable(self, place: Place, proper: Type, writer: TypeWriter) -> Instance | None:
        marked = self._catalogue.is_marked_attribute(place.seen_as.type, place.name)
        proper = get_proper_type(proper)
        items = [proper]
        if isinstance(proper, UnionType):
            items = [get_proper_type(item) for item in proper.items]
            items = [item for item in items if not isinstance(item, NoneType)]
        instances = [item for item in items if isinstance(item, Instance)]
        if not marked and not any(self._catalogue.is_marked_class(item.type) for item in instances):
            return None
        if len(items) == 1 and instances:
            return _nameable(instances[0])
        if not isinstance(proper, AnyType):
            writer.issue(
                f"it is traversable, but its type is {_plain(proper)}, which is not one class",
                "Annotate it with the one class, or the one base class or Protocol, whose members the proxy shows.",
            )
        return None


def _nameable(found: Instance) -> Instance | None:
    """A part's class, if a proxy can be called after it.

    For what mypy makes up after isinstance() its first base stands. A class inside a function has no
    proxy: its attribute is a field, whose type is reported.
    """
    made_up = [base for base in found.type.mro if not base.name.startswith("<")]
    if made_up[0] is not found.type:
        found = map_instance_to_supertype(found, made_up[0])
    return None if "@" in found.type.fullname else found


def _function(place: Place, node: Decorator, given: Type | None) -> ProperType:
    """The type of a getter or a setter, not bound."""
    return get_proper_type(function_type(node.func, Instance(place.owner.mro[-1], [])) if given is None else given)


def _is_optional(found: Type) -> bool:
    proper = get_proper_type(found)
    return isinstance(proper, UnionType) and any(isinstance(get_proper_type(item), NoneType) for item in proper.items)


def _plain(found: Type) -> str:
    return str(found).replace("?", "")
