"""Local names: plain where they can be, aliased where a member or another class has the name."""

from __future__ import annotations

from typedactors_codegen.imports import NameTable, make_name_table
from typedactors_codegen.model import Symbol

LIST = Symbol("builtins", "list")
DECIMAL = Symbol("decimal", "Decimal")


def table(*symbols: Symbol, taken: set[str] | None = None, width: int = 100) -> NameTable:
    return make_name_table("hub.proxies", symbols, taken or set(), width)


def test_plain_names() -> None:
    names = table(LIST, DECIMAL, Symbol("hub.actors", "Outer.Inner"), Symbol("hub.proxies", "CounterProxy"))
    assert names.of(LIST) == "list"
    assert names.of(Symbol("hub.actors", "Outer.Inner")) == "Outer.Inner"
    assert names.of(Symbol("hub.proxies", "CounterProxy")) == "CounterProxy"
    assert names.import_lines == ("from decimal import Decimal", "from hub.actors import Outer")


def test_members_force_aliases() -> None:
    names = table(LIST, DECIMAL, Symbol("hub.actors", "Outer.Inner"), taken={"list", "Decimal", "Outer"})
    assert names.of(LIST) == "_list"
    assert names.of(DECIMAL) == "_Decimal"
    assert names.of(Symbol("hub.actors", "Outer.Inner")) == "_Outer.Inner"
    assert names.import_lines == (
        "from builtins import list as _list",
        "from decimal import Decimal as _Decimal",
        "from hub.actors import Outer as _Outer",
    )


def test_an_alias_can_be_taken_too() -> None:
    assert table(DECIMAL, taken={"Decimal", "_Decimal"}).of(DECIMAL) == "_decimal_Decimal"


def test_neither_of_two_classes_of_one_name_is_preferred() -> None:
    one, two = Symbol("decimal", "Context"), Symbol("contextvars", "Context")
    for symbols in ((one, two), (two, one)):
        names = table(*symbols)
        assert (names.of(one), names.of(two)) == ("_decimal_Context", "_contextvars_Context")
    deep = [Symbol("a.types", "Context"), Symbol("b.types", "Context")]
    assert [table(*deep).of(each) for each in deep] == ["_types_Context", "_b_types_Context"]


def test_a_class_named_like_a_builtin_leaves_the_builtin_alone() -> None:
    names = table(Symbol("hub.actors", "property"), Symbol("builtins", "property"))
    assert names.of(Symbol("builtins", "property")) == "property"
    assert names.of(Symbol("hub.actors", "property")) == "_actors_property"


def test_the_files_own_machinery_keeps_its_names() -> None:
    names = table(Symbol("hub.actors", "Future"), Symbol("typedactors", "Future"))
    assert names.of(Symbol("typedactors", "Future")) == "Future"
    assert names.of(Symbol("hub.actors", "Future")) == "_Future"


def test_what_python_3_11_lacks_comes_from_typing_extensions() -> None:
    names = table(Symbol("typing", "TypeIs"), Symbol("typing", "Any"), Symbol("collections.abc", "Buffer"))
    assert names.of(Symbol("typing", "TypeIs")) == "TypeIs"
    assert names.import_lines == ("from typing import Any", "from typing_extensions import Buffer, TypeIs")


def test_long_lines_are_broken() -> None:
    names = table(Symbol("hub.actors", "First"), Symbol("hub.actors", "Second"), width=30)
    assert names.import_lines == ("from hub.actors import (", "    First,", "    Second,", ")")


def test_private_names_are_noticed() -> None:
    assert not table(DECIMAL, taken={"Decimal"}).imports_private_name
    assert table(Symbol("hub.actors", "_Hidden")).imports_private_name
