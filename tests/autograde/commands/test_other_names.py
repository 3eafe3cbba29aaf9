"""Notebooks under other names than their own are graded as `tp submit` would hand them in."""

import json

from nbformat.v4 import new_code_cell
from nbgrader.utils import compute_checksum
from plain_course import cells_of

TEST = "# test 1\nassert x == 2"


def answered(source):
    marks = {"grade_id": "a", "solution": True, "grade": False, "locked": False, "schema_version": 3, "task": False}
    return cells_of(new_code_cell(source, metadata={"nbgrader": {**marks, "cell_type": "code"}}), TEST)


def test_a_release_with_another_stub_than_the_configurations_is_empty_too(plain):
    """As where the release was made with other settings: nbgrader's checksum in the cell says that it is untouched."""
    plain.source(p=answered("### BEGIN SOLUTION\nx = 2\n### END SOLUTION"))
    stub = answered("# Write here.")
    stub.cells[0].metadata["nbgrader"]["checksum"] = compute_checksum(stub.cells[0])
    (plain.hand_in("ada", p=stub) / "p (1).ipynb").write_text(json.dumps(answered("x = 2")))
    assert "renamed notebook (repaired)" in plain.grade().stdout
    assert plain.scores("ada") == {"test-1": 1.0}


def test_of_an_empty_notebook_and_a_copy_with_answers_the_copy_is_graded(plain):
    plain.source(p=answered("### BEGIN SOLUTION\nx = 2\n### END SOLUTION"))
    stub = answered("# YOUR CODE HERE\nraise NotImplementedError()")
    beside = plain.hand_in("ada", p=stub)
    (beside / "p (1).ipynb").write_text(json.dumps(answered("x = 2")))
    renamed = plain.hand_in("bob", p=answered("x = 2"))
    (renamed / "p.ipynb").rename(renamed / "mine.ipynb")
    (renamed / "p-fresh.ipynb").write_text(json.dumps(stub))
    assert plain.grade().stdout.count("renamed notebook (repaired)") == 2
    assert plain.scores("ada") == plain.scores("bob") == {"test-1": 1.0}


def twins():
    """Two notebooks, the second of which was made as a copy of the first: their cells have the same ids."""
    second = answered("### BEGIN SOLUTION\nx = 2\n### END SOLUTION")
    second.cells[1].source = "# test 1\nassert x == 3"
    return {"p1": answered("### BEGIN SOLUTION\nx = 2\n### END SOLUTION"), "p2": second}


def by_notebook(plain, student):
    from tplib.autograde.bridge.course import open_course

    with open_course(plain.root).gradebook() as gradebook:
        return {one.name: one.score for one in gradebook.find_submission("ps1", student).notebooks}


def test_a_renamed_notebook_is_never_graded_as_another_with_the_same_cells(plain):
    plain.source(**twins())
    for student, files in {
        "ada": {"p2 (1)": "x = 3"},
        "bob": {"p1": "x = 2", "p2 (1)": "x = 3"},
        "cyd": {"p1-final": "x = 2", "p2 (1)": "x = 3"},
        "dan": {"final": "x = 3"},
    }.items():
        folder = plain.root / "submitted" / student / "ps1"
        folder.mkdir(parents=True)
        for name, answer in files.items():
            (folder / f"{name}.ipynb").write_text(json.dumps(answered(answer)))
    result = plain.grade()
    assert by_notebook(plain, "ada") == {"p1": 0.0, "p2": 1.0}
    assert by_notebook(plain, "bob") == by_notebook(plain, "cyd") == {"p1": 1.0, "p2": 1.0}
    assert by_notebook(plain, "dan") == {"p1": 0.0, "p2": 0.0}
    shown = " ".join(result.stdout.split())
    assert "final.ipynb holds answers to it or to another notebook with the same cells" in shown
    assert shown.count("was not handed in") >= 2


def test_a_notebook_that_is_graded_alone_takes_no_file_of_another(plain):
    plain.source(**twins())
    folder = plain.root / "submitted/ada/ps1"
    folder.mkdir(parents=True)
    (folder / "p2 (1).ipynb").write_text(json.dumps(answered("x = 2")))
    result = plain.grade("--notebook", "p1")
    assert "renamed" not in result.stdout
    assert by_notebook(plain, "ada")["p1"] == 0.0
