"""Whether a run would find everything as the last one did, so that it need not ask mypy again.

A run leaves a record in the cache folder: hashes of all that its answer depends on, and the answer,
but for the generated text, of which there is the hash alone. A later run whose hashes are the same,
and whose outputs on disk are what was generated, has the same answer. Anything else, a record that
cannot be read included, is a full run.

What an answer depends on:

- the generator, mypy, Jinja and Python themselves, and what they are told: the configuration, the
  working directory, ``sys.path``, and the environment variables that mypy reads;
- the content of every module below the source roots, and of every file that mypy read elsewhere;
- where modules are found: a new file can come before, or can be what an import lacked. So the names
  in each folder where one of the imported modules is, or could be, count as well.

Dates and sizes do not count. ``pipeline`` imports it; it imports ``model``, ``targets`` and
``writer``, and nothing that takes long: it runs when there is nothing to do.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typedactors_codegen.model import Diagnostic, Origin, Severity
from typedactors_codegen.outcome import Outcome, Remark
from typedactors_codegen.writer import GeneratedFile, read_existing, without_version

if TYPE_CHECKING:
    from typedactors_codegen.config import Configuration
    from typedactors_codegen.frontend.reading import Reading
    from typedactors_codegen.targets import ResolvedOutput

_FORMAT = 2
# One for each way to call the generator in a project; more than this many are not in use.
_KEPT_RECORDS = 8
_PREFIX, _SUFFIX = "unchanged-", ".json"


class Records:
    """The records of one project; all methods are for one run.

    Arguments:
        configuration: what the run is asked to do.
        outputs: the outputs, with their targets expanded.
        sources: every Python file below the source roots, the outputs excepted.
        cache_directory: where the records are.
    """

    def __init__(
        self,
        configuration: Configuration,
        outputs: Sequence[ResolvedOutput],
        sources: Iterable[Path],
        cache_directory: Path,
    ) -> None:
        self._directory = cache_directory
        self._outputs = [path for output in outputs for path in (output.runtime_path, output.stub_path)]
        self._sources = {str(path): _content_hash(path) for path in sources}
        self._path = cache_directory / f"{_PREFIX}{_request_hash(configuration, outputs)[:32]}{_SUFFIX}"

    def find(self) -> Outcome | None:
        """The outcome of the last run, if this one would have the same."""
        try:
            record: Any = json.loads(self._path.read_bytes())  # JSON is Any; a wrong shape is caught below
            if not self._holds(record):
                return None
            return _outcome(record, self._outputs)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None

    def keep(self, outcome: Outcome, reading: Reading) -> None:
        """Record the outcome of this run; a failure to write is none of the user's concern."""
        if not reading.consistent or self._sources != {path: _content_hash(Path(path)) for path in self._sources}:
            return  # a file was changed while it was read
        others = sorted(reading.files - self._sources.keys())
        record = {
            "sources": self._sources,
            "others": {path: _content_hash(Path(path)) for path in others},
            "folders": {folder: self._names_hash(folder) for folder in sorted(_folders(reading))},
            "outputs": {str(file.path): _hash(without_version(file.content)) for file in outcome.files},
            "diagnostics": [
                [
                    each.severity.value,
                    each.origin.path,
                    each.origin.line,
                    each.member,
                    each.reason,
                    each.remedy,
                    each.holder,
                ]
                for each in outcome.diagnostics
            ],
            "left_out": [_remark(each) for each in outcome.left_out],
            "notes": [_remark(each) for each in outcome.notes],
            "counts": [outcome.proxies, outcome.parts, outcome.members],
        }
        temporary = self._path.with_name(f".{self._path.name}.{os.getpid()}.tmp")
        with contextlib.suppress(OSError):
            self._directory.mkdir(exist_ok=True)
            temporary.write_text(json.dumps(record), encoding="utf-8")
            os.replace(temporary, self._path)
            self._remove_old_records()
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)

    def _holds(self, record: Mapping[str, Any]) -> bool:  # read from JSON
        if record["sources"] != self._sources or record["outputs"].keys() != {str(path) for path in self._outputs}:
            return False
        written: dict[str, str] = record["outputs"]
        for path, expected in written.items():
            existing = read_existing(Path(path))
            if existing is None or _hash(without_version(existing)) != expected:
                return False
        others: dict[str, str] = record["others"]
        folders: dict[str, str] = record["folders"]
        return all(_content_hash(Path(path)) == expected for path, expected in others.items()) and all(
            self._names_hash(folder) == expected for folder, expected in folders.items()
        )

    def _names_hash(self, folder: str) -> str:
        """The hash of the names in a folder that could be modules, but for the outputs."""
        own = {path.name for path in self._outputs if str(path.parent) == folder}
        found: list[str] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name
                    if name.endswith((".py", ".pyi")):
                        if name not in own:
                            found.append(name)
                    elif name == "py.typed":
                        # The one file whose text decides where else is looked.
                        found.append(f"{name}={_content_hash(Path(entry.path))}")
                    elif (name.isidentifier() or name.endswith("-stubs")) and name != "__pycache__" and entry.is_dir():
                        found.append(f"{name}/")
        except OSError:
            return ""
        return _hash("\n".join(sorted(found)).encode(errors="surrogatepass"))

    def _remove_old_records(self) -> None:
        records = sorted(self._directory.glob(f"{_PREFIX}*{_SUFFIX}"), key=lambda path: path.stat().st_mtime_ns)
        for record in records[:-_KEPT_RECORDS]:
            record.unlink(missing_ok=True)


