"""Folders that are another assignment's, files that are another notebook, and the commands that fit a folder."""

import json
import shutil
from pathlib import Path

import pytest

ASSIGNMENT, OTHER = "TP6-TrainFFNN", "TP7-LSTM"
RELU = "def relu(x):\n    return np.maximum(x, 0)"


@pytest.fixture
def other(course):
    """Another assignment's release beside the first, of one notebook."""
    folder = course / "release" / OTHER
    folder.mkdir()
    shutil.copy(Path(__file__).parents[2] / "release" / OTHER / "2_recurrent.ipynb", folder)
    return folder


def test_a_renamed_notebook_beside_fresh_copies_is_one_thing_for_new_and_submit(work, course, tp, submit, answer):
    answer(work / "1_forward.ipynb", "relu", RELU)
    for _ in range(2):
        tp("new", ASSIGNMENT, "--fresh", "1_forward")
    content = (work / "1_forward.ipynb").read_bytes()
    (work / "1_forward.ipynb").rename(work / "moi.ipynb")
    told = tp("new", ASSIGNMENT).output
    assert "1_forward.ipynb is not put there: moi.ipynb holds your answers to it" in told
    code, said, members = submit()
    assert (code, sorted(members)) == (0, ["1_forward.ipynb", "2_losses.ipynb"]), said
    assert members["1_forward.ipynb"] == content
    assert "moi.ipynb is 1_forward.ipynb by its cells" in said
    for untrue in ("is missing", "each hold answers", "no notebook in"):
        assert untrue not in said


def test_the_notebook_of_another_assignment_under_a_name_of_this_one(work, course, other, submit, answer):
    answer(work / "1_forward.ipynb", "relu", RELU)
    shutil.copy(other / "2_recurrent.ipynb", work / "2_losses.ipynb")
    shutil.copy(other / "2_recurrent.ipynb", work / "notes.ipynb")
    code, said, _ = submit()
    assert code == 1
    assert f"2_losses.ipynb is {OTHER}'s 2_recurrent by its cells, and not this notebook: give it another name" in said
    assert f"notes.ipynb is {OTHER}'s 2_recurrent by its cells: it does not count here" in said
    assert "2_losses.ipynb is missing" not in said
    assert "rnn_cell" not in said
    assert "2_losses - -" not in said
    shutil.copy(course / "release" / ASSIGNMENT / "2_losses.ipynb", work / "z.ipynb")
    _, said, members = submit()
    assert "z.ipynb is 2_losses.ipynb by its cells: the zip holds it under that name" in said
    assert f"2_losses.ipynb is {OTHER}'s 2_recurrent by its cells, and not this notebook: give it another name." in said
    assert members["2_losses.ipynb"] == (work / "z.ipynb").read_bytes()


def test_two_notebooks_under_each_others_name(work, submit, answer):
    answer(work / "1_forward.ipynb", "relu", RELU)
    (work / "1_forward.ipynb").rename(work / "x.ipynb")
    (work / "2_losses.ipynb").rename(work / "1_forward.ipynb")
    (work / "x.ipynb").rename(work / "2_losses.ipynb")
    _, said, members = submit()
    assert "2_losses.ipynb is 1_forward.ipynb by its cells" in said or "1_forward.ipynb is another notebook" in said
    assert b"np.maximum(x, 0)" in members["1_forward.ipynb"]
    assert b"mse_loss" in members["2_losses.ipynb"]


@pytest.mark.parametrize("called", [OTHER, "tp7"])
def test_a_folder_that_is_called_as_another_assignment_is_told(work, other, course, submit, answer, called):
    answer(work / "1_forward.ipynb", "relu", RELU)
    work.rename(course / called)
    code, said, _ = submit(called, "-o", "y.zip")
    assert (code, f"the folder is called {called}, but its notebooks are those of {ASSIGNMENT}" in said) == (1, True)
    assert "Hand this in" not in said


def test_an_assignments_folder_with_anothers_notebooks_is_not_handed_in(work, other, submit):
    for path in work.iterdir():
        path.unlink()
    shutil.copy(other / "2_recurrent.ipynb", work)
    code, said, members = submit(ASSIGNMENT)
    assert (code, members) == (1, {})
    assert f"work/{ASSIGNMENT} holds no notebook of {ASSIGNMENT}, but of {OTHER}: `tp submit work/{ASSIGNMENT}`" in said


def test_two_assignments_do_not_come_into_one_folder(work, other, course, tp):
    result = tp("new", OTHER, "--to", f"work/{ASSIGNMENT}")
    assert (result.exit_code, f"holds notebooks of {ASSIGNMENT}: give another folder" in result.output) == (1, True)
    result = tp("new", OTHER, "--to", "elsewhere/TP6")
    assert (result.exit_code, f"is called as {ASSIGNMENT} is" in result.output) == (1, True)
    assert sorted(path.name for path in work.iterdir()) == ["1_forward.ipynb", "2_losses.ipynb"]
    assert not (course / "elsewhere").exists()
    assert tp("new", OTHER, "--to", "elsewhere").exit_code == 0


