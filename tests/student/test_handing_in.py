"""`tp submit`: what is in the zip, what is said of it, and the exit code."""

import json
import shutil
from pathlib import Path

import pytest

ASSIGNMENT = "TP6-TrainFFNN"
RELU = "def relu(x):\n    return np.maximum(x, 0)"
ABSOLUTE = "def relu(x):\n    return np.abs(x)"
OVERFLOWS = "def softmax(scores):\n    e = np.exp(scores)\n    return e / e.sum(axis=-1, keepdims=True)"


def test_all_in_order(work, submit, answer):
    answer(work / "1_forward.ipynb", "relu", RELU)
    answer(work / "1_forward.ipynb", "softmax", OVERFLOWS)
    answer(work / "2_losses.ipynb", "mse_loss", "def mse_loss(yhat, y):\n    return 0.0")
    code, said, members = submit()
    assert code == 0, said
    assert members == {path.name: path.read_bytes() for path in work.iterdir()}  # flat, outputs and all
    assert "1_forward 1 1 - 14 - - 2 of 20" in said
    assert "2_losses - - 1" in said
    assert "The checks in the notebooks give 2 of 44 points" in said
    assert "points not attempted: neuron, dense" in said
    assert "Written: TP6-TrainFFNN.zip, 2 files" in said


def test_nothing_is_written_with_check(work, submit, answer):
    answer(work / "1_forward.ipynb", "relu", RELU)
    assert submit("work/TP6-TrainFFNN", "--check")[::2] == (0, {})


def test_answers_without_a_verdict_are_judged_when_handed_in(work, submit, change):
    change(work / "1_forward.ipynb", lambda cells: cells["answer-relu"].update(source=RELU))
    code, said, _ = submit()
    assert (code, "1 point answered, but not checked here: judged only when handed in: relu." in said) == (0, True)


def test_an_answer_under_another_name_is_told(work, submit, change):
    source = "def tanhgrad(x):\n    return 1 - np.tanh(x) ** 2"
    change(work / "1_forward.ipynb", lambda cells: cells["answer-tanh_grad"].update(source=source))
    code, said, _ = submit()
    assert (code, "defines `tanhgrad`; the exercise is called `tanh_grad`: give it that name" in said) == (1, True), (
        said
    )


def test_a_stubs_line_beside_code_is_told(work, submit, change):
    source = "def relu(x):\n    raise NotImplementedError\n    return np.maximum(x, 0)"
    change(work / "1_forward.ipynb", lambda cells: cells["answer-relu"].update(source=source))
    code, said, _ = submit()
    assert (code, "the answer's cell of relu has code and still its `raise" in said) == (1, True), said


def test_a_verdict_of_before_the_answer_is_none(work, submit, answer, change):
    answer(work / "1_forward.ipynb", "relu", "def relu(x):\n    raise NotImplementedError")
    change(work / "1_forward.ipynb", lambda cells: cells["answer-relu"].update(source=RELU))
    assert "judged only when handed in: relu." in submit()[1]


def test_answers_changed_since_their_checks_do_not_count_as_checked(work, submit, answer, change):
    path = work / "1_forward.ipynb"
    answer(path, "relu", RELU)
    answer(path, "softmax", OVERFLOWS)
    change(path, lambda cells: cells["answer-relu"].update(source=ABSOLUTE))
    code, said, _ = submit()
    assert (code, "changed since its check: relu: run the checks again" in said) == (0, True), said
    assert "judged only when handed in: relu." in said
    change(path, lambda cells: cells["answer-relu"].update(source=RELU + "  \n"))
    assert "changed since its check" not in submit()[1]


def test_an_answer_that_ran_after_its_check_is_told(work, submit, answer):
    answer(work / "1_forward.ipynb", "relu", RELU, counts=(9, 3))
    code, said, _ = submit()
    assert (code, "relu was run again after its check" in said) == (0, True)


