"""fit: the plain loop by hand and in PyTorch, and interruption and resumption to the last bit."""

import sys

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import functional as F
from tplib.nn.optim import lr_scheduler
from tplib.nn.training.checkpoint import load
from tplib.nn.training.descent import minibatches
from tplib.nn.training.early_stopping import EarlyStopping
from tplib.nn.training.fit import accuracy, evaluate, fit


def data(n, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 4)).astype(np.float32)
    return x, (np.abs(x[:, 0]) > np.abs(x[:, 1])).astype(int)


def perceptron(seed=0, p=0.0):
    rng = np.random.default_rng(seed)
    return nn.Sequential(
        nn.Linear(4, 16, rng=rng), nn.Tanh(), nn.Dropout(p, rng=np.random.default_rng(seed)), nn.Linear(16, 2, rng=rng)
    )


def test_the_loop_in_pytorch():
    x, y = data(50)
    model = perceptron().double()
    theirs = torch.nn.Sequential(torch.nn.Linear(4, 16), torch.nn.Tanh(), torch.nn.Dropout(0), torch.nn.Linear(16, 2))
    theirs.double().load_state_dict({k: torch.tensor(v) for k, v in model.state_dict().items()})
    x = x.astype(np.float64)
    optimizer = nn.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
    their_optimizer = torch.optim.SGD(theirs.parameters(), lr=0.5, momentum=0.9)
    history = fit(
        model,
        (x, y),
        F.cross_entropy,
        optimizer,
        epochs=3,
        batch_size=16,
        max_norm=0.1,
        scheduler=lr_scheduler.StepLR(optimizer, 1, 0.5),
        rng=7,
    )
    rng, losses = np.random.default_rng(7), []
    for epoch in range(3):
        their_optimizer.param_groups[0]["lr"] = 0.5 * 0.5**epoch
        total = 0.0
        for xb, yb in minibatches(x, y, batch_size=16, rng=rng):
            their_optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(theirs(torch.tensor(xb)), torch.tensor(yb))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(theirs.parameters(), 0.1)
            their_optimizer.step()
            total += loss.item() * len(xb)
        losses.append(total / 50)
    np.testing.assert_allclose(history["loss"], losses, rtol=1e-10)
    assert history["lr"] == [0.5, 0.25, 0.125]
    for key, value in theirs.state_dict().items():
        np.testing.assert_allclose(model.state_dict()[key], value.numpy(), rtol=1e-8)


def test_history_validation_and_metrics():
    model = perceptron(p=0.2)
    optimizer = nn.optim.Adam(model.parameters(), lr=0.02)
    train, validation = data(300), data(100, 1)
    history = fit(
        model,
        train,
        nn.CrossEntropyLoss(),
        optimizer,
        epochs=20,
        validation=validation,
        metrics={"accuracy": accuracy},
        rng=0,
    )
    assert set(history) == {"loss", "accuracy", "lr", "val_loss", "val_accuracy"}
    assert all(len(values) == 20 for values in history.values())
    assert history["val_accuracy"][-1] > 0.8 > history["val_accuracy"][0]
    assert model.training
    scores = model.eval()(validation[0])
    assert history["val_loss"][-1] == pytest.approx(F.cross_entropy(scores, validation[1]).item(), rel=1e-6)
    assert history["val_accuracy"][-1] == pytest.approx((scores.argmax(1).data == validation[1]).mean())
    assert not model.training
    small = evaluate(model, validation, F.cross_entropy, {"accuracy": accuracy}, batch_size=7)
    assert small == pytest.approx({"loss": history["val_loss"][-1], "accuracy": history["val_accuracy"][-1]}, rel=1e-6)
    assert not model.training


class Interrupted(Exception):
    pass


def run(path=None, resume=False, interrupt=None, epochs=8, schedule="plateau", patience=50):
    """A training with every part that has a state; `interrupt` is the number of metric calls it survives."""
    model = perceptron(p=0.3)
    optimizer = nn.optim.AdamW(model.parameters(), lr=0.05, betas=(0.8, 0.99))
    scheduler = (
        lr_scheduler.ReduceLROnPlateau(optimizer, patience=0, factor=0.7)
        if schedule == "plateau"
        else lr_scheduler.CosineAnnealingLR(optimizer, 8)
    )
    calls = 0

    def metric(output, y):
        nonlocal calls
        calls += 1
        if interrupt is not None and calls > interrupt:
            raise Interrupted
        return accuracy(output, y)

    history = fit(
        model,
        data(60),
        F.cross_entropy,
        optimizer,
        epochs=epochs,
        batch_size=16,
        validation=data(30, 1),
        metrics={"accuracy": metric},
        scheduler=scheduler,
        early_stopping=EarlyStopping(patience),
        max_norm=1.0,
        rng=np.random.Generator(np.random.Philox(3)),
        checkpoint=path,
        resume=resume,
    )
    return model.state_dict(), history


