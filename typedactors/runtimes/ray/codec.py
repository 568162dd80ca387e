"""How messages, results and exceptions become bytes that another process of a Ray cluster can read.

Ray's pickler does it, which takes along the classes of a program's ``__main__``. A ref to an actor on
Ray travels as the actor's handle; any other ref is refused, because its actor cannot be reached from elsewhere.

Imports `_ref`, `engine` and `runtimes._codec`.
"""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING, Any

from typedactors._ref import ActorRef
from typedactors.runtimes._codec import Codec, decode, decode_exception, is_plain
from typedactors.runtimes.ray.engine import CloudPickler

if TYPE_CHECKING:
    from typedactors.runtimes._codec import ReduceRef

__all__ = [
    "ENDED",
    "RAISED",
    "decode",
    "decode_exception",
    "encode",
    "encode_exception",
    "encode_message",
    "encode_result",
    "seal",
    "unseal",
]


class _Pickler(CloudPickler):  # type: ignore[misc]  # Ray's, without types
    def __init__(self, file: io.BytesIO, reduce_ref: ReduceRef) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)  # pyright: ignore[reportUnknownMemberType]  # Ray's
        self._reduce_ref = reduce_ref

    def reducer_override(self, obj: object) -> Any:  # what pickle asks for
        if isinstance(obj, ActorRef):
            # isinstance() says nothing of the actor's class.
            return self._reduce_ref(obj)  # pyright: ignore[reportUnknownArgumentType]  # of any class
        return super().reducer_override(obj)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # Ray's


def encode(value: object, reduce_ref: ReduceRef) -> bytes:
    """Return a value as bytes.

    Raises:
        Exception: whatever pickle raises, or a method of the value's that pickle calls.
    """
    if is_plain(value):
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    file = io.BytesIO()
    _Pickler(file, reduce_ref).dump(value)
    return file.getvalue()


RAISED, ENDED = 1, 2
"""What the mark of an answer says: the actor raised this, and the actor has ended."""


def seal(payload: bytes, *, raised: bool, ended: bool) -> bytes:
    """Return an answer with its mark at the end, where `decode` does not look.

    Ray sends bytes as they are, in a fraction of the time that it needs for a tuple.
    """
    return payload + (raised * RAISED | ended * ENDED).to_bytes(1)


def unseal(answer: bytes) -> int:
    """Return the mark of an answer."""
    return answer[-1]


_codec = Codec(encode, "by Ray")
encode_message = _codec.encode_message
encode_result = _codec.encode_result
encode_exception = _codec.encode_exception
