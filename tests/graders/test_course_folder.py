"""Exercises in a folder beside nbgrader_config.py: where they are found, what is said of files that cannot be used."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tplib import TplibError
from tplib.graders import course_folder, exercises, grade, registry
from tplib.graders.catalogues import installed
from tplib.graders.exercise import ladder
from tplib.student import machine

EXERCISE = '''
from tplib.graders.exercise import exercises_of

exercise = exercises_of("Stats", "1_describe", points=2, lecture="1")


@exercise(draw=lambda draw: ([draw.choice((1.0, 2.0, 5.5)) for _ in range(draw.size(1, 6))],))
def {name}(values):
    """The sum of the values by their number.

    shapes: a list in, a number out.
    worked: the average of 1, 2 and 6 is 3.
    """
    return sum(values) / len(values)


@{name}.mistake("Which value has as many below as above it?")
def median(values):
    return sorted(values)[len(values) // 2]
'''


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A course of another subject, in which this process works; its own exercise is `average_of`."""
    root = tmp_path / "stats"
    (root / "exercises").mkdir(parents=True)
    (root / "source" / "Stats").mkdir(parents=True)
    (root / "nbgrader_config.py").touch()
    (root / "exercises" / "describe.py").write_text(EXERCISE.format(name="average_of"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.delenv(course_folder.VARIABLE, raising=False)
    monkeypatch.chdir(root / "source" / "Stats")
    course_folder.look_around()
    registry.forget()
    yield root
    course_folder.look_around()
    registry.forget()


@pytest.fixture
def package(course: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, dict[str, str]], Path]]:
    """Makes an installed package of a name, of files, that names itself as a catalogue of exercises."""
    place = course.parent / "site-packages"
    monkeypatch.syspath_prepend(place)
    made = []

    def make(name: str, files: dict[str, str]) -> Path:
        made.append(name)
        about = place / f"{name}-1.0.dist-info"
        about.mkdir(parents=True)
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[tplib.exercises]\nany = {name}\n")
        for file, text in files.items():
            (place / file).parent.mkdir(exist_ok=True)
            (place / file).write_text(text)
        registry.forget()
        return place / name

    yield make
    for name in [loaded for loaded in sys.modules if loaded.partition(".")[0] in made]:
        del sys.modules[name]
    installed.cache_clear()


def test_a_notebook_of_the_course_finds_them(course: Path) -> None:
    assert grade("average_of", lambda values: sum(values) / len(values)).score == 1
    assert grade("average_of", lambda values: sorted(values)[len(values) // 2]).misconception == "median"
    assert exercises()[-1].name == "average_of"
    assert [one.name for one in registry.beside(registry.find("average_of"))] == ["average_of"]
    assert registry.folders()[-1] == course / "exercises"


def test_those_of_several_files_are_one_notebook(course: Path) -> None:
    (course / "exercises" / "spread.py").write_text(EXERCISE.format(name="spread_of"))
    (course / "exercises" / "_helpers.py").write_text("raise RuntimeError('a helper is not looked at')")
    found = registry.beside(registry.find("spread_of"))
    assert [one.name for one in found] == ["average_of", "spread_of"]


def test_elsewhere_they_are_not_found_unless_they_are_named(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course.parent)
    assert course_folder.current() is None
    monkeypatch.setenv(course_folder.VARIABLE, str(course / "exercises"))
    assert registry.find("average_of").points == 2
    monkeypatch.setenv(course_folder.VARIABLE, "")
    assert course_folder.current() is None
    course_folder.use_course(course)
    assert course_folder.current() == course / "exercises"
    course_folder.use_course(course.parent)
    assert course_folder.current() is None


def test_another_course_takes_the_place_of_the_first(course: Path, tmp_path: Path) -> None:
    assert registry.find("average_of")
    other = tmp_path / "other" / "exercises"
    other.mkdir(parents=True)
    (other / "describe.py").write_text(EXERCISE.format(name="other_average"))
    course_folder.use(other)
    assert exercises()[-1].name == "other_average"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owner here")
def test_files_of_another_user_are_not_run(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: os.stat(course).st_uid + 1)
    monkeypatch.setattr(course_folder, "_is_ours", lambda found: found.stat().st_uid == os.getuid())
    with pytest.raises(TplibError, match=r"exercises belongs to another user and was not read.*TPLIB_EXERCISES="):
        registry.find("average_of")


def test_the_doctor_says_whether_they_can_be_used(course: Path) -> None:
    (found,) = machine._exercises()
    assert (found.state, found.seen) == ("ok", f"1 in {course / 'exercises'}")
    assert not [one.name for one in machine.examine() if "TP" in one.name]  # nothing of another course's data
    (course / "exercises" / "more.py").write_text("1 / 0")
    (found,) = machine._exercises()
    assert found.state == "lacking"
    assert "more.py cannot be used: ZeroDivisionError" in found.way_out


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        ("more.py", EXERCISE.format(name="average_of"), "two exercises called 'average_of', in Stats/1_describe and"),
        ("more.py", "x = (\n", r"more.py cannot be used: SyntaxError: '\(' was never closed \(line 1\)"),
        ("more.py", "\n\n1 / 0\n", r"more.py cannot be used: ZeroDivisionError: division by zero \(line 3\)"),
        ("more.py", "import not_there\n", r"more.py cannot be used: ModuleNotFoundError: No module named 'not_there'"),
        (
            "more.py",
            EXERCISE.format(name="spread_of").replace("draw=", "observe=lambda f, x: f(x), draw="),
            r"more.py: `observe` of spread_of runs in the student's process.*observers.py",
        ),
        (
            "more.py",
            EXERCISE.format(name="spread_of").replace("    shapes:", "    forms:"),
            r"more.py cannot be used: ValueError: spread_of: its docstring should give a formula.* \(line 7\)",
        ),
    ],
)
def test_what_cannot_be_used_gets_a_sentence(course: Path, file: str, text: str, sentence: str) -> None:
    (course / "exercises" / file).write_text(text)
    with pytest.raises(TplibError, match=sentence):
        exercises()
    assert registry.find("average_of")  # of a file before it


