"""Whether a generated text is Python at all, looked at before any of it is used or written.

``render`` imports it; it imports ``errors``, ``model`` and ``naming``. A text that fails here is
always a mistake of the generator's, and is to be told from one of the user's.
"""

from __future__ import annotations

import ast

from typedactors_codegen.errors import CodegenError
from typedactors_codegen.model import OutputModule, ProxyClass
from typedactors_codegen.naming import ProxyNames


def refuse_broken_text(text: str, file_name: str, output: OutputModule, names: ProxyNames) -> None:
    """Raise `CodegenError`, naming the class that is to blame, if ``text`` is not valid Python."""
    try:
        ast.parse(text, filename=file_name)
    except (SyntaxError, ValueError) as error:
        line = (error.lineno or 0) if isinstance(error, SyntaxError) else 0
        proxy = _culprit(text, line, output, names)
        of = f" for the class {proxy.key.module}.{proxy.key.name}" if proxy is not None else ""
        raise CodegenError(
            f"the text generated{of} in {file_name} is not valid Python ({error}), so no file was changed",
            path=None if proxy is None else proxy.origin.path,
            line=None if proxy is None else proxy.origin.line,
            hint="this is a bug of typedactors: report it with the source of the class; "
            "until then, name the other classes of its module as targets",
        ) from error


def _culprit(text: str, line: int, output: OutputModule, names: ProxyNames) -> ProxyClass | None:
    """The class whose name cannot be one, or else the one that the broken line belongs to."""
    classes = {names.by_output[output.module][proxy.key]: proxy for proxy in output.classes}
    for name, proxy in classes.items():
        parts = proxy.key.name.partition("[")[0].split(".")
        if not name.isidentifier() or not all(part.isidentifier() for part in parts):
            return proxy
    lines = text.splitlines()
    broken = lines[line - 1] if 0 < line <= len(lines) else ""
    if not broken.startswith((" ", "class ")):
        return None
    for candidate in reversed(lines[:line]):
        if candidate.startswith("class "):
            # The classes of a stub's methods stand before the proxy, under its name.
            own = candidate.removeprefix("class ").partition("(")[0]
            fitting = [name for name in classes if name == own or own.startswith((f"{name}_", f"_{name}"))]
            return classes[max(fitting, key=len)] if fitting else None
    return None
