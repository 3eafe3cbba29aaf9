"""`tp new`: whatever lies where a copy would go stays as it is."""

import json
from pathlib import Path

import pytest

from tplib.student import assignments

ASSIGNMENT = "TP6-TrainFFNN"


def released(course: Path, name: str) -> Path:
    return course / "release" / ASSIGNMENT / f"{name}.ipynb"


def test_a_copy_of_each_notebook_byte_for_byte(course, tp):
    result = tp("new", "tp6")
    assert result.exit_code == 0, result.output
    for name in ("1_forward", "2_losses"):
        assert (course / "work" / ASSIGNMENT / f"{name}.ipynb").read_bytes() == released(course, name).read_bytes()
    assert "Open it: jupyter lab work/TP6-TrainFFNN" in result.output


def test_a_second_run_adds_what_is_missing_and_nothing_else(course, tp, work):
    (work / "1_forward.ipynb").write_text("my work")
    (work / "2_losses.ipynb").unlink()
    result = tp("new", ASSIGNMENT)
    assert result.exit_code == 0
    assert (work / "1_forward.ipynb").read_text() == "my work"
    assert (work / "2_losses.ipynb").read_bytes() == released(course, "2_losses").read_bytes()
    assert "1 already there" in result.output


def test_fresh_copies_get_new_names(course, tp, work):
    (work / "1_forward.ipynb").write_text("my work")
    for name in ("1_forward-fresh", "1_forward-fresh-2", "1_forward-fresh-3"):
        assert f"{name}.ipynb" in tp("new", ASSIGNMENT, "--fresh", "1_forward.ipynb").output
        assert (work / f"{name}.ipynb").read_bytes() == released(course, "1_forward").read_bytes()
    assert (work / "1_forward.ipynb").read_text() == "my work"
    result = tp("new", ASSIGNMENT, "--fresh", "forward")
    assert (result.exit_code, "It has 1_forward, 2_losses" in result.output) == (1, True)


def test_another_folder_and_from_within_the_course(course, tp, tmp_path, monkeypatch):
    (course / "work").mkdir()
    monkeypatch.chdir(course / "work")
    target = tmp_path / "été à moi"
    assert tp("new", ASSIGNMENT, "--to", target).exit_code == 0
    assert (target / "2_losses.ipynb").is_file()


def test_a_path_with_spaces_is_printed_as_it_is_typed(course, tp):
    output = tp("new", ASSIGNMENT, "--to", "mes devoirs/TP6 été").output
    assert "jupyter lab 'mes devoirs/TP6 été'" in output


def test_a_file_that_cannot_be_read_is_named(course, tp, work):
    (work / "2_losses.ipynb").write_bytes(b"")
    output = " ".join(tp("new", ASSIGNMENT).output.split())
    assert "2_losses.ipynb is empty (0 bytes)" in output
    assert "--fresh 2_losses` puts a new copy beside it" in output
    assert (work / "2_losses.ipynb").read_bytes() == b""


def test_links_that_lead_nowhere_are_not_followed(course, tp, tmp_path):
    folder = course / "work" / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / "1_forward.ipynb").symlink_to(tmp_path / "elsewhere.ipynb")
    assert tp("new", ASSIGNMENT).exit_code == 0
    assert not (tmp_path / "elsewhere.ipynb").exists()


def test_a_newer_release_is_told_of_and_not_put_over_work(course, tp, work):
    path = released(course, "1_forward")
    notebook = json.loads(path.read_text())
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "answer-neuron")
    cell["metadata"]["nbgrader"]["checksum"] = "another"
    path.write_text(json.dumps(notebook))
    before = (work / "1_forward.ipynb").read_bytes()
    result = tp("new", ASSIGNMENT)
    assert "1_forward differs from the release" in result.output
    assert "2_losses differs" not in result.output
    assert (work / "1_forward.ipynb").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["TP99"], "There is no assignment called 'TP99'"),
        (["TP7"], "are not here: run this in the course's folder"),  # the registry knows it, and it is not released
        ([ASSIGNMENT, "--to", "release/TP6-TrainFFNN"], "is the release itself"),
        ([ASSIGNMENT, "--to", "file"], "is a file, not a folder"),
    ],
)
def test_what_cannot_be_is_a_sentence(course, tp, words, sentence, monkeypatch):
    listed = {"TP7-LSTM": assignments.Assignment("TP7-LSTM", {})}
    monkeypatch.setattr(assignments, "_from_registry", lambda: listed)  # which takes seconds to read
    (course / "file").write_text("mine")
    result = tp("new", *words)
    assert result.exit_code == 1
    assert sentence in " ".join(result.output.split())
    assert (course / "file").read_text() == "mine"


def test_a_full_disk_leaves_no_half_a_notebook(course, tp, monkeypatch):
    opened = Path.open

    class Full:
        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *error):
            self.file.close()

        def write(self, content):
            self.file.write(content[:100])
            raise OSError(28, "No space left on device")

        def close(self):
            self.file.close()

    monkeypatch.setattr(
        Path,
        "open",
        lambda self, mode="r", *a, **k: Full(opened(self, mode)) if "x" in mode else opened(self, mode, *a, **k),
    )
    result = tp("new", ASSIGNMENT)
    assert result.exit_code == 1
    assert "there is no room left on the disk. Make room, or give another folder with --to" in result.output
    assert not list((course / "work").rglob("*.ipynb"))


def test_data_are_named_or_pulled(course, tp, monkeypatch):
    pulled = []
    monkeypatch.setattr("tplib.data.cache.is_cached", lambda name: name in pulled or name == "digits")
    monkeypatch.setattr("tplib.data.pull", pulled.append)
    assert "tp data pull TP6-TrainFFNN" in tp("new", ASSIGNMENT).output
    assert pulled == []
    assert "tp data pull" not in tp("new", ASSIGNMENT, "--pull").output
    assert pulled == ["snippets", "mnist-5k"]