def test_prose_is_marked_by_the_teacher(work, submit, change):
    notebook = json.loads((work / "2_losses.ipynb").read_text())
    prose = [
        c["id"]
        for c in notebook["cells"]
        if c["metadata"].get("nbgrader", {}).get("solution") and c["cell_type"] == "markdown"
    ]
    assert prose
    change(work / "2_losses.ipynb", lambda cells: cells[prose[0]].update(source="Because."))
    code, said, _ = submit()
    assert (code, f"marked by the teacher: {prose[0]}." in said) == (0, True)
    change(work / "2_losses.ipynb", lambda cells: cells[prose[0]].update(source=" \n"))
    assert "marked by the teacher" not in submit()[1]  # nothing is there to mark


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "2_losses.ipynb is empty (0 bytes)"),
        (b'{"cells": [', "2_losses.ipynb is not valid JSON"),
        (b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n]}', "unfinished Git merge"),
        (b"\x89PNG\r\n", "is not a text file"),
        (b"[]", "is JSON but not a notebook"),
    ],
)
def test_a_broken_file_is_told_and_still_handed_in(work, submit, answer, content, sentence):
    answer(work / "1_forward.ipynb", "relu", RELU)
    (work / "2_losses.ipynb").write_bytes(content)
    code, said, members = submit()
    assert (code, sentence in said) == (1, True), said
    assert members["2_losses.ipynb"] == content
    assert "`tp new TP6-TrainFFNN --fresh 2_losses` gives a new copy" in said
    assert ("keep one of the two versions" in said) == (b"<<<<<<<" in content)
    assert "Hand this in" not in said
    assert "Put right first" in said