def test_a_name_of_this_course_is_taken(course: Path) -> None:
    (course / "exercises" / "describe.py").write_text(EXERCISE.format(name="softmax"))
    with pytest.raises(TplibError, match=r"two exercises called 'softmax', in TP6-TrainFFNN/1_forward and in Stats/1_"):
        exercises()


def test_what_observes_lies_apart_and_alone(course: Path) -> None:
    folder = course / "exercises"
    apart = EXERCISE.format(name="spread_of").replace("draw=", "observe=rounded, draw=")
    (folder / "spread.py").write_text(f"from .observers import rounded\n{apart}")
    (folder / "observers.py").write_text("def rounded(answer, values):\n    return round(answer(values), 3)\n")
    assert grade("spread_of", lambda values: sum(values) / len(values)).score == 1
    (folder / "observers.py").write_text("from .describe import average_of\n\ndef rounded(answer, values): return 1\n")
    registry.forget()
    with pytest.raises(TplibError, match=r"`observe` of spread_of .*its file goes there"):
        exercises()
    (folder / "observers.py").write_text("from ._more import DIGITS\n\ndef rounded(answer, values): return 1\n")
    (folder / "_more.py").write_text("DIGITS = 3\n")
    registry.forget()
    with pytest.raises(TplibError, match=r"the file of `observe` of spread_of imports another one"):
        exercises()


def test_an_installed_package_brings_its_exercises(package: Callable[[str, dict[str, str]], Path]) -> None:
    place = package("brought", {"brought/__init__.py": "", "brought/one.py": EXERCISE.format(name="brought_average")})
    assert grade("brought_average", lambda values: sum(values) / len(values)).score == 1
    assert place in registry.folders()
    assert {"brought_average", "average_of"} <= {one.name for one in exercises()}


def test_two_sources_of_one_name_are_said(package: Callable[[str, dict[str, str]], Path]) -> None:
    package("brought", {"brought/__init__.py": EXERCISE.format(name="average_of")})
    with pytest.raises(TplibError, match="There are two exercises called 'average_of'"):
        exercises()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"brought.py": EXERCISE.format(name="one")}, "brought, which is to bring exercises, is one file: put it into"),
        ({"brought/__init__.py": "import not_there"}, r"brought cannot be used .*`pip install not_there`"),
        ({}, "The exercises of brought are not here: is its package installed"),
    ],
)
def test_a_broken_package_is_said_and_harms_nobody(
    package: Callable[[str, dict[str, str]], Path], files: dict[str, str], sentence: str
) -> None:
    package("brought", files)
    assert registry.find("average_of")
    with pytest.raises(TplibError, match=sentence):
        exercises()


def test_a_file_that_cannot_be_used_is_said_before_the_name_that_is_not_found(course: Path) -> None:
    (course / "exercises" / "more.py").write_text("\n\n1 / 0\n")
    with pytest.raises(TplibError) as said:
        registry.find("zzzz")
    assert str(said.value).startswith(f"{course / 'exercises' / 'more.py'} cannot be used: ZeroDivisionError")
    assert str(said.value).endswith("Until that is mended, there is no exercise called 'zzzz'")


@pytest.mark.parametrize("empty", ["shapes", "worked"])
def test_a_step_without_its_text_is_empty(empty: str) -> None:
    steps = {"shapes": "shapes: a", "worked": "worked: b"} | {empty: f"{empty}:"}
    found = ladder("one", "formula\n\n" + "\n".join(steps.values()) + "\n")
    assert found == {"formula": "formula", "shapes": "a", "worked": "b"} | {empty: ""}
