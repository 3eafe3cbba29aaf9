from copy import deepcopy

import pytest

from tplib.course.compare import file_differences, first_difference
from tplib.course.dialect import read_script
from tplib.course.layout import Course


@pytest.fixture
def notebook(first, exercises):
    return read_script(first, "TP1-Small", "1_first", exercises)


def test_outputs_and_execution_counts_are_left_to_nbval(notebook):
    run = deepcopy(notebook)
    run.cells[1].execution_count = 7
    run.cells[1].outputs = [{"output_type": "stream", "name": "stdout", "text": "hello"}]
    assert first_difference(notebook, run) is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda nb: nb.cells[2].update(source="def relu(x): ..."), r"cell 3 differs"),
        (lambda nb: nb.cells[3].metadata.nbgrader.update(points=3), r'-  "points": 3'),
        (lambda nb: nb.cells[0].update(id="another"), r"-markdown cell, id another"),
        (lambda nb: nb.cells.pop(), "it has 11 cells, and course/ makes 12"),
        (lambda nb: nb.metadata.language_info.update(version="3.11"), "metadata differ"),
    ],
)
def test_the_first_difference_is_shown(notebook, change, told):
    found = deepcopy(notebook)
    change(found)
    assert told in first_difference(notebook, found)


def test_a_long_difference_is_cut(notebook):
    found = deepcopy(notebook)
    found.cells[2].source = "\n".join(map(str, range(100)))
    assert "more lines" in first_difference(notebook, found)
    assert len(first_difference(notebook, found).splitlines()) < 16


def test_supporting_files_must_be_there_the_same_and_no_others(root):
    for stage in ("source", "release"):
        (root / stage / "TP1-Small" / "img").mkdir(parents=True)
    (root / "source" / "TP1-Small" / "img" / "dot.txt").write_text("another dot")
    (root / "release" / "TP1-Small" / "0_old.ipynb").write_text("{}")
    assert [problem.replace("\\", "/") for problem in file_differences(Course(root), "TP1-Small")] == [
        "source/TP1-Small/img/dot.txt differs from course/",
        "release/TP1-Small/img/dot.txt is missing",
        "release/TP1-Small/0_old.ipynb comes from nothing in course/; remove it",
    ]
