"""A course of one assignment and two notebooks, with exercises and a check of its own."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tplib.course.build import build_course

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


# What it prints differs in each run, as timings do.
TIMED = "\n# %%\nimport random\nprint(random.random())\n\n# %%\nlast = 1\nlast\n"


@pytest.fixture
def root(tmp_path):
    """The small course, nothing built yet."""
    return write_course(tmp_path / "small", FIRST)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    root = write_course(tmp_path_factory.mktemp("built") / "small", FIRST + TIMED)
    build_course(root, EXERCISES)
    return root


@pytest.fixture
def built(built_once, tmp_path):
    """The small course, built; its first notebook prints something else in each run."""
    return shutil.copytree(built_once, tmp_path / "built")


def write_course(root, first):
    folder = root / "course" / "TP1-Small"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "dot.txt").write_text("a dot")
    (folder / "1_first.py").write_text(first)
    (folder / "2_second.py").write_text(SECOND)
    (root / "nbgrader_config.py").write_bytes((REPOSITORY / "nbgrader_config.py").read_bytes())
    return root
