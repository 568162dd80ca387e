"""Which member is read, and what was found out about it. May be imported by the front end alone."""

from __future__ import annotations

from dataclasses import dataclass

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import TypeInfo
from mypy.types import Instance

from typedactors_codegen.frontend.anys import Issue
from typedactors_codegen.frontend.sources import FunctionNode, MemberSource
from typedactors_codegen.frontend.types import text
from typedactors_codegen.model import Member, Origin, Symbol

ANY = text(Symbol("typing", "Any"))


@dataclass(frozen=True, slots=True)
class Place:
    """One member to read.

    Attributes:
        name: its name.
        owner: the class that defines it.
        seen_as: the type of the instance that it is read from.
        source: its definitions in the source, if the text shows them.
        origin: where that is.
    """

    name: str
    owner: TypeInfo
    seen_as: Instance
    source: MemberSource | None
    origin: Origin

    @property
    def mapped(self) -> Instance:
        """The instance as one of the class that defines the member."""
        return map_instance_to_supertype(self.seen_as, self.owner)

    @property
    def functions(self) -> list[FunctionNode]:
        """Its definitions as a function, in source order."""
        return [] if self.source is None else self.source.functions

    def found(
        self,
        member: Member | None,
        issues: list[Issue] | None = None,
        *,
        skipped: str | None = None,
        node: Instance | None = None,
        notes: tuple[str, ...] = (),
    ) -> Found:
        """What the member has turned out to be."""
        return Found(self.name, self.owner, member, self.origin, skipped, node, tuple(issues or ()), notes)


@dataclass(frozen=True, slots=True)
class Found:
    """One member: the class that defines it, what it becomes, and what could not be told exactly.

    ``node`` is the type of a traversable attribute, whose ``member`` has a target to be filled in.
    ``notes`` say what is exact, and yet not what one might expect.
    """

    name: str
    owner: TypeInfo
    member: Member | None
    origin: Origin
    skipped: str | None = None
    node: Instance | None = None
    issues: tuple[Issue, ...] = ()
    notes: tuple[str, ...] = ()
