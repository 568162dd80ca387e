"""Brings a mypy class and its source text together. May be imported by the front end alone."""

from __future__ import annotations

import ast

from mypy.nodes import TypeInfo

from typedactors_codegen.frontend.build import Program, fullname_of
from typedactors_codegen.frontend.sources import (
    MARKERS,
    ClassSource,
    Import,
    MemberSource,
    ModuleSource,
    dotted_name,
    read_module,
)
from typedactors_codegen.model import Origin

_MESSAGE = "typedactors.messages.Message"
_CACHES = frozenset({"functools.cache", "functools.lru_cache"})


class Catalogue:
    """The source text behind classes, each file read once.

    Arguments:
        program: the analysed program.
        modules: what was read of the same files before, by the modules' names; it is added to.
    """

    def __init__(self, program: Program, modules: dict[str, ModuleSource | None]) -> None:
        self.program = program
        self._modules = modules
        self._classes: dict[str, ClassSource | None] = {}

    def module(self, name: str) -> ModuleSource | None:
        """The source of a module, ``None`` where there is none that matters.

        Raises:
            CodegenError: the running Python cannot parse a file of the user's.
        """
        if name not in self._modules:
            path = self.program.path(name)
            if path is None or path.suffix not in (".py", ".pyi") or self.program.is_standard_library(name):
                self._modules[name] = None
            else:
                shown = self.program.display_path(path)
                required = self.program.is_user_module(name)
                self._modules[name] = read_module(path, name, shown, self.program.platform, required=required)
        return self._modules[name]

    def imports(self, module: str, name: str) -> list[Import]:
        """The import statements of a module that bind a name."""
        source = self.module(module)
        return [] if source is None else source.imports.get(name, [])

    def class_source(self, info: TypeInfo) -> ClassSource | None:
        """The class statement of a class."""
        if info.fullname not in self._classes:
            module = self.module(info.module_name)
            self._classes[info.fullname] = None if module is None else module.classes.get(qualified_name(info))
        return self._classes[info.fullname]

    def member(self, info: TypeInfo, name: str) -> MemberSource | None:
        """The definitions of a member that a class itself has."""
        found = self.class_source(info)
        return None if found is None else found.members.get(name)

    def origin(self, info: TypeInfo, name: str | None = None) -> Origin:
        """Where a class, or a member that it defines itself, stands."""
        path = self.program.path(info.module_name)
        shown = info.module_name if path is None else self.program.display_path(path)
        found = self.class_source(info)
        if found is None:
            return Origin(shown, 0)
        member = None if name is None else found.members.get(name)
        return Origin(shown, found.line if member is None else member.line)

    def ordered_names(self, info: TypeInfo) -> list[str]:
        """The names that a class itself has, in source order; those not in the source last, by name."""
        found = self.class_source(info)
        shown = [] if found is None else [name for name in found.members if name in info.names]
        return shown + sorted(name for name in info.names if name not in shown)

    def unseen_names(self, info: TypeInfo) -> list[str]:
        """The public names that a class has in the source, and neither it nor a base has for mypy."""
        found = self.class_source(info)
        known = [] if found is None else [*found.members, *found.elsewhere]
        names = [name for name in dict.fromkeys(known) if not name.startswith("_")]
        return [name for name in names if info.get(name) is None]

    def is_marked_attribute(self, info: TypeInfo, name: str) -> bool:
        """Whether an attribute of a class is given ``traversable(...)``, or is marked with it.

        A class may so mark an attribute that one of its bases declares.
        """
        return any(self._marks_attribute(base, name) for base in info.mro)

    def _marks_attribute(self, info: TypeInfo, name: str) -> bool:
        member = self.member(info, name)
        if member is None:
            return False
        calls = [call for value in member.values for call in _calls(value)]
        return any(self._is_traversable(info, function) for function in [*calls, *member.marks])

    def keeps_the_method(self, info: TypeInfo, decorator: ast.expr) -> bool:
        """Whether what a decorator in a class gives takes and gives what the method does, whatever its type says.

        So it is with the ``handler`` of a message class, and with the caches of the standard library.
        """
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = dotted_name(called)
        if name is not None and fullname_of(self.program.resolve(info.module_name, name)) in _CACHES:
            return True
        if not isinstance(decorator, ast.Attribute) or decorator.attr != "handler":
            return False
        owner = dotted_name(decorator.value.value if isinstance(decorator.value, ast.Subscript) else decorator.value)
        found = None if owner is None else self.program.resolve(info.module_name, owner)
        return isinstance(found, TypeInfo) and found.has_base(_MESSAGE)

    def is_marked_class(self, info: TypeInfo) -> bool:
        """Whether every instance of a class is traversable: by decorator, or by a marker attribute."""
        return next((mark for mark in map(self._own_mark, info.mro) if mark is not None), False)

    def _own_mark(self, info: TypeInfo) -> bool | None:
        """What a class itself says about it, which counts before what its bases say."""
        if info.fullname == "builtins.object":
            return None
        found = self.class_source(info)
        if found is None:
            return None
        if any(self._is_traversable(info, decorator) for decorator in found.decorators):
            return True
        for marker in MARKERS:
            member = found.members.get(marker)
            if member is not None and member.values:
                return any(_is_true(value) for value in member.values)
        return None

    def _is_traversable(self, info: TypeInfo, function: ast.expr) -> bool:
        name = dotted_name(function)
        if name is None:
            return False
        fullname = fullname_of(self.program.resolve(info.module_name, name))
        if not fullname:
            head, _, rest = name.partition(".")
            for found in self.imports(info.module_name, head):
                fullname = f"{found.target}.{rest}" if rest else found.target
        return fullname.split(".")[0] == "typedactors" and fullname.split(".")[-1] == "traversable"


def qualified_name(info: TypeInfo) -> str:
    """The name of a class inside its module: ``Outer.Inner``."""
    return info.fullname[len(info.module_name) + 1 :]


def _calls(value: ast.expr) -> list[ast.expr]:
    """The functions whose results an assigned expression may be."""
    if isinstance(value, ast.Call):
        return [value.func]
    if isinstance(value, ast.IfExp):
        return [*_calls(value.body), *_calls(value.orelse)]
    if isinstance(value, ast.BoolOp):
        return [function for part in value.values for function in _calls(part)]
    if isinstance(value, ast.NamedExpr):
        return _calls(value.value)
    return []


def _is_true(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is True
