"""Parameter lists of every shape, with a call that fits them. `members` imports this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.codegen.robust.samples import ANY_SAMPLE, Sample

# Names that mean something elsewhere: in a method, in a generated file, in the runtime.
_NAMES = (
    *("a", "b", "count", "value", "name", "cls", "self", "type", "list", "args", "kwargs", "message", "defer"),
    *("_hidden", "actor_ref", "block", "timeout", "other", "property", "Future", "match", "proxy"),
)
_SHOWN_DEFAULTS = (
    Sample("$int", "-1"),
    Sample("$str", "'it\\'s \"x\"\\n'"),
    Sample("$float", "1e400"),
    Sample("$Optional[$int]", "None"),
    Sample("$tuple[$int, ...]", "()"),
    Sample("$Color", "_kinds.Color.RED"),
    Sample("$bool", "not True"),
    Sample("$str", "f'{1}'"),
    Sample("$bytes", "b'\\xff'"),
    Sample("$int", "~0"),
    Sample("$object", "..."),
)


@dataclass(frozen=True)
class Parameter:
    """One parameter. ``kind``: p is positional-only, e either, s and d one and two stars, k keyword-only."""

    name: str
    kind: str
    sample: Sample
    default: str | None
    passed: bool

    def declared(self, annotate: Callable[[str], str]) -> str:
        stars = {"s": "*", "d": "**"}.get(self.kind, "")
        default = "" if self.default is None else f" = {self.default}"
        return f"{stars}{self.name}: {annotate(self.sample.type)}{default}"


@dataclass(frozen=True)
class Parameters:
    """The parameters of a method, without the receiver."""

    items: tuple[Parameter, ...]

    @property
    def receiver(self) -> str:
        return "this" if any(item.name == "self" for item in self.items) else "self"

    def declared(self, annotate: Callable[[str], str]) -> list[str]:
        entries: list[str] = []
        kinds = [item.kind for item in self.items]
        for index, item in enumerate(self.items):
            if item.kind == "k" and "s" not in kinds and "k" not in kinds[:index]:
                entries.append("*")
            entries.append(item.declared(annotate))
            if item.kind == "p" and "p" not in kinds[index + 1 :]:
                entries.append("/")
        return entries

    def call(self) -> str:
        """Arguments for a call: positional ones without a gap, the rest by keyword."""
        by_position = any(item.kind == "s" and item.passed for item in self.items)
        words: list[str] = []
        gap = False
        for item in self.items:
            if item.kind == "p" or (item.kind == "e" and by_position):
                if item.default is None or ((item.passed or by_position) and not gap):
                    words.append(item.sample.value)
                else:
                    gap = True
            elif item.kind in ("e", "k"):
                if item.default is None or item.passed:
                    words.append(f"{item.name}={item.sample.value}")
            elif item.kind == "s" and item.passed:
                words += [item.sample.value, item.sample.value]
            elif item.kind == "d" and item.passed:
                words.append(f"extra_1={item.sample.value}")
        return ", ".join(words)


@st.composite
def _parameters(draw: st.DrawFn) -> Parameters:
    kinds = [
        *("p" * draw(st.integers(0, 2))),
        *("e" * draw(st.integers(0, 2))),
        *("s" * draw(st.integers(0, 1))),
        *("k" * draw(st.integers(0, 2))),
        *("d" * draw(st.integers(0, 1))),
    ]
    names = draw(st.lists(st.sampled_from(_NAMES), min_size=len(kinds), max_size=len(kinds), unique=True))
    items: list[Parameter] = []
    optional = False
    for kind, name in zip(kinds, names, strict=True):
        if name == "self" and kind in "ek":
            name = "itself"  # noqa: PLW2901 - by keyword, it would be the proxy method's own
        default: str | None = None
        sample = draw(ANY_SAMPLE)
        if kind in "pek":
            wanted = draw(st.booleans())
            optional = optional or (wanted and kind in "pe")
            if wanted or (optional and kind in "pe"):
                sample = draw(ANY_SAMPLE | st.sampled_from(_SHOWN_DEFAULTS))
                default = sample.value
        items.append(Parameter(name, kind, sample, default, draw(st.booleans())))
    return Parameters(tuple(items))


PARAMETERS = _parameters()
