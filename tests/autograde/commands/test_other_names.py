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
