"""How messages, results and exceptions become bytes for actors that are not in this process.

What a process may read of another one's is for each runtime to say: it gives a `Codec` its own way to make bytes of a
value. What is the same for all is here: an error that names what cannot be sent, and exceptions that bring the
traceback of the process that they come from.

Imports `_deadlock`, `_failure`, `exceptions` and `messages`.
"""

from __future__ import annotations

import pickle
import traceback
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from typedactors._deadlock import describe, request_of
from typedactors._failure import text_of
from typedactors.exceptions import UnsendableError
from typedactors.messages import ProxyCall, ProxySetAttr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typedactors._ref import ActorRef

__all__ = ["PLAIN", "Codec", "ReduceRef", "RemoteTraceback", "decode", "decode_exception", "is_plain"]

PLAIN = frozenset({type(None), bool, int, float, str, bytes})
"""Types of values that hold no ref and need no help, whose own pickling is several times as fast."""

ReduceRef: TypeAlias = "Callable[[ActorRef[Any]], tuple[Any, ...]]"
"""Returns what pickle is to make of a ref, in the form of ``object.__reduce__``."""


class Encode(Protocol):
    """Makes bytes of a value, which `decode` can read."""

    def __call__(self, value: object, reduce_ref: ReduceRef, /) -> bytes:
        """Return the value as bytes.

        Raises:
            Exception: whatever pickle raises, or a method of the value's that pickle calls.
        """
        ...


class RemoteTraceback(Exception):  # noqa: N818 - it is no error of its own, but the trace of one
    """Where an exception was raised in the process that it comes from; its ``__cause__`` here.

    The idea is that of ``concurrent.futures``.
    """

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


def is_plain(message: object) -> bool:
    """Tell whether a message surely holds nothing but values of `PLAIN` types."""
    if type(message) is ProxyCall:
        return not message.kwargs and all(type(argument) in PLAIN for argument in message.args)
    return type(message) in PLAIN


def decode(payload: bytes | memoryview) -> Any:  # whatever was encoded
    """Return the value of some bytes that come from a process that is trusted.

    Raises:
        Exception: whatever pickle raises, or what it calls.
    """
    return pickle.loads(payload)


def decode_exception(payload: bytes | memoryview) -> BaseException:
    """Return an exception from another process, with a `RemoteTraceback` as its cause.

    Raises:
        Exception: as `decode`.
    """
    exception: BaseException
    exception, trace = decode(payload)
    exception.__cause__ = RemoteTraceback(trace)
    return exception


class Codec:
    """Makes bytes of what actors and their askers send, in the way of one runtime. All threads may share one.

    Args:
        encode: makes bytes of a value.
        way: where to or by what something is sent, in words: ``"to another process"``.
    """

    __slots__ = ("_encode", "_way")

    def __init__(self, encode: Encode, way: str) -> None:
        self._encode = encode
        self._way = way

    def encode_message(self, message: object, reduce_ref: ReduceRef, *, addressee: str | type | None = None) -> bytes:
        """Return a message, in a pair after whom it is for where that is given.

        Args:
            message: to be sent, or the arguments for an actor that is to be started.
            reduce_ref: says how refs travel.
            addressee: the URN of an actor, or the class of the one that is to be started.

        Raises:
            UnsendableError: it names the part of the message that cannot be pickled.
        """
        try:
            return self._encode(message if addressee is None else (addressee, message), reduce_ref)
        except Exception as error:
            what, culprit = self._find_culprit(message, reduce_ref, addressee)
            raise UnsendableError(
                f"{what} cannot be sent {self._way}: {type(culprit).__name__} cannot be pickled ({error}). "
                "Send what it is made of, or have the actor make it."
            ) from error

    def encode_result(self, result: object, what: Callable[[], str], reduce_ref: ReduceRef) -> bytes:
        """Return the result of a request, which ``what()`` names.

        Raises:
            UnsendableError: it names the request.
        """
        try:
            return self._encode(result, reduce_ref)
        except Exception as error:
            raise UnsendableError(
                f"the result of {what()} cannot be sent {self._way}: "
                f"{type(result).__name__} cannot be pickled ({error}). Return what it is made of."
            ) from error

    def encode_exception(self, exception: BaseException, reduce_ref: ReduceRef) -> bytes:
        """Return an exception with its traceback in words; never raises.

        An exception that cannot be pickled, or not be unpickled again, as one with an ``__init__`` of its
        own, is replaced by an `UnsendableError` that says what it was.
        """
        trace = "".join(traceback.format_exception(exception))
        try:
            payload = self._encode((exception, trace), reduce_ref)
            decode(payload)
        except Exception as error:  # noqa: BLE001 - of the exception's own methods
            substitute = UnsendableError(
                f"{type(exception).__qualname__} was raised, which cannot be sent {self._way} ({text_of(error)}). "
                f"In words: {text_of(exception)}"
            )
            payload = self._encode((substitute, trace), reduce_ref)
        return payload

    def _find_culprit(self, message: object, reduce_ref: ReduceRef, addressee: str | type | None) -> tuple[str, object]:
        """Return the first part of a message that cannot be pickled, after a name for it."""
        for what, part in [(f"the class {addressee}", addressee), *_parts(message)]:
            try:
                self._encode(part, reduce_ref)
            except Exception:  # noqa: BLE001 - this one is it
                return what, part
        return f"the message {type(message).__name__}", message


def _parts(message: object) -> Iterator[tuple[str, object]]:
    """Name the parts of a message that a user gave."""
    request = describe(request_of(message))
    if isinstance(message, ProxyCall):
        for number, argument in enumerate(message.args, start=1):
            yield f"argument {number} of {request}()", argument
        for name, argument in message.kwargs.items():
            yield f"argument {name!r} of {request}()", argument
    elif isinstance(message, ProxySetAttr):
        yield f"the value for {request}", message.value
