"""A bound callable to a `Signature`. May be imported by the front end alone.

Types and kinds of parameters are mypy's. Their defaults, and the names of positional-only ones,
are the source's, where the source's parameters are those of the callable.
"""

from __future__ import annotations

import ast

from mypy.nodes import ARG_NAMED, ARG_NAMED_OPT, ARG_OPT, ARG_POS, ARG_STAR, ARG_STAR2, ArgKind
from mypy.types import AnyType, CallableType, Instance, Type, TypedDictType, TypeOfAny, get_proper_type

from typedactors_codegen.frontend.build import Program
from typedactors_codegen.frontend.defaults import default_text
from typedactors_codegen.frontend.sources import FunctionNode, dotted_name
from typedactors_codegen.frontend.types import TypeWriter, text
from typedactors_codegen.model import Parameter, ParameterKind, Signature, Symbol, Text

_COROUTINES = ("typing.Coroutine", "types.CoroutineType")


class SignatureReader:
    """Reads the signatures of one member.

    Arguments:
        program: the analysed program.
        writer: writes the member's types, and gathers what cannot be told exactly.
        module: the module that the member is defined in.
        owner: the qualified name of the class that it is defined in.
    """

    def __init__(self, program: Program, writer: TypeWriter, module: str, owner: str) -> None:
        self._program = program
        self._writer = writer
        self._module = module
        self._owner = owner

    def read(
        self, found: CallableType, function: FunctionNode | None, *, bound: bool, decorated: bool = False
    ) -> Signature:
        """The signature of a callable whose first parameter, if it had one to bind, is bound.

        Arguments:
            found: the callable.
            function: the definition in the source, if there is one.
            bound: whether the source's first parameter is not among the callable's.
            decorated: whether a decorator stands between the source's annotations and the callable.
        """
        self._writer.begin_signature()
        source = _SourceParameters(function, bound)
        parameters: list[Parameter] = []
        used = {name for name in found.arg_names if name is not None}
        self._note_unannotated(found, None if decorated else function, source)
        positional = sum(kind in (ARG_POS, ARG_OPT) for kind in found.arg_kinds)
        for index, (kind, name, annotation) in enumerate(
            zip(found.arg_kinds, found.arg_names, found.arg_types, strict=True)
        ):
            shown = name
            if shown is None and kind in (ARG_POS, ARG_OPT):
                shown = source.positional_name(index, positional)
            elif shown is None:
                shown = source.star_name(kind == ARG_STAR2)
            if shown is None:
                shown = {ARG_STAR: "args", ARG_STAR2: "kwargs"}.get(kind, f"argument_{index + 1}")
            if name is None:
                while shown in used:
                    shown += "_"
                used.add(shown)
            default = None
            if kind in (ARG_OPT, ARG_NAMED_OPT):
                default = default_text(self._program, self._module, self._owner, source.default(shown))
            self._writer.subject = f"its parameter {shown}"
            parameters.append(Parameter(shown, _kind(kind, name), self._annotation(found, kind, annotation), default))
        self._writer.subject = "its return type"
        return Signature(
            parameters=tuple(parameters),
            returns=self._returns(found, is_async=isinstance(function, ast.AsyncFunctionDef)),
            docstring=None if function is None else ast.get_docstring(function),
            deprecated=_deprecated(function),
        )

    def _annotation(self, found: CallableType, kind: ArgKind, annotation: Type) -> Text:
        written = self._writer.write(annotation)
        if kind == ARG_STAR2 and found.unpack_kwargs and isinstance(get_proper_type(annotation), TypedDictType):
            return Text((Symbol("typing", "Unpack"), "[", *written.parts, "]"))
        return written

    def _returns(self, found: CallableType, *, is_async: bool) -> Text:
        if found.type_guard is not None or found.type_is is not None:
            return text(Symbol("builtins", "bool"))
        returned = get_proper_type(found.ret_type)
        if isinstance(returned, Instance) and returned.type.fullname in _COROUTINES and len(returned.args) == 3:
            return self._writer.write(returned.args[2])
        # What a decorator calls an awaitable is, where it decorates an `async def`, a coroutine in fact.
        if is_async and isinstance(returned, Instance) and returned.type.fullname == "typing.Awaitable":
            return self._writer.write(returned.args[0])
        return self._writer.write(found.ret_type)

    def _note_unannotated(self, found: CallableType, function: FunctionNode | None, source: _SourceParameters) -> None:
        """Name the parameters without annotation, which the types alone could only count."""
        self._writer.reports_unannotated = function is None
        if function is None:
            return
        missing = source.unannotated(found)
        if missing:
            names = ", ".join(missing)
            several = len(missing) > 1
            self._writer.issue(
                f"its parameter{'s' if several else ''} {names} {'have' if several else 'has'} no annotation",
                f"Annotate {names}.",
            )
        if function.returns is None and is_unannotated(found.ret_type):
            self._writer.issue("its return type is not annotated", "Annotate the return type.")


