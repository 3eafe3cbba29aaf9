"""What `tp build` makes of an exercise that has changed since the notebook that checks it was run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

from tplib.course import build as course_build
from tplib.course.layout import Page
from tplib.graders import registry
from tplib.graders.fingerprint import fingerprint
from tplib.graders.notebook import Checked
from tplib.graders.verdict import Verdict

Run = Callable[[str], Result]
SOLUTION = "return max(numbers) - min(numbers)"
FILE = "tp-exercises.json"


def words(result: Result) -> str:
    return " ".join((result.stdout + result.stderr + str(result.exception or "")).split())


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


@pytest.fixture
def course(tp: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of two notebooks with an exercise each."""
    tp("new-course stats")
    monkeypatch.chdir(here / "stats")
    for folder, suffix in (("course/Session1", "2_second"), ("exercises", "largest")):
        first = Path(folder, "1_first.py" if folder.startswith("course") else "range_of.py")
        Path(folder, f"{suffix}.py").write_text(first.read_text())
        change(Path(folder, f"{suffix}.py"), ("range_of", "largest"))
    change(Path("exercises/largest.py"), ("1_first", "2_second"))
    return here / "stats"


@pytest.fixture
def instant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks run at once, and every check says that all is right."""

    def run(course: object, page: Page, notebook: NotebookNode, progress: object) -> list[str]:
        for count, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), 1):
            cell.execution_count = count
            if cell.source.startswith("check("):
                name = cell.source.split('"')[1]
                data = Checked(Verdict(name, 1.0, "right", "", 1.0))._repr_mimebundle_()
                content = {"data": data, "metadata": {}, "execution_count": count}
                cell.outputs = [output_from_msg({"header": {"msg_type": "execute_result"}, "content": content})]
        return []

    monkeypatch.setattr(course_build, "run_apart", run)


def test_a_reference_that_refuses_the_notebooks_answer_is_not_given_out(tp: Run, course: Path) -> None:
    assert tp("build --only 1_first").exit_code == 0
    released = (course / "release/Session1" / FILE).read_bytes()
    change(Path("exercises/range_of.py"), (SOLUTION, f"{SOLUTION} + 1"))
    refused = tp("build --only 1_first")
    assert refused.exit_code == 1
    assert 'cell 5 (check("range_of")): the answer above earns 0 of 1 points' in words(refused)
    assert (course / "release/Session1" / FILE).read_bytes() == released
    change(Path("exercises/range_of.py"), (f"{SOLUTION} + 1", SOLUTION))
    assert "1 notebook built, 0 run, 0 files changed" in words(tp("build --only 1_first"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (SOLUTION, "return 2 * (max(numbers) - min(numbers))"),
        ("low=-9", "low=-5"),
        ("edges=(", "rtol=1e-3, edges=("),
        ("points=1", "forbidden=('numpy.ptp',), points=1"),
    ],
)
@pytest.mark.parametrize("kind", ["public", "private"])
def test_only_the_notebook_of_the_changed_exercise_runs(
    tp: Run, course: Path, instant: None, old: str, new: str, kind: str
) -> None:
    exercise = Path("exercises/range_of.py")
    if kind == "private":
        change(exercise, ("points=1", "private=True, points=1"))
    assert "2 notebooks built, 2 run" in words(tp("build"))
    assert "2 notebooks built, 0 run" in words(tp("build"))
    change(exercise, (old, new))
    checked = tp("build --check")
    assert checked.exit_code == 1
    assert f"source/Session1/{FILE} is not what exercises/ makes: range_of changed" in words(checked)
    waiting = tp("build --no-execute")
    assert f"range_of has changed, and {FILE} keeps it as it was: 1_first must run with it first" in words(waiting)
    built = tp("build")
    assert "ran Session1/1_first: the exercise range_of has changed" in words(built)
    assert "2 notebooks built, 1 run" in words(built)
    assert tp("build --check").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("largest - smallest", "the largest number less the smallest"),
        ("Can a range be negative?", "Is a range ever negative?"),
        ("return max(numbers)\n", "return max(numbers) + 1\n"),
        ("return ordered[-1]", "return -ordered[0] + ordered[-1] + ordered[0]"),
        ("points=1", "points=2"),
    ],
)
@pytest.mark.parametrize("kind", ["public", "private"])
def test_what_a_right_answer_is_not_judged_by_has_nothing_run(
    tp: Run, course: Path, instant: None, old: str, new: str, kind: str
) -> None:
    exercise = Path("exercises/range_of.py")
    if kind == "private":
        change(exercise, ("points=1", "private=True, points=1"))
    assert tp("build").exit_code == 0
    change(exercise, (old, new))
    built = tp("build")
    assert "2 notebooks built, 0 run" in words(built)
    entries = {
        entry["name"]: entry for entry in json.loads((course / "release/Session1" / FILE).read_text())["exercises"]
    }
    assert entries["range_of"]["points"] == (2 if "points" in old else 1)


def test_a_mistake_without_its_question_is_not_given_out(tp: Run, course: Path, instant: None) -> None:
    change(Path("exercises/range_of.py"), ("Can a range be negative? Which of the two do you take from the other?", ""))
    built = tp("build")
    assert built.exit_code == 1
    assert "the mistake 'smallest minus largest' has no question yet" in words(built)
    assert not (course / "release/Session1" / FILE).exists()


HELPED = '''
from pathlib import Path

from tplib.graders.exercise import exercises_of

from . import observers
from ._common import FACTOR, numbers

exercise = exercises_of("S", "n")
LIMITS = (1, 9)


def inputs(draw):
    return numbers(draw, *LIMITS)


@exercise(points=1, draw=inputs, observe=observers.seen)
def scaled(x):
    """f

    shapes: a
    worked: b
    """
    return FACTOR * x


@scaled.mistake("Is it scaled?")
def plain(x):
    return x


OTHER = 3


@exercise(points=1, draw=lambda draw: (OTHER,))
def other(x):
    """f

    shapes: a
    worked: b
    """
    return Path(__file__).with_name("table.csv").read_text()
'''
COMMON = "FACTOR = 2\nUNUSED = 7\n\n\ndef numbers(draw, low, high):\n    return (draw.size(low, high),)\n"
OBSERVERS = "def seen(answer, x):\n    return answer(x)\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        ("helped.py", "FACTOR * x", "FACTOR + x", {"scaled"}),
        ("helped.py", "(1, 9)", "(1, 8)", {"scaled"}),
        ("helped.py", "Is it scaled?", "Is it?", {"scaled"}),
        ("helped.py", "OTHER = 3", "OTHER = 4", {"other"}),
        ("helped.py", "points=1", "points=2", set()),
        ("helped.py", "shapes: a", "shapes: any", set()),
        ("helped.py", "LIMITS = (1, 9)", "# which\nLIMITS = (1, 9)\n", set()),
        ("_common.py", "FACTOR = 2", "FACTOR = 3", {"scaled"}),
        ("_common.py", "draw.size(low", "draw.size(low + 1", {"scaled"}),
        ("_common.py", "UNUSED = 7", "UNUSED = 8", set()),
        ("observers.py", "return answer(x)", "return answer(x + 1)", {"scaled"}),
        ("table.csv", "1,2", "1,3", {"other"}),
    ],
)
def test_a_fingerprint_changes_with_what_judges_and_nothing_else(
    here: Path, file: str, old: str, new: str, changed: set[str]
) -> None:
    folder = here / "exercises"
    folder.mkdir()
    (here / "nbgrader_config.py").touch()
    for name, text in (
        ("helped.py", HELPED),
        ("_common.py", COMMON),
        ("observers.py", OBSERVERS),
        ("table.csv", "1,2"),
    ):
        (folder / name).write_text(text)

    def prints() -> dict[str, str]:
        registry.forget()
        return {name: fingerprint(registry.find(name)) for name in ("scaled", "other")}

    before = prints()
    assert "" not in before.values()
    change(folder / file, (old, new))
    after = prints()
    assert {name for name in before if before[name] != after[name]} == changed
