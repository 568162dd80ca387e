"""An example that is wrong, or that nothing would run, is found: the tests of what ``test_examples`` relies on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs._blocks import PageError, blocks_of
from tests.docs._output import arrows, differences, missing_excerpts
from tests.docs._session import Session, environment_for_commands


def run(page_text: str, folder: Path, repository: Path) -> None:
    """Run the page ``page_text``."""
    page = folder / "page.md"
    page.write_text(page_text, encoding="utf-8")
    project = folder / "project"
    project.mkdir()
    Session(project.resolve(), environment_for_commands(repository), blocks_of(page)).run()


def fence(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```\n"


RIGHT = {
    "output in a block": fence("python", "print(1)") + fence("text", "1"),
    "a picture as output": fence("python", "print('flowchart LR')") + fence("mermaid", "flowchart LR"),
    "output in comments": fence("python", "print(1)  # => 1\nprint('=>')  # => =>"),
    "a session": fence("python", "number = 1") + "Words.\n\n" + fence("python", "assert number == 1"),
    "an error": "<!-- example: raises -->\n" + fence("python", "1 / 0") + fence("text", "ZeroDivisionError: ..."),
    "a file": fence('python title="box/a.py"', "x = 1") + fence("python", "from box.a import x\nassert x == 1"),
    "a program": fence('python title="a.py"', "print(1)") + fence("console", "$ python a.py\n1"),
    "an exit status": fence("console", "$ python absent.py\n...\n$ echo $?\n2"),
    "not run": "<!-- example: not run, because I say so -->\n" + fence("console", "$ rm everything"),
    "an actor that is left running": fence(
        "python",
        "from typedactors import ThreadingActor\nclass A(ThreadingActor):\n    pass\nA.start()",
    ),
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_right_pages_pass(text: str, tmp_path: Path, repository: Path) -> None:
    run(text, tmp_path, repository)


WRONG = {
    "another output": (fence("python", "print(1)") + fence("text", "2"), "printed something else"),
    "another picture": (fence("python", "print('flowchart LR')") + fence("mermaid", "flowchart TD"), "something else"),
    "another output in comments": (fence("python", "print(1)  # => 2"), "printed something else"),
    "an output that is not shown": (fence("python", "print(1)"), "printed something else"),
    "an output that does not come": (fence("python", "x = 1") + fence("text", "1"), "printed something else"),
    "an error": (fence("python", "1 / 0"), r"page.md:2:[\s\S]*line 2[\s\S]*ZeroDivisionError"),
    "no error": ("<!-- example: raises -->\n" + fence("python", "1") + fence("text", "E"), "raised nothing"),
    "a failed assertion": (fence("python", "assert 1 == 2"), "AssertionError"),
    "a file that nothing uses": (fence('python title="a.py"', "x = 1"), "nothing on the page uses"),
    "a file with a syntax error": (fence('python title="a.py"', "x = "), "invalid syntax"),
    "a text that is no output": (fence("text", "words"), "not the output of the block before"),
    "another language": (fence("yaml", "a: 1"), "which nothing would run"),
    "bad TOML": (fence("toml", "a = "), "Invalid value"),
    "a command that fails in silence": (fence("console", "$ python -c 'raise SystemExit(3)'"), "SystemExit"),
    "an unknown command": (fence("console", "$ rm everything"), "no test runs 'rm'"),
    "a session that ends": (fence("python", "import os\nos._exit(0)"), "session ended"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG.keys())
def test_wrong_pages_fail(text: str, message: str, tmp_path: Path, repository: Path) -> None:
    with pytest.raises((AssertionError, SyntaxError, ValueError), match=message):
        run(text, tmp_path, repository)


UNREADABLE = {
    "an indented block": "Words:\n\n    x = 1\n",
    "a block without a language": "```\nx = 1\n```\n",
    "an unknown attribute": fence("python tite='a.py'", "x = 1"),
    "a comment without a block": "<!-- example: raises -->\n\nWords.\n",
    "an unknown comment": "<!-- example: skip -->\n" + fence("python", "x = 1"),
    "a comment without a reason": "<!-- example: not run -->\n" + fence("python", "x = 1"),
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_blocks_that_no_test_would_notice_are_refused(text: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(PageError, match=r"page\.md:\d"):
        blocks_of(page)


def test_an_excerpt_keeps_the_order_of_its_parts() -> None:
    text = "a\n    b\nc\n"
    assert missing_excerpts("a\n# ...\nc\n", text) == []
    assert missing_excerpts("    b\n", text) == []
    assert missing_excerpts("c\n# ...\na\n", text) == ["a"]


def test_outputs_are_compared_without_what_differs_from_run_to_run(tmp_path: Path) -> None:
    urn = "urn:uuid:aaaaaaaa-1111-2222-3333-bbbbbbbbbbbb"
    assert not differences("A (urn:uuid:...) in a.py\n", f"A ({urn}) in {tmp_path}/a.py  \n", tmp_path)
    assert differences("a\nb\n", "a\n")


def test_only_comments_are_expected_outputs() -> None:
    assert arrows("print('# => no')  # => yes\n# => also\n") == "yes\nalso\n"
