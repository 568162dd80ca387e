"""Which overrides a checker may have something against, and so need a word at the top of the stub."""

from __future__ import annotations

import pytest

from tests.codegen.models import actor, analysis, builtin, field, method, output, parameter, text
from typedactors_codegen.lineage import Lineage
from typedactors_codegen.model import Member, ParameterKind, ProxyBase, Symbol

KEYWORD, ANY_KEYWORD, ANY_POSITIONAL = (
    ParameterKind.KEYWORD_ONLY,
    ParameterKind.VAR_KEYWORD,
    ParameterKind.VAR_POSITIONAL,
)
A, B = parameter("a"), parameter("b")
STRING = text(builtin("str"))


@pytest.mark.parametrize(
    ("inherited", "own"),
    [
        (method("m", A), method("m", A, returns=STRING)),
        (method("m", A), method("m", A, parameter("b", default="0"))),
        (method("m", A), method("m", A, parameter("b", KEYWORD, default="0"))),
        (method("m", A), method("m", A, parameter("rest", ANY_POSITIONAL), parameter("more", ANY_KEYWORD))),
        (field("m", readonly=True), field("m")),
        (field("m"), field("m")),
    ],
)
def test_what_takes_all_that_its_base_takes(inherited: Member, own: Member) -> None:
    assert not takes_other_values(inherited, own)


@pytest.mark.parametrize(
    ("inherited", "own"),
    [
        (method("m", A), method("m", parameter("a", annotation=STRING))),
        (method("m", A), method("m", B)),
        (method("m", A), method("m", A, B)),
        (method("m", A), method("m", parameter("b", default="0"), A)),
        (method("m", A), method("m", A, parameter("b", KEYWORD))),
        (method("m", A, B), method("m", A)),
        (field("m"), field("m", STRING)),
        (field("m"), field("m", readonly=True)),
    ],
)
def test_what_does_not(inherited: Member, own: Member) -> None:
    assert takes_other_values(inherited, own)


def takes_other_values(inherited: Member, own: Member) -> bool:
    base = actor("Base", inherited)
    heir = actor("Heir", own, bases=(ProxyBase(Symbol("hub.actors", "Base"), "hub.proxies"),))
    return Lineage(analysis(output(base, heir))).takes_other_values(heir)
