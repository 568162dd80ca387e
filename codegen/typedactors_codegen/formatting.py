"""Python text that is the same whoever formats it: string literals, docstrings, long signatures.

``render`` imports it; it imports nothing of the package. No formatter is run on the output, so what
is written here is final.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence

WIDTH = 100


def string_literal(text: str) -> str:
    """``text`` as a literal in double quotes, on one line, with every control character escaped."""
    return '"' + _escape(text, '"\\\n') + '"'


def docstring_block(text: str | None, indent: str) -> str | None:
    """A docstring as it stands in a body at ``indent``, or ``None`` when there is nothing to say."""
    cleaned = clean_docstring(text)
    if cleaned is None:
        return None
    lines = [_escape(line, "\\") for line in cleaned.split("\n")]
    lines = [line.replace('"""', r"\"\"\"") for line in lines]
    if len(lines) == 1 and lines[-1].endswith('"'):
        lines[-1] = lines[-1][:-1] + r"\""
    body = [lines[0], *(f"{indent}{line}" if line else "" for line in lines[1:])]
    closing = '"""' if len(lines) == 1 else f'\n{indent}"""'
    return f'{indent}"""' + "\n".join(body) + closing


def clean_docstring(text: str | None) -> str | None:
    """A docstring without the indentation of its source, or ``None`` if it is blank."""
    if text is None:
        return None
    # A docstring can have any line separator, as an escape; only "\n" may end a line of the output.
    cleaned = "\n".join(line.rstrip() for line in inspect.cleandoc(text).split("\n")).strip()
    return cleaned or None


def string_argument(text: str | None, indent: str) -> str:
    """The argument of ``proxy_method(...)``: empty, one literal, or one literal for each line."""
    cleaned = clean_docstring(text)
    if cleaned is None:
        return ""
    lines = cleaned.split("\n")
    if len(lines) == 1:
        return string_literal(lines[0])
    inner = indent + "    "
    literals = [string_literal(f"{line}\n") for line in lines[:-1]] + [string_literal(lines[-1])]
    return "\n" + "\n".join(f"{inner}{literal}" for literal in literals) + f"\n{indent}"


def function_header(name: str, parameters: Sequence[str], returns: str, indent: str) -> str:
    """``def name(parameters) -> returns:`` at ``indent``, one parameter a line if it is too long."""
    line = f"{indent}def {name}({', '.join(parameters)}) -> {returns}:"
    # The body of most is " ...", which stands on the same line.
    if len(line) + len(" ...") <= WIDTH or len(parameters) < 2:
        return line
    inner = indent + "    "
    return (
        f"{indent}def {name}(\n"
        + "".join(f"{inner}{parameter},\n" for parameter in parameters)
        + f"{indent}) -> {returns}:"
    )


def _escape(text: str, special: str) -> str:
    # Most lines have nothing to escape, and there are many.
    if text.isprintable() and not any(character in text for character in special):
        return text
    return "".join(_escaped(character, special) for character in text)


def _escaped(character: str, special: str) -> str:
    if character == "\n" and character in special:
        return "\\n"
    if character in special:
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
