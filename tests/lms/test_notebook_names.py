"""The names of notebooks: their endings, other names, and other notebooks under them."""

import pytest
from nbformat import writes
from nbformat.v4 import new_code_cell, new_notebook
from platforms import NOTEBOOKS, archive, handed_in, notebook
from typer.testing import CliRunner

from tplib.cli import app
from tplib.lms.collect import collect


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("1_forward.ipynb.txt", "1_forward.ipynb"),
        ("1_forward.ipynb.json", "1_forward.ipynb"),
        ("work/1_FORWARD.IPYNB", "1_FORWARD.ipynb"),
        ("notes.txt", "notes.txt"),
    ],
)
def test_notebooks_get_their_ending_again(course, tmp_path, given, found):
    place = "Ada L_1_assignsubmission_file_"
    collect(course, "TP6", archive(tmp_path / "x.zip", {f"{place}/{given}": notebook("a")}))
    assert handed_in(course)["ada-l"] == {found: notebook("a")}


def test_an_ending_that_would_take_anothers_place_stays(course, tmp_path):
    files = {name: notebook(name) for name in ("1_forward.ipynb", "1_forward.ipynb.txt")}
    source = archive(tmp_path / "x.zip", {f"Ada L_1_assignsubmission_file_/{name}": files[name] for name in files})
    collect(course, "TP6", source)
    assert handed_in(course)["ada-l"] == files


STUB = "# YOUR CODE HERE\nraise NotImplementedError"


def book(source, name):
    """A notebook of one cell for an answer, which nbgrader knows by the name."""
    marks = {"grade_id": f"answer-{name}", "solution": True, "grade": False, "locked": False}
    cell = new_code_cell(source, metadata={"nbgrader": {**marks, "schema_version": 3, "task": False}})
    return writes(new_notebook(cells=[cell])).encode()


@pytest.fixture
def with_ids(course):
    """The course of two notebooks, whose cells have ids, and another assignment in it."""
    for assignment, names in (("TP6", NOTEBOOKS), ("TP7", ["1_recurrent"])):
        for stage, source in (("source", "solution"), ("release", STUB)):
            (course / stage / assignment).mkdir(parents=True, exist_ok=True)
            for name in names:
                (course / stage / assignment / f"{name}.ipynb").write_bytes(book(source, name))
    return course


def handed(**students):
    """The files of an archive, by students' names."""
    return {
        f"{who.replace('_', ' ')} X_{number}_assignsubmission_file_/{name}.ipynb": content
        for number, (who, books) in enumerate(students.items(), 1)
        for name, content in books.items()
    }


def test_another_notebook_under_a_notebooks_name_is_told_as_tp_submit_tells_it(with_ids, tmp_path):
    first, second = NOTEBOOKS
    recurrent = book("x", "1_recurrent")
    files = handed(
        Ada={first: book("x", first), second: recurrent},
        Bob={first: book("x", first), second: book("y", second), "notes": recurrent},
        Cy={first: book("x", second), second: book("y", first)},  # exchanged
        Di={first: book("x", first), second: recurrent, "mine": book("y", second)},
        Ed={first: book("x", first), second: book("x", "of-another-course")},
    )
    result = CliRunner().invoke(
        app, ["collect", "TP6", str(archive(tmp_path / "1.zip", files)), "--course", str(with_ids)]
    )
    said = result.output.replace("\n", " ")
    of_tp7 = f"{second}.ipynb is TP7's 1_recurrent by its cells, and not this notebook"
    assert f"! ada-x: {of_tp7}" in said
    assert "! bob-x: notes.ipynb is TP7's 1_recurrent by its cells: it does not count here" in said
    assert f"! ed-x: {second}.ipynb is another notebook by its cells, and not this notebook" in said
    assert "! cy-x" not in said
    assert f"! di-x: {of_tp7}" in said
    assert f"di-x (mine.ipynb for {second}.ipynb)" in said
    assert collect(with_ids, "TP6", tmp_path / "1.zip").strange


def test_a_plain_hand_in_is_not_read_as_notebooks(with_ids, tmp_path, monkeypatch):
    monkeypatch.setattr("tplib.lms.notebook_names.look", lambda *_: pytest.fail("it was read"))
    files = handed(Ada={name: book("x", name) for name in NOTEBOOKS})
    assert collect(with_ids, "TP6", archive(tmp_path / "1.zip", files)).strange == []


def test_which_file_is_graded_is_told_as_grading_decides_it(with_ids, tmp_path):
    first, second = NOTEBOOKS
    files = handed(
        Ada={"mine": book("x", first), second: book("y", second)},
        Bob={first: book(STUB, first), f"{first} (1)": book("x", first), second: book("y", second)},
        Cy={first: book("x", first), "old": book("z", first)},
        Di={"a": book("x", first), "b": book("z", first), second: book(STUB, second)},
        Ed={first: book("x", first), f"{first}-fresh": book(STUB, first)},
    )
    collected = collect(with_ids, "TP6", archive(tmp_path / "1.zip", files))
    assert collected.renamed == [
        f"ada-x (mine.ipynb for {first}.ipynb)",
        f"bob-x ({first} (1).ipynb for {first}.ipynb)",
    ]
    assert collected.unclear == [
        f"cy-x ({first}: {first}.ipynb is graded, old.ipynb not)",
        f"di-x ({first}: none is graded, a.ipynb, b.ipynb not)",
    ]
    assert collected.strange == []
    assert set(handed_in(with_ids)["di-x"]) == {"a.ipynb", "b.ipynb", f"{second}.ipynb"}  # nothing is renamed


def test_a_renamed_notebook_is_not_told_as_another_with_the_same_cells(course, tmp_path):
    marks = {"grade_id": "answer", "solution": True, "grade": False, "locked": False}
    cell = new_code_cell("x", metadata={"nbgrader": {**marks, "schema_version": 3, "task": False}})
    content = writes(new_notebook(cells=[cell])).encode()
    first, second = NOTEBOOKS
    for name in NOTEBOOKS:
        (course / "source" / "TP6" / f"{name}.ipynb").write_bytes(content)
    place = "Ada A_1_assignsubmission_file_"
    files = {f"{place}/{first}.ipynb": content, f"{place}/{second} (1).ipynb": content}
    collected = collect(course, "TP6", archive(tmp_path / "1.zip", files))
    assert (collected.renamed, collected.unclear) == ([f"ada-a ({second} (1).ipynb for {second}.ipynb)"], [])
