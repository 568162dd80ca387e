"""Writes the small programs that use generated proxies: one that must check, one that must not.

It imports ``_generated``; ``run`` imports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.corpus._generated import Proxies, all_members

CLIENT_FILE = "client.py"
WRONG_FILE = "wrong_client.py"


def write_clients(directory: Path, proxies: Proxies) -> tuple[Path, Path, frozenset[int]]:
    """Write both programs below ``directory``.

    Returns:
        The file that must check strictly, the file with wrong lines, and the numbers of those lines.
    """
    actors = [proxy for proxy in proxies.values() if proxy.stands_for is not None]
    modules = {proxy.module for proxy in actors}
    modules |= {proxy.stands_for[0] for proxy in actors if proxy.stands_for is not None}
    imports = [f"import {module}" for module in sorted(modules)]
    nodes = any("node" in proxy.members.values() for proxy in actors)
    right = ['"""Uses every generated member."""', "", "from typing import assert_type", "", *imports]
    right += ["from typedactors import ActorRef, Future" + (", ProxyNode" if nodes else ""), ""]
    wrong = ['"""Every marked line must be refused."""', "", *imports, "from typedactors import ActorRef", ""]
    marked: set[int] = set()
    for number, proxy in enumerate(actors):
        if proxy.stands_for is None:
            continue
        actor = ".".join(proxy.stands_for)
        generated = proxy.full_name
        members = all_members(proxies, proxy)
        right += ["", f"def use_{number}(ref: ActorRef[{actor}]) -> None:"]
        right += [f"    proxy = ref.proxy({generated})", f"    assert_type(proxy, {generated})"]
        right += ["    stopped: Future[None] = proxy.stop()", "    stopped.get(timeout=1)"]
        right += [f"    {line}" for line in _uses(members)]
        wrong += ["", f"def misuse_{number}(ref: ActorRef[{actor}], other: ActorRef[object]) -> None:"]
        wrong += [f"    proxy = ref.proxy({generated})"]
        for line in _misuses(generated, members):
            wrong.append(f"    {line}")
            marked.add(len(wrong))
    client, wrong_client = directory / CLIENT_FILE, directory / WRONG_FILE
    client.write_text("\n".join(right) + "\n", encoding="utf-8")
    wrong_client.write_text("\n".join(wrong) + "\n", encoding="utf-8")
    return client, wrong_client, frozenset(marked)


def _uses(members: dict[str, str]) -> Iterator[str]:
    for name, kind in members.items():
        if kind.endswith("method"):
            yield f"print(proxy.{name}, proxy.{name}.defer)"
        elif kind == "field":
            yield f"print(proxy.{name}.get(timeout=1))"
        else:
            yield f"node_{name}: ProxyNode = proxy.{name}"
            yield f"print(node_{name}.actor_ref)"


def _misuses(generated: str, members: dict[str, str]) -> Iterator[str]:
    yield "proxy.no_member_has_this_name"
    yield f"other.proxy({generated})"
    for name, kind in members.items():
        if kind.endswith("method"):
            yield f"proxy.{name} = None"
            yield f"proxy.{name}.no_attribute_has_this_name"
        if kind == "method":
            yield f"proxy.{name}(no_parameter_has_this_name_=1)"
        if kind == "field":
            yield f"proxy.{name}.no_attribute_has_this_name"