def is_unannotated(found: Type) -> bool:
    """Whether a type, or what a coroutine of that type gives, is the ``Any`` of a missing annotation."""
    proper = get_proper_type(found)
    if isinstance(proper, Instance) and proper.type.fullname in _COROUTINES:
        proper = get_proper_type(proper.args[-1])
    return isinstance(proper, AnyType) and proper.type_of_any == TypeOfAny.unannotated


class _SourceParameters:
    """The parameters of a definition, without the bound one."""

    def __init__(self, function: FunctionNode | None, bound: bool) -> None:
        self._function = function
        self._positional: list[ast.arg] = []
        self._defaults: dict[str, ast.expr] = {}
        if function is None:
            return
        arguments = function.args
        positional = [*arguments.posonlyargs, *arguments.args]
        for argument, value in zip(reversed(positional), reversed(arguments.defaults), strict=False):
            self._defaults[argument.arg] = value
        for argument, keyword_value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            if keyword_value is not None:
                self._defaults[argument.arg] = keyword_value
        self._positional = positional[1:] if bound else positional

    def positional_name(self, index: int, count: int) -> str | None:
        if index >= len(self._positional) or count != len(self._positional):
            return None
        return self._positional[index].arg.lstrip("_") or None

    def star_name(self, double: bool) -> str | None:
        if self._function is None:
            return None
        argument = self._function.args.kwarg if double else self._function.args.vararg
        return None if argument is None else argument.arg

    def default(self, name: str) -> ast.expr | None:
        found = self._defaults.get(name)
        if found is not None:
            return found
        return next((value for key, value in self._defaults.items() if key.lstrip("_") == name), None)

    def unannotated(self, found: CallableType) -> list[str]:
        """The parameters without annotation, and without one in a comment, which mypy alone reads."""
        if self._function is None:
            return []
        arguments = self._function.args
        rest = [] if arguments.vararg is None else [arguments.vararg]
        more = [] if arguments.kwarg is None else [arguments.kwarg]
        ordered = [*self._positional, *rest, *arguments.kwonlyargs, *more]
        commented: set[str] = set()
        if len(ordered) == len(found.arg_types):
            pairs = zip(ordered, found.arg_types, strict=True)
            commented = {argument.arg for argument, given in pairs if not is_unannotated(given)}
        every = [*self._positional, *arguments.kwonlyargs, *rest, *more]
        return [each.arg for each in every if each.annotation is None and each.arg not in commented]


def _kind(kind: ArgKind, name: str | None) -> ParameterKind:
    if kind == ARG_STAR:
        return ParameterKind.VAR_POSITIONAL
    if kind == ARG_STAR2:
        return ParameterKind.VAR_KEYWORD
    if kind in (ARG_NAMED, ARG_NAMED_OPT):
        return ParameterKind.KEYWORD_ONLY
    return ParameterKind.POSITIONAL_ONLY if name is None else ParameterKind.POSITIONAL_OR_KEYWORD


def _deprecated(function: FunctionNode | None) -> str | None:
    for decorator in [] if function is None else function.decorator_list:
        if isinstance(decorator, ast.Call) and decorator.args:
            name = dotted_name(decorator.func)
            message = decorator.args[0]
            if name is not None and name.split(".")[-1] == "deprecated" and isinstance(message, ast.Constant):
                return message.value if isinstance(message.value, str) else None
    return None
