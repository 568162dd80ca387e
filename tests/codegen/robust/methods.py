"""Methods of every kind, as strategies for their text. `classes` imports this."""

from __future__ import annotations

import sys

from hypothesis import strategies as st

from tests.codegen.robust.parameters import PARAMETERS, Parameters
from tests.codegen.robust.samples import SIMPLE, qualified
from tests.codegen.robust.scope import Form, MemberText, Probe, Scope, docstring, result

_FAILS = "    raise _builtins.NotImplementedError"


def _header(
    scope: Scope, name: str, parameters: Parameters, returns: str, *, receiver: str | None = None, prefix: str = "def"
) -> str:
    first = [parameters.receiver] if receiver is None else [receiver] if receiver else []
    listed = ", ".join([*first, *parameters.declared(scope.annotation)])
    return f"{prefix} {name}({listed}) -> {scope.annotation(returns)}:"


def _method(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    parameters, sample = draw(PARAMETERS), result(draw)
    kind = draw(st.sampled_from(["def", "def", "async def"]))
    header = _header(scope, name, parameters, sample.type, prefix=kind)
    documentation = docstring(draw)
    call = parameters.call()
    return MemberText(
        name,
        body=(header, *documentation, f"    return {sample.value}"),
        declaration=(header, *(documentation or ["    ..."])),
        probes=(Probe(f".{name}({call}).get(timeout=10)", sample.type, sample.value), Probe(f".{name}.defer({call})")),
        overridable=True,
    )


def _static(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    parameters, sample = draw(PARAMETERS), result(draw)
    decorator, receiver = draw(st.sampled_from([("$staticmethod", ""), ("$classmethod", "klass")]))
    header = _header(scope, name, parameters, sample.type, receiver=receiver)
    return MemberText(
        name,
        body=(f"@{scope.name(decorator)}", header, *docstring(draw), f"    return {sample.value}"),
        probes=(Probe(f".{name}({parameters.call()}).get(timeout=10)", sample.type, sample.value),),
    )


def _decorated(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    parameters, sample = draw(PARAMETERS), result(draw)
    decorators = ["$traced", "$stringly", "$repeated(2)", "$final", "$deprecated('old')", "_kinds.traced"]
    decorator = draw(st.sampled_from(decorators))
    is_text = decorator == "$stringly"
    return MemberText(
        name,
        body=(
            f"@{scope.name(decorator)}",
            _header(scope, name, parameters, sample.type),
            *docstring(draw),
            f"    return {sample.value}",
        ),
        probes=(
            Probe(
                f".{name}({parameters.call()}).get(timeout=10)",
                "$str" if is_text else sample.type,
                None if is_text else sample.value,
            ),
        ),
    )


def _decorated_otherwise(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    sample = result(draw)
    returns = scope.annotation(sample.type)
    number, label = scope.annotation("$int"), scope.annotation("$str")
    supplied = (
        f"@{scope.name('$supplied')}",
        f"def {name}(self, number: {number}, label: {label} = 'x') -> {returns}:",
    )
    cached = (f"@{scope.name('$lru_cache')}(maxsize=None)", f"def {name}(self, number: {number} = 0) -> {returns}:")
    lines, arguments = draw(st.sampled_from([(supplied, "label='y'"), (cached, ""), (cached, "number=1")]))
    return MemberText(
        name,
        body=(*lines, f"    return {sample.value}"),
        probes=(Probe(f".{name}({arguments}).get(timeout=10)", sample.type, sample.value),),
    )


def _overloaded(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    a, overload = scope.annotation, f"@{scope.name('$overload')}"
    by_type = (
        overload,
        f"def {name}(self, key: {a('$int')}, /) -> {a('$list[$int]')}:",
        "    'For a number.'",
        overload,
        f"def {name}(self, key: {a('$str')}, *, deep: {a('$bool')} = False) -> {a('$str')}: ...",
        f"def {name}(self, key: {a('$object')}, *, deep: {a('$bool')} = False) -> {a('$object')}:",
        *docstring(draw),
        "    return [key] if _builtins.isinstance(key, _builtins.int) else key",
    )
    by_flag = (
        overload,
        f"def {name}(self, flag: {a('$Literal[True]')} = True) -> {a('$int')}: ...",
        overload,
        f"def {name}(self, flag: {a('$Literal[False]')}, *extra: {a('$int')}) -> {a('$str')}: ...",
        f"def {name}(self, flag: {a('$bool')} = True, *extra: {a('$int')}) -> {a('$object')}:",
        "    return 1 if flag else 'x'",
    )
    static = (
        overload,
        f"@{scope.name('$staticmethod')}",
        f"def {name}(key: {a('$int')}) -> {a('$int')}: ...",
        overload,
        f"@{scope.name('$staticmethod')}",
        f"def {name}(key: {a('$R')}, other: {a('$R')}) -> {a('$R')}: ...",
        f"@{scope.name('$staticmethod')}",
        f"def {name}(key: {a('$Any')}, other: {a('$Any')} = None) -> {a('$Any')}:",
        "    return key",
    )
    forms: list[tuple[tuple[str, ...], list[tuple[str, str, str]]]] = [
        (by_type, [("3", "$list[$int]", "[3]"), ("'x', deep=True", "$str", "'x'")]),
        (by_flag, [("", "$int", "1"), ("False, 1, 2", "$str", "'x'")]),
        (static, [("3", "$int", "3"), ("'x', 'y'", "$str", "'x'")]),
    ]
    lines, calls = draw(st.sampled_from(forms))
    return MemberText(
        name,
        body=lines,
        probes=tuple(Probe(f".{name}({call}).get(timeout=10)", type_, value) for call, type_, value in calls),
    )


def _generic(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    a = scope.annotation
    forms: list[tuple[str, str, str, str, str]] = [
        (f"(self, value: {a('$R')}) -> {a('$list[$R]')}", "[value]", "'x'", "$list[$str]", "['x']"),
        (f"(self, value: {a('$K')}, *, of: {a('$R')}) -> {a('$dict[$K, $R]')}", "{value: of}", "1, of=b''",
         "$dict[$int, $bytes]", "{1: b''}"),
        (f"(self, value: {a('$N')}, other: {a('$N')}) -> {a('$N')}", "other", "1, 2", "$int", "2"),
        (f"(self, run: {a('$Callable[$P, $R]')}, *args: {scope.name('$P')}.args, **kwargs: {scope.name('$P')}.kwargs) "
         f"-> {a('$R')}", "run(*args, **kwargs)", "_kinds.handle, 'x', depth=0", "$bool", "True"),
        (f"(self, *args: *{scope.name('$Ts')}) -> {scope.name('$tuple[*$Ts]')}", "args", "1, 'x'",
         "$tuple[$int, $str]", "(1, 'x')"),
        (f"(self, box: {a('$Boxed[$R]')}, default: {a('$Optional[$R]')} = None) -> {a('$R')}", "box.content[0]",
         "_kinds.Box([1.5])", "$float", "1.5"),
        (f"(self, run: {a('$Callable[[$R], $K]')}, value: {a('$R')}) -> {a('$tuple[$R, $K]')}", "(value, run(value))",
         "_builtins.len, 'xy'", "$tuple[$str, $int]", "('xy', 2)"),
        (f"(self, kind: {a('$type[$R]')}) -> {a('$type[$R]')}", "kind", "_kinds.Color", "$type[$Color]",
         "_kinds.Color"),
    ]  # fmt: skip
    if sys.version_info >= (3, 12):
        forms += [
            (f"[Q](self, value: Q, *more: Q) -> {a('$list[Q]')}", "[value]", "'x'", "$list[$str]", "['x']"),
            (f"[Q: {scope.name('$int')}](self, value: Q = _typing.cast(_typing.Any, 1)) -> Q",
             "value", "True", "$bool", "True"),
            (f"[**Q, V](self, run: {scope.name('$Callable[Q, V]')}, *args: Q.args, **kwargs: Q.kwargs) -> V",
             "run(*args, **kwargs)", "_kinds.handle, 'x', depth=0", "$bool", "True"),
            (f"[*Qs](self, *args: *Qs) -> {scope.name('$tuple[*Qs]')}", "args", "1, 'x'",
             "$tuple[$int, $str]", "(1, 'x')"),
        ]  # fmt: skip
    signature, value, call, type_, expected = draw(st.sampled_from(forms))
    return MemberText(
        name,
        body=(f"def {name}{signature}:", *docstring(draw), f"    return {value}"),
        declaration=(f"def {name}{signature}: ...",),
        probes=(Probe(f".{name}({call}).get(timeout=10)", type_, expected),),
        overridable=True,
    )


def _of_the_class(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    """A method in the type variables of its class."""
    if not scope.variables:
        return _generic(draw, name, scope)
    variable = draw(st.sampled_from(sorted(scope.variables)))
    given = scope.variables[variable]
    a = scope.annotation
    forms: list[tuple[str, str, str, str, str]] = [
        (f"(self, value: {a(f'${variable}')}) -> {a(f'$list[${variable}]')}", "[value]", given.value,
         f"$list[${variable}]", f"[{given.value}]"),
        (f"(self, value: {a(f'${variable}')}, other: {a('$R')}) -> {a(f'$tuple[$R, ${variable}]')}", "(other, value)",
         f"{given.value}, b''", f"$tuple[$bytes, ${variable}]", f"(b'', {given.value})"),
        (f"(self, *values: {a(f'${variable}')}, last: {a(f'$Optional[${variable}]')} = None) -> "
         f"{a(f'$Optional[${variable}]')}", "last", f"last={given.value}", f"$Optional[${variable}]", given.value),
        (f"(self, run: {a(f'$Callable[[${variable}], $R]')}, value: {a(f'${variable}')}) -> {a('$R')}", "run(value)",
         f"_builtins.repr, {given.value}", "$str", f"_builtins.repr({given.value})"),
    ]  # fmt: skip
    signature, value, call, type_, expected = draw(st.sampled_from(forms))
    return MemberText(
        name,
        body=(f"def {name}{signature}:", f"    return {value}"),
        declaration=(f"def {name}{signature}: ...",),
        probes=(Probe(f".{name}({call}).get(timeout=10)", type_, expected),),
        overridable=True,
    )


def _future(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    sample = draw(st.sampled_from(SIMPLE))
    kind = qualified(f"$ThreadingFuture[{sample.type}]")
    return MemberText(
        name,
        body=(
            f"def {name}(self) -> {scope.annotation(f'$Future[{sample.type}]')}:",
            f"    future: {kind} = _typedactors.ThreadingFuture()",
            f"    future.set({sample.value})",
            "    return future",
        ),
        probes=(Probe(f".{name}().get(timeout=10).get(timeout=10)", sample.type, sample.value),),
    )


def _uncalled(draw: st.DrawFn, name: str, scope: Scope) -> MemberText:
    """What cannot be called from another thread, or has nothing to compare."""
    a = scope.annotation
    texts: list[tuple[str, ...]] = [
        (f"def {name}(self) -> {a('$Iterator[$int]')}:", "    yield 1"),
        (f"async def {name}(self) -> {a('$AsyncIterator[$str]')}:", "    yield 'x'"),
        (f"def {name}(self) -> {a('$Awaitable[$int]')}:", _FAILS),
        (f"def {name}(self) -> {a('$Self')}:", "    return self"),
        (f"def {name}(self, other: {a('$Optional[$Self]')} = None) -> {a('$list[$Self]')}:", "    return []"),
        (f"def {name}(self, **options: {a('$Unpack[$Options]')}) -> None: ...",),
        (f"@{scope.name('$classmethod')}", f"def {name}(cls) -> {a('$type[$Self]')}:", "    return cls"),
        (f"@{scope.name('$contextmanager')}", f"def {name}(self) -> {a('$Iterator[$int]')}:", "    yield 1"),
        (f"def {name}(self, __old: {a('$int')}, new: {a('$str')} = '') -> None: ...",),
        (f"def {name}(self) -> {a('$ActorRef[$Any]')}:", _FAILS),
        (f"def {name}(self: {a('$Self')}, number: {a('$int')} = 1) -> {a('$Self')}:", "    return self"),
        (f"def {name}(self: {a('$R')}, other: {a('$R')}) -> {a('$list[$R]')}:", "    return [self, other]"),
        (f"def {name}(self, it: {a('$object')}) -> {a('_typing.TypeGuard[$int]')}:", "    return True"),
        (f"def {name}(self) -> {a('_typing.NoReturn')}:", _FAILS),
        (f"async def {name}(self) -> {a('$AsyncIterator[$int]')}:", "    yield 1"),
        (f"def {name}(*args: {a('$Any')}, number: {a('$int')} = 1) -> {a('$int')}:", "    return number"),
        (
            "if sys.version_info >= (3, 99):",
            f"    def {name}(self, number: {a('$int')} = 1) -> {a('$int')}:",
            "        return number",
            "else:",
            f"    def {name}(self, text: {a('$str')} = 'x') -> {a('$str')}:",
            "        return text",
        ),
        (f"def {name}(self, *, of: {a('$Callable[..., $Awaitable[$R]]')}) -> {a('$R')}:", _FAILS),
        (f"async def {name}(self, wait: {a('$Awaitable[$int]')}) -> {a('$Awaitable[$str]')}:", _FAILS),
    ]
    return MemberText(name, draw(st.sampled_from(texts)))


METHODS: tuple[Form, ...] = (
    _method,
    _static,
    _decorated,
    _decorated_otherwise,
    _overloaded,
    _generic,
    _of_the_class,
    _future,
    _uncalled,
)
