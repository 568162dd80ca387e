"""The public members of a class, as seen through one of its instances.

mypy says what each member is and its type; the source says its order, docstring, defaults and
whether it is traversable. May be imported by the front end alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mypy.expandtype import expand_self_type, expand_type_by_instance
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import (
    Decorator,
    FuncBase,
    FuncDef,
    MypyFile,
    OverloadedFuncDef,
    SymbolTableNode,
    TypeInfo,
    Var,
)
from mypy.typeops import bind_self, function_type
from mypy.types import (
    AnyType,
    CallableType,
    FunctionLike,
    Instance,
    NoneType,
    Overloaded,
    Type,
    UnionType,
    get_proper_type,
)

from typedactors_codegen.frontend.anys import Issue
from typedactors_codegen.frontend.catalogue import Catalogue, qualified_name
from typedactors_codegen.frontend.definitions import (
    has_decorator,
    has_receiver,
    is_changed_by_decorators,
    member_docstring,
)
from typedactors_codegen.frontend.descriptors import called_type, read_type, write_type
from typedactors_codegen.frontend.signatures import SignatureReader
from typedactors_codegen.frontend.sources import MARKERS, FunctionNode, MemberSource
from typedactors_codegen.frontend.type_variables import TypeVariables
from typedactors_codegen.frontend.types import TypeWriter, text
from typedactors_codegen.model import (
    Field,
    Member,
    Method,
    Node,
    Origin,
    Parameter,
    ParameterKind,
    Signature,
    Symbol,
)

ACTOR = "typedactors._actor.Actor"
_OWNED_BY_NODES = frozenset({"actor_ref"})
_OWNED_BY_PROXIES = _OWNED_BY_NODES | {
    "actor_inbox",
    "actor_stopped",
    "actor_urn",
    "on_failure",
    "on_receive",
    "on_start",
    "on_stop",
    "start",
    "stop",
    "use_daemon_thread",
}
_INFRASTRUCTURE = frozenset({"typedactors", "typing", "typing_extensions", "abc"})
_ANY = text(Symbol("typing", "Any"))


@dataclass(frozen=True, slots=True)
class Found:
    """One member: the class that defines it, what it becomes, and what could not be told exactly.

    ``node`` is the type of a traversable attribute, whose ``member`` has a target to be filled in.
    """

    name: str
    owner: TypeInfo
    member: Member | None
    origin: Origin
    skipped: str | None = None
    node: Instance | None = None
    issues: tuple[Issue, ...] = ()


def is_infrastructure(info: TypeInfo) -> bool:
    """Whether a class is part of the machinery, whose members are never a user's."""
    return info.fullname == "builtins.object" or info.module_name.partition(".")[0] in _INFRASTRUCTURE


