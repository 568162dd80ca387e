"""Members that are called: their signatures, bound to an instance. May be imported by the front end alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mypy.expandtype import expand_type_by_instance
from mypy.nodes import FuncBase
from mypy.typeops import bind_self, function_type
from mypy.types import CallableType, FunctionLike, Instance, Overloaded, Type, get_proper_type

from typedactors_codegen.frontend.anys import Issue
from typedactors_codegen.frontend.catalogue import Catalogue, qualified_name
from typedactors_codegen.frontend.definitions import has_decorator, has_receiver, member_docstring
from typedactors_codegen.frontend.found import ANY, Found, Place
from typedactors_codegen.frontend.receivers import (
    Reach,
    out_of_reach,
    overloads_to_keep,
    reach_of,
    take_the_same_call,
    told_apart_by_self,
    within_reach_of_some,
)
from typedactors_codegen.frontend.signatures import SignatureReader
from typedactors_codegen.frontend.sources import FunctionNode
from typedactors_codegen.frontend.type_variables import TypeVariables
from typedactors_codegen.frontend.types import TypeWriter
from typedactors_codegen.model import Method, Parameter, ParameterKind, Signature

HAS_NO_TYPE = Issue(
    "its decorator has no type, which makes the method Any",
    "Annotate the decorator, with a ParamSpec for the parameters of what it decorates.",
)
DROPS_THE_PARAMETERS = Issue(
    "its decorator drops the parameters: what it gives takes any arguments",
    "Type the decorator with a ParamSpec; if it is a library's, decorate a private method, and call that one.",
)


class MethodReader:
    """Reads methods, with the type variables of one output.

    Arguments:
        catalogue: the classes' source text, and through it the analysed program.
        variables: where the type variables in the signatures are declared.
    """

    def __init__(self, catalogue: Catalogue, variables: TypeVariables) -> None:
        self._catalogue = catalogue
        self._variables = variables

    def writer(self, place: Place, *, annotated: bool) -> TypeWriter:
        """What writes the types of a member."""
        return TypeWriter(self._catalogue, self._variables, annotated=annotated, home=place.owner.module_name)

    def bound(self, place: Place, found: FunctionLike, *, static: bool, of_class: bool) -> Type:
        """A function of the class as the instance has it."""
        if not static:
            found = bind_self(found, place.seen_as, is_classmethod=of_class)
        return expand_type_by_instance(found, place.mapped)

    def function(self, place: Place, node: FuncBase) -> Found:
        """A function without decorators that matter, or with overloads."""
        found = function_type(node, Instance(place.owner.mro[-1], []))
        writer = self.writer(place, annotated=True)
        return self.received(place, found, writer, static=node.is_static, of_class=node.is_class)

    def received(
        self,
        place: Place,
        found: FunctionLike,
        writer: TypeWriter,
        *,
        static: bool,
        of_class: bool,
        decorated: bool = False,
    ) -> Found:
        """A function of the class, with those of its overloads that the instance has by the type of ``self``."""
        reaches = [Reach.ALL if static else reach_of(item, place.seen_as, of_class=of_class) for item in found.items]
        bound = get_proper_type(self.bound(place, found, static=static, of_class=of_class))
        if isinstance(bound, Overloaded):
            kept = overloads_to_keep(bound.items, reaches)
            partial = [index for index in kept if reaches[index] is Reach.SOME]
            if any(
                take_the_same_call(bound.items[one], bound.items[other])
                for one in partial
                for other in kept
                if one != other
            ):
                return self.unknown(place, writer, told_apart_by_self(place.name))
            place = _with_overloads(place, kept, len(reaches))
            bound = Overloaded([bound.items[index] for index in kept]) if kept else bound
        if all(reach is Reach.NONE for reach in reaches):
            return place.found(None, skipped=out_of_reach(place.seen_as))
        for item, reach in zip(found.items, reaches, strict=True):
            if reach is Reach.SOME:
                writer.add(within_reach_of_some(item, place.seen_as, place.name))
        return self.method(place, bound, writer, drops_first=not static, decorated=decorated)

    def method(
        self, place: Place, bound: Type, writer: TypeWriter, *, drops_first: bool, decorated: bool = False
    ) -> Found:
        """A member with the signatures of a callable.

        Arguments:
            place: the member.
            bound: the callable, bound.
            writer: writes its types.
            drops_first: whether binding took away the first parameter of the definitions in the source.
            decorated: whether a decorator stands between the source's annotations and the callable.
        """
        reader = SignatureReader(self._catalogue.program, writer, place.owner.module_name, qualified_name(place.owner))
        proper = get_proper_type(bound)
        signatures: list[Signature] = []
        if isinstance(proper, Overloaded):
            marked = [function for function in place.functions if has_decorator(function, "overload")]
            sources: list[FunctionNode | None] = [*marked]
            if len(marked) != len(proper.items):
                sources = [None] * len(proper.items)
            for item, function in zip(proper.items, sources, strict=True):
                binds = drops_first and has_receiver(function)
                signatures.append(reader.read(item, function, bound=binds, decorated=decorated))
        elif isinstance(proper, CallableType):
            definition = place.functions[0] if place.functions else None
            binds = drops_first and has_receiver(definition)
            signatures.append(reader.read(proper, definition, bound=binds, decorated=decorated))
        docstring = member_docstring(place.source)
        # With the class's own arguments two overloads may be one, which no type checker takes twice.
        distinct = tuple(dict.fromkeys(signatures))
        return place.found(Method(place.name, distinct, docstring, place.origin), writer.issues)

    def unknown(self, place: Place, writer: TypeWriter, issue: Issue) -> Found:
        """A method of which nothing can be told but that it can be called."""
        writer.add(issue)
        docstring = member_docstring(place.source)
        parameters = (
            Parameter("args", ParameterKind.VAR_POSITIONAL, ANY),
            Parameter("kwargs", ParameterKind.VAR_KEYWORD, ANY),
        )
        signature = Signature(parameters, ANY, docstring)
        return place.found(Method(place.name, (signature,), docstring, place.origin), writer.issues)


def _with_overloads(place: Place, kept: Sequence[int], count: int) -> Place:
    """The member with the definitions of some of its overloads."""
    marked = [function for function in place.functions if has_decorator(function, "overload")]
    if place.source is None or len(marked) != count:
        return place
    gone = [function for index, function in enumerate(marked) if index not in kept]
    functions = [function for function in place.functions if function not in gone]
    return replace(place, source=replace(place.source, functions=functions))
