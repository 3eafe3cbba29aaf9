"""What `fit` is given by mistake: each is a sentence, and nothing of it is taken in silence."""

import numpy as np
import pytest

from tplib import nn
from tplib.nn.training.fit import accuracy, evaluate, fit

X = np.random.default_rng(0).normal(size=(20, 4)).astype(np.float32)
Y = (X[:, 0] > 0).astype(int)
F = nn.functional


def run(**changed):
    model = nn.Linear(4, 2, rng=np.random.default_rng(0))
    given = {"model": model, "train": (X, Y), "loss_fn": F.cross_entropy, "epochs": 1, "rng": 0}
    given["optimizer"] = nn.optim.SGD(model.parameters(), lr=0.1)
    given |= changed
    if "optimizer" in changed and not isinstance(changed["optimizer"], type):
        given["optimizer"] = changed["optimizer"](model)
    return fit(**given)


def other():
    return nn.optim.SGD(nn.Linear(4, 2).parameters(), lr=0.1)


MISTAKES = {
    "a dict": ({"train": {"x": X, "y": Y}}, TypeError, "expected train to be .x, y., arrays .* got a dict"),
    "a generator": ({"train": (pair for pair in zip(X, Y, strict=True))}, TypeError, "got a generator"),
    "x alone": ({"train": X}, TypeError, "got a ndarray"),
    "x in a tuple": ({"train": (X,)}, TypeError, "got 1 array"),
    "a number": ({"train": (X, 3)}, TypeError, "one is a int"),
    "validation": ({"validation": X}, TypeError, "expected validation to be"),
    "a class of a loss": ({"loss_fn": nn.CrossEntropyLoss}, TypeError, r"the class CrossEntropyLoss; give an object"),
    "no function": ({"loss_fn": "mse"}, TypeError, "expected a loss_fn"),
    "a loss that is a number": ({"loss_fn": lambda z, y: 1.0}, TypeError, "expected loss_fn to return a tensor"),
    "a class of a model": ({"model": nn.Linear}, TypeError, "model is the class Linear"),
    "no model": ({"model": lambda x: x}, TypeError, "expected a model that is a module"),
    "a class of an optimiser": ({"optimizer": nn.optim.SGD}, TypeError, "optimizer is the class SGD"),
    "no optimiser": ({"optimizer": lambda model: "SGD"}, TypeError, "expected an optimiser such as nn.optim.SGD"),
    "an optimiser of another": ({"optimizer": lambda model: other()}, ValueError, "changes no parameter of this model"),
    "a schedule of another": (
        {"scheduler": nn.optim.lr_scheduler.StepLR(other(), 1)},
        ValueError,
        "scheduler is of another optimiser",
    ),
    "a class of a schedule": ({"scheduler": nn.optim.lr_scheduler.StepLR}, TypeError, "the class StepLR"),
    "a class of early stopping": ({"early_stopping": nn.EarlyStopping}, TypeError, "the class EarlyStopping"),
    "fewer than no epochs": ({"epochs": -1}, ValueError, "expected epochs to be at least 0, got -1"),
    "half an epoch": ({"epochs": 1.5}, TypeError, "expected epochs to be an integer, got 1.5"),
    "a negative norm": ({"max_norm": -1}, ValueError, "max_norm of at least 0, got -1"),
    "a norm that is a text": ({"max_norm": "1"}, TypeError, "expected max_norm to be a number, got '1'"),
    "a flag that is a text": ({"drop_last": "no"}, TypeError, "expected drop_last to be True or False, got 'no'"),
    "progress that is a text": ({"progress": "x"}, TypeError, "expected progress to be True or False"),
    "resume that is a text": ({"resume": "no"}, TypeError, "expected resume to be True or False"),
    "epochs that are True": ({"epochs": True}, TypeError, "expected epochs to be an integer, got True"),
    "a schedule that is a function": ({"scheduler": lambda e: 0.1}, TypeError, "expected scheduler to be a schedule"),
    "early stopping that is True": ({"early_stopping": True}, TypeError, "expected early_stopping to be an nn.Early"),
    "an empty path": ({"checkpoint": ""}, ValueError, "expected checkpoint to be the path of a file, got ''"),
    "a folder": ({"checkpoint": "/"}, ValueError, "expected checkpoint to be the path of a file, got '/'"),
    "a path that is a number": ({"checkpoint": 5}, TypeError, "expected checkpoint to be the path of a file, got 5"),
    "a measure that is not there": ({"monitor": "val_loss"}, ValueError, "no measure 'val_loss' to monitor"),
    "other lengths": ({"validation": (X, Y[:3])}, ValueError, r"one length in validation, got .20, 3."),
    "no examples": ({"validation": (X[:0], Y[:0])}, ValueError, "there are no examples in validation"),
    **{
        f"a metric that gives {value!r}": ({"metrics": {"a": lambda z, y, value=value: value}}, TypeError, "a number")
        for value in (None, "x", [1.0], np.ones(3))
    },
    "a list of metrics": ({"metrics": [accuracy]}, TypeError, "expected metrics as a dict"),
    "a metric that is no function": ({"metrics": {"a": 3}}, TypeError, "functions of"),
    **{
        f"a metric called {name}": ({"metrics": {name: accuracy}}, ValueError, f"cannot be called {name!r}")
        for name in ("loss", "lr", "val_loss", "val_accuracy")
    },
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_a_sentence(name):
    changed, kind, sentence = MISTAKES[name]
    with pytest.raises(kind, match=sentence):
        run(**changed)


def test_a_cycle_that_is_too_short():
    """It would raise after the training, and the history would be lost."""
    for steps, epochs in ((1, 2), (4, 5)):
        model = nn.Linear(4, 2)
        optimizer = nn.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
        before = model.weight.data.copy()
        cycle = nn.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps=steps)
        with pytest.raises(ValueError, match=f"of {epochs} epochs, and this OneCycleLR has {steps} left"):
            fit(model, (X, Y), F.cross_entropy, optimizer, epochs=epochs, scheduler=cycle)
        np.testing.assert_array_equal(model.weight.data, before)
        fit(model, (X, Y), F.cross_entropy, optimizer, epochs=steps, scheduler=cycle)


