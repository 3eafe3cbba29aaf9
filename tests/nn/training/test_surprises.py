"""What users do to the training loop: parts used twice, frozen, shuffled tables, schedules on top of each other."""

import collections
import enum

import numpy as np
import pandas as pd
import pytest
import torch

from tplib import nn
from tplib.nn import functional as F

RNG = np.random.default_rng(0)
X = RNG.normal(size=(20, 3)).astype(np.float32)
Y = (X[:, 0] > 0).astype(np.int64)


def net(seed=0):
    rng = np.random.default_rng(seed)
    return nn.Sequential(nn.Linear(3, 4, rng=rng), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2, rng=rng))


def train(model, **options):
    optimizer = options.pop("optimizer", None) or nn.optim.SGD(model.parameters(), lr=0.1)
    data = options.pop("data", (X, Y))
    return nn.fit(model, data, F.cross_entropy, optimizer, **{"epochs": 3, "batch_size": 5, "rng": 0} | options)


def test_one_early_stopping_for_two_trainings():
    stopping = nn.EarlyStopping(patience=2)
    train(net(), early_stopping=stopping, epochs=8)
    second, alone = net(1), net(1)
    used_twice = train(second, early_stopping=stopping, epochs=4)
    assert used_twice == train(alone, early_stopping=nn.EarlyStopping(patience=2), epochs=4)
    for key, value in alone.state_dict().items():
        np.testing.assert_array_equal(second.state_dict()[key], value)


def test_evaluate_and_fit_leave_frozen_parts_as_they_are():
    model = net()
    model[1].eval()
    before = model[1].state_dict()
    nn.evaluate(model, (X, Y), F.cross_entropy)
    assert [part.training for part in model] == [True, False, True, True]
    train(model, validation=(X, Y))
    assert [part.training for part in model] == [True, False, True, True]
    for name in ("running_mean", "running_var", "num_batches_tracked"):
        np.testing.assert_array_equal(model[1].state_dict()[name], before[name])
    model.eval()
    train(model)
    assert model[1].training  # a model that is in evaluation mode as a whole is trained as a whole


@pytest.mark.parametrize("batch_size", [0, -1, 2.5, True, "3", None])
def test_a_batch_size_that_is_none(batch_size):
    whole = type(batch_size) is int
    with pytest.raises(
        ValueError if whole else TypeError,
        match="fit: expected a batch_size of at least 1" if whole else "fit: expected batch_size to be an integer",
    ):
        train(net(), batch_size=batch_size)
    with pytest.raises(ValueError if whole else TypeError, match=r"evaluate: expected (a )?batch_size"):
        nn.evaluate(net(), (X, Y), F.cross_entropy, batch_size=batch_size)


def test_nothing_to_evaluate():
    with pytest.raises(ValueError, match="evaluate: there are no examples"):
        nn.evaluate(net(), (X[:0], Y[:0]), F.cross_entropy)


def test_rows_of_tables_and_lists_are_found_by_their_place():
    order = np.random.default_rng(1).permutation(20)
    table, labels = pd.DataFrame(X, index=order), pd.Series(Y, index=order)
    expected = train(net())
    for data in ((table, labels), (X, labels), (X.tolist(), Y.tolist())):
        history = train(net(), data=data)
        np.testing.assert_allclose(history["loss"], expected["loss"], rtol=1e-6)
    assert nn.evaluate(net(), (table, labels), F.cross_entropy) == nn.evaluate(net(), (X, Y), F.cross_entropy)


MAKERS = [
    lambda rng: nn.init.normal_(nn.Parameter(np.ones(3)), generator=rng),
    lambda rng: nn.Dropout(rng=rng),
    lambda rng: nn.Linear(3, 2, rng=rng),
    lambda rng: nn.LSTM(3, 2, rng=rng),
]


@pytest.mark.parametrize("make", MAKERS)
def test_a_seed_is_a_seed(make):
    def values(rng):
        module = make(rng)
        if isinstance(module, nn.Tensor):
            return [module.data]
        return [p.data for p in module.parameters()] or [module(np.ones(50)).data]

    for a, b in zip(values(0), values(np.random.default_rng(0)), strict=True):
        np.testing.assert_array_equal(a, b)


