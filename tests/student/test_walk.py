"""A student's way on the command line, from the first command to the zip that is handed in."""

import json
import zipfile

ASSIGNMENT = "TP6-TrainFFNN"
RELU = "def relu(x):\n    return np.maximum(x, 0)"


def test_from_new_to_submit(course, tp, answer):
    def said(*words, code=0):
        result = tp(*words)
        assert result.exit_code == code, result.output
        return " ".join(result.output.split())

    assert "jupyter lab work/TP6-TrainFFNN" in said("new", "TP6", "--course", course)
    folder = course / "work" / ASSIGNMENT
    assert "Python" in said("doctor", "TP6", "--no-grading", code=tp("doctor", "TP6", "--no-grading").exit_code)
    assert "not attempted" in said("submit", ASSIGNMENT, "--check", code=1)  # nothing to hand in yet

    answer(folder / "1_forward.ipynb", "relu", RELU)
    mine = (folder / "1_forward.ipynb").read_bytes()
    said("new", "TP6")
    assert (folder / "1_forward.ipynb").read_bytes() == mine  # run again, it writes over nothing
    assert "Yours is as it was" in said("new", "TP6", "--fresh", "1_forward")
    (copy,) = set(folder.glob("1_forward*.ipynb")) - {folder / "1_forward.ipynb"}
    assert RELU not in copy.read_text(encoding="utf-8")

    told = said("submit", ASSIGNMENT)
    assert "is a copy of 1_forward.ipynb without an answer: it is left out" in told
    assert "The checks in the notebooks give 1 of" in told
    with zipfile.ZipFile(course / f"{ASSIGNMENT}.zip") as archive:
        assert sorted(archive.namelist()) == ["1_forward.ipynb", "2_losses.ipynb"]
        cells = json.loads(archive.read("1_forward.ipynb"))["cells"]
    assert any("np.maximum(x, 0)" in "".join(cell["source"]) for cell in cells)
