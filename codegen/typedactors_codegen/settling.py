"""Whether the rounds of an analysis come to an end, and which members are to blame if they do not.

``pipeline`` imports it; it imports ``errors`` and ``model``. Each round makes one more step of
inference exact where actors use each other's proxies. A chain of steps ends; a circle does not, or
lets a type grow in each round.
"""

from __future__ import annotations

from collections.abc import Iterable

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.model import Analysis, Member, Origin, ProxyKind, Symbol

# How much longer all the text may become before it is taken for a type that grows without an end.
_GROWTH = 4
_SLACK = 200_000
# A chain can lead several times through one actor; so many steps are allowed beside one for each.
_SPARE_ROUNDS = 6
_SHOWN = 5

_Place = tuple[str, Symbol, str]


class Rounds:
    """The rounds of one run: which members still change, and whether there may be another round."""

    def __init__(self) -> None:
        self.number = 0
        self._first_length = 0
        self._length = 0
        self._proxies = 0
        self._members: dict[_Place, Member] = {}
        self._changed: list[tuple[str, Origin]] = []

    def add(self, analysis: Analysis, texts: Iterable[str]) -> None:
        """Take the answer of one more round."""
        before = self._members
        self._members = {}
        holders: dict[_Place, str] = {}
        for output in analysis.outputs:
            for proxy in output.classes:
                for member in proxy.members:
                    place = (output.module, proxy.key, member.name)
                    self._members[place] = member
                    holders[place] = proxy.key.name
        self._changed = [
            (f"{holders[place]}.{member.name}", member.origin)
            for place, member in self._members.items()
            if before.get(place) != member
        ]
        self._proxies = sum(proxy.kind is ProxyKind.ACTOR for each in analysis.outputs for proxy in each.classes)
        self._length = sum(len(text) for text in texts)
        self._first_length = self._first_length or self._length
        self.number += 1

    def refuse_endless(self) -> None:
        """Raise `CodegenError`, with the members that differ from the last round, if there is no end."""
        grown = self._length > _GROWTH * self._first_length + _SLACK
        if self.number < self._proxies + _SPARE_ROUNDS and not grown:
            return
        shown = [f"{name} ({origin})" for name, origin in self._changed[:_SHOWN]]
        if len(self._changed) > _SHOWN:
            shown.append(f"and {len(self._changed) - _SHOWN} more")
        origin = self._changed[0][1] if self._changed else None
        raise CodegenError(
            f"the types of these members did not settle in {self.number} rounds, since they are inferred through "
            f"each other's proxies in a circle: {', '.join(shown)}",
            path=origin.path if origin else None,
            line=origin.line if origin else None,
            hint="annotate one of them, or one of the members that it takes its value from",
        )
