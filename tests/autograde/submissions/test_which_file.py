"""Which file is a notebook's, by names and cells alone."""

import pytest
from nbformat import writes
from nbformat.v4 import new_code_cell, new_notebook

from tplib.autograde.submissions.which_file import NotebookFile, choose, look, named_by, notebook_of

WANTED = {"a": ["a1", "a2", "a3"], "b": ["b1", "b2"]}
BROKEN, EMPTY = NotebookFile(readable=False), NotebookFile()


def of_a(work=""):
    return NotebookFile(frozenset({"a1", "a2"}), work)


def of_b(work=""):
    return NotebookFile(frozenset({"b1", "b2"}), work)


@pytest.mark.parametrize(
    ("files", "file", "rivals"),
    [
        ({}, "", []),
        ({"a": of_a()}, "a", []),
        ({"a": BROKEN}, "a", []),
        ({"a": EMPTY}, "a", []),  # its cells are lost: grading finds them by their text
        ({"mine": of_a("x")}, "mine", []),
        ({"mine": of_a()}, "mine", []),
        ({"mine": of_a(), "yours": of_a()}, "mine", []),
        ({"mine": of_a("x"), "a-fresh": of_a(), "a-fresh-2": of_a()}, "mine", []),
        ({"a": of_a(), "mine": of_a("x")}, "mine", []),
        ({"a": BROKEN, "mine": of_a("x")}, "mine", []),
        ({"a": BROKEN, "mine": of_a()}, "a", []),
        ({"a": of_a("y"), "mine": of_a("x")}, "a", ["mine"]),
        ({"a": of_a("x"), "mine": of_a("x")}, "a", []),
        ({"mine": of_a("x"), "old": of_a("x")}, "mine", []),
        ({"mine": of_a("x"), "old": of_a("y")}, "", ["mine", "old"]),
        ({"a": of_a(), "mine": of_a("x"), "old": of_a("y")}, "a", ["mine", "old"]),
        ({"a": of_b("x"), "b": of_a("y")}, "b", []),  # saved under each other's name
        ({"mine": NotebookFile(frozenset({"a1"}), "x")}, "", []),  # less than half
    ],
)
def test_the_file_of_a_notebook(files, file, rivals):
    choice = choose(WANTED, files)["a"]
    assert (choice.file, choice.rivals) == (file, rivals)
    others = {name for name, held in files.items() if notebook_of(held.ids, WANTED) == "a"} - {file, "a", *rivals}
    assert set(choice.copies) == others


def test_another_notebook_under_its_name_is_none():
    assert choose(WANTED, {"a": of_b()})["a"].foreign
    assert choose(WANTED, {"a": of_b(), "mine": of_a("x")})["a"].file == "mine"
    assert not choose(WANTED, {"a": NotebookFile(frozenset({"a1"}))})["a"].foreign  # an old one, or a piece


def test_an_answer_above_an_untouched_copy_of_its_cell_is_work():
    def cell(source):
        marks = {"grade_id": "a1", "solution": True, "grade": False, "locked": False, "schema_version": 3}
        return new_code_cell(source, metadata={"nbgrader": marks})

    stub = "raise NotImplementedError"
    content = writes(new_notebook(cells=[cell("x = 2"), cell(stub)])).encode()
    for stubs in ({"a1": stub}, None):
        assert look(content, {"a1"}, stubs).work
        assert not look(writes(new_notebook(cells=[cell(stub)])).encode(), {"a1"}, stubs).work


def test_what_cannot_be_read_is_said_to_be_so():
    for content in (b"", b"[]", b"\xff\xff", b'{"cells": ['):
        assert look(content, {"a1"}) == BROKEN


@pytest.mark.parametrize("odd", [{}, {"points": None}, {"points": "x"}, {"points": [1]}, {"points": 10**400}])
def test_marks_that_a_student_changed_stop_nothing(odd):
    marks = {"grade_id": "a1", "solution": True, "grade": True, "checksum": "of another text", **odd}
    content = writes(new_notebook(cells=[new_code_cell("x = 2", metadata={"nbgrader": marks})])).encode()
    assert look(content, {"a1"}, {"a1": "# stub"}).work
    assert look(content, {"a1"}).work


TWINS = {"p1": ["f", "t"], "p2": ["f", "t"]}


def twin(work=""):
    return NotebookFile(frozenset({"f", "t"}), work)


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        ({"p2 (1)": twin("y")}, {"p1": "", "p2": "p2 (1)"}),
        ({"p1": twin("x"), "p2 (1)": twin("y")}, {"p1": "p1", "p2": "p2 (1)"}),
        ({"p1 (1)": twin("x"), "p2 (1)": twin("y")}, {"p1": "p1 (1)", "p2": "p2 (1)"}),
        ({"p1-final": twin("x"), "Copy of P2": twin("y")}, {"p1": "p1-final", "p2": "Copy of P2"}),
        ({"p1": twin(), "p1-mine": twin("x"), "p2": twin("y")}, {"p1": "p1-mine", "p2": "p2"}),
        ({"p1": twin("x"), "final": twin("y")}, {"p1": "p1", "p2": ""}),
        ({"final": twin("y")}, {"p1": "", "p2": ""}),
        ({"p1 or p2": twin("y")}, {"p1": "", "p2": ""}),
    ],
)
def test_of_notebooks_with_the_same_cells_the_name_decides_and_none_is_guessed(files, chosen):
    choices = choose(TWINS, files)
    assert {name: choice.file for name, choice in choices.items()} == chosen
    unclear = {name for name in files if name == "final" or "or" in name}
    assert all(unclear <= {*choice.rivals} for choice in choices.values())
    assert not any(choice.copies for choice in choices.values())


def test_a_notebook_with_cells_of_its_own_is_told_by_them():
    wanted = {"p1": ["f", "t"], "p2": ["f", "t", "more"]}
    for file in ("mine", "p1 (1)"):
        assert choose(wanted, {file: NotebookFile(frozenset({"f", "t", "more"}), "x")})["p2"].file == file
        assert choose(wanted, {file: twin("x")})["p1"].file == file
    assert choose(wanted, {"p2 (1)": twin("x")})["p2"].file == "p2 (1)"  # a cell of it is lost


@pytest.mark.parametrize(
    ("file", "named"),
    [("p1 (1)", "p1"), ("p10", "p10"), ("p10-Copy1", "p10"), ("tp1", ""), ("a_p1", "p1"), ("p1final", "p1"), ("", "")],
)
def test_a_name_stands_in_another_as_a_whole(file, named):
    assert named_by(file, ["p1", "p10", ""]) == named
    assert named_by("lab-2 (1)", ["lab", "lab-2"]) == "lab-2"
