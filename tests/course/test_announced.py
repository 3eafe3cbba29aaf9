"""Points that a text announces are those of the registry, or a sentence says where and what."""

import pytest

from tplib import TplibError
from tplib.course.dialect import read_script

TOTALS = "# # A small course\n#\n"


@pytest.fixture
def read(first, exercises):
    return lambda old, new: read_script(first.replace(old, new, 1), "TP1-Small", "1_first", exercises)


@pytest.mark.parametrize(
    "text",
    [
        "2 exercises, 3.5 points: 2 in the session, 1.5 at home.",
        "2 short functions, 3.5 points: 2\n# in the session, 1.5 at home.",
        "2 functions, 3.5 points. It also asks for 1 answer in words, 4 points, which your teacher reads.",
        "There are 1 answers in words besides, for 4 points.",
        "The loss on 15 points, 10 points better (see `answer` (1.5 points)).",
        "First (2 points):",
    ],
)
def test_right_numbers_and_other_points_pass(read, text):
    read(TOTALS, f"{TOTALS}# {text}\n#\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Easy (3 points).", "it announces (3 points); relu has 2 points"),
        ("See `answer` (1 point).", "it announces (1 point); answer has 1.5 points"),
        ("3 exercises, 3.5 points.", "'3 exercises, 3.5 points', but the notebook has 2 exercises, 3.5 points"),
        ("2 short functions,\n# 4 points.", "'2 short functions, 4 points', but the notebook has 2 exercises"),
        (
            "2 exercises, 3.5 points: 1.5 in the session, 2 at home.",
            "but the exercises have 2 in the session and 1.5 at home",
        ),
        ("2 answers in words, 4 points", "but the notebook has 1 question, 4 points"),
        ("1 answer in words besides, for 5 points", "but the notebook has 1 question, 4 points"),
    ],
)
def test_wrong_numbers_are_told_with_the_place_and_the_right_ones(read, text, told):
    with pytest.raises(TplibError) as caught:
        read(TOTALS, f"{TOTALS}# {text}\n#\n")
    assert str(caught.value).startswith("course/TP1-Small/1_first.py, cell 1 (# A small course): ")
    assert told in str(caught.value)


def test_a_question_is_announced_before_it_or_in_its_own_cell(read):
    read("# Because it is", "# **Question 1 (4 points).** Because it is")
    with pytest.raises(TplibError, match=r"it announces \(5 points\); why has 4 points"):
        read("# Because it is", "# **Question 1 (5 points).** Because it is")


def test_an_announcement_after_the_last_answer_belongs_to_nothing(read):
    with pytest.raises(TplibError, match=r"it announces \(1 point\), and no answer or question follows"):
        read("# Two points for the secret scheme.\n# ### END MARK SCHEME\n", OVER)


OVER = "# ### END MARK SCHEME\n\n# %% [markdown]\n# One more (1 point).\n"
