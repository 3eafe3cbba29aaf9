"""SequentialLR and OneCycleLR against PyTorch, step by step."""

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn.optim import lr_scheduler as ours
from tplib.nn.training.fit import fit

theirs = torch.optim.lr_scheduler


def optimizers(kind="SGD", **options):
    mine = getattr(nn.optim, kind)([nn.Parameter(np.zeros(2))], lr=0.4, **options)
    other = getattr(torch.optim, kind)([torch.nn.Parameter(torch.zeros(2))], lr=0.4, **options)
    return mine, other


def rates(optimizer, scheduler, steps):
    values = []
    for _ in range(steps):
        group = optimizer.param_groups[0]
        values.append((group["lr"], group.get("momentum", group.get("betas", [0])[0] if "betas" in group else 0)))
        optimizer.step()
        scheduler.step()
    return values


@pytest.mark.parametrize("milestones", [[3], [1], [5]])
def test_warm_up_then_cosine(milestones):
    found = []
    for library, optimizer in zip((ours, theirs), optimizers(), strict=True):
        parts = [library.LinearLR(optimizer, 0.1, 1.0, 3), library.CosineAnnealingLR(optimizer, 6)]
        found.append(rates(optimizer, library.SequentialLR(optimizer, parts, milestones), 9))
    np.testing.assert_allclose(*found, rtol=1e-9)


def test_three_parts():
    found = []
    for library, optimizer in zip((ours, theirs), optimizers(), strict=True):
        parts = [
            library.ExponentialLR(optimizer, 0.5),
            library.StepLR(optimizer, 2, 0.1),
            library.LambdaLR(optimizer, lambda epoch: 1 / (1 + epoch)),
        ]
        found.append(rates(optimizer, library.SequentialLR(optimizer, parts, [2, 6]), 10))
    np.testing.assert_allclose(*found, rtol=1e-9)


@pytest.mark.parametrize("options", [{}, {"pct_start": 0.5, "anneal_strategy": "linear"}, {"three_phase": True}])
@pytest.mark.parametrize(("kind", "extra"), [("SGD", {"momentum": 0.9}), ("Adam", {})])
def test_one_cycle(options, kind, extra):
    found = []
    for library, optimizer in zip((ours, theirs), optimizers(kind, **extra), strict=True):
        found.append(rates(optimizer, library.OneCycleLR(optimizer, 0.8, total_steps=11, **options), 10))
    np.testing.assert_allclose(*found, rtol=1e-9)


def test_states_go_on_where_they_were():
    (mine, _), (again, _) = optimizers(momentum=0.9), optimizers(momentum=0.9)
    first = ours.OneCycleLR(mine, 0.8, epochs=2, steps_per_epoch=5)
    rates(mine, first, 4)
    second = ours.OneCycleLR(again, 0.8, total_steps=10)
    second.load_state_dict(first.state_dict())
    again.load_state_dict(mine.state_dict())
    assert rates(again, second, 3) == rates(mine, first, 3)
    with pytest.raises(ValueError, match="a cycle of 10 steps"):
        ours.OneCycleLR(again, 0.8, total_steps=12).load_state_dict(first.state_dict())


def test_what_is_refused():
    (mine, _), (without, _) = optimizers(), optimizers("Adagrad")
    with pytest.raises(ValueError, match="cycle_momentum=False"):
        ours.OneCycleLR(without, 0.8, total_steps=10)
    with pytest.raises(ValueError, match="total_steps"):
        ours.OneCycleLR(mine, 0.8, cycle_momentum=False)
    cycle = ours.OneCycleLR(mine, 0.8, total_steps=2, cycle_momentum=False)
    cycle.step()
    cycle.step()  # the loop of PyTorch's documentation steps after its last batch too
    with pytest.raises(ValueError, match="all are done"):
        cycle.step()
    part = ours.StepLR(mine, 2)
    with pytest.raises(ValueError, match="one fewer"):
        ours.SequentialLR(mine, [part], [3])
    with pytest.raises(ValueError, match="must be of the optimiser"):
        ours.SequentialLR(optimizers()[0], [part, part], [3])


def test_fit_leaves_out_a_last_batch_that_is_not_full():
    sizes = []

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Linear(2, 1, rng=np.random.default_rng(0))

        def forward(self, x):
            sizes.append(len(x))
            return self.layer(x)

    x, y = np.ones((10, 2), np.float32), np.zeros((10, 1), np.float32)
    net = Net()
    optimizer = nn.optim.SGD(net.parameters(), lr=0.1)
    fit(net, (x, y), nn.functional.mse_loss, optimizer, epochs=2, batch_size=4, drop_last=True, rng=0)
    assert sizes == [4, 4, 4, 4]
    with pytest.raises(ValueError, match="make no batch of 11"):
        fit(net, (x, y), nn.functional.mse_loss, optimizer, epochs=1, batch_size=11, drop_last=True)
