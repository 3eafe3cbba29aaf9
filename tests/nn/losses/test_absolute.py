"""L1, smooth L1 and Huber losses against PyTorch."""

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import functional as F

T = torch.nn.functional
LOSSES = {
    "l1": (F.l1_loss, T.l1_loss, {}),
    "smooth": (F.smooth_l1_loss, T.smooth_l1_loss, {}),
    "smooth, beta": (F.smooth_l1_loss, T.smooth_l1_loss, {"beta": 0.3}),
    "smooth, beta 0": (F.smooth_l1_loss, T.smooth_l1_loss, {"beta": 0.0}),
    "huber": (F.huber_loss, T.huber_loss, {"delta": 0.7}),
    "huber, a square": (F.huber_loss, T.huber_loss, {"delta": float("inf")}),
    "huber, a square but for outliers": (F.huber_loss, T.huber_loss, {"delta": 1e300}),
}


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(3, 4), (), (5,)])
def test_as_in_pytorch(same, normal, name, reduction, dtype, shape):
    ours, theirs, options = LOSSES[name]
    x, t = normal(0, *shape, dtype=dtype), normal(1, *shape, dtype=dtype)
    if shape == (5,):
        t[:2] = x[:2]  # distances of 0
    options = options | {"reduction": reduction}
    same(lambda x, t: ours(x, t, **options), lambda x, t: theirs(x, t, **options), x, t)


def test_modules(normal):
    x, t = normal(0, 3, 4), normal(1, 3, 4)
    for ours, theirs in (
        (nn.L1Loss(), torch.nn.L1Loss()),
        (nn.SmoothL1Loss(beta=0.5, reduction="sum"), torch.nn.SmoothL1Loss(beta=0.5, reduction="sum")),
        (nn.HuberLoss(delta=0.5), torch.nn.HuberLoss(delta=0.5)),
    ):
        np.testing.assert_allclose(ours(x, t).item(), theirs(torch.tensor(x), torch.tensor(t)).item())
        assert type(nn.from_torch(theirs)) is type(ours)


def test_what_is_refused(normal):
    for loss in (F.l1_loss, F.smooth_l1_loss, F.huber_loss):
        with pytest.raises(ValueError, match="target of the input's shape"):
            loss(normal(0, 3, 1), normal(1, 3))
        with pytest.raises(ValueError, match="expected reduction"):
            loss(normal(0, 3), normal(1, 3), reduction="batchmean")
    with pytest.raises(ValueError, match="delta above 0"):
        F.huber_loss(normal(0, 3), normal(1, 3), delta=0.0)
