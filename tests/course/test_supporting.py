"""A notebook runs again when a file changes that it reads, whatever else was built in between."""

import pytest

from tplib import TplibError
from tplib.course.build import build_course
from tplib.course.layout import Course
from tplib.course.supporting import changed_files

DOT = "TP1-Small/img/dot.txt"


@pytest.fixture
def course(built):
    (built / "course" / DOT).write_text("another dot")
    return built


def ran(built):
    return [str(page) for page in built.ran]


def test_what_reads_a_changed_file_runs(course, exercises):
    built = build_course(course, exercises)
    assert ran(built) == ["TP1-Small/1_first"]
    assert "another dot" in (course / "source" / "TP1-Small" / "1_first.ipynb").read_text()
    assert (course / "source" / DOT).read_text() == (course / "release" / DOT).read_text() == "another dot"
    assert ran(build_course(course, exercises)) == []


@pytest.mark.parametrize("options", [{"only": ["2_second"]}, {"run": False}])
def test_a_build_without_that_run_leaves_the_file_for_the_next(course, exercises, options):
    built = build_course(course, exercises, **options)
    assert built.notes == ["img/dot.txt is not copied yet: 1_first must run with it first"]
    assert (course / "source" / DOT).read_text() == "a dot"
    assert ran(build_course(course, exercises)) == ["TP1-Small/1_first"]


def test_a_run_that_fails_leaves_the_file_for_the_next(course, exercises):
    script = course / "course" / "TP1-Small" / "1_first.py"
    whole = script.read_text()
    script.write_text(whole + "\n# %%\n1 / 0\n")
    with pytest.raises(TplibError, match="division by zero"):
        build_course(course, exercises)
    script.write_text(whole)
    assert ran(build_course(course, exercises)) == ["TP1-Small/1_first"]


def test_a_picture_in_a_text_is_copied_and_runs_nothing(course, exercises):
    script = course / "course" / "TP1-Small" / "1_first.py"
    script.write_text(script.read_text().replace('open("img/dot.txt").read()', "'a dot'"))
    build_course(course, exercises)
    (course / "course" / DOT).write_text("a third dot")
    built = build_course(course, exercises)
    assert (ran(built), len(built.changed)) == ([], 2)


def test_a_file_that_nobody_names_may_be_read_by_all(course):
    (course / "course" / "TP1-Small" / "table.csv").write_text("1")
    changed = changed_files(Course(course), "TP1-Small")
    named = {file.as_posix(): [page.notebook for page in pages] for file, pages in changed.items()}
    assert named == {"img/dot.txt": ["1_first"], "table.csv": ["1_first", "2_second"]}