def test_the_folder_is_found_by_its_short_name_and_from_inside(work, course, submit, answer, monkeypatch):
    answer(work / "1_forward.ipynb", "relu", RELU)
    work.rename(course / "TP6")
    assert "1 of 20" in submit("TP6", "--check")[1]
    assert "1 of 20" in submit(ASSIGNMENT, "--check")[1]
    (course / "TP6").rename(course / "à moi")
    monkeypatch.chdir(course / "à moi")
    assert "1 of 20" in submit(ASSIGNMENT, "--check")[1]


def test_commands_keep_the_folder_and_the_course(course, tp, submit, tmp_path, monkeypatch):
    assert tp("new", ASSIGNMENT, "--to", "mes devoirs").exit_code == 0
    (course / "mes devoirs" / "1_forward.ipynb").unlink()
    (course / "mes devoirs" / "2_losses.ipynb").write_text("")
    said = submit("mes devoirs", "--check")[1]
    assert f"1_forward.ipynb is missing: `tp new {ASSIGNMENT} --to 'mes devoirs'` brings it back" in said
    assert f"`tp new {ASSIGNMENT} --to 'mes devoirs' --fresh 2_losses` gives a new copy" in said
    told = tp("new", ASSIGNMENT, "--to", "mes devoirs").output
    assert f"`tp new {ASSIGNMENT} --to 'mes devoirs' --fresh 2_losses` puts a new copy beside it" in told
    monkeypatch.chdir(tmp_path)
    (course / "mes devoirs" / "1_forward.ipynb").unlink()
    said = submit("course/mes devoirs", "--check", "--course", "course")[1]
    assert f"`tp new {ASSIGNMENT} --to 'course/mes devoirs' --course course` brings it back" in said


def test_a_name_that_is_none_lists_those_of_this_course(course, other, submit):
    assert "There are: TP6-TrainFFNN, TP7-LSTM." in submit("nowhere")[1]


def test_a_notebook_of_an_older_release(work, submit, answer):
    path = work / "1_forward.ipynb"
    answer(path, "relu", RELU)
    notebook = json.loads(path.read_text())
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    for name in ("neuron", "dense"):
        for kind in ("answer", "check"):
            cell = cells[f"{kind}-{name}"]
            cell["id"] = cell["metadata"]["nbgrader"]["grade_id"] = f"{kind}-old_{name}"
    cells["answer-old_neuron"] = cells.pop("answer-neuron")
    cells["answer-old_neuron"]["source"] = "def old_neuron(x, w, b):\n    return x @ w + b"
    path.write_text(json.dumps(notebook))
    code, said, _ = submit()
    assert code == 1
    assert "it has no cell for neuron, dense, and nothing in it defines them; old_neuron is of another release" in said
    assert "judged only when handed in" not in said


def test_an_answer_in_a_cell_that_is_no_code_any_more(work, submit, change):
    change(work / "1_forward.ipynb", lambda cells: cells["answer-relu"].update(source=RELU, cell_type="markdown"))
    code, said, _ = submit()
    assert (code, "the answer's cell of relu is not a code cell any more" in said) == (1, True), said


@pytest.mark.parametrize("source", ["", "\n", "# YOUR CODE HERE\n\n# later"])
def test_an_emptied_answer_is_none(work, submit, answer, change, source):
    answer(work / "1_forward.ipynb", "softmax", "def softmax(x):\n    return x")
    change(work / "1_forward.ipynb", lambda cells: cells["answer-relu"].update(source=source))
    assert "judged only when handed in" not in submit()[1]


def test_names_are_whole_on_80_columns(work, submit, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("1_forward", "2_losses"):
        assert f"{name} - - - 1" in submit()[1]


def test_doctor_says_the_same_of_the_work(work, course, tp, submit, answer, monkeypatch):
    monkeypatch.setattr("tplib.student.machine.examine", lambda name: [])

    def said():
        return " ".join(tp("doctor", "TP6", "--no-grading").output.split())

    assert f"2 of 2 notebooks in work/{ASSIGNMENT}" in said()
    answer(work / "1_forward.ipynb", "relu", RELU)
    tp("new", ASSIGNMENT, "--fresh", "1_forward")
    (work / "1_forward.ipynb").rename(work / "moi.ipynb")
    assert f"2 of 2 notebooks in work/{ASSIGNMENT}; moi.ipynb is 1_forward" in said()
    (work / "2_losses.ipynb").unlink()
    assert "1 of 2 notebooks" in said()
    assert f"See what `tp submit --check {ASSIGNMENT}` says of 2_losses" in said()
    shutil.rmtree(work)
    assert "not begun here" in said()
