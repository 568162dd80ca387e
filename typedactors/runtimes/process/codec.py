"""How messages, results and exceptions become bytes that another process can read.

Pickle does it, with one addition: a ref travels as the address of its actor, and becomes a ref of
whatever kind is right where it arrives. Proxies hold refs and travel with them.

Imports `_deadlock`, `_ref`, `exceptions` and `messages`.
"""

from __future__ import annotations

import io
import pickle
import traceback
from typing import TYPE_CHECKING, Any, TypeAlias

from typedactors._deadlock import describe, request_of
from typedactors._ref import ActorRef
from typedactors.exceptions import UnsendableError
from typedactors.messages import ProxyCall, ProxySetAttr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["ReduceRef", "RemoteTraceback", "decode", "encode", "encode_exception", "encode_message", "message_parts"]

ReduceRef: TypeAlias = "Callable[[ActorRef[Any]], tuple[Any, ...]]"
"""Returns what pickle is to make of a ref, in the form of ``object.__reduce__``."""


class RemoteTraceback(Exception):  # noqa: N818 - it is no error of its own, but the trace of one
    """Where an exception was raised in the process that it comes from; its ``__cause__`` here.

    The idea is that of ``concurrent.futures``.
    """

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, reduce_ref: ReduceRef) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._reduce_ref = reduce_ref

    def reducer_override(self, obj: object) -> Any:  # what pickle asks for
        if isinstance(obj, ActorRef):
            # isinstance() says nothing of the actor's class.
            return self._reduce_ref(obj)  # pyright: ignore[reportUnknownArgumentType]
        return NotImplemented


_PLAIN = frozenset({type(None), bool, int, float, str, bytes})
"""Types of values that hold no ref, whose own pickling is several times as fast."""


def encode(value: object, reduce_ref: ReduceRef) -> bytes:
    """Return a value as bytes.

    Raises:
        Exception: whatever pickle raises, or a method of the value's that pickle calls.
    """
    if type(value) in _PLAIN:
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    file = io.BytesIO()
    _Pickler(file, reduce_ref).dump(value)
    return file.getvalue()


def decode(payload: bytes | memoryview) -> Any:  # whatever was encoded
    """Return the value of some bytes from another process of this program.

    Raises:
        Exception: whatever pickle raises, or what it calls.
    """
    return pickle.loads(payload)


def encode_message(addressee: str | type, message: object, reduce_ref: ReduceRef) -> bytes:
    """Return a message and the URN of the actor that it is for, or the class of one to be started.

    Raises:
        UnsendableError: it names the part of the message that cannot be pickled.
    """
    try:
        if type(addressee) is str and _is_plain(message):
            return pickle.dumps((addressee, message), pickle.HIGHEST_PROTOCOL)
        return encode((addressee, message), reduce_ref)
    except Exception as error:
        what, culprit = _find_culprit(addressee, message, reduce_ref)
        raise UnsendableError(
            f"{what} cannot be sent to another process: {type(culprit).__name__} cannot be pickled ({error}). "
            "Send what it is made of, or have the actor make it."
        ) from error


def _is_plain(message: object) -> bool:
    """Tell whether a message surely holds no ref."""
    if type(message) is ProxyCall:
        return not message.kwargs and all(type(argument) in _PLAIN for argument in message.args)
    return type(message) in _PLAIN


def _find_culprit(addressee: str | type, message: object, reduce_ref: ReduceRef) -> tuple[str, object]:
    """Return the first part of a message that cannot be pickled, after a name for it."""
    for what, part in [(f"the class {addressee}", addressee), *message_parts(message)]:
        try:
            encode(part, reduce_ref)
        except Exception:  # noqa: BLE001 - this one is it
            return what, part
    return f"the message {type(message).__name__}", message


def message_parts(message: object) -> Iterator[tuple[str, object]]:
    """Name the parts of a message that a user gave."""
    request = describe(request_of(message))
    if isinstance(message, ProxyCall):
        for number, argument in enumerate(message.args, start=1):
            yield f"argument {number} of {request}()", argument
        for name, argument in message.kwargs.items():
            yield f"argument {name!r} of {request}()", argument
    elif isinstance(message, ProxySetAttr):
        yield f"the value for {request}", message.value


def encode_result(result: object, what: Callable[[], str], reduce_ref: ReduceRef) -> bytes:
    """Return the result of a request, which ``what()`` names.

    Raises:
        UnsendableError: it names the request.
    """
    try:
        return encode(result, reduce_ref)
    except Exception as error:
        raise UnsendableError(
            f"the result of {what()} cannot be sent to another process: "
            f"{type(result).__name__} cannot be pickled ({error}). Return what it is made of."
        ) from error


def encode_exception(exception: BaseException, reduce_ref: ReduceRef) -> bytes:
    """Return an exception with its traceback in words; never raises.

    An exception that cannot be pickled, or not be unpickled again, as one with an ``__init__`` of its
    own, is replaced by an `UnsendableError` that says what it was.
    """
    trace = "".join(traceback.format_exception(exception))
    try:
        payload = encode((exception, trace), reduce_ref)
        decode(payload)
    except Exception as error:  # noqa: BLE001 - of the exception's own methods
        substitute = UnsendableError(
            f"{type(exception).__qualname__} was raised, which cannot be sent to another process ({error}). "
            f"What it said: {exception}"
        )
        payload = encode((substitute, trace), reduce_ref)
    return payload


def decode_exception(payload: bytes | memoryview) -> BaseException:
    """Return an exception from another process, with a `RemoteTraceback` as its cause."""
    exception: BaseException
    exception, trace = decode(payload)
    exception.__cause__ = RemoteTraceback(trace)
    return exception
