"""A pytest plugin, as text, that makes ``ref.proxy()`` give the generated proxy of chosen actor classes.

It imports nothing; ``mopidy_suite`` writes it beside the generated proxies. With it an application's own
test suite runs through the generated classes, without any introspection.
"""

from __future__ import annotations

from collections.abc import Mapping

PLUGIN_NAME = "through_generated_proxies"
USED = "generated proxies used: "

_TEMPLATE = '''"""Written by the corpus: see tests/corpus/_through_proxies.py."""

import importlib

import typedactors

CHOSEN = {chosen!r}
used = 0


def find(place):
    module, name = place.split(":")
    return getattr(importlib.import_module(module), name)


TABLE = {{find(actor): find(proxy) for actor, proxy in CHOSEN.items()}}
original = typedactors.ActorRef.proxy


def proxy(self, *arguments):
    global used
    if arguments or self.actor_class not in TABLE:
        return original(self, *arguments)
    used += 1
    return original(self, TABLE[self.actor_class])


typedactors.ActorRef.proxy = proxy


def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line("{used}" + str(used))
'''


def plugin(chosen: Mapping[str, str]) -> str:
    """The plugin's source for ``chosen``, which maps ``module:Actor`` to ``module:Proxy``."""
    return _TEMPLATE.format(chosen=dict(chosen), used=USED)