def test_a_checkpoint_of_another_schedule(tmp_path):
    def run(schedule, resume):
        model = net()
        optimizer = nn.optim.SGD(model.parameters(), lr=0.1)
        kwargs = {"checkpoint": tmp_path / "c.npz", "resume": resume, "scheduler": schedule(optimizer)}
        return train(model, optimizer=optimizer, **kwargs)

    run(lambda o: nn.optim.lr_scheduler.StepLR(o, 2), False)
    run(lambda o: nn.optim.lr_scheduler.StepLR(o, 2), True)
    with pytest.raises(ValueError, match="scheduler was StepLR and is ExponentialLR"):
        run(lambda o: nn.optim.lr_scheduler.ExponentialLR(o, 0.5), True)


SCHEDULES = {
    "steps": lambda m, o: m.StepLR(o, 2, 0.5),
    "exponential": lambda m, o: m.ExponentialLR(o, 0.9),
    "warm-up": lambda m, o: m.LinearLR(o, 0.5, total_iters=3),
    "cosine": lambda m, o: m.CosineAnnealingLR(o, 4, 0.01),
}


@pytest.mark.parametrize("first", SCHEDULES)
@pytest.mark.parametrize("second", [*SCHEDULES, None])
@pytest.mark.parametrize("by_hand", [False, True])
def test_two_schedules_and_a_hand_on_one_optimiser(first, second, by_hand):
    rates = []
    for library, parameter in ((nn.optim, nn.Parameter(np.ones(2))), (torch.optim, torch.nn.Parameter(torch.ones(2)))):
        optimizer = library.SGD([parameter], lr=0.4)
        schedules = [SCHEDULES[name](library.lr_scheduler, optimizer) for name in (first, second) if name]
        seen = []
        for step in range(10):
            if by_hand and step == 2:
                optimizer.param_groups[0]["lr"] = 0.25
            optimizer.step()
            for schedule in schedules:
                schedule.step()
            seen.append(optimizer.param_groups[0]["lr"])
        rates.append(seen)
    np.testing.assert_allclose(*rates, rtol=1e-9)


class Colour(enum.IntEnum):
    RED = 3


Pair = collections.namedtuple("Pair", "a b")


def test_what_save_takes_load_gives(tmp_path):
    strange = {
        np.int64(3): [1, 2.5, None],
        ("a", 1): Pair(1, 2),
        "a\x00b/..": np.arange(3),
        Colour.RED: {True: np.float32(2), "": []},
        "ü\ud800": float("inf"),
    }
    nn.save(strange, tmp_path / "s.npz")
    again = nn.load(tmp_path / "s.npz")
    assert again[("a", 1)] == (1, 2)
    assert again["a\x00b/.."].tolist() == [0, 1, 2]
    assert again[3][True] == 2
    assert again["ü\ud800"] == float("inf")
    with pytest.raises(TypeError, match="save: Tensor cannot be a key"):
        nn.save({nn.Tensor(1.0): 1}, tmp_path / "t.npz")


def test_shared_weights_stay_shared_in_the_other_library():
    theirs = torch.nn.Sequential(torch.nn.Embedding(5, 4), torch.nn.Linear(4, 5, bias=False))
    theirs[1].weight = theirs[0].weight
    ours = nn.from_torch(theirs)
    assert ours[0].weight is ours[1].weight
    back = nn.to_torch(ours)
    assert back[0].weight is back[1].weight
    np.testing.assert_array_equal(back[0].weight.detach().numpy(), theirs[0].weight.detach().numpy())


@pytest.mark.parametrize(
    "hook",
    [
        lambda m: m[0].register_forward_hook(lambda *a: None),
        lambda m: m.register_forward_pre_hook(lambda *a: None),
        lambda m: m[0].register_full_backward_hook(lambda *a: None),
        lambda m: m[0].weight.register_hook(lambda g: g * 2),
    ],
)
def test_hooks_are_not_dropped_in_silence(hook):
    module = torch.nn.Sequential(torch.nn.Linear(2, 2))
    hook(module)
    with pytest.raises(ValueError, match="has hooks or parametrizations"):
        nn.from_torch(module)
