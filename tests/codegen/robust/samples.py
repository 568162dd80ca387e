"""Types with a value for each, and how a generated module writes them.

A template has a ``$`` before each name: ``$list[$int]``. A name is written plainly where nothing hides it,
and through its module (``_builtins.list``) where a member or a class of the same name does. `members` and
`modules` import this.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from hypothesis import strategies as st

_MODULES = {
    "_builtins": "builtins",
    "_collections_abc": "collections.abc",
    "_contextlib": "contextlib",
    "_dataclasses": "dataclasses",
    "_datetime": "datetime",
    "_decimal": "decimal",
    "_functools": "functools",
    "_enum": "enum",
    "_pathlib": "pathlib",
    "sys": "sys",
    "_typedactors": "typedactors",
    "_typing": "typing",
    "_typing_extensions": "typing_extensions",
}
_NAMES = {
    "_builtins": "bool bytes classmethod complex dict float frozenset int list object property set staticmethod str "
    "tuple type ValueError Exception",
    "_collections_abc": "AsyncIterator Awaitable Callable Iterable Iterator Mapping Sequence",
    "_contextlib": "contextmanager",
    "_dataclasses": "dataclass",
    "_datetime": "datetime timedelta",
    "_decimal": "Decimal",
    "_functools": "cached_property lru_cache",
    "_pathlib": "Path",
    "_typedactors": "ActorRef Future ThreadingActor ThreadingFuture traversable",
    "_typing": "Annotated Any ClassVar Final Generic Literal Optional Protocol Self TypeVar Union Unpack "
    "final overload",
    "_typing_extensions": "deprecated override",
    "_kinds": "Box Boxed Color Constant Converted Handler K Level N Names Nested Options P Pair Point R Record S T Ts "
    "UserId handle opened repeated stringly supplied traced",
}
HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}
TYPE_ONLY = ("Decimal", "Path", "datetime", "timedelta", "Mapping", "Sequence", "Iterable", "Awaitable", "Handler")
"""Names that a module with postponed annotations may import for type checkers alone, its bodies name them in full."""
_REFERENCE = re.compile(r"\$(\w+)")


def qualified(template: str, variables: Mapping[str, str] | None = None) -> str:
    """The text of a template wherever nothing but the modules is imported."""

    def replaced(match: re.Match[str]) -> str:
        name = match[1]
        if variables and name in variables:
            return qualified(variables[name])
        return f"{HOMES[name]}.{name}" if name in HOMES else name

    return _REFERENCE.sub(replaced, template)


def plain(template: str, hidden: Collection[str] = ()) -> str:
    """The text of a template, with full names for those that are hidden."""

    def replaced(match: re.Match[str]) -> str:
        name = match[1]
        return f"{HOMES[name]}.{name}" if name in hidden and name in HOMES else name

    return _REFERENCE.sub(replaced, template)


def module_imports(package: str, names: bool, *, hidden: Collection[str] = (), postponed: bool = False) -> list[str]:
    """The import lines of a module: the modules by their private names, and the names themselves if wanted."""
    lines = [f"import {module} as {local}" for local, module in _MODULES.items()]
    lines.append(f"import {package}.kinds as _kinds")
    late: list[str] = []
    for local, words in _NAMES.items() if names else ():
        if local == "_builtins":
            continue
        source = f"{package}.kinds" if local == "_kinds" else _MODULES[local]
        for name in words.split():
            if name not in hidden:
                (late if postponed and name in TYPE_ONLY else lines).append(f"from {source} import {name}")
    if late:
        lines += ["if _typing.TYPE_CHECKING:", *(f"    {line}" for line in late)]
    return lines


@dataclass(frozen=True)
class Sample:
    """A type and a value of it, as templates; ``shown`` is how mypy knows the type where that differs."""

    type: str
    value: str

    def list(self) -> Sample:
        return Sample(f"$list[{self.type}]", f"[{self.value}]")


@dataclass(frozen=True)
class Variables:
    """The type variables that a class has, with what stands for each where the class is used."""

    given: Mapping[str, str] = field(default_factory=dict[str, str])


SIMPLE = (
    Sample("$int", "1"),
    Sample("$str", "'text'"),
    Sample("$float", "1.5"),
    Sample("$bool", "True"),
    Sample("$bytes", "b'raw'"),
)
SPECIAL = (
    Sample("$complex", "2j"),
    Sample("None", "None"),
    Sample("$object", "'anything'"),
    Sample("$tuple[$int, $str]", "(1, 'x')"),
    Sample("$tuple[$int, ...]", "(1, 2)"),
    Sample("$tuple[()]", "()"),
    Sample("$set[$int]", "{1}"),
    Sample("$frozenset[$str]", "_builtins.frozenset({'x'})"),
    Sample("$Decimal", "_decimal.Decimal('1.5')"),
    Sample("$Path", "_pathlib.Path('folder')"),
    Sample("$datetime", "_datetime.datetime(2020, 1, 1)"),
    Sample("$Sequence[$float]", "[1.0]"),
    Sample("$Mapping[$str, $Decimal]", "{'x': _decimal.Decimal(1)}"),
    Sample("$Literal['a', \"it's\"]", "'a'"),
    Sample("$Literal[1, -1, True, None, b'x']", "1"),
    Sample("$Literal[_kinds.Color.RED]", "_kinds.Color.RED"),
    Sample("$Color", "_kinds.Color.BLUE"),
    Sample("$Level", "_kinds.Level.HIGH"),
    Sample("$UserId", "_kinds.UserId(3)"),
    Sample("$Annotated[$int, 'a note']", "4"),
    Sample("$Pair", "(1, 'x')"),
    Sample("$Names", "{'x': [1]}"),
    Sample("$Nested", "{'x': {'y': 1}}"),
    Sample("$Boxed[$int]", "_kinds.Box([1])"),
    Sample("$Box[$str]", "_kinds.Box('x')"),
    Sample("$Point", "_kinds.Point(1, 2)"),
    Sample("$Options", "{'depth': 1}"),
    Sample("$Record", "_kinds.Record('x')"),
    Sample("_kinds.Record.Key", "_kinds.Record.Key(1)"),
    Sample("$Handler", "_kinds.handle"),
    Sample("$Callable[[$str], $int]", "_builtins.len"),
    Sample("$Callable[..., $object]", "_builtins.repr"),
    Sample("$type[$ValueError]", "_builtins.ValueError"),
    Sample("$type[$Color]", "_kinds.Color"),
    Sample("_kinds._Hidden", "_kinds._Hidden()"),
    Sample("_kinds._Scores", "{'x': 1}"),
    Sample("$type[_kinds._Hidden]", "_kinds._Hidden"),
    Sample("$Callable[[$int, $Callable[[], None]], $list[$str]]", "_kinds.visit"),
    Sample("$Callable[_typing.Concatenate[$int, ...], $object]", "_builtins.pow"),
    Sample("$Any", "'any'"),
    Sample("$dict[$str, $Any]", "{'x': 1}"),
    Sample("$Union[$int, $str]", "'either'"),
    Sample("$Optional[$bytes]", "None"),
)


def _wrapped(inner: st.SearchStrategy[Sample]) -> st.SearchStrategy[Sample]:
    return st.one_of(
        inner.map(Sample.list),
        inner.map(lambda item: Sample(f"$dict[$str, {item.type}]", f"{{'key': {item.value}}}")),
        inner.map(lambda item: Sample(f"$Optional[{item.type}]", item.value)),
        st.tuples(inner, inner).map(
            lambda pair: Sample(f"$tuple[{pair[0].type}, {pair[1].type}]", f"({pair[0].value}, {pair[1].value})")
        ),
    )


ANY_SAMPLE = st.recursive(st.sampled_from(SIMPLE) | st.sampled_from(SPECIAL), _wrapped, max_leaves=3)
# What mypy infers for a value alone is the declared type itself.
INFERRED = (
    *SIMPLE,
    Sample("$tuple[$int, $str]", "(1, 'x')"),
    Sample("$list[$int]", "[1]"),
    Sample("$dict[$str, $float]", "{'x': 1.0}"),
    Sample("$Color", "_kinds.Color('red')"),
    Sample("$UserId", "_kinds.UserId(3)"),
    Sample("$Record", "_kinds.Record('x')"),
    Sample("$Box[$int]", "_kinds.Box(1)"),
    Sample("$Decimal", "_decimal.Decimal(1)"),
    Sample("$Point", "_kinds.Point(1)"),
)
