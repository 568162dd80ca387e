"""Keyword arguments that a TypedDict describes."""

from __future__ import annotations

from typing import NotRequired, Required, TypedDict, Unpack

from typedactors import ThreadingActor


class Options(TypedDict):
    width: int
    title: NotRequired[str]


class PartialOptions(TypedDict, total=False):
    name: Required[str]
    size: int


class TypedDictKeywords(ThreadingActor):
    def draw(self, x: int, **options: Unpack[Options]) -> str:
        return options.get("title", "") * x

    def make(self, **options: Unpack[PartialOptions]) -> int:
        return len(options)

    def whole(self, options: Options) -> Options:
        return options
