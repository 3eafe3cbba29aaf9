"""The texts that `tp new-course` and `tp new-exercise` write."""

CONFIG = '''\
"""nbgrader's settings for this course; `nbgrader` and `tp` read them when run in this folder."""

c = get_config()  # noqa: F821 (nbgrader defines it)

c.CourseDirectory.course_id = "{course}"

# What a student finds in the place of a solution. The checks read NotImplementedError as "not attempted".
c.ClearSolutions.code_stub = {{"python": "# YOUR CODE HERE\\nraise NotImplementedError"}}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"

# Seconds for one cell.
c.Execute.timeout = 60

# `nbgrader autograde`, and the button in the form grader, grade with tplib's engine.
from tplib.autograde import enable  # noqa: E402

enable(c)
'''

IGNORED = """\
# What students hand in, and what comes of it
/submitted/
/downloaded/
/autograded/
/feedback/
/reports/
/work/
/.tplib/
/.tp-grade-*/
*.db
*.log
*.zip
__pycache__/
.ipynb_checkpoints/
.pytest_cache/
"""

NOTEBOOK = """\
# %% [markdown]
# # {title}
#
# Write your code in the marked cells, then run the check below each: it says what is right, and where not.

# %% tags=["readonly"]
from tplib.graders import check

# %% [markdown]
# ## How far apart?
#
# The *range* of some numbers is the difference between the largest and the smallest.
#
# ### Exercise
#
# Write `range_of(numbers)`, the range of a list of one or more numbers.


# %%
def range_of(numbers):
    ### BEGIN SOLUTION
    return max(numbers) - min(numbers)
    ### END SOLUTION
"""

EXERCISE = '''\
"""The range of some numbers: an example. Change it, or take it out with its cells and its test."""

from tplib.graders.exercise import Case, exercises_of

exercise = exercises_of("{assignment}", "{notebook}")


def inputs(draw):
    """The arguments of one call: a list of one to six numbers."""
    return (list(draw.array(draw.size(1, 6), low=-9, high=9)),)


@exercise(points=1, draw=inputs, edges=(Case(([2.0, 2.0],)), Case(([5.0],)), Case(([3.0, -4.0, 1.0],))))
def range_of(numbers):
    """range_of(numbers) = largest - smallest

    shapes: a list of numbers; the result is one number.
    worked: range_of([2, 7, 4]) = 7 - 2 = 5
    """
    return max(numbers) - min(numbers)


@range_of.mistake("Can a range be negative? Which of the two do you take from the other?")
def smallest_minus_largest(numbers):
    return min(numbers) - max(numbers)


@range_of.mistake("Are the numbers in order? Where does the largest stand?")
def last_minus_first(numbers):
    return numbers[-1] - numbers[0]


@range_of.mistake("The largest number says where the range ends. Where does it begin?")
def the_largest_alone(numbers):
    return max(numbers)


@range_of.alternative
def by_sorting(numbers):
    ordered = sorted(numbers)
    return ordered[-1] - ordered[0]
'''

WORKED = """\
    (([2, 7, 4],), 5),
    (([-1.5],), 0),
"""

CONFTEST = '''\
"""The tests look at the exercises of this course, wherever they are started."""

from pathlib import Path

from tplib.graders import course_folder

course_folder.use_course(Path(__file__).parents[1])
'''

TEST_GRADERS = '''\
"""The graders are graded: each mistake is rejected and named, each right answer accepted; `tp prove` says more."""

from pathlib import Path

import pytest

from tplib.authoring import course_exercises, prove

EXERCISES = course_exercises(Path(__file__).parents[1])


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_the_grader_is_right(exercise):
    assert [fault.sentence for fault in prove(exercise)] == []
'''

TEST = '''\
"""The reference of `{name}` against results found without it: by hand, in a book, by another program."""

import pytest

from tplib.graders import registry
from tplib.graders.worked import mismatch

WORKED = [  # ((arguments,), result)
{worked}]


def test_there_are_results_to_compare_with():
    assert WORKED


@pytest.mark.parametrize(("arguments", "result"), WORKED)
def test_the_reference_gives_the_result(arguments, result):
    assert mismatch(registry.find("{name}"), arguments, result) == ""
'''

SKELETON = '''\
"""The exercise `{name}`: write what stands as ... or is not implemented; `tp prove {name}` says what is left."""

from tplib.graders.exercise import exercises_of

exercise = exercises_of("{assignment}", "{notebook}")


def inputs(draw):
    """The arguments of one call, a tuple, drawn with draw.size, draw.array, draw.integers and draw.choice."""
    raise NotImplementedError("write which inputs are drawn")


@exercise(points={points:g}, draw=inputs)
def {name}(x):
    """...

    shapes: ...
    worked: ...
    """
    raise NotImplementedError


@{name}.mistake("...")
def a_usual_mistake(x):
    raise NotImplementedError


@{name}.alternative
def another_way(x):
    raise NotImplementedError
'''

CELLS = """\

# %% [markdown]
# ### Exercise
#
# Say what `{name}(x)` should do: the text is the contract, and the check holds students to nothing else.


# %%
def {name}(x):
    ### BEGIN SOLUTION
    raise NotImplementedError
    ### END SOLUTION
"""
