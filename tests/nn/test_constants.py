"""What carries no gradient takes none: an option or a constant weight that requires a gradient is refused."""

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import functional as F

V = 0.5
OPTIONS = {
    "leaky_relu": lambda F, x, v: F.leaky_relu(x, v),
    "elu": lambda F, x, v: F.elu(x, alpha=v),
    "softplus beta": lambda F, x, v: F.softplus(x, v),
    "softplus threshold": lambda F, x, v: F.softplus(x, threshold=v),
    "hardtanh": lambda F, x, v: F.hardtanh(x, -1, v),
    "huber_loss": lambda F, x, v: F.huber_loss(x, x, delta=v),
    "smooth_l1_loss": lambda F, x, v: F.smooth_l1_loss(x, x, beta=v),
    "dropout": lambda F, x, v: F.dropout(x, v),
    "layer_norm": lambda F, x, v: F.layer_norm(x, (3,), eps=v),
    "batch_norm eps": lambda F, x, v: F.batch_norm(x, None, None, training=True, eps=v),
    "norm": lambda F, x, v: x.norm(v),
    "var": lambda F, x, v: x.var(0, correction=v),
    "embedding": lambda F, x, v: F.embedding(x.argmax(1), x.detach(), max_norm=v),
    "attention scale": lambda F, x, v: F.scaled_dot_product_attention(x, x, x, scale=v),
    "attention dropout": lambda F, x, v: F.scaled_dot_product_attention(x, x, x, dropout_p=v),
    "cross_entropy": lambda F, x, v: F.cross_entropy(x, x.argmax(1), label_smoothing=v),
    "multi_margin_loss": lambda F, x, v: F.multi_margin_loss(x, x.argmax(1), margin=v),
}
WEIGHTS = {
    "cross_entropy": lambda F, x, w: F.cross_entropy(x, x.argmax(1), w),
    "nll_loss": lambda F, x, w: F.nll_loss(x, x.argmax(1), w),
    "multi_margin_loss": lambda F, x, w: F.multi_margin_loss(x, x.argmax(1), weight=w),
    "running mean": lambda F, x, w: F.batch_norm(x, w, w.detach()),
    "running variance": lambda F, x, w: F.batch_norm(x, w.detach(), w),
}
# PyTorch records these; here they are constants.
RECORDED_THERE = {
    "binary_cross_entropy": lambda F, x, w: F.binary_cross_entropy(x, x, w),
    "binary_cross_entropy_with_logits": lambda F, x, w: F.binary_cross_entropy_with_logits(x, x, w),
    "pos_weight": lambda F, x, w: F.binary_cross_entropy_with_logits(x, x, pos_weight=w),
    "mse_loss": lambda F, x, w: F.mse_loss(x, x, weight=w),
    "cross_entropy of probabilities": lambda F, x, w: F.cross_entropy(x, x, w),
    "lp_pool1d": lambda F, x, w: F.lp_pool1d(x, w.sum() + 1, 2),
}
NUMBERS = np.arange(1.0, 10).reshape(3, 3) / 10


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("recorded", [True, False], ids=["recorded", "no_grad"])
def test_an_option_takes_no_gradient(name, recorded):
    call, v = OPTIONS[name], nn.Tensor(V, requires_grad=True)
    with torch.set_grad_enabled(recorded), pytest.raises((TypeError, RuntimeError)):
        call(torch.nn.functional, torch.tensor(NUMBERS), torch.tensor(V, requires_grad=True))
    with nn.enable_grad() if recorded else nn.no_grad(), pytest.raises(TypeError, match="is a constant"):
        call(F, nn.Tensor(NUMBERS), v)
    assert not call(F, nn.Tensor(NUMBERS), V).requires_grad


@pytest.mark.parametrize("name", WEIGHTS | RECORDED_THERE)
def test_a_constant_weight_takes_no_gradient(name):
    call = (WEIGHTS | RECORDED_THERE)[name]
    if name in WEIGHTS:
        with pytest.raises(RuntimeError):
            call(torch.nn.functional, torch.tensor(NUMBERS), torch.ones(3, dtype=torch.float64, requires_grad=True))
    with pytest.raises(TypeError, match="is a constant"):
        call(F, nn.Tensor(NUMBERS), nn.Tensor(np.ones(3), requires_grad=True))
    call(F, nn.Tensor(NUMBERS), nn.Tensor(np.ones(3)))


def test_a_function_of_your_own_takes_numbers_as_options():
    class Scale(nn.Function):
        @staticmethod
        def forward(ctx, x, factor: float):
            ctx.factor = factor
            return x * factor

        @staticmethod
        def backward(ctx, grad):
            return grad * ctx.factor, None

    x = nn.Tensor([1.0], requires_grad=True)
    Scale.apply(x, 3.0).sum().backward()
    np.testing.assert_array_equal(x.grad, [3.0])
    with pytest.raises(TypeError, match="Scale: factor is a constant"):
        Scale.apply(x, nn.Tensor(3.0, requires_grad=True))


@pytest.mark.parametrize("kind", [np.int64, np.uint8])
def test_masks_of_integers_are_refused(kind):
    x, mask = np.ones((1, 3, 4), np.float32), np.tri(3).astype(kind)
    theirs = torch.nn.MultiheadAttention(4, 1, batch_first=True)
    ours = nn.MultiheadAttention(4, 1, batch_first=True)
    ts, t_mask = torch.tensor(x), torch.tensor(mask)
    with pytest.raises(RuntimeError):
        torch.nn.functional.scaled_dot_product_attention(ts, ts, ts, t_mask)
    with pytest.raises(TypeError, match="booleans"):
        F.scaled_dot_product_attention(x, x, x, mask)
    for options in ({"attn_mask": mask}, {"key_padding_mask": mask[:1]}):
        for weights in (True, False):
            with pytest.raises((AssertionError, RuntimeError)):
                theirs(ts, ts, ts, need_weights=weights, **{k: torch.tensor(m) for k, m in options.items()})
            with pytest.raises(TypeError, match="booleans"):
                ours(x, x, x, need_weights=weights, **options)
