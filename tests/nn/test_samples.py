"""PyTorch's own test inputs: none may give another result here. `samples.py` says which operations are meant."""

import itertools
import sys
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("expecttest", reason="torch.testing imports it; it is among the developers' packages")
sys.path.insert(0, str(Path(__file__).parent))
import samples

# What is refused where PyTorch computes, with the number of inputs: docs/pytorch.md says why.
REFUSED = {"nn.functional.multi_margin_loss": 1, "nn.functional.batch_norm": 2, "gather": 2, "cat": 1}


def test_the_first_inputs_of_each_operation():
    some = []
    for _, group in itertools.groupby(samples.results(most=1), key=lambda result: result[0]):
        some += group
    assert [result for result in some if result[1] == "wrong"] == []
    assert Counter(name for name, verdict, _ in some if verdict == "refused").items() <= REFUSED.items()
    assert len(some) > 150


@pytest.mark.slow
def test_all_inputs():
    total, by_name, rest = samples.count()
    assert [result for result in rest if result[1] == "wrong"] == []
    assert {name: counts["refused"] for name, counts in by_name.items() if counts["refused"]} == REFUSED
    assert total["right"] >= 5000