def test_a_file_that_was_cut_off(work, submit, answer):
    answer(work / "1_forward.ipynb", "relu", RELU)
    whole = (work / "2_losses.ipynb").read_bytes()
    (work / "2_losses.ipynb").write_bytes(whole[: len(whole) // 2])
    code, said, _ = submit()
    assert (code, "2_losses.ipynb is not valid JSON" in said) == (1, True)


def test_a_missing_notebook(work, submit, answer):
    answer(work / "1_forward.ipynb", "relu", RELU)
    (work / "2_losses.ipynb").unlink()
    code, said, members = submit()
    assert (code, list(members)) == (1, ["1_forward.ipynb"])
    assert "2_losses.ipynb is missing: `tp new TP6-TrainFFNN` brings it back" in said


def test_a_renamed_notebook_goes_in_under_its_name(work, submit, answer):
    answer(work / "1_forward.ipynb", "relu", RELU)
    content = (work / "1_forward.ipynb").read_bytes()
    (work / "1_forward.ipynb").rename(work / "Élodie - 1_forward (1).ipynb")
    code, said, members = submit()
    assert (code, sorted(members)) == (0, ["1_forward.ipynb", "2_losses.ipynb"])
    assert members["1_forward.ipynb"] == content
    assert "is 1_forward.ipynb by its cells" in said
    assert "1 of 20" in said


def test_a_blank_notebook_does_not_take_the_place_of_the_renamed_one(work, course, tp, submit, answer):
    answer(work / "1_forward.ipynb", "relu", RELU)
    content = (work / "1_forward.ipynb").read_bytes()
    (work / "1_forward.ipynb").rename(work / "1_forward_final.ipynb")
    (work / "2_losses.ipynb").unlink()
    said = " ".join(tp("new", ASSIGNMENT).output.split())
    assert "1_forward.ipynb is not put there: 1_forward_final.ipynb holds your answers" in said
    assert sorted(path.name for path in work.iterdir()) == ["1_forward_final.ipynb", "2_losses.ipynb"]
    shutil.copy(course / "release" / ASSIGNMENT / "1_forward.ipynb", work)
    code, said, members = submit()
    assert (code, sorted(members)) == (0, ["1_forward.ipynb", "2_losses.ipynb"]), said
    assert members["1_forward.ipynb"] == content
    assert "1_forward.ipynb holds no answer and 1_forward_final.ipynb holds yours" in said
    assert "1 of 20" in said


def test_two_that_could_be_it_are_not_guessed(work, tp, submit, answer):
    answer(work / "1_forward.ipynb", "relu", RELU)
    shutil.copy(work / "1_forward.ipynb", work / "b.ipynb")
    (work / "1_forward.ipynb").rename(work / "a.ipynb")
    code, said, members = submit()
    assert (code, sorted(members)) == (0, ["1_forward.ipynb", "2_losses.ipynb"])
    assert "b.ipynb is a copy of 1_forward.ipynb with the same text: it is left out" in said
    answer(work / "b.ipynb", "relu", ABSOLUTE)
    code, said, members = submit()
    assert (code, sorted(members)) == (1, ["2_losses.ipynb", "a.ipynb", "b.ipynb"])
    assert "a.ipynb and b.ipynb each hold answers to 1_forward.ipynb: give that name to one of them" in said
    assert "1_forward.ipynb is missing" not in said
    assert "holds an answer" not in said
    told = " ".join(tp("new", ASSIGNMENT).output.split())
    assert "1_forward.ipynb is not put there: a.ipynb and b.ipynb each hold answers to it" in told


def test_copies_with_answers_are_told_and_without_left_out(work, tp, submit, answer):
    tp("new", ASSIGNMENT, "--fresh", "1_forward")
    answer(work / "1_forward.ipynb", "relu", RELU)
    code, said, members = submit()
    assert (code, sorted(members)) == (0, ["1_forward.ipynb", "2_losses.ipynb"])
    answer(work / "1_forward-fresh.ipynb", "relu", ABSOLUTE)
    code, said, members = submit()
    assert (code, "1_forward-fresh.ipynb" in members) == (1, True)
    assert "holds other answers to 1_forward.ipynb than 1_forward.ipynb; only that one is graded" in said


def test_cells_that_are_gone_twice_there_or_broken(work, submit, answer):
    path = work / "1_forward.ipynb"
    answer(path, "relu", RELU)
    notebook = json.loads(path.read_text())
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    cells["answer-dense"]["source"] = "def dense(x, W, b)\n    %time return x @ W"
    cells["answer-softmax"]["source"] = (
        "%%time\nimport math\n!ls\ndef softmax(scores):\n    %timeit 1\n    return scores"
    )
    notebook["cells"].append({**cells["answer-elu"], "id": "another"})
    notebook["cells"].remove(cells["answer-neuron"])
    notebook["cells"].remove(cells["check-sigmoid"])
    path.write_text(json.dumps(notebook))
    code, said, _ = submit()
    assert code == 1
    assert "the cell answer-dense does not parse (line 1: expected ':')" in said
    assert "answer-softmax does not parse" not in said
    assert "the cell answer-elu is there 2 times" in said
    assert "it has no cell for neuron, and nothing in it defines it. Take the cells from a fresh copy" in said
    assert "the check of sigmoid is missing; grading puts it back" in said


def test_files_beside_the_notebooks_go_in_and_litter_does_not(work, submit, answer, tmp_path):
    answer(work / "1_forward.ipynb", "relu", RELU)
    (work / "figures" / "été").mkdir(parents=True)
    (work / "figures" / "été" / "courbe.png").write_bytes(b"\x89PNG")
    (work / "helpers.py").write_text("x = 1")
    for litter in (".ipynb_checkpoints/1_forward-checkpoint.ipynb", "__pycache__/helpers.pyc", f"{ASSIGNMENT}.zip"):
        (work / litter).parent.mkdir(exist_ok=True)
        (work / litter).write_bytes(b"old")
    (work / "secret.txt").symlink_to(tmp_path)
    code, said, members = submit()
    assert sorted(members) == ["1_forward.ipynb", "2_losses.ipynb", "figures/été/courbe.png", "helpers.py"]
    assert (code, "secret.txt is a link: it is left out" in said) == (0, True)


def test_work_done_in_the_release_itself_is_seen(course, submit, answer):
    folder = course / "release" / ASSIGNMENT
    answer(folder / "1_forward.ipynb", "relu", RELU)
    code, said, members = submit("release/TP6-TrainFFNN")
    assert (code, "1_forward 1 - - 15 - - 1 of 20" in said) == (0, True)
    assert json.loads(members["1_forward.ipynb"]) == json.loads((folder / "1_forward.ipynb").read_text())


def test_a_folder_without_a_release_is_known_by_the_exercises(work, submit, answer, tmp_path, monkeypatch):
    answer(work / "1_forward.ipynb", "relu", RELU)
    work.rename(tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    shutil.rmtree(tmp_path / "course" / "release")
    code, said, _ = submit("mine", "--check")
    assert code == 1  # the registry knows all six notebooks
    assert "3_backprop.ipynb is missing" in said
    assert "1_forward 1 - - 15 - - 1 of 20" in said


def test_outside_of_a_course_folder_questions_in_words_have_their_points(
    work, submit, answer, change, tmp_path, monkeypatch
):
    answer(work / "2_losses.ipynb", "mse_loss", "def mse_loss(yhat, y):\n    return 0.0")
    cells = json.loads((work / "2_losses.ipynb").read_text())["cells"]
    marks = {cell["id"]: cell["metadata"].get("nbgrader", {}) for cell in cells}
    whole = sum(mark.get("points") or 0 for mark in marks.values())
    prose = {name: mark["points"] for name, mark in marks.items() if mark.get("solution") and mark.get("grade")}
    assert prose
    change(work / "2_losses.ipynb", lambda cells: cells[next(iter(prose))].update(source="Because."))
    within = submit()[1]
    work.rename(tmp_path / "mine")
    (tmp_path / "mine" / "1_forward.ipynb").unlink()
    monkeypatch.chdir(tmp_path)
    shutil.rmtree(tmp_path / "course" / "release")
    code, said, _ = submit("mine", "--check")
    row = f"of {whole:g}"
    assert (code, row in within, row in said) == (1, True, True), said
    assert f"marked by the teacher: {next(iter(prose))}." in said
    assert "1_forward.ipynb is missing: get it where you got the others" in said
    assert "Questions in words of the missing notebooks have points too" in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["TP99"], "There is no assignment called 'TP99'"),
        ([ASSIGNMENT], "There is no folder work/TP6-TrainFFNN. `tp new TP6-TrainFFNN` makes one"),
        (["empty"], "No notebook in empty is one of the course's"),
        (["release/TP6-TrainFFNN", "-o", "release/TP6-TrainFFNN/1_forward.ipynb"], "should end in .zip"),
        (["release/TP6-TrainFFNN", "-o", "file/x.zip"], "cannot be written"),
    ],
)
def test_what_cannot_be_is_a_sentence(course, submit, words, sentence, monkeypatch):
    monkeypatch.setattr("tplib.student.assignments._from_registry", dict)  # which takes seconds to read
    (course / "empty").mkdir()
    (course / "file").write_text("mine")
    code, said, members = submit(*words)
    assert (code, sentence in said, members) == (1, True, {}), said


