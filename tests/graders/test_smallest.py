"""The input on which a wrong answer is shown to fail: small, the same each time, and found soon."""

import itertools
import subprocess
import sys
import time

import numpy as np
import pytest

from tplib.graders import exercises
from tplib.graders.draw import LeastDraw, NumpyDraw
from tplib.graders.registry import find
from tplib.graders.smallest import BATCHES, SECONDS, least, size, smallest

EXERCISES = exercises()
BIG = (np.full((5, 7), 3.0),)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_the_least_inputs_are_inputs_of_the_exercise_and_small(exercise):
    batches = list(least(exercise))
    assert tuple(map(len, batches)) == BATCHES
    sizes = [size(args) for args in itertools.chain(*batches)]
    assert sizes == sorted(sizes)
    rng = np.random.default_rng(1)
    usual = sorted(size(exercise.draw(NumpyDraw(rng))) for _ in range(20))
    assert sizes[0] <= usual[5]
    for args in batches[0]:
        exercise.observe(exercise.reference, *args)


def test_a_range_away_from_zero_is_kept():
    draw = LeastDraw(np.random.default_rng(0))
    for _ in range(50):
        assert 2 <= draw.size(2, 3) <= 3
        assert np.all(draw.array(4, low=0.25, high=0.75) >= 0.25)
        assert np.all(draw.array(4, low=-8.0, high=-2.0) <= -2.0)
        assert set(np.unique(draw.integers(5, 7, 10))) <= {5, 6}
        assert draw.choice("abc") in "abc"


def test_a_mistake_on_nearly_all_inputs_shows_on_the_least():
    scores = smallest(find("softmax"), lambda cases: [True] * len(cases), BIG)[0]
    assert scores.size == 1


def test_the_search_is_the_same_each_time():
    def fails(cases):
        return [args[0].size > 1 and args[0].sum() > 0 for args in cases]

    found = [smallest(find("softmax"), fails, BIG)[0] for _ in range(2)]
    np.testing.assert_array_equal(*found)
    assert found[0].size == 2


def test_a_rare_mistake_is_shrunk_by_hypothesis(monkeypatch):
    monkeypatch.setattr(time, "monotonic", lambda: 0.0)  # the calls count here, however slow the machine is
    exercise = find("softmax")

    def fails(cases):
        return [bool(np.any(args[0] >= 2.5)) for args in cases]

    assert not any(any(fails(batch)) for batch in least(exercise))
    scores = smallest(exercise, fails, BIG)[0]
    assert scores.size <= 2
    assert scores.max() >= 2.5


def test_a_slow_answer_is_called_a_few_times_only(monkeypatch):
    asked = []
    now = itertools.count(step=2 * SECONDS)
    monkeypatch.setattr(time, "monotonic", lambda: next(now))

    def fails(cases):
        asked.extend(cases)
        return [False] * len(cases)

    assert smallest(find("softmax"), fails, BIG) is BIG
    assert len(asked) == BATCHES[0]


def test_nothing_is_left_where_a_notebook_runs(tmp_path):
    program = (
        "import numpy as np\n"
        "from tplib.graders.registry import find\n"
        "from tplib.graders.smallest import shrunk\n"
        "shrunk(find('softmax'), lambda batch: [args[0].size > 5 for args in batch], (np.ones((9, 9)),), 20)\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)
    assert list(tmp_path.iterdir()) == []
