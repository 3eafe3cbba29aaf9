import pytest

from tplib import TplibError
from tplib.course.dialect import read_script

HEADING = "# %% [markdown]\n# Some text.\n#\n# ### Exercise\n#\n# More text.\n\n"
ANSWER = "# %%\ndef {0}(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n\n\n"
PLAIN = "# %%\n1 + 1\n\n"
RELU, OTHER = ANSWER.format("relu"), ANSWER.format("answer")


@pytest.fixture
def read(exercises):
    return lambda text: read_script(text, "TP1-Small", "1_first", exercises)


def test_a_heading_gets_the_name_the_points_and_the_place_of_the_answer_below_it(read):
    texts = [
        cell.source for cell in read(HEADING + PLAIN + RELU + HEADING + OTHER).cells if cell.cell_type == "markdown"
    ]
    assert texts == [
        "Some text.\n\n### Exercise `relu` (2 points)\n\nMore text.",
        "Some text.\n\n### Exercise `answer` (1.5 points), at home\n\nMore text.",
    ]


def test_one_point_is_singular(exercises, read):
    exercises[0] = type(exercises[0])("relu", points=1.0)
    assert "### Exercise `relu` (1 point)\n" in read(HEADING + RELU + HEADING + OTHER).cells[0].source


def test_each_answer_has_its_check_below_it(read):
    notebook = read(HEADING + RELU + PLAIN + HEADING + OTHER + PLAIN)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert [source for source in code if "BEGIN" not in source] == [
        'check("relu")',
        "1 + 1",
        'check("answer")',
        "1 + 1",
    ]
    for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False):
        if cell.source.startswith("check"):
            assert f"def {cell.source[7:-2]}(" in before.source


def test_a_text_gets_the_counts_of_the_notebook(exercises, read):
    text = HEADING.replace("Some text.", "{{count}} exercises, {{points}}.")
    assert (
        "2 exercises, 3.5 points: 2 in the session, 1.5 at home.\n"
        in read(text + RELU + HEADING + OTHER).cells[0].source
    )
    exercises[:] = [type(exercises[0])("relu", points=1.0)]
    assert "1 exercises, 1 point, all in the session.\n" in read(text + RELU).cells[0].source


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            HEADING + RELU + OTHER,
            r"cell 3 \(def answer\(x\):\): the answer 'answer' has no heading; write '### Exercise'",
        ),
        (
            HEADING + HEADING + RELU + HEADING + OTHER,
            r"cell 1 \(Some text.\): no answer between this '### Exercise' and",
        ),
        (HEADING.replace("More", "### Exercise") + RELU + OTHER, "no answer between this '### Exercise' and the next"),
        (HEADING + RELU + HEADING + OTHER + HEADING, r"cell 5 \(Some text.\): no answer follows '### Exercise'"),
        (
            HEADING.replace("Exercise", "Exercise `relu` (2 points)") + RELU + HEADING + OTHER,
            r"cell 1 \(Some text.\): '### Exercise `relu` \(2 points\)' should be '### Exercise'; the build adds",
        ),
        (HEADING.replace("###", "##") + RELU + HEADING + OTHER, "'## Exercise' should be '### Exercise'"),
    ],
)
def test_a_heading_or_an_answer_alone_gets_a_sentence(read, text, sentence):
    with pytest.raises(TplibError, match=sentence) as caught:
        read(text)
    assert str(caught.value).startswith("course/TP1-Small/1_first.py")
