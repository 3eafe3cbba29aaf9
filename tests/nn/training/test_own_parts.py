"""An optimiser and a schedule of one's own, as people write them for PyTorch: `fit` resumes them to the last bit."""

import numpy as np

from tplib import nn
from tplib.nn import functional as F
from tplib.nn.optim import lr_scheduler

X = np.random.default_rng(1).normal(size=(40, 4)).astype(np.float32)
Y = (X[:, 0] > X[:, 1]).astype(int)


class Halving:
    """A callable object, whose attribute counts the calls: part of LambdaLR's state."""

    def __init__(self):
        self.calls = 0

    def __call__(self, epoch):
        self.calls += 1
        return 0.5**self.calls


class Lion(nn.optim.Optimizer):
    """Its state holds a tensor and a number."""

    def __init__(self, params, lr=0.1):
        super().__init__(params, {"lr": lr})

    @nn.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state, g = self.state[p], nn.Tensor(p.grad)
                if len(state) == 0:
                    state["m"], state["count"] = g * 0, 0
                state["count"] += 1
                p.add_(state["m"] + g, alpha=-group["lr"] / state["count"])
                state["m"].mul_(0.9).add_(g, alpha=0.1)


def test_own_parts_are_resumed_to_the_last_bit(tmp_path):
    def train(epochs, resume=False):
        rng = np.random.default_rng(0)
        model = nn.Sequential(nn.Linear(4, 8, rng=rng), nn.Tanh(), nn.Linear(8, 2, rng=rng))
        optimizer = Lion(model.parameters())
        history = nn.fit(
            model,
            (X, Y),
            F.cross_entropy,
            optimizer,
            epochs=epochs,
            scheduler=lr_scheduler.LambdaLR(optimizer, Halving()),
            rng=0,
            checkpoint=tmp_path / "run",
            resume=resume,
        )
        return model.state_dict(), history

    whole, history = train(6)
    train(3)
    again, resumed = train(6, resume=True)
    assert history == resumed
    for key, value in whole.items():
        np.testing.assert_array_equal(again[key], value)