class MemberReader:
    """Reads the members of classes, with the type variables of one output.

    Arguments:
        catalogue: the classes' source text, and through it the analysed program.
        variables: where the type variables in the members' types are declared.
    """

    def __init__(self, catalogue: Catalogue, variables: TypeVariables) -> None:
        self._program = catalogue.program
        self._catalogue = catalogue
        self._variables = variables

    def names(self, info: TypeInfo) -> Iterator[tuple[str, TypeInfo]]:
        """Each name that instances of a class have, with the class that defines it.

        In the order of the inheritance, then of the sources. The machinery's own are left out.
        """
        seen: set[str] = set()
        for owner in info.mro:
            if is_infrastructure(owner):
                seen.update(owner.names)
                continue
            for name in self._catalogue.ordered_names(owner):
                if name not in seen:
                    seen.add(name)
                    yield name, owner

    def read(self, name: str, owner: TypeInfo, seen_as: Instance, *, actor: bool) -> Found | None:
        """One member, bound to an instance.

        Arguments:
            name: the member's name.
            owner: the class that defines it.
            seen_as: the type of the instance.
            actor: whether the proxy is an actor's, which has more members of its own.

        Returns:
            ``None`` for what is not worth a word: names that are not in the source.
        """
        source = self._catalogue.member(owner, name)
        origin = self._catalogue.origin(owner, name)
        entry = owner.names[name]
        reason = self._skip_reason(name, entry, actor)
        if reason is not None:
            return Found(name, owner, None, origin, skipped=reason) if source is not None else None
        node = entry.node
        if isinstance(node, FuncDef | OverloadedFuncDef) and not node.is_property:
            return self._function(name, owner, node, seen_as, source, origin)
        if isinstance(node, OverloadedFuncDef):
            first = node.items[0]
            if isinstance(first, Decorator):
                return self._property(name, owner, first, seen_as, source, origin)
        if isinstance(node, Decorator):
            if node.func.is_property:
                return self._property(name, owner, node, seen_as, source, origin)
            return self._decorated(name, owner, node, seen_as, source, origin)
        if isinstance(node, Var):
            return self._attribute(name, owner, node, seen_as, source, origin)
        kind = (
            "a nested class" if isinstance(node, TypeInfo) else "a module" if isinstance(node, MypyFile) else "a name"
        )
        return Found(name, owner, None, origin, skipped=f"it is {kind} of the class, not a member of its instances")

    @staticmethod
    def _skip_reason(name: str, entry: SymbolTableNode, actor: bool) -> str | None:
        if name.startswith("__") and name.endswith("__"):
            return "it is a special method, which a proxy does not send"
        if name.startswith("_"):
            return "its name is private"
        if not name.isidentifier():
            return "mypy takes it for a second definition of the name"
        if name in (_OWNED_BY_PROXIES if actor else _OWNED_BY_NODES):
            return "the name belongs to the proxy itself"
        if name in MARKERS:
            return "it marks the class as traversable"
        return "mypy does not know what it is" if entry.node is None else None

    def _writer(self, *, annotated: bool) -> TypeWriter:
        return TypeWriter(self._catalogue, self._variables, annotated=annotated)

    def _bound(self, found: FunctionLike, owner: TypeInfo, seen_as: Instance, *, static: bool, of_class: bool) -> Type:
        if not static:
            found = bind_self(found, seen_as, is_classmethod=of_class)
        return expand_type_by_instance(found, map_instance_to_supertype(seen_as, owner))

    def _function(
        self,
        name: str,
        owner: TypeInfo,
        node: FuncBase,
        seen_as: Instance,
        source: MemberSource | None,
        origin: Origin,
    ) -> Found:
        found = function_type(node, Instance(owner.mro[-1], []))
        bound = self._bound(found, owner, seen_as, static=node.is_static, of_class=node.is_class)
        writer = self._writer(annotated=True)
        return self._method(name, owner, bound, source, origin, writer, drops_first=not node.is_static)

    def _decorated(
        self,
        name: str,
        owner: TypeInfo,
        node: Decorator,
        seen_as: Instance,
        source: MemberSource | None,
        origin: Origin,
    ) -> Found:
        changed = is_changed_by_decorators(source)
        # What a typed decorator makes of the method, somebody has written.
        writer = self._writer(annotated=True)
        given = node.var.type
        if given is None and not changed:
            given = function_type(node.func, Instance(owner.mro[-1], []))
        proper = get_proper_type(given)
        static, of_class = node.func.is_static, node.func.is_class
        if isinstance(proper, FunctionLike) and not proper.is_type_obj():
            if changed and isinstance(proper, CallableType) and proper.is_ellipsis_args:
                writer.issue(
                    "its decorator gives Callable[..., ], which drops the parameters",
                    "Type the decorator with a ParamSpec.",
                )
            bound = self._bound(proper, owner, seen_as, static=static, of_class=of_class)
            return self._method(name, owner, bound, source, origin, writer, drops_first=not static, decorated=changed)
        if isinstance(proper, Instance):
            mapped = expand_type_by_instance(expand_self_type(node.var, proper, seen_as), _mapped(seen_as, owner))
            return self._value(name, owner, seen_as, mapped, None, True, source, origin, writer)
        writer.issue(
            "its decorator has no type, which makes the method Any",
            "Annotate the decorator, with a ParamSpec for the parameters of what it decorates.",
        )
        docstring = member_docstring(source)
        signature = Signature(
            (
                Parameter("args", ParameterKind.VAR_POSITIONAL, _ANY),
                Parameter("kwargs", ParameterKind.VAR_KEYWORD, _ANY),
            ),
            _ANY,
            docstring,
        )
        return Found(name, owner, Method(name, (signature,), docstring, origin), origin, issues=tuple(writer.issues))

    def _method(
        self,
        name: str,
        owner: TypeInfo,
        bound: Type,
        source: MemberSource | None,
        origin: Origin,
        writer: TypeWriter,
        *,
        drops_first: bool,
        decorated: bool = False,
    ) -> Found:
        reader = SignatureReader(self._program, writer, owner.module_name, qualified_name(owner))
        functions: list[FunctionNode] = [] if source is None else source.functions
        proper = get_proper_type(bound)
        signatures: list[Signature] = []
        if isinstance(proper, Overloaded):
            marked = [function for function in functions if has_decorator(function, "overload")]
            sources: list[FunctionNode | None] = [*marked]
            if len(marked) != len(proper.items):
                sources = [None] * len(proper.items)
            for item, function in zip(proper.items, sources, strict=True):
                binds = drops_first and has_receiver(function)
                signatures.append(reader.read(item, function, bound=binds, decorated=decorated))
        elif isinstance(proper, CallableType):
            definition = functions[0] if functions else None
            binds = drops_first and has_receiver(definition)
            signatures.append(reader.read(proper, definition, bound=binds, decorated=decorated))
        docstring = member_docstring(source)
        member = Method(name, tuple(signatures), docstring, origin)
        return Found(name, owner, member, origin, issues=tuple(writer.issues))

    def _property(
        self,
        name: str,
        owner: TypeInfo,
        node: Decorator,
        seen_as: Instance,
        source: MemberSource | None,
        origin: Origin,
    ) -> Found:
        functions: list[FunctionNode] = [] if source is None else source.functions
        writer = self._writer(annotated=not is_changed_by_decorators(source))
        if functions and functions[0].returns is None and writer.annotated:
            writer.issue("its getter's return type is not annotated", "Annotate the return type.")
            writer.reports_unannotated = False
        found = self._accessor(node, node.var.type, owner, seen_as)
        if isinstance(found, CallableType):
            found = found.ret_type
        set_type: Type | None = None
        if node.var.is_settable_property:
            set_type = found
            setter = self._accessor(node, node.var.setter_type, owner, seen_as)
            if node.var.setter_type is not None and isinstance(setter, CallableType) and setter.arg_types:
                set_type = setter.arg_types[0]
        return self._value(name, owner, seen_as, found, set_type, False, source, origin, writer)

    def _accessor(self, node: Decorator, given: Type | None, owner: TypeInfo, seen_as: Instance) -> Type:
        found = get_proper_type(function_type(node.func, Instance(owner.mro[-1], [])) if given is None else given)
        if isinstance(found, CallableType):
            return get_proper_type(self._bound(found, owner, seen_as, static=False, of_class=False))
        return found

    def _attribute(
        self,
        name: str,
        owner: TypeInfo,
        node: Var,
        seen_as: Instance,
        source: MemberSource | None,
        origin: Origin,
    ) -> Found:
        annotated = source.annotated if source is not None else not node.is_inferred
        writer = self._writer(annotated=annotated)
        writable = not (node.is_final or node.is_classvar) and (not node.is_property or node.is_settable_property)
        given = node.type
        if given is None:
            member = Field(name, writer.write(None), _ANY if writable else None, member_docstring(source), origin)
            return Found(name, owner, member, origin, issues=tuple(writer.issues))
        proper = get_proper_type(given)
        # mypy binds a function that is found on the class, as Python does; one that an annotation
        # promises on the instance is not bound.
        on_class = node.is_initialized_in_class and (node.is_inferred or node.is_classvar)
        if isinstance(proper, FunctionLike) and on_class and not proper.is_type_obj() and not node.is_staticmethod:
            bound = self._bound(proper, owner, seen_as, static=False, of_class=node.is_classmethod)
            return self._method(name, owner, bound, source, origin, writer, drops_first=True)
        mapped = expand_type_by_instance(expand_self_type(node, given, seen_as), _mapped(seen_as, owner))
        return self._value(name, owner, seen_as, mapped, mapped if writable else None, on_class, source, origin, writer)

    def _value(
        self,
        name: str,
        owner: TypeInfo,
        seen_as: Instance,
        read: Type,
        written: Type | None,
        descriptors: bool,
        source: MemberSource | None,
        origin: Origin,
        writer: TypeWriter,
    ) -> Found:
        """A member that is read: a traversable part, something to call, or a field."""
        docstring = member_docstring(source)
        proper = get_proper_type(read)
        if descriptors and isinstance(proper, Instance):
            owner_type = _mapped(proper, proper.type)
            through = read_type(owner_type, owner)
            if through is not None:
                written = write_type(owner_type)
                read = through
                proper = get_proper_type(read)
        node = self._traversable(name, seen_as, proper, writer)
        if node is not None:
            member = Node(name, Symbol("", ""), docstring or self._class_docstring(node), origin)
            return Found(name, owner, member, origin, node=node, issues=tuple(writer.issues))
        called = called_type(proper)
        if called is not None:
            found = self._method(name, owner, called, None, origin, writer, drops_first=False)
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
        return Found(name, owner, Field(name, shown, set_text, docstring, origin), origin, issues=tuple(writer.issues))

    def _class_docstring(self, node: Instance) -> str | None:
        source = self._catalogue.class_source(node.type)
        return None if source is None else source.docstring

    def _traversable(self, name: str, seen_as: Instance, proper: Type, writer: TypeWriter) -> Instance | None:
        marked = self._catalogue.is_marked_attribute(seen_as.type, name)
        proper = get_proper_type(proper)
        items = [proper]
        if isinstance(proper, UnionType):
            items = [get_proper_type(item) for item in proper.items]
            items = [item for item in items if not isinstance(item, NoneType)]
        instances = [item for item in items if isinstance(item, Instance)]
        if not marked and not any(self._catalogue.is_marked_class(item.type) for item in instances):
            return None
        if len(items) == 1 and instances:
            return instances[0]
        if not isinstance(proper, AnyType):
            writer.issue(
                f"it is traversable, but its type is {_plain(proper)}, which is not one class",
                "Annotate it with the one class, or the one base class or Protocol, whose members the proxy shows.",
            )
        return None


def _mapped(seen_as: Instance, owner: TypeInfo) -> Instance:
    return map_instance_to_supertype(seen_as, owner)


def _plain(found: Type) -> str:
    return str(found).replace("?", "")