def assert_identical(one, two):
    assert one[1] == two[1]
    for key, value in one[0].items():
        np.testing.assert_array_equal(value, two[0][key])


@pytest.mark.parametrize("schedule", ["plateau", "cosine"])
@pytest.mark.parametrize("interrupt", [5, 9, 12, 38])  # an epoch makes 5 calls
def test_resuming_is_identical_to_the_last_bit(tmp_path, interrupt, schedule):
    whole = run(schedule=schedule)
    path = tmp_path / "run.npz"
    with pytest.raises(Interrupted):
        run(path, interrupt=interrupt, schedule=schedule)
    assert load(path)["epochs"] == interrupt // 5
    assert_identical(run(path, resume=True, schedule=schedule), whole)


def test_resuming_twice_and_for_more_epochs(tmp_path):
    path = tmp_path / "run.npz"
    run(path, resume=True, epochs=2)  # no file yet: from the beginning
    run(path, resume=True, epochs=5)
    assert_identical(run(path, resume=True, epochs=8), run(epochs=8))


def test_resuming_after_an_early_stop_trains_no_further(tmp_path):
    path = tmp_path / "run.npz"
    whole = run(path, epochs=60, patience=2)
    assert len(whole[1]["loss"]) < 60
    assert_identical(run(path, resume=True, epochs=60, patience=2), whole)


def test_without_resume_a_checkpoint_is_overwritten(tmp_path):
    path = tmp_path / "run.npz"
    assert_identical(run(path, epochs=3), run(path, epochs=3))


def test_a_checkpoint_of_another_training(tmp_path):
    path = tmp_path / "run.npz"
    run(path, epochs=1)
    model = perceptron()
    with pytest.raises(ValueError, match="belongs to another training: early_stopping, scheduler is in only one"):
        fit(
            model,
            data(9),
            F.cross_entropy,
            nn.optim.SGD(model.parameters()),
            epochs=1,
            checkpoint=path,
            resume=True,
        )


def test_early_stopping_restores_the_best_weights():
    model = perceptron()
    optimizer = nn.optim.SGD(model.parameters(), lr=0.1)
    validation = data(30, 1)
    stopper = EarlyStopping(patience=3, mode="max")
    history = fit(
        model,
        data(30),
        F.cross_entropy,
        optimizer,
        epochs=100,
        validation=validation,
        metrics={"accuracy": accuracy},
        early_stopping=stopper,
        monitor="val_accuracy",
        rng=0,
    )
    values = history["val_accuracy"]
    assert len(values) == stopper.best_epoch + 4 < 100
    assert values[stopper.best_epoch] == max(values)
    assert evaluate(model, validation, F.cross_entropy, {"accuracy": accuracy})["accuracy"] == max(values)


def test_several_inputs():
    class Sum(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Linear(4, 2, rng=np.random.default_rng(0))

        def forward(self, a, b):
            return self.layer(a + b)

    model, (x, y) = Sum(), data(40)
    history = fit(model, (x, x, y), F.cross_entropy, nn.optim.SGD(model.parameters(), lr=0.1), epochs=2, rng=0)
    assert len(history["loss"]) == 2


@pytest.mark.parametrize("progress", [True, False])
def test_progress_bar(capsys, monkeypatch, progress):
    model = perceptron()
    if not progress:
        monkeypatch.setitem(sys.modules, "rich", None)  # then importing it is an error
    fit(
        model,
        data(40),
        F.cross_entropy,
        nn.optim.SGD(model.parameters()),
        epochs=2,
        rng=0,
        progress=progress,
    )
    shown = capsys.readouterr().out
    assert ("epoch 2/2" in shown and "100%" in shown and "loss 0." in shown) == progress


def test_mistakes_are_a_sentence():
    model, (x, y) = perceptron(), data(10)
    optimizer = nn.optim.SGD(model.parameters())
    with pytest.raises(ValueError, match="fit: there are no examples in train"):
        fit(model, (x[:0], y[:0]), F.cross_entropy, optimizer, epochs=1)
    with pytest.raises(ValueError, match="fit: there is no measure 'val_loss' to monitor; there are loss, lr"):
        fit(model, (x, y), F.cross_entropy, optimizer, epochs=1, monitor="val_loss")
    with pytest.raises(ValueError, match=r"fit: expected arrays of one length in train, got \[10, 9\]"):
        fit(model, (x, y[:9]), F.cross_entropy, optimizer, epochs=1)
