"""The public members of a class, as seen through one of its instances.

mypy says what each member is and its type; the source says its order, docstring, defaults and
whether it is traversable. May be imported by the front end alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mypy.expandtype import expand_self_type, expand_type_by_instance
from mypy.nodes import (
    Decorator,
    FuncDef,
    MypyFile,
    OverloadedFuncDef,
    SymbolTableNode,
    TypeInfo,
    Var,
)
from mypy.typeops import function_type
from mypy.types import CallableType, FunctionLike, Instance, get_proper_type

from typedactors_codegen.frontend.anys import redefinition
from typedactors_codegen.frontend.catalogue import Catalogue
from typedactors_codegen.frontend.definitions import changing_decorators, is_changed_by_decorators
from typedactors_codegen.frontend.found import Found, Place
from typedactors_codegen.frontend.methods import DROPS_THE_PARAMETERS, HAS_NO_TYPE, MethodReader
from typedactors_codegen.frontend.sources import MARKERS
from typedactors_codegen.frontend.type_variables import TypeVariables
from typedactors_codegen.frontend.unbound import unbound_names
from typedactors_codegen.frontend.values import ValueReader

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
        self._catalogue = catalogue
        self._methods = MethodReader(catalogue, variables)
        self._values = ValueReader(catalogue, self._methods)

    def names(self, info: TypeInfo) -> Iterator[tuple[str, TypeInfo]]:
        """Each name that instances of a class have, with the class that defines it.

        In the order of the inheritance, then of the sources. The machinery's own are left out.
        """
        seen: set[str] = set()
        for owner in info.mro:
            if is_infrastructure(owner):
                seen.update(owner.names)
                continue
            for name in [*self._catalogue.ordered_names(owner), *self._catalogue.unseen_names(owner)]:
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
        place = Place(name, owner, seen_as, source, self._catalogue.origin(owner, name))
        found = self._read(place, actor)
        if found is None:
            return None
        issues = tuple(unbound_names(self._catalogue, place, found))
        if found.skipped is None and source is not None and source.redefined is not None:
            issues += (redefinition(source.redefined),)
        return replace(found, issues=found.issues + issues) if issues else found

    def _read(self, place: Place, actor: bool) -> Found | None:
        name, owner = place.name, place.owner
        entry = owner.names.get(name)
        if entry is None:
            if place.source is None:
                return place.found(
                    None, skipped="it is behind a check of the platform or of Python's version that fails"
                )
            return place.found(None, skipped="no type checker sees it on the instances")
        reason = self._skip_reason(name, entry, actor)
        if reason is not None:
            return place.found(None, skipped=reason) if place.source is not None else None
        node = entry.node
        if isinstance(node, FuncDef | OverloadedFuncDef) and not node.is_property:
            return self._methods.function(place, node)
        if isinstance(node, OverloadedFuncDef):
            first = node.items[0]
            if isinstance(first, Decorator):
                return self._values.property(place, first)
        if isinstance(node, Decorator):
            return self._values.property(place, node) if node.func.is_property else self._decorated(place, node)
        if isinstance(node, Var):
            return self._values.attribute(place, node)
        kind = (
            "a nested class" if isinstance(node, TypeInfo) else "a module" if isinstance(node, MypyFile) else "a name"
        )
        return place.found(None, skipped=f"it is {kind}, which a proxy does not show")

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

    def _decorated(self, place: Place, node: Decorator) -> Found:
        if self._is_kept(place):
            return self._methods.function(place, node.func)
        changed = is_changed_by_decorators(place.source)
        # What a typed decorator makes of the method, somebody has written.
        writer = self._methods.writer(place, annotated=True)
        given = node.var.type
        if given is None and not changed:
            given = function_type(node.func, Instance(place.owner.mro[-1], []))
        proper = get_proper_type(given)
        static, of_class = node.func.is_static, node.func.is_class
        if isinstance(proper, FunctionLike) and not proper.is_type_obj():
            if changed and isinstance(proper, CallableType) and proper.is_ellipsis_args:
                writer.add(DROPS_THE_PARAMETERS)
            return self._methods.received(place, proper, writer, static=static, of_class=of_class, decorated=changed)
        if isinstance(proper, Instance):
            mapped = expand_type_by_instance(expand_self_type(node.var, proper, place.seen_as), place.mapped)
            return self._values.value(place, mapped, None, writer, descriptors=True)
        return self._methods.unknown(place, writer, HAS_NO_TYPE)

    def _is_kept(self, place: Place) -> bool:
        """Whether a method's decorators leave what is written, though their types say less of it.

        To a type checker the handler of a message takes a parameter without a name and gives the message's reply, and a
        cached method takes anything that can be hashed.
        """
        decorators = changing_decorators(place.source)
        return bool(decorators) and all(self._catalogue.keeps_the_method(place.owner, each) for each in decorators)