def _outcome(record: Mapping[str, Any], outputs: Collection[Path]) -> Outcome:  # read from JSON
    proxies, parts, members = record["counts"]
    return Outcome(
        files=tuple(GeneratedFile(path, (read_existing(path) or b"").decode("utf-8")) for path in outputs),
        diagnostics=tuple(
            Diagnostic(Severity(severity), Origin(path, line), member, reason, remedy, holder)
            for severity, path, line, member, reason, remedy, holder in record["diagnostics"]
        ),
        left_out=tuple(Remark(member, reason, Origin(path, line)) for member, reason, path, line in record["left_out"]),
        notes=tuple(Remark(member, reason, Origin(path, line)) for member, reason, path, line in record["notes"]),
        proxies=proxies,
        parts=parts,
        members=members,
        timings=(),
    )


def _remark(remark: Remark) -> list[str | int]:
    return [remark.member, remark.reason, remark.origin.path, remark.origin.line]


def _folders(reading: Reading) -> set[str]:
    """Every folder in which a module that was looked for is, or could be."""
    relative: set[str] = {""}
    for module in reading.modules:
        top, *rest = module.split(".")
        for head in (top, f"{top}-stubs"):
            for length in range(len(rest) + 1):
                relative.add(os.path.join(head, *rest[:length]))
    # A folder that is not there yet changes the names in the one above it.
    return {
        path
        for root in reading.search_path
        for path in (os.path.join(root, each) if each else root for each in relative)
        if os.path.isdir(path)
    }


def _request_hash(configuration: Configuration, outputs: Sequence[ResolvedOutput]) -> str:
    return _hash(
        repr(
            (
                _FORMAT,
                _own_hash(),
                [_identity(name) for name in ("mypy", "jinja2")],
                sys.version,
                sys.platform,
                sys.executable,
                sys.prefix,
                sys.path,
                os.getcwd(),
                sorted((name, value) for name, value in os.environ.items() if name.startswith(("MYPY", "PYODIDE"))),
                str(configuration.path),
                str(configuration.base_directory),
                [str(root) for root in configuration.source],
                [(each.module, [(target.module, target.name) for target in each.targets]) for each in outputs],
                [(str(each.runtime_path), str(each.stub_path)) for each in outputs],
            )
        ).encode(errors="surrogatepass")
    )


def _own_hash() -> str:
    """The hash of the generator's own files, which tells one state of its development from another."""
    package = Path(__file__).parent
    files = sorted(path for pattern in ("*.py", "*/*.py", "templates/*.jinja") for path in package.glob(pattern))
    return _hash("".join(f"{path.name}={_content_hash(path)}\n" for path in files).encode())


def _identity(package: str) -> list[str]:
    """Which release of a package is installed, and where; importlib.metadata takes too long to import."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return []
    folder = Path(spec.origin).parent
    releases = sorted(name for name in os.listdir(folder.parent) if name.lower().startswith(f"{package}-"))
    return [str(folder), _content_hash(folder / "__init__.py"), _content_hash(folder / "version.py"), *releases]


def _content_hash(path: Path) -> str:
    try:
        return _hash(path.read_bytes())
    except OSError:
        return ""


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
