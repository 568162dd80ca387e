"""Attributes that can be called, attributes whose value is a class, and other names of methods."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import ClassVar, Protocol

from typedactors import ThreadingActor


class Convert(Protocol):
    def __call__(self, text: str, *, strict: bool = False) -> int: ...


class Converter:
    def __call__(self, text: str, *, strict: bool = False) -> int:
        return len(text) if strict else 0


class CallableAttributes(ThreadingActor):
    is_word = re.compile(r"\w+").fullmatch
    measure = Converter().__call__
    longest: ClassVar = ["x"].index

    kind: type[Decimal] = Decimal
    error: type[Exception]
    handler: Callable[[int], str]
    convert: Convert
    maybe: Callable[[int], str] | None = None
    shared: ClassVar[Callable[[int], str]]

    def __init__(self) -> None:
        super().__init__()
        self.error = ValueError
        self.handler = str
        self.convert = Converter()
        self.made = Converter()

    def work(self, a: int, *, b: str = "") -> str:
        """Work."""
        return b * a

    run = work

    @staticmethod
    def parse(text: str) -> float:
        return float(text)

    read = parse
