"""What runs again, and which files change, when a course text is edited: judged by what the files hold."""

import nbformat
import nbformat.v4 as v4
import pytest

from tplib import TplibError
from tplib.course.build import build_course
from tplib.course.compare import check_course
from tplib.course.kept import keep_unchanged
from tplib.course.reading import read_notebook


@pytest.fixture
def edit(built):
    def change(old, new, notebook="1_first"):
        script = built / "course" / "TP1-Small" / f"{notebook}.py"
        assert old in script.read_text()
        script.write_text(script.read_text().replace(old, new, 1))

    return change


def generated(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for stage in ("source", "release")
        for path in sorted((root / stage).rglob("*"))
        if path.is_file()
    }


def rebuild(root, exercises, **options):
    """(notebooks that ran, files that changed), the second as the disk has it."""
    before = generated(root)
    built = build_course(root, exercises, **options)
    after = generated(root)
    changed = sorted(name for name in after if before.get(name) != after[name])
    assert changed == sorted(path.as_posix() for path in built.changed)
    return [str(page) for page in built.ran], changed


def outputs(root, notebook="1_first"):
    """Each code cell's first line with what it printed or gave."""
    stored = nbformat.read(root / "source" / "TP1-Small" / f"{notebook}.ipynb", as_version=4)
    return {
        cell.source.splitlines()[0]: "".join(o.get("text", "") or o.data["text/plain"] for o in cell.outputs)
        for cell in stored.cells
        if cell.cell_type == "code"
    }


FIRST_FILES = ["release/TP1-Small/1_first.ipynb", "source/TP1-Small/1_first.ipynb"]
SECOND_FILES = [name.replace("1_first", "2_second") for name in FIRST_FILES]


def test_a_build_of_an_unchanged_course_runs_and_writes_nothing(built, exercises):
    assert rebuild(built, exercises) == ([], [])


def test_a_changed_sentence_runs_nothing_and_writes_its_own_notebook(built, exercises, edit):
    edit("A small course", "A tiny course")
    printed = outputs(built)
    with pytest.raises(TplibError, match=r"--only 1_first --root \S+` .*No code has changed: it runs nothing"):
        check_course(built, exercises)
    assert rebuild(built, exercises) == ([], FIRST_FILES)
    assert outputs(built) == printed
    assert check_course(built, exercises)


def test_changed_points_run_nothing_where_the_check_still_gives_them(built, exercises, edit, monkeypatch):
    from tplib.course import build

    monkeypatch.setattr(build, "require_full_marks", lambda notebook, name: None)  # as a stored verdict of `check`
    other = [exercise.__class__(exercise.name, exercise.notebook, points=3.0) for exercise in exercises[2:]]
    assert rebuild(built, exercises[:2] + other) == ([], SECOND_FILES)
    points = [c.metadata.nbgrader.points for c in read(built, "2_second") if c.get("id") == "check-other"]
    assert points == [3]


def read(root, notebook):
    return read_notebook(root / "source" / "TP1-Small" / f"{notebook}.ipynb").cells


def test_changed_points_run_a_notebook_whose_check_gives_other_ones(built, exercises, edit):
    other = [exercise.__class__(exercise.name, exercise.notebook, points=3.0) for exercise in exercises[2:]]
    with pytest.raises(TplibError, match="earns 2 of 3 points"):
        build_course(built, exercises[:2] + other)
    edit("name: 2.0", "name: 3.0", "2_second")
    assert rebuild(built, exercises[:2] + other) == (["TP1-Small/2_second"], SECOND_FILES)


def test_changed_code_runs_its_notebook_and_keeps_what_was_printed_above(built, exercises, edit):
    before = outputs(built)
    edit("last = 1", "last = 2")
    with pytest.raises(TplibError, match=r"--only 1_first --root \S+` .*It runs 1_first, whose code has changed"):
        check_course(built, exercises)
    assert rebuild(built, exercises) == (["TP1-Small/1_first"], FIRST_FILES)
    after = outputs(built)
    assert after.pop("last = 2") == "2"
    assert after.items() <= before.items()  # the random number too
    edit("answer = 41 + 1", "answer = 42")
    rebuild(built, exercises)
    assert outputs(built)["import random"] != before["import random"]


def test_code_taken_away_below_runs_nothing_and_above_runs_all(built, exercises, edit):
    edit("\n# %%\nlast = 1\nlast\n", "")
    assert rebuild(built, exercises) == ([], FIRST_FILES)
    edit("\n# %%\n1 + 1\n", "")
    assert rebuild(built, exercises)[0] == ["TP1-Small/1_first"]


def test_moving_text_and_folding_code_runs_nothing(built, exercises, edit):
    edit("# ### Exercise\n#\n# Find it.", "# Find it.\n#\n# ### Exercise")
    edit("# %%\nimport random", '# %% [markdown]\n# A draw:\n\n# %% tags=["hide-input"]\nimport random')
    assert rebuild(built, exercises) == ([], FIRST_FILES)


def test_a_cell_that_is_to_be_compared_runs(built, exercises, edit):
    edit("# %%\nprint(object()", '# %% tags=["compare"]\nprint(object()')
    with pytest.raises(TplibError, match="is compared by nbval, but prints a memory address"):
        build_course(built, exercises)


def test_what_a_build_left_without_outputs_runs_in_the_next(built, exercises, edit):
    edit("last = 1", "last = 3")
    rebuild(built, exercises, run=False)
    assert outputs(built)["last = 3"] == ""
    assert rebuild(built, exercises)[0] == ["TP1-Small/1_first"]
    assert outputs(built)["last = 3"] == "3"


def test_a_stored_notebook_that_cannot_be_read_is_built_anew(built, exercises):
    (built / "source" / "TP1-Small" / "2_second.ipynb").write_text("{ half")
    assert rebuild(built, exercises) == (["TP1-Small/2_second"], SECOND_FILES[1:])


def test_everything_runs_when_asked(built, exercises):
    assert rebuild(built, exercises, run=True)[0] == ["TP1-Small/1_first", "TP1-Small/2_second"]


def test_a_release_that_somebody_changed_is_restored_without_a_run(built, exercises):
    path = built / "release" / "TP1-Small" / "2_second.ipynb"
    whole = path.read_bytes()
    path.write_text(path.read_text().replace("# YOUR CODE HERE", "return x"))
    assert rebuild(built, exercises) == ([], SECOND_FILES[:1])
    assert path.read_bytes() == whole


def test_without_a_run_each_unchanged_cell_keeps_its_outputs():
    earlier, now = (v4.new_notebook(cells=[v4.new_code_cell(code) for code in codes]) for codes in ("123", "143"))
    for old, new in zip(earlier.cells, now.cells, strict=True):
        old.update(outputs=[v4.new_output("stream", text="old")], execution_count=4)
        new.id = old.id
    keep_unchanged(now, earlier)
    assert [cell.execution_count for cell in now.cells] == [4, None, 4]
    assert [len(cell.outputs) for cell in now.cells] == [1, 0, 1]
