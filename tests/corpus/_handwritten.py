"""Compares generated proxies with the proxy classes that an application's authors wrote by hand.

It imports ``_generated``, ``_checkers`` and ``_scratch``; ``run`` imports it.

A hand-written class is one whose body calls ``proxy_field(Actor.name)`` or ``proxy_method(Actor.name)``. Every
such member must be on the generated proxy, reached by the same path from the actor. Two proofs are asked
of mypy and of pyright each: the generated method takes what the source function takes and gives a future of
what it gives (an assignment that must check), and the two printed types are the same, so that a
generated ``Any`` cannot pass for an exact type.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.corpus import _checkers
from tests.corpus._checkers import Message
from tests.corpus._generated import Proxies, Proxy, all_members
from tests.corpus._scratch import Environment

CHECK_FILE = "check_handwritten.py"
# The start of a printed signature, up to and with its first parameter: ``def (self: mopidy.Core, ``.
SELF = re.compile(r"^((?:def )?(?:\[[^\]]*\] )?)\((?:self|cls)(?:: [\w.]+(?:\[[^()]*?\])?)?(?:, )?")
HEADER = '''"""Every hand-written proxy member against the generated one."""

from collections.abc import Callable
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from typedactors import Future, ProxyNode

P = ParamSpec("P")
R = TypeVar("R")


class Source(Generic[P, R]):
    """Fixes the parameters and the result of a source method, so that a checker cannot widen them."""

    def __init__(self, method: Callable[Concatenate[Any, P], R]) -> None: ...

    def matched_by(self, generated: Callable[P, Future[R]]) -> None: ...


class Value(Generic[R]):
    """Fixes the type of a source field."""

    def __init__(self, value: R) -> None: ...

    def matched_by(self, generated: Future[R]) -> None: ...


def is_node(node: ProxyNode) -> None: ...


'''


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a hand-written proxy class: ``name = proxy_method(owner.attribute)`` or ``name: NodeProxy``."""

    module: str
    proxy: str
    name: str
    kind: str
    source: str
    line: int

    def __str__(self) -> str:
        return f"{self.module}.{self.proxy}.{self.name}"


@dataclass(frozen=True, slots=True)
class HandWritten:
    """One hand-written proxy class. ``actor`` is the class that it stands for, if its bases say so."""

    module: str
    name: str
    actor: str | None
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Reproduction:
    """How many hand-written members there are, how many the generator has, and what is wrong with the rest."""

    members: tuple[Member, ...]
    problems: Mapping[Member, str]

    @property
    def reproduced(self) -> int:
        """How many are there, with a type at least as exact."""
        return len(self.members) - len(self.problems)


def find_handwritten(source: Path, modules: Iterable[Path]) -> list[HandWritten]:
    """The hand-written proxy classes in ``modules``, which are files below ``source``."""
    found: list[HandWritten] = []
    for path in modules:
        module = ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                members = tuple(_members(module, node))
                if any(member.kind != "node" for member in members):
                    found.append(HandWritten(module, node.name, _actor(node), members))
    return found


def _actor(node: ast.ClassDef) -> str | None:
    for base in node.bases:
        if isinstance(base, ast.Subscript) and ast.unparse(base.value).endswith("ActorProxy"):
            return ast.unparse(base.slice)
    if not node.bases:
        return None
    # A class derived from another proxy: the class whose members it wraps is the actor.
    for item in node.body:
        if isinstance(item, ast.Assign) and isinstance(item.value, ast.Call):
            return ast.unparse(item.value.args[0]).rpartition(".")[0]
    return None


def _members(module: str, node: ast.ClassDef) -> Iterable[Member]:
    for item in node.body:
        if isinstance(item, ast.Assign) and isinstance(item.value, ast.Call):
            function = ast.unparse(item.value.func).rpartition(".")[2]
            target = item.targets[0]
            if function in ("proxy_field", "proxy_method") and isinstance(target, ast.Name):
                kind = "field" if function == "proxy_field" else "method"
                yield Member(module, node.name, target.id, kind, ast.unparse(item.value.args[0]), item.lineno)
        elif isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            annotation = ast.unparse(item.annotation)
            if annotation.endswith("Proxy"):
                yield Member(module, node.name, item.target.id, "node", annotation, item.lineno)


def check(environment: Environment, directory: Path, proxies: Proxies, classes: list[HandWritten]) -> Reproduction:
    """Write the check file for ``classes``, let mypy and pyright read it, and say what they find.

    Arguments:
        environment: the application's environment.
        directory: its scratch directory, with the mapped packages and the generated pair in ``src``.
        proxies: what the generated modules hold.
        classes: the hand-written classes.
    """
    paths = _paths(proxies, classes)
    lines: list[str] = [*HEADER.splitlines()]
    modules = {proxy.module for proxy in proxies.values()} | {one.module for one in classes}
    lines[2:2] = [f"import {module}" for module in sorted(modules)]
    where: dict[int, tuple[Member, str]] = {}
    problems: dict[Member, str] = {}
    for one in classes:
        path = paths.get((one.module, one.name))
        for member in one.members:
            if path is None:
                problems[member] = "no generated proxy stands for the class that it wraps"
                continue
            proxy, node_path = path
            # The first step is looked up here, for a better message; the checkers follow the rest.
            first = node_path.split(".")[1] if node_path else member.name
            if first not in all_members(proxies, proxy):
                problems[member] = f"{proxy.name} has no member {first!r}"
                continue
            _write(lines, where, member, proxy.full_name, f"proxy{node_path}.{member.name}")
    file = directory / CHECK_FILE
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    untyped = _unannotated(directory / "src", classes)
    for name, messages in (
        ("mypy", _checkers.mypy(environment, directory, [file], strict=False)),
        ("pyright", _checkers.pyright(environment, directory, [file], strict=False)),
    ):
        for member, problem in _judge(messages, where, untyped if name == "pyright" else frozenset()).items():
            problems.setdefault(member, f"{name}: {problem}")
    members = tuple(member for one in classes for member in one.members)
    return Reproduction(members, problems)