def test_a_folder_of_untouched_notebooks_is_asked_about(work, submit):
    code, said, members = submit()
    assert (code, len(members), "holds an answer: is this the folder that you work in? " in said) == (1, 2, True)


def test_every_released_answer_counts_as_untouched():
    """nbgrader's checksum in each released cell is that of its text, or `tp submit` would take it for work."""
    from tplib.student.answers import examine
    from tplib.student.assignments import read_release

    root = Path(__file__).parents[2] / "release"
    for folder in sorted(root.iterdir()):
        for name, released in read_release(folder).notebooks.items():
            held = examine((folder / f"{name}.ipynb").read_bytes(), name, released)
            assert {one.state for one in held.standings} == {"not attempted"}, name
            assert (held.wrong, held.notes, held.broken) == ([], [], "")


def test_the_folder_is_found_from_inside_and_beside_it(work, submit, answer, monkeypatch):
    answer(work / "1_forward.ipynb", "relu", RELU)
    monkeypatch.chdir(work)
    assert "There is no folder" not in submit(ASSIGNMENT, "--check")[1]
    elsewhere = work.parents[1] / "mine" / ASSIGNMENT
    shutil.copytree(work, elsewhere)
    shutil.rmtree(work)
    monkeypatch.chdir(elsewhere.parent)
    assert "There is no folder" not in submit("TP6", "--check")[1]


def test_the_folder_of_another_assignment_is_told(work, submit, answer, course):
    answer(work / "1_forward.ipynb", "relu", RELU)
    other = course / "release" / "TP1-Other"
    shutil.copytree(course / "release" / ASSIGNMENT, other)
    for path in other.glob("*.ipynb"):
        path.write_text(path.read_text().replace("relu", "another"))
    wrong = work.with_name("TP1-Other")
    work.rename(wrong)
    code, said, _ = submit(str(wrong))
    assert f"the folder is called TP1-Other, but its notebooks are those of {ASSIGNMENT}" in said
    assert code == 1
    assert "Put right first what stands after `!`" in said
    assert "Hand this in" not in said
