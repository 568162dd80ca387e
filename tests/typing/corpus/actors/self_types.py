"""``Self``, and the old form of it."""

from __future__ import annotations

from typing import Self, TypeVar

from typedactors import ActorRef, ThreadingActor

S = TypeVar("S", bound="SelfTypes")


class SelfTypes(ThreadingActor):
    peer: Self | None = None

    def me(self) -> Self:
        return self

    def same(self: S, other: S) -> list[S]:
        return [self, other]

    def ref(self) -> ActorRef[Self]:
        return self.actor_ref

    def greet(self, other: Self) -> str:
        return str(other)

    @property
    def twin(self) -> Self:
        return self

    @classmethod
    def kind(cls) -> type[Self]:
        return cls


class Heir(SelfTypes):
    def extra(self) -> int:
        return 1
