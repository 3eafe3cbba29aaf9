import re

import nbformat
import pytest

from tplib import TplibError
from tplib.course.dialect import read_script


@pytest.fixture
def read(exercises):
    return lambda text: read_script(text, "TP1-Small", "1_first", exercises)


def cell(notebook, cell_id):
    return next(cell for cell in notebook.cells if cell.id == cell_id)


def test_the_notebook_is_valid_and_names_no_version(read, first):
    notebook = read(first)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


@pytest.mark.parametrize(
    ("cell_id", "grade", "solution", "locked", "points"),
    [
        ("answer-relu", False, True, False, None),
        ("check-relu", True, False, True, 2),
        ("answer-answer", False, True, False, None),
        ("check-answer", True, False, True, 1.5),
        ("written-why", True, True, False, 4),
        ("readonly-TP1-Small-1_first-1", False, False, True, None),
    ],
)
def test_each_role_has_its_nbgrader_metadata(read, first, cell_id, grade, solution, locked, points):
    found = cell(read(first), cell_id).metadata.nbgrader
    assert (found.grade_id, found.schema_version, found.task) == (cell_id, 3, False)
    assert (found.grade, found.solution, found.locked, found.get("points")) == (grade, solution, locked, points)


def test_nbval_is_strict_on_checks_and_marked_cells_only(read, first):
    notebook = read(first)
    strict = {c.id: "nbval-check-output" in c.metadata.tags for c in notebook.cells if c.cell_type == "code"}
    lax = {c.id: "nbval-ignore-output" in c.metadata.tags for c in notebook.cells if c.cell_type == "code"}
    assert all(strict[i] != lax[i] for i in strict)
    marked = next(c for c in notebook.cells if c.source.startswith("open("))
    assert {i for i in strict if strict[i]} == {"check-relu", "check-answer", marked.id}


def test_author_tags_leave_no_trace_and_others_stay(read, first):
    marked = next(c for c in read(first).cells if c.source.startswith("open("))
    assert marked.metadata == {
        "tags": ["hide-input", "figure", "nbval-check-output"],
        "jupyter": {"source_hidden": True},
    }


def test_cell_ids_are_the_same_each_time_and_differ_for_twin_cells(read, first, exercises):
    ids = [c.id for c in read(first).cells]
    assert ids == [c.id for c in read(first).cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-zA-Z0-9-_]{1,64}", i) for i in ids)
    plain = "# %%\n1 + 1\n"
    elsewhere = [read_script(plain, "TP1-Small", name, []).cells[0].id for name in ("1_first", "2_second", "3_third")]
    assert len(set(elsewhere)) == 3


HEADING = "# %% [markdown]\n# ### Exercise\n\n"
ANSWER = "# %%\ndef {0}(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n\n\n"
PAIRS = "".join(HEADING + ANSWER.format(name) for name in ("relu", "answer"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            PAIRS + '# %%\ncheck("relu")\n',
            r"cell 5 \(check\(\"relu\"\)\): the build adds a check under each answer; remove",
        ),
        (PAIRS + "# %%\nscore = 1\ncheck('relu')\n", "the build adds a check"),
        (PAIRS + ANSWER.format("other"), "'other' belongs to TP1-Small/2_second"),
        (PAIRS + ANSWER.format("nosuch"), "defines nosuch, and tplib.graders has no exercise of that name"),
        (PAIRS + "# %%\n### BEGIN SOLUTION\nprint()\n### END SOLUTION\n", "defines nothing, and"),
        (PAIRS + ANSWER.format("relu"), "'relu' has a second answer cell"),
        (HEADING + ANSWER.format("relu"), "the exercise 'answer' has no answer cell"),
        (PAIRS.replace("    ### END SOLUTION\n", "", 1), "'### BEGIN SOLUTION' is never closed"),
        (PAIRS.replace("    ### BEGIN SOLUTION\n", "", 1), "do not alternate"),
        (
            PAIRS.replace("### BEGIN SOLUTION", "# BEGIN SOLUTION", 1),
            "'# BEGIN SOLUTION' should be '### BEGIN SOLUTION'",
        ),
        (PAIRS.replace("return x", "return x +", 1), "the answer is not Python"),
        (
            PAIRS + "# %%\nnosuch = [\n    ### BEGIN SOLUTION\n    1\n    ### END SOLUTION\n]\n",
            "left without its solution is not Python",
        ),
        (
            "# %%\n### BEGIN SOLUTION\nrelu = answer = 1\n### END SOLUTION\n" + PAIRS,
            "one answer cell answers one exercise; this one defines relu, answer",
        ),
        (PAIRS + "# %% tags=[readonly\n1\n", "cannot read 'tags="),
        (PAIRS + "# %% point=4\n1\n", "unknown point in its first line"),
        (PAIRS + '# %% tags="readonly"\n1\n', "cannot be read: 'readonly' is not of type"),
        (PAIRS + '# %% [markdown] tags=["readonly"]\n# text\n', "readonly is for code cells"),
        (PAIRS + '# %% [markdown] tags=["written"] points=4\n# text\n', "needs a name"),
        (
            PAIRS + '# %% [markdown] tags=["written"] name="why 2" points=4\n# text\n',
            "the name 'why 2' .* without spaces",
        ),
        (PAIRS + '# %% [markdown] tags=["written"] name="why"\n# text\n', "needs points above 0"),
        (PAIRS + '# %% [markdown] tags=["written"] name="why" points=0\n# text\n', "needs points above 0"),
        (PAIRS + '# %% tags=["written"] name="why" points=4\n1\n', "are for markdown cells"),
        (PAIRS + "# %% [markdown]\n# ### BEGIN SOLUTION\n# text\n# ### END SOLUTION\n", "would be shown to students"),
        (
            PAIRS + '# %% [markdown] tags=["written"] name="why" points=4\n'
            "# ### BEGIN SOLUTION\n# text\n# ### END SOLUTION\n# ### BEGIN MARK SCHEME\n# a\n# ### END MARK SCHEME\n",
            "put it inside the SOLUTION region",
        ),
        (PAIRS + f'# %% [markdown] tags=["written"] name="{"w" * 60}" points=4\n# text\n', "is no cell id"),
    ],
)
def test_mistakes_of_an_author_get_a_sentence(read, text, sentence):
    with pytest.raises(TplibError, match=sentence) as caught:
        read(text)
    assert str(caught.value).startswith("course/TP1-Small/1_first.py")


def test_all_mistakes_are_told_at_once(read):
    with pytest.raises(TplibError) as caught:
        read(PAIRS + ANSWER.format("nosuch") + ANSWER.format("other"))
    assert len(str(caught.value).splitlines()) == 2


def test_a_comment_stays_a_comment():
    comments = "# rm the outliers\n# Why?\n# ls\n# cat sits\n# %matplotlib inline\n# !pip install x"
    notebook = read_script(f"# %%\nx = 1\n{comments}\n", "TP1-Small", "1_first", [])
    assert notebook.cells[0].source == f"x = 1\n{comments}"


def test_a_percent_marker_in_the_middle_of_text_is_told():
    text = "# %% [markdown]\n# Of all people, some\n# %% of them are here.\n"
    with pytest.raises(TplibError, match=r"`# %% of them are here\.` begins a cell"):
        read_script(text, "TP1-Small", "1_first", [])