@pytest.mark.parametrize(
    "options", [{"patience": float("nan")}, {"patience": 1.5}, {"patience": True}, {"patience": "1"}]
)
def test_a_patience_that_is_no_integer(options):
    with pytest.raises(TypeError, match="EarlyStopping: expected patience to be an integer"):
        nn.EarlyStopping(**options)
    for min_delta in (float("nan"), -1):
        with pytest.raises(ValueError, match="min_delta of at least 0"):
            nn.EarlyStopping(2, min_delta)
    with pytest.raises(TypeError, match="expected min_delta to be a number"):
        nn.EarlyStopping(2, "1")


def test_evaluate_takes_the_same():
    model = nn.Linear(4, 2)
    with pytest.raises(ValueError, match="cannot be called 'loss'"):
        evaluate(model, (X, Y), F.cross_entropy, {"loss": accuracy})
    with pytest.raises(TypeError, match="expected data to be"):
        evaluate(model, X, F.cross_entropy)


@pytest.mark.parametrize("shape", [(2, 1), (2,), ()])
def test_accuracy_of_one_score_per_row(shape):
    with pytest.raises(ValueError, match=r"accuracy: expected scores of shape .B, K. with a column for each"):
        accuracy(np.zeros(shape), np.zeros(shape[:1], int))


def test_a_checkpoint_with_other_metrics(tmp_path):
    path = tmp_path / "run.npz"
    run(checkpoint=path)
    for more in ({"metrics": {"accuracy": accuracy}}, {"validation": (X, Y)}):
        with pytest.raises(ValueError, match=r"belongs to another training: (accuracy|val_loss) is in only one"):
            run(checkpoint=path, resume=True, epochs=3, **more)
    assert len(run(checkpoint=path, resume=True, epochs=3)["loss"]) == 3
    assert run(epochs=0) == {}
