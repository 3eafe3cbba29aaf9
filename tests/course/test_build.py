import nbformat
import pytest

from tplib import TplibError
from tplib.course.build import build_course
from tplib.course.compare import check_course


def snapshot(root):
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def script(root):
    return root / "course" / "TP1-Small" / "1_first.py"


def test_from_scripts_to_executed_and_released_notebooks(root, exercises):
    steps = []
    built = build_course(root, exercises, progress=lambda page, done, cells: steps.append((str(page), done, cells)))
    files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    assert files == [
        "course/TP1-Small/1_first.py",
        "course/TP1-Small/2_second.py",
        "course/TP1-Small/img/dot.txt",
        "nbgrader_config.py",
        *(f"{stage}/TP1-Small/{name}" for stage in ("release", "source") for name in FILES),
    ]
    assert sorted(path.as_posix() for path in built.changed) == files[4:]
    assert built.notes == []
    assert steps[0] == ("TP1-Small/1_first", 0, 12)
    assert ("TP1-Small/1_first", 12, 12) in steps
    source = nbformat.read(root / "source" / "TP1-Small" / "1_first.ipynb", as_version=4)
    outputs = {cell.id: cell.outputs for cell in source.cells if cell.cell_type == "code"}
    assert outputs["check-relu"][0].data["text/plain"] == "2.0"
    release = nbformat.read(root / "release" / "TP1-Small" / "1_first.ipynb", as_version=4)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in release.cells)

    assert [str(page) for page in check_course(root, exercises)] == ["TP1-Small/1_first", "TP1-Small/2_second"]
    before = snapshot(root)
    assert build_course(root, exercises).changed == []
    assert snapshot(root) == before


FILES = ["1_first.ipynb", "2_second.ipynb", "img/dot.txt"]


def test_check_names_each_notebook_that_differs_and_changes_nothing(root, exercises, script):
    build_course(root, exercises, run=False)
    script.write_text(script.read_text().replace("# # A small course", "# # A tiny course"))
    (root / "release" / "TP1-Small" / "2_second.ipynb").unlink()
    (root / "source" / "TP1-Small" / "2_second.ipynb").write_text("{ half")
    before = snapshot(root)
    with pytest.raises(TplibError) as caught:
        check_course(root, exercises)
    told = str(caught.value)
    assert "source/TP1-Small/1_first.ipynb: cell 1 differs" in told
    assert "release/TP1-Small/1_first.ipynb: cell 1 differs" in told
    assert "-# A small course" in told
    assert "+# A tiny course" in told
    assert "release/TP1-Small/2_second.ipynb: it is missing" in told
    assert "2_second.ipynb is not a notebook that can be read" in told
    assert told.endswith(
        f"`tp build TP1-Small --only 1_first --only 2_second --root {root}` brings source/ and release/ up to date "
        "with course/. It runs 1_first, 2_second, whose code has changed."
    )
    assert snapshot(root) == before


def test_release_alone_is_checked_too(root, exercises):
    build_course(root, exercises, run=False)
    path = root / "release" / "TP1-Small" / "1_first.ipynb"
    path.write_text(path.read_text().replace("# YOUR CODE HERE", "# return np.maximum(x, 0.0)", 1))
    with pytest.raises(TplibError, match=r"^release/TP1-Small/1_first.ipynb: cell 3 differs"):
        check_course(root, exercises)


def test_without_execution_unchanged_cells_keep_their_outputs(root, exercises, script):
    build_course(root, exercises, only=["1_first"])
    script.write_text(script.read_text().replace("answer = 41 + 1", "answer = 42"))
    build_course(root, exercises, only=["1_first"], run=False)
    source = nbformat.read(root / "source" / "TP1-Small" / "1_first.ipynb", as_version=4)
    counts = {cell.id: cell.execution_count for cell in source.cells if cell.cell_type == "code"}
    assert counts["answer-answer"] is None
    assert counts["check-answer"] == 5
    assert not (root / "source" / "TP1-Small" / "2_second.ipynb").exists()


def test_a_notebook_that_fails_is_left_as_it_was_and_does_not_stop_the_others(root, exercises, script):
    build_course(root, exercises, run=False)
    old = (root / "source" / "TP1-Small" / "1_first.ipynb").read_bytes()
    script.write_text(script.read_text() + "\n# %%\n1 / 0\n")
    with pytest.raises(TplibError) as caught:
        build_course(root, exercises)
    assert str(caught.value).splitlines() == [
        "TP1-Small/1_first, cell 13 (1 / 0): ZeroDivisionError: division by zero",
        "1 of 2 notebooks built; the files of the others are as they were",
    ]
    assert (root / "source" / "TP1-Small" / "1_first.ipynb").read_bytes() == old
    second = nbformat.read(root / "source" / "TP1-Small" / "2_second.ipynb", as_version=4)
    assert second.cells[-1].execution_count == 3


def test_files_left_in_the_notebooks_folder_and_strays_are_noted(root, exercises, script):
    script.write_text(script.read_text() + '\n# %%\nopen("model.bin", "w").close()\n')
    (root / "release" / "TP1-Small").mkdir(parents=True)
    (root / "release" / "TP1-Small" / "old.ipynb").write_text("{}")
    notes = build_course(root, exercises, only=["1_first"]).notes
    assert notes == [
        "release/TP1-Small/old.ipynb comes from nothing in course/; remove it",
        "TP1-Small/1_first writes model.bin into its own folder; students find it there too",
    ]
    assert (root / "release" / "TP1-Small" / "old.ipynb").exists()


def test_mistakes_are_told_before_anything_is_run_or_written(root, exercises, script):
    script.write_text(script.read_text().replace("def relu(x)", "def nosuch(x)"))
    before = snapshot(root)
    with pytest.raises(TplibError, match="defines nosuch, and"):
        build_course(root, exercises)
    assert snapshot(root) == before


def test_every_exercise_needs_its_notebook(root, exercises):
    (root / "course" / "TP1-Small" / "2_second.py").unlink()
    for act in (build_course, check_course):
        with pytest.raises(TplibError, match="the exercise 'other' belongs to TP1-Small/2_second, missing in course/"):
            act(root, exercises)


def test_a_cell_id_is_used_once_in_the_whole_course(root, exercises):
    second = root / "course" / "TP1-Small" / "2_second.py"
    second.write_text(second.read_text() + '\n# %% [markdown] tags=["written"] name="why" points=1\n# Mine.\n')
    with pytest.raises(TplibError, match=r"2_second.py and course/TP1-Small/1_first.py both have a cell written-why"):
        build_course(root, exercises)


def test_a_script_that_is_no_text_gets_a_sentence(root, exercises, script):
    script.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TplibError, match=r"cannot read .*1_first.py"):
        build_course(root, exercises)


def test_a_folder_that_cannot_be_written_gets_a_sentence(root, exercises):
    (root / "source").write_text("a file")
    with pytest.raises(TplibError, match=r"source is a file, not a folder"):
        build_course(root, exercises)
