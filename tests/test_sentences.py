"""Commands that tplib proposes work as they are pasted, wherever the user is."""

import ast
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import tplib
from tplib.sentences import proposed, proposed_inside

SOURCE = Path(tplib.__file__).parent
OF_A_COURSE = "build collect export extension feedback grade new-exercise new prove report submit watch"
COMMAND = rf"tp (?:{OF_A_COURSE.replace(' ', '|')})|nbgrader (?:db|autograde|generate_\w+|formgrader)"
PROPOSED = re.compile(rf"\b(?:{COMMAND})(?: (?!needs)[a-z0-9._-]+)* (?:\{{\}}|[A-Z]{{5,}})(?!` (?:saw|is written))")


def texts(tree: ast.AST) -> Iterator[str]:
    """The strings of a module that are no docstrings, with {} for what is put into them."""
    quiet = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet:
            yield node.value


def test_no_command_on_a_course_is_written_by_hand():
    """Else it lacks the course's folder, or the quotes around a name with a space: `proposed` writes them."""
    found = {}
    for path in SOURCE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "tp " in source or "nbgrader " in source:
            written = [text for text in texts(ast.parse(source)) if PROPOSED.search(text)]
            found |= {str(path.relative_to(SOURCE)): written} if written else {}
    for path in SOURCE.rglob("*.j2"):
        text = re.sub(r"\{\{.*?\}\}", "{}", path.read_text(encoding="utf-8"))
        found |= {path.name: PROPOSED.findall(text)} if PROPOSED.search(text) else {}
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "run `tp grade {}` first",
        "`tp export {} -o marks.csv`",
        "tp grade --force {}",
        "run `tp grade ASSIGNMENT`",
        "`nbgrader db student add {}`",
    ],
)
def test_the_rule_sees_commands_written_by_hand(text):
    assert PROPOSED.search(text)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "my course's"
    folder.mkdir()
    return folder


def test_in_the_course_its_folder_is_not_named(course, monkeypatch):
    monkeypatch.chdir(course)
    assert proposed(course, "grade", "TP6", "--force") == "tp grade TP6 --force"
    assert proposed(Path("."), "build") == "tp build"
    assert proposed_inside(course, "nbgrader", "db", "upgrade") == "nbgrader db upgrade"


@pytest.mark.parametrize("below", ["", "elsewhere"])
def test_from_elsewhere_it_is_named_so_that_a_shell_finds_it(below, course, tmp_path, monkeypatch):
    here = tmp_path / below
    here.mkdir(exist_ok=True)
    monkeypatch.chdir(here)
    for words, option in ((("grade", "TP6 b"), "--course"), (("build", "TP6", "--only", "1_a"), "--root")):
        found = shlex.split(proposed(course, *words))
        assert found[:-2] == ["tp", *words]
        assert found[-2] == option
        assert Path(found[-1]).resolve() == course.resolve()
    ran = subprocess.run(
        proposed_inside(course, "python3", "-c", "import os; print(os.getcwd())"),
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(ran.stdout.strip()) == course.resolve()


def test_a_folder_below_is_named_as_one_would_type_it(course, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert proposed(course, "report", "TP6") == """tp report TP6 --course 'my course'"'"'s'"""
