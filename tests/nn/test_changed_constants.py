"""What a function was given as a constant may change before backward: the gradient is as before, or it is refused.

Targets, weights, masks, indices, running statistics. PyTorch refuses each where its gradient would read it.
"""

import numpy as np
import pytest

from tplib import nn
from tplib.nn import functional as F

rng = np.random.default_rng(0)
X, P = rng.normal(size=(3, 3)), rng.uniform(0.1, 0.9, (3, 3))
IDS, MASK = np.array([0, 2, 1]), np.eye(3, dtype=bool)
IMAGES = rng.normal(size=(1, 2, 3, 4))
STARTS = np.array([0, 2])

# The input, the constants, the function.
CASES = {
    "attention, a mask": (IMAGES, [~MASK], lambda x, m: F.scaled_dot_product_attention(x, x, x, attn_mask=m)),
    "attention, a bias": (IMAGES, [X], lambda x, m: F.scaled_dot_product_attention(x, x, x, attn_mask=m)),
    "cross_entropy": (X, [IDS, P[0]], lambda x, t, w: F.cross_entropy(x, t, w)),
    "cross_entropy of probabilities": (X, [P], F.cross_entropy),
    "nll_loss": (X, [IDS, P[0]], lambda x, t, w: F.nll_loss(x, t, w)),
    "mse_loss": (X, [P], F.mse_loss),
    "l1_loss": (X, [P], F.l1_loss),
    "smooth_l1_loss": (X, [P], F.smooth_l1_loss),
    "huber_loss": (X, [P], F.huber_loss),
    "binary_cross_entropy": (P, [P.T.copy()], F.binary_cross_entropy),
    "with logits": (X, [P, P], lambda x, t, w: F.binary_cross_entropy_with_logits(x, t, pos_weight=w)),
    "kl_div": (X, [P], lambda x, t: F.kl_div(x, t, reduction="sum")),
    "gaussian_nll_loss": (X, [X + 1, P], lambda x, t, v: F.gaussian_nll_loss(x, t, v)),
    "multi_margin_loss": (X, [IDS], F.multi_margin_loss),
    "embedding": (X, [IDS], lambda x, ids: F.embedding(ids, x)),
    "embedding_bag": (X, [IDS, STARTS], lambda x, ids, starts: F.embedding_bag(ids, x, starts)),
    "weighted bags": (
        X,
        [IDS, STARTS, P[0]],
        lambda x, ids, starts, w: F.embedding_bag(ids, x, starts, mode="sum", per_sample_weights=w),
    ),
    "linear": (X, [P], F.linear),
    "conv2d": (IMAGES, [rng.normal(size=(2, 2, 2, 2))], F.conv2d),
    "layer_norm": (X, [P[0]], lambda x, w: F.layer_norm(x, (3,), w)),
    "batch_norm": (X, [X[0], P[0], P[1]], lambda x, mean, var, w: F.batch_norm(x, mean, var, w)),
    "group_norm": (X, [P[0]], lambda x, w: F.group_norm(x, 1, w)),
    "max_unpool2d": (
        np.ones((1, 1, 2, 2)),
        [np.array([[[[0, 3], [9, 15]]]])],
        lambda x, places: F.max_unpool2d(x, places, 2),
    ),
    "where": (X, [MASK, P], lambda x, mask, y: nn.where(mask, x * 2, y)),
    "masked_fill": (X, [MASK], lambda x, mask: x.masked_fill(mask, 0.0)),
    "gather": (X, [np.array([[0, 1, 2]])], lambda x, index: x.gather(0, index)),
    "index": (X, [IDS], lambda x, index: x[index]),
    "mask": (X, [MASK], lambda x, mask: x[mask]),
    "*": (X, [P], lambda x, y: x * y),
    "/": (X, [P], lambda x, y: x / y + y / x),
    "**": (P, [P.T.copy()], lambda x, y: x**y + y**x),
    "@": (X, [P], lambda x, y: x @ y),
    "%": (X, [P], lambda x, y: x % y),
    "clamp": (X, [P], lambda x, y: x.clamp(y)),
    "cosine_similarity": (X, [P], F.cosine_similarity),
}


def gradient(name, changed):
    array, constants, function = CASES[name]
    x, constants = nn.Tensor(array, requires_grad=True), [nn.Tensor(constant.copy()) for constant in constants]
    z = function(x, *constants)
    if changed is not None:
        values = constants[changed].data
        other = ~values if values.dtype == bool else values * 0 if values.dtype.kind == "i" else values / 2 + 0.1
        constants[changed].copy_(nn.Tensor(other))
    z.backward(np.cos(np.arange(z.numel())).reshape(z.shape))
    return x.grad


@pytest.mark.parametrize(
    ("name", "changed"), [(name, i) for name, (_, constants, _) in CASES.items() for i in range(len(constants))]
)
def test_a_changed_constant(name, changed):
    expected = gradient(name, None)
    try:
        found = gradient(name, changed)
    except RuntimeError:
        with pytest.raises(RuntimeError, match="was changed in place"):
            gradient(name, changed)
    else:
        np.testing.assert_array_equal(found, expected)
