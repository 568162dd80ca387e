"""Drift: what differs, as a diff that could be applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.codegen.conftest import Project


def test_no_drift(project: Project) -> None:
    project.run("generate")
    result = project.run("check")
    assert (result.status, result.stdout, result.stderr) == (0, "1 proxy, 2 members, 2 files up to date\n", "")


def test_changed_source(project: Project) -> None:
    project.run("generate")
    before = project.files()
    project.write({"src/hub/actors.py": project.counter.replace("number: int", "number: float")})
    result = project.run("check")
    assert result.status == 1
    assert "--- src/hub/proxies.pyi\t(on disk)\n+++ src/hub/proxies.pyi\t(from its sources)\n" in result.stdout
    assert "-    def defer(self, number: int = 1) -> None: ...\n" in result.stdout
    assert "+    def defer(self, number: float = 1) -> None: ...\n" in result.stdout
    assert "proxies.py " not in result.stdout
    assert result.stderr == (
        "src/hub/proxies.pyi: error: is not what its sources give now\n  hint: run: typedactors generate\n"
    )
    assert project.stub.read_bytes() == before["src/hub/proxies.pyi"]


def test_edited_output(project: Project) -> None:
    project.run("generate")
    project.stub.write_text(project.stub.read_text().rstrip("\n"))
    result = project.run("check")
    assert result.status == 1
    assert "\\ No newline at end of file\n" in result.stdout


def test_missing_outputs(project: Project) -> None:
    result = project.run("check")
    assert result.status == 1
    assert "--- /dev/null\n+++ src/hub/proxies.py\t(from its sources)\n@@ -0,0 +1," in result.stdout
    assert "src/hub/proxies.py: error: is missing\n" in result.stderr
    assert "src/hub/proxies.pyi: error: is missing\n" in result.stderr
    assert not project.stub.exists()


def test_one_file_of_a_pair(project: Project) -> None:
    project.run("generate")
    project.stub.unlink()
    result = project.run("check")
    assert result.status == 1
    assert "src/hub/proxies.pyi: error: is missing, and proxies.py stands without it\n" in result.stderr
    assert "proxies.py\t(on disk)" not in result.stdout


def test_line_ends_of_a_checkout_are_no_drift(project: Project) -> None:
    project.run("generate")
    project.stub.write_bytes(project.stub.read_bytes().replace(b"\n", b"\r\n"))
    assert project.run("check").status == 0
