"""One migration from paths to a report. Writes nothing.

``command`` imports it, and so may a program; it imports every step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import libcst as cst

from typedactors_codegen.errors import UsageError
from typedactors_codegen.migrate import casts, handwritten, imports, other_files, placing, proxies, sources, strings
from typedactors_codegen.migrate.index import Class, Index
from typedactors_codegen.migrate.names import NEW, OLD
from typedactors_codegen.migrate.report import Changed, Counts, Kind, MigrationReport, Remark, in_order
from typedactors_codegen.migrate.sources import Source

_FROM = re.compile(rf"from\s+([.\w]+)\s+import\s+(?:\([^)]*?\b{OLD}\b|[^\n#(]*?\b{OLD}\b)")
_ATTRIBUTE = re.compile(rf"(\w+)\.{OLD}\b")


def migrate(paths: Sequence[Path], *, replace_classes: bool = True) -> MigrationReport:
    """Find out what to rewrite in ``paths``, files and folders, so that it runs on typedactors.

    Arguments:
        paths: Python files, and folders that are searched for them.
        replace_classes: whether generated proxy classes may take the place of hand-written ones, which
            takes a run of mypy.

    Returns:
        The files as they are to be written, and what was left, with the reasons.

    Raises:
        UsageError: there is no path, one does not exist, or is no Python file.
    """
    if not paths:
        raise UsageError("no path was given", hint="name the files or folders to migrate")
    modules, others = sources.find(paths)
    counts = Counts()
    remarks: list[Remark] = list(other_files.remarks(others))
    read: list[Source] = []
    for path in modules:
        source = sources.read(path)
        if isinstance(source, Remark):
            remarks.append(source)
        else:
            read.append(source)
    mine = [source for source in read if not source.generated]
    remarks += _imports_and_strings(mine, counts)
    index = Index(read)
    found = handwritten.find(index)
    new: list[Changed] = []
    if replace_classes and found:
        replaced = _classes(read, index, found)
        remarks += [each for one in replaced for each in one.remarks]
        counts.classes = sum(one.classes for one in replaced)
        for one in replaced:
            if not one.outputs:
                continue
            new += [Changed(path, text) for path, text in one.texts.items()]
            read += [_generated(one.root, path, text) for path, text in one.texts.items() if path.suffix == ".py"]
            configured = placing.configure(one.root, one.outputs)
            if isinstance(configured, Changed):
                new.append(configured)
            else:
                remarks.append(configured)
        index = Index(read)
        found = handwritten.find(index)
    remarks += _casts(mine, casts.Classes(index, found), counts)
    files = [changed for source in mine if (changed := source.changed()) is not None]
    return MigrationReport(tuple(files + new), in_order(remarks), counts, len(modules))


def _imports_and_strings(mine: list[Source], counts: Counts) -> list[Remark]:
    remarks: list[Remark] = []
    elsewhere = _names_used_elsewhere(mine)
    mine[:] = [source for source in mine if not _is_disturbed(source, remarks)]
    for source in mine:
        last = source.module.rpartition(".")[2]
        remarks += imports.rewrite(source, counts, name_is_used_elsewhere=last in elsewhere)
        remarks += strings.rewrite(source, counts)
    return remarks


def _is_disturbed(source: Source, remarks: list[Remark]) -> bool:
    """Whether LibCST would not give a file back as it is, or cannot read it; remarked, and left."""
    if not any(word in source.text for word in (OLD, NEW, ".proxy")):
        return False  # nothing in it will be rewritten
    try:
        code = cst.parse_module(source.text).code
    except cst.ParserSyntaxError as error:
        line = sources.syntax_error_line(source.text, error.raw_line)
        message = f"syntax error, so the file is left as it is: {error.message}"
        remarks.append(Remark(Kind.ERROR, source.path, line, message, "correct it and run the command again"))
        return True
    if code == source.text:
        return False
    pairs = zip(source.text.split("\n"), code.split("\n"), strict=False)
    line = next((number for number, (old, new) in enumerate(pairs, 1) if old != new), 1)
    message = "LibCST would not keep this line as it is (a form feed?), so the file is left"
    remarks.append(Remark(Kind.ERROR, source.path, line, message, "take the odd character out, and run again"))
    return True


def _names_used_elsewhere(all_of_them: Iterable[Source]) -> set[str]:
    """The last names of the modules from which another file takes the name ``pykka``."""
    names: set[str] = set()
    for source in all_of_them:
        if OLD not in source.text:
            continue
        for match in _FROM.finditer(source.text):
            name = match[1].rpartition(".")[2] or source.package.rpartition(".")[2]
            if match[1].partition(".")[0] != OLD:
                names.add(name)
        names |= {match[1] for match in _ATTRIBUTE.finditer(source.text)}
    return names


def _classes(
    read: list[Source], index: Index, found: dict[Class, handwritten.HandWritten]
) -> list[proxies.Replacement]:
    roots = dict.fromkeys(index.modules[each.module].source.root for each in found)
    return [proxies.replace(root, read, index, found) for root in roots]


def _generated(root: Path, path: Path, text: str) -> Source:
    module = ".".join(path.relative_to(root).with_suffix("").parts)
    return Source(path, root, module, "utf-8", text.encode(), text, generated=True)


def _casts(mine: Iterable[Source], classes: casts.Classes, counts: Counts) -> list[Remark]:
    remarks: list[Remark] = []
    for source in mine:
        remarks += casts.rewrite(source, classes, counts)
    return remarks
