"""`tp new-course`, `tp new-exercise`, `tp prove`, as an author types them."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tplib.cli import app
from tplib.course.build import read_course
from tplib.course.layout import Course
from tplib.graders import course_folder, exercises, registry

Run = Callable[[str], Result]


def words(result: Result) -> str:
    return " ".join((result.stdout + result.stderr).split())


def test_a_new_course_is_whole(tp: Run, here: Path) -> None:
    begun = tp("new-course stats --assignment Describe --notebook 1_centre")
    assert begun.exit_code == 0, begun.output
    assert "wrote stats/course/Describe/1_centre.py" in begun.stdout
    course_folder.use_course(here / "stats")
    course = Course(here / "stats")
    (notebook,) = read_course(course, course.pages(), exercises()).values()
    assert 'check("range_of")' in [cell.source for cell in notebook.cells]
    proven = tp("prove --course stats --no-mutants")
    assert (proven.exit_code, words(proven)) == (
        0,
        "✓ range_of (Describe/1_centre): 3 mistakes, 1 alternative 1 of 1 proven",
    )
    again = tp("new-course stats")
    assert again.exit_code == 1
    assert "holds a course" in words(again)


def test_its_own_tests_pass_but_for_those_of_a_skeleton(tp: Run, here: Path) -> None:
    assert tp("new-course stats").exit_code == 0
    assert tp("new-exercise oddness --course stats").exit_code == 0
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "stats"]
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "2 failed, 4 passed, 1 skipped" in done.stdout
    assert "test_the_grader_is_right[oddness]" in done.stdout
    assert "test_oddness.py::test_there_are_results_to_compare_with" in done.stdout


def test_a_skeleton_fails_until_it_is_filled_in(tp: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tp("new-course stats")
    monkeypatch.chdir(here / "stats")
    made = tp("new-exercise oddness --points 2")
    assert made.exit_code == 0, made.output
    assert "added its cells at the end of course/Session1/1_first.py" in made.stdout
    unfinished = tp("prove oddness")
    assert unfinished.exit_code == 1
    for sentence in (
        "the docstring (exercises/oddness.py, line 13) lacks what students read as hints: formula, shapes, worked.",
        "the mistake 'a usual mistake' (exercises/oddness.py, line 23) has no question yet.",
        "its inputs cannot be drawn (NotImplementedError: write which inputs are drawn): see `draw=`.",
        "0 of 1 proven; to be mended: oddness",
    ):
        assert sentence in words(unfinished)
    path = here / "stats" / "exercises" / "oddness.py"
    text = path.read_text()
    text = text.replace('raise NotImplementedError("write which inputs are drawn")', "return (draw.size(0, 99),)")
    path.write_text(text.replace("...", "said"))
    assert "the reference (exercises/oddness.py, line 13) is still to be written" in words(tp("prove oddness"))
    for body in ("return x % 2 == 1", "return x % 2 == 0", "return bool(x & 1)"):
        text = text.replace("raise NotImplementedError\n", f"{body}\n", 1)
    path.write_text(text.replace("...", "said"))
    filled = tp("prove oddness --no-mutants")
    assert filled.exit_code == 0, filled.output
    assert registry.find("oddness").points == 2


@pytest.mark.slow
def test_a_changed_reference_that_is_accepted_is_shown(tp: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tp("new-course stats")
    monkeypatch.chdir(here / "stats")
    path = here / "stats" / "exercises" / "range_of.py"
    path.write_text(
        path.read_text().replace("    return max", "    numbers = [max(n, -99) for n in numbers]\n    return max")
    )
    shown = tp("prove")
    assert shown.exit_code == 1
    assert "survives: the reference with one change is accepted as right: add an input that tells it" in words(shown)
    assert "+ numbers = [max(n, -100) for n in numbers]" in words(shown)
    path.write_text(path.read_text().replace("for n in numbers]", "for n in numbers]  # pragma: no mutate"))
    assert tp("prove").exit_code == 0


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("new-course stats --assignment ../up", "the assignment '../up' should be letters, digits"),
        ("new-exercise mean", "is in no course: there is no nbgrader_config.py here or above. `tp new-course NAME`"),
        ("prove", "is in no course"),
        ("prove sofmax", "There is no exercise called 'sofmax'. Did you mean softmax"),
    ],
)
def test_outside_of_a_course_a_sentence_says_what_to_do(tp: Run, line: str, sentence: str) -> None:
    result = tp(line)
    assert result.exit_code == 1
    assert sentence in words(result)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("new-exercise 3x", "'3x' is no name of a function"),
        ("new-exercise class", "'class' is no name of a function"),
        ("new-exercise range_of", "There is an exercise called 'range_of' already, in Session1/1_first"),
        ("new-exercise softmax", "There is an exercise called 'softmax' already, in TP6-TrainFFNN/1_forward"),
        ("new-exercise mean --points 0", "--points 0: expected a number above 0"),
        ("new-exercise mean --notebook 2_other", "there is no notebook '2_other' in course/; it has Session1/1_first"),
        ("prove range_off", "There is no exercise called 'range_off'. Did you mean range_of"),
    ],
)
def test_what_cannot_be_made_gets_a_sentence(
    tp: Run, here: Path, monkeypatch: pytest.MonkeyPatch, line: str, sentence: str
) -> None:
    tp("new-course stats")
    monkeypatch.chdir(here / "stats")
    before = sorted(here.rglob("*"))
    result = tp(line)
    assert result.exit_code == 1
    assert sentence in words(result)
    assert sorted(here.rglob("*")) == before


def test_a_file_of_that_name_is_kept(tp: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tp("new-course stats")
    monkeypatch.chdir(here / "stats")
    script = (here / "stats" / "course" / "Session1" / "1_first.py").read_bytes()
    (here / "stats" / "tests" / "test_mean.py").write_text("mine")
    result = tp("new-exercise mean")
    assert result.exit_code == 1
    assert "test_mean.py: already there, and nothing was written" in words(result)
    assert not (here / "stats" / "exercises" / "mean.py").exists()
    assert (here / "stats" / "course" / "Session1" / "1_first.py").read_bytes() == script


def test_a_course_lists_its_own_exercises(tp: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = tp("new-course stats")
    assert "Next: cd stats; tp prove" in begun.stdout
    monkeypatch.chdir(here / "stats")
    listed, every, ours = tp("exercises"), tp("exercises --all"), tp("exercises TP6-TrainFFNN")
    assert "range_of" in listed.stdout
    assert "softmax" not in listed.stdout
    assert "range_of" in every.stdout
    assert "softmax" in every.stdout
    assert "softmax" in ours.stdout
    assert "The course has Session1." in str(tp("exercises Session9").exception)


def test_the_next_command_can_be_pasted(here: Path) -> None:
    begun = CliRunner().invoke(app, ["new-course", "my course"])
    assert "Next: cd 'my course'; tp prove" in begun.stdout
