"""A course of one assignment and two notebooks, with exercises and a check of its own."""

from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class FakeExercise:
    name: str
    notebook: str = "1_first"
    assignment: str = "TP1-Small"
    points: float = 2.0
    at_home: bool = False


EXERCISES = [
    FakeExercise("relu"),
    FakeExercise("answer", points=1.5, at_home=True),
    FakeExercise("other", notebook="2_second"),
]

FIRST = '''\
# %% [markdown]
# # A small course
#
# An image: ![dot](img/dot.txt)
#
# ### Exercise

# %% tags=["readonly"]
import os

import numpy as np


def check(name):
    return {"relu": 2.0, "answer": 1.5}[name] if relu(np.array([-1.0]))[0] == 0 else 0.0


# %%
def relu(x):
    """The positive part of x."""
    ### BEGIN SOLUTION
    return np.maximum(x, 0.0)
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# Find it.

# %%
### BEGIN SOLUTION
answer = 41 + 1
### END SOLUTION

# %% tags=["compare", "hide-input", "figure"]
open("img/dot.txt").read()

# %%
print(object(), os.getcwd(), os.environ["HF_HUB_OFFLINE"], os.environ["OMP_NUM_THREADS"])

# %%
1 + 1

# %%
1 + 1

# %% [markdown] tags=["written"] name="why" points=4
# Because it is the secret model answer.
#
# ### BEGIN MARK SCHEME
# Two points for the secret scheme.
# ### END MARK SCHEME
'''

SECOND = """\
# %%
check = lambda name: 2.0

# %% [markdown]
# ### Exercise


# %%
def other(x):
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION
"""


@pytest.fixture
def exercises():
    return list(EXERCISES)


@pytest.fixture
def first():
    """The percent script of the course's first notebook."""
    return FIRST


@pytest.fixture
def root(tmp_path):
    """The small course, nothing built yet."""
    folder = tmp_path / "small" / "course" / "TP1-Small"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "dot.txt").write_text("a dot")
    (folder / "1_first.py").write_text(FIRST)
    (folder / "2_second.py").write_text(SECOND)
    (tmp_path / "small" / "nbgrader_config.py").write_bytes((REPOSITORY / "nbgrader_config.py").read_bytes())
    return tmp_path / "small"
