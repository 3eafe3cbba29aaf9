import pytest

from tplib import TplibError
from tplib.course.dialect import read_script
from tplib.course.release import load_settings, student_version


@pytest.fixture
def source(first, exercises):
    return read_script(first, "TP1-Small", "1_first", exercises)


def test_solutions_and_marking_schemes_go_and_stubs_come(source, root):
    release = {cell.id: cell for cell in student_version(source, "TP1-Small", "1_first", root).cells}
    assert release["answer-relu"].source == (
        'def relu(x):\n    """The positive part of x."""\n    # YOUR CODE HERE\n    raise NotImplementedError'
    )
    assert release["answer-answer"].source == "# YOUR CODE HERE\nraise NotImplementedError"
    assert release["written-why"].source.startswith("YOUR ANSWER HERE: double-click this text")
    assert not any("secret" in cell.source for cell in release.values())


def test_cells_keep_ids_and_points_and_are_locked(source, root):
    release = student_version(source, "TP1-Small", "1_first", root)
    assert [cell.id for cell in release.cells] == [cell.id for cell in source.cells]
    check = next(cell for cell in release.cells if cell.id == "check-answer")
    assert (check.metadata.editable, check.metadata.deletable, check.metadata.nbgrader.points) == (False, False, 1.5)


def test_it_is_what_nbgrader_itself_generates(source, root, monkeypatch):
    """`nbgrader generate_assignment`, which an instructor may run later, must leave release/ as it is."""
    import nbformat
    from nbgrader.apps import GenerateAssignmentApp

    folder = root / "source" / "TP1-Small"
    folder.mkdir(parents=True)
    nbformat.write(source, folder / "1_first.ipynb")
    monkeypatch.chdir(root)
    app = GenerateAssignmentApp(log_level=50)
    app.initialize(["TP1-Small", "--GenerateAssignment.no_database=True", "--no-db"])
    app.start()
    app.clear_instance()
    theirs = nbformat.read(root / "release" / "TP1-Small" / "1_first.ipynb", as_version=4)
    assert theirs == student_version(source, "TP1-Small", "1_first", root)


def test_no_gradebook_is_made_and_nothing_is_printed(source, root, capfd):
    before = sorted(root.rglob("*"))
    student_version(source, "TP1-Small", "1_first", root)
    assert sorted(root.rglob("*")) == before
    assert capfd.readouterr() == ("", "")


def test_nbgraders_refusal_becomes_a_sentence(source, root):
    source.cells[0].source = "### BEGIN HIDDEN TESTS"
    with pytest.raises(TplibError, match="nbgrader refuses TP1-Small/1_first: No end hidden tests statement found"):
        student_version(source, "TP1-Small", "1_first", root)


def test_settings_that_cannot_be_read_get_a_sentence(root):
    (root / "nbgrader_config.py").write_text("c = get_config(\n")
    with pytest.raises(TplibError, match=r"cannot read .*nbgrader_config.py: SyntaxError"):
        load_settings(root)