def _paths(proxies: Proxies, classes: list[HandWritten]) -> dict[tuple[str, str], tuple[Proxy, str]]:
    """For each hand-written class, the generated actor proxy and the path of nodes from it, such as ``.library``."""
    paths: dict[tuple[str, str], tuple[Proxy, str]] = {}
    generated = {proxy.stands_for[1]: proxy for proxy in proxies.values() if proxy.stands_for is not None}
    for one in classes:
        if one.actor is not None and one.actor.rpartition(".")[2] in generated:
            paths[one.module, one.name] = (generated[one.actor.rpartition(".")[2]], "")
    for one in classes:
        for member in one.members:
            owner = paths.get((one.module, one.name))
            if member.kind == "node" and owner is not None:
                for other in classes:
                    if other.name == member.source.rpartition(".")[2]:
                        paths.setdefault((other.module, other.name), (owner[0], f"{owner[1]}.{member.name}"))
    return paths


def _write(
    lines: list[str], where: dict[int, tuple[Member, str]], member: Member, proxy_class: str, generated: str
) -> None:
    source = f"{member.module}.{member.source}"
    lines.append(f"def check_{len(where)}(proxy: {proxy_class}) -> None:")
    if member.kind == "node":
        body = {"matches": f"is_node({generated})"}
    elif member.kind == "method":
        body = {
            "matches": f"Source({source}).matched_by({generated})",
            "source": f"reveal_type({source})",
            "generated": f"reveal_type({generated}.__call__)",
        }
    else:
        body = {
            "matches": f"Value({source}).matched_by({generated})",
            "source": f"reveal_type({source})",
            "generated": f"reveal_type({generated})",
        }
    for role, statement in body.items():
        lines.append(f"    {statement}")
        where[len(lines)] = (member, role)
    lines.extend(["", ""])


def _judge(
    messages: list[Message], where: Mapping[int, tuple[Member, str]], untyped: frozenset[Member]
) -> dict[Member, str]:
    problems: dict[Member, str] = {}
    for message in _checkers.errors(messages):
        if message.path == CHECK_FILE and message.line in where:
            problems.setdefault(where[message.line][0], message.text)
    types: dict[Member, dict[str, str]] = {}
    for line, text in _checkers.revealed_types(messages, CHECK_FILE).items():
        if line in where:
            member, role = where[line]
            types.setdefault(member, {})[role] = text
    for member, pair in types.items():
        if member in problems or member in untyped:
            continue
        source, generated = pair.get("source", "?"), pair.get("generated", "!")
        wanted = _as_future(source) if member.kind == "method" else f"Future[{source}]"
        if wanted != _plain(generated):
            problems[member] = f"wanted {wanted}, generated {_plain(generated)}"
    return problems


def _plain(text: str) -> str:
    # Pyright calls the missing arguments of a bare `Callable` Unknown; the stub has to spell them Any.
    return text.replace("typedactors._future.", "").replace("Unknown", "Any")


def _as_future(signature: str) -> str:
    """A revealed method of a class, without its ``self`` and with its result in a future."""
    parameters, result = _split(_plain(signature))
    without_self = SELF.sub(r"\1(", parameters)
    return f"{without_self} -> Future[{result}]"


def _split(signature: str) -> tuple[str, str]:
    """Split a printed signature after the parenthesis that closes its parameters.

    mypy prints no arrow for a result of ``None``, and pyright puts parentheses around a union.
    """
    end = _closing(signature, signature.index("("))
    result = signature[end + 1 :].removeprefix(" -> ") or "None"
    if result.startswith("(") and _closing(result, 0) == len(result) - 1:
        result = result[1:-1]
    return signature[: end + 1], result


def _closing(text: str, start: int) -> int:
    """The position of the parenthesis that closes the one at ``start``."""
    depth = 0
    for position in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position
    return len(text) - 1


def _unannotated(source: Path, classes: list[HandWritten]) -> frozenset[Member]:
    """Members whose source function has no annotation: pyright infers a type for it, a stub cannot show one."""
    found: set[Member] = set()
    for one in classes:
        path = source.joinpath(*one.module.split(".")).with_suffix(".py")
        if not path.exists():
            path = path.with_suffix("") / "__init__.py"
        functions = {
            (owner.name, item.name)
            for owner in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(owner, ast.ClassDef)
            for item in owner.body
            if isinstance(item, ast.FunctionDef) and item.returns is None
        }
        for member in one.members:
            owner_name, _, attribute = member.source.rpartition(".")
            if member.kind == "method" and (owner_name, attribute) in functions:
                found.add(member)
    return frozenset(found)
