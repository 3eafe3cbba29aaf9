"""Partial credit through `tp grade`: what the last value of a test cell gives, and what is said of others."""

from __future__ import annotations

from plain_course import cells_of

SCORES = {
    "# test 2\nimport numpy as np\nnp.float64(0.5)": 0.5,
    "# test 2\nnp.array(0.5) > 0.25": 2.0,
    "# test 2\n1 > 2": 0.0,
    "# test 2\n-1": 0.0,
    "# test 2\n1.5": 1.5,
    "# test 2\nimport torch\ntorch.tensor(0.25)": 0.25,
    "# test 2\nassert True": 2.0,
    "# test 2\nNone": 2.0,
    "# test 2\n'well done';": 2.0,
    "# test 2\n'well done'": 0.0,
    "# test 2\n[0.5]": 0.0,
    "# test 2\n3": 0.0,
}


def test_the_last_value_counts_as_the_number_that_it_means(plain):
    plain.source(p=cells_of(*SCORES))
    plain.hand_in()
    result = plain.grade()
    scores = plain.scores()
    assert [scores[f"test-{number}"] for number in range(len(SCORES))] == list(SCORES.values())
    assert "test-9 scores 0: its last value is no number of points: 'well done'" in result.stdout
    assert "test-10 scores 0: its last value is no number of points: [0.5]" in result.stdout
    assert "test-11 scores 0: its result is 3, and it is worth 2 points" in result.stdout
    assert "test-8" not in result.stdout
