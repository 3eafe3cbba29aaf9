"""Early stopping: when it stops, and whose weights come back."""

import numpy as np
import pytest

from tplib import nn
from tplib.nn.training.early_stopping import EarlyStopping


def run(stopper, values):
    """The epoch after which it stops (None if it does not); in epoch i the weight is i."""
    model = nn.Linear(1, 1, dtype=np.float64)
    for epoch, value in enumerate(values):
        model.weight.data[:] = epoch
        if stopper.step(value, model):
            break
    else:
        epoch = None
    stopper.restore(model)
    return epoch, model.weight.item()


@pytest.mark.parametrize(
    ("options", "values", "stopped", "kept"),
    [
        ({"patience": 2}, [3, 2, 1, 2, 2, 0], 4, 2),
        ({"patience": 2}, [3, 2, 1, 2, 0.5, 1, 1], 6, 4),
        ({"patience": 1}, [1, 1, 0], 1, 0),
        ({"patience": 5}, [3, 2, 1], None, 2),
        ({"patience": 2, "min_delta": 0.5}, [3, 2.8, 2.6, 0], 2, 0),
        ({"patience": 2, "mode": "max"}, [0.5, 0.9, 0.8, 0.7], 3, 1),
        ({"patience": 2}, [float("nan"), 1.0, float("nan"), float("nan")], 3, 1),
    ],
)
def test_when_and_what(options, values, stopped, kept):
    stopper = EarlyStopping(**options)
    assert run(stopper, values) == (stopped, kept)
    assert stopper.best_epoch == kept
    assert stopper.best == values[kept]


def test_a_state_continues():
    model = nn.Linear(1, 1)
    one = EarlyStopping(patience=3)
    for value in (2.0, 1.0, 1.5):
        one.step(value, model)
    two = EarlyStopping()
    two.load_state_dict(one.state_dict())
    assert [two.step(v, model) for v in (1.2, 1.1)] == [one.step(v, model) for v in (1.2, 1.1)] == [False, True]


def test_without_any_epoch_restore_changes_nothing():
    model = nn.Linear(2, 2)
    before = model.weight.data.copy()
    EarlyStopping().restore(model)
    np.testing.assert_array_equal(model.weight.data, before)


def test_mistakes_are_a_sentence():
    with pytest.raises(ValueError, match="EarlyStopping: expected patience of at least 1"):
        EarlyStopping(patience=0)
    with pytest.raises(ValueError, match='EarlyStopping: expected mode "min" or "max"'):
        EarlyStopping(mode="least")
