"""Derivatives of derivatives through layers and losses: against PyTorch, and gradients of gradients by differences."""

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import functional as F

T = torch.nn.functional
LABELS = np.array([1, 0])
WEIGHT = np.random.default_rng(5).normal(size=(2, 3, 3, 3))
TABLE_IDS = np.array([[0, 2, 2], [1, 0, 2]])


def t(array):
    return torch.tensor(array)


# Of x (2, 3, 4, 5), or of what the functions make of it.
LAYERS = {
    "hardtanh": (lambda x: F.hardtanh(x) * x, lambda x: T.hardtanh(x) * x),
    "leaky relu": (lambda x: F.leaky_relu(x) * x, lambda x: T.leaky_relu(x) * x),
    "elu": (F.elu, T.elu),
    "gelu": (F.gelu, T.gelu),
    "gelu by tanh": (lambda x: F.gelu(x, "tanh"), lambda x: T.gelu(x, approximate="tanh")),
    "silu": (F.silu, T.silu),
    "softplus": (lambda x: F.softplus(x, 2.0, 1.0), lambda x: T.softplus(x, 2.0, 1.0)),
    "linear": (lambda x: F.linear(x, x[0, 0], x[0, 0, :, 0]), lambda x: T.linear(x, x[0, 0], x[0, 0, :, 0])),
    "layer norm": (
        lambda x: F.layer_norm(x, (4, 5), x[0, 0], x[1, 0]),
        lambda x: T.layer_norm(x, (4, 5), x[0, 0], x[1, 0]),
    ),
    "group norm": (lambda x: F.group_norm(x, 3, x[0, :, 0, 0]), lambda x: T.group_norm(x, 3, x[0, :, 0, 0])),
    "batch norm": (
        lambda x: F.batch_norm(x, None, None, x[0, :, 0, 0], x[1, :, 0, 0], True),
        lambda x: T.batch_norm(x, None, None, x[0, :, 0, 0], x[1, :, 0, 0], True),
    ),
    "batch norm in evaluation": (
        lambda x: F.batch_norm(x, np.ones(3), np.ones(3), x[0, :, 0, 0]) * x,
        lambda x: T.batch_norm(x, t(np.ones(3)), t(np.ones(3)), x[0, :, 0, 0]) * x,
    ),
    "convolution": (
        lambda x: F.conv2d(x, x[:, :, :3, :2], x[0, 0, :2, 0], 2, 1),
        lambda x: T.conv2d(x, x[:, :, :3, :2], x[0, 0, :2, 0], 2, 1),
    ),
    "transposed convolution": (
        lambda x: F.conv_transpose2d(x, x[0, :, None, :3, :3], None, 2, 1, 1),
        lambda x: T.conv_transpose2d(x, x[0, :, None, :3, :3], None, 2, 1, 1),
    ),
    "max-pooling": (lambda x: F.max_pool2d(x, 3, 1, 1) ** 2, lambda x: T.max_pool2d(x, 3, 1, 1) ** 2),
    "average pooling": (lambda x: F.avg_pool2d(x, 2) ** 2, lambda x: T.avg_pool2d(x, 2) ** 2),
    "adaptive pooling": (
        lambda x: F.adaptive_avg_pool2d(x, (2, 3)) ** 2 + F.adaptive_max_pool2d(x, (2, 3)) ** 2,
        lambda x: T.adaptive_avg_pool2d(x, (2, 3)) ** 2 + T.adaptive_max_pool2d(x, (2, 3)) ** 2,
    ),
    "norm pooling": (lambda x: F.lp_pool2d(x, 2, 2), lambda x: T.lp_pool2d(x, 2, 2)),
    "padding": (
        lambda x: F.pad(x, (1, 2, 0, 1)) ** 2 + F.pad(x, (1, 2, 0, 1), "reflect") ** 2,
        lambda x: T.pad(x, (1, 2, 0, 1)) ** 2 + T.pad(x, (1, 2, 0, 1), "reflect") ** 2,
    ),
    "normalize": (
        lambda x: F.normalize(x, dim=3) * F.cosine_similarity(x, x * x)[:, None],
        lambda x: T.normalize(x, dim=3) * T.cosine_similarity(x, x * x)[:, None],
    ),
    "embedding": (
        lambda x: F.embedding(TABLE_IDS, x[0, 0, :3], padding_idx=1) ** 2,
        lambda x: T.embedding(t(TABLE_IDS), x[0, 0, :3], padding_idx=1) ** 2,
    ),
    "bags": (
        lambda x: F.embedding_bag(TABLE_IDS, x[0, 0, :3] ** 2, mode="mean") ** 2,
        lambda x: x[0, 0, :3].square()[t(TABLE_IDS)].mean(1) ** 2,
    ),
    "attention": (
        lambda x: F.scaled_dot_product_attention(x, x * 2, x.sin(), is_causal=True),
        lambda x: (
            ((x @ x.mT * 2 / 5**0.5).masked_fill(~torch.ones(4, 4, dtype=bool).tril(), -np.inf)).softmax(-1) @ x.sin()
        ),
    ),
    "cross-entropy": (
        lambda x: F.cross_entropy(x[:, :, 0, 0], LABELS) * F.cross_entropy(x[0, 0], np.array([1, -100, 0, 4])),
        lambda x: T.cross_entropy(x[:, :, 0, 0], t(LABELS)) * T.cross_entropy(x[0, 0], t(np.array([1, -100, 0, 4]))),
    ),
    "cross-entropy of images": (
        lambda x: F.cross_entropy(x, np.tile(np.arange(20).reshape(4, 5) % 3, (2, 1, 1)), label_smoothing=0.1),
        lambda x: T.cross_entropy(x, t(np.tile(np.arange(20).reshape(4, 5) % 3, (2, 1, 1))), label_smoothing=0.1),
    ),
    "nll": (
        lambda x: F.nll_loss(x[:, :, 0, 0] ** 3, LABELS, np.ones(3) * 2, reduction="sum"),
        lambda x: T.nll_loss(x[:, :, 0, 0] ** 3, t(LABELS), t(np.ones(3) * 2), reduction="sum"),
    ),
    "mse": (lambda x: F.mse_loss(x, x.sin()) ** 2, lambda x: T.mse_loss(x, x.sin()) ** 2),
    "smooth l1": (
        lambda x: F.smooth_l1_loss(x, x.sin(), beta=0.3) * F.l1_loss(x, x.cos()),
        lambda x: T.smooth_l1_loss(x, x.sin(), beta=0.3) * T.l1_loss(x, x.cos()),
    ),
    "binary": (
        lambda x: F.binary_cross_entropy(x.sigmoid(), np.full((2, 3, 4, 5), 0.3)) ** 2,
        lambda x: T.binary_cross_entropy(x.sigmoid(), t(np.full((2, 3, 4, 5), 0.3))) ** 2,
    ),
    "binary of scores": (
        lambda x: F.binary_cross_entropy_with_logits(x, np.full((2, 3, 4, 5), 0.3), pos_weight=np.array(2.0)),
        lambda x: T.binary_cross_entropy_with_logits(x, t(np.full((2, 3, 4, 5), 0.3)), pos_weight=t(np.array(2.0))),
    ),
    "gaussian": (
        lambda x: F.gaussian_nll_loss(x, x.sin(), x * x + 1),
        lambda x: T.gaussian_nll_loss(x, x.sin(), x * x + 1),
    ),
    "kl": (
        lambda x: F.kl_div(x.log_softmax(1), x.softmax(1), reduction="batchmean"),
        lambda x: T.kl_div(x.log_softmax(1), x.softmax(1), reduction="batchmean"),
    ),
}


@pytest.mark.parametrize("name", LAYERS)
def test_against_pytorch(normal, name):
    array = normal(0, 2, 3, 4, 5)

    def twice(x, f, autograd):
        z = f(x)
        weights = np.random.default_rng(3).normal(size=tuple(z.shape))
        first = autograd.grad((z * (weights if autograd is nn.autograd else t(weights))).sum(), x, create_graph=True)[0]
        weights = np.random.default_rng(4).normal(size=tuple(first.shape))
        total = (first * (weights if autograd is nn.autograd else t(weights))).sum()
        return first, autograd.grad(total, x, allow_unused=True)[0]

    ours, theirs = LAYERS[name]
    mine = twice(nn.Tensor(array, requires_grad=True), ours, nn.autograd)
    expected = twice(torch.tensor(array, requires_grad=True), theirs, torch.autograd)
    for what, a, b in zip(("first", "second"), mine, expected, strict=True):
        np.testing.assert_allclose(a.data, b.detach().numpy(), rtol=1e-7, atol=1e-9, err_msg=what)


@pytest.mark.parametrize(
    "net",
    [
        lambda x: F.conv1d(x, x[:2, :, :2]).tanh(),
        lambda x: F.layer_norm(x, (5,)).sigmoid(),
        lambda x: F.scaled_dot_product_attention(x, x, x),
        lambda x: F.cross_entropy(x, np.array([[1, 0, 2, 1, 0]] * 2)),
    ],
)
def test_gradients_of_gradients_by_differences(normal, net):
    assert nn.gradgradcheck(net, normal(0, 2, 3, 5))


def test_a_wrong_second_derivative_is_found(normal):
    class Wrong(nn.Function):
        saves = (None,)  # x is held constant, so that the second derivative is 0

        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x**2

        @staticmethod
        def backward(ctx, grad):
            return grad * 2 * ctx.saved[0]

    assert nn.gradcheck(Wrong.apply, normal(0, 3))
    assert not nn.gradgradcheck(lambda x: Wrong.apply(x) + x**2, normal(0, 3))


def test_what_has_no_second_derivative_says_so(normal):
    x = nn.Tensor(normal(0, 4, 2, 3), requires_grad=True)
    z, _ = nn.LSTM(3, 2, dtype=np.float64)(x)
    with pytest.raises(NotImplementedError, match=r"backward of LSTM cannot be recorded.*docs/pytorch.md"):
        z.sum().backward(create_graph=True)


def test_a_gradient_penalty_trains_as_in_pytorch(normal):
    """The use of it: the norm of the gradient with respect to the input, in the loss (Gulrajani et al. 2017)."""
    oracle = torch.nn.Sequential(torch.nn.Linear(3, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1)).double()
    net, array = nn.from_torch(oracle), normal(0, 5, 3)
    x, y = nn.Tensor(array, requires_grad=True), torch.tensor(array, requires_grad=True)
    for model, inputs, autograd in ((net, x, nn.autograd), (oracle, y, torch.autograd)):
        (grad,) = autograd.grad(model(inputs).sum(), inputs, create_graph=True)
        ((grad.norm(dim=1) - 1) ** 2).mean().backward()
    for mine, theirs in zip(net.parameters(), oracle.parameters(), strict=True):
        if theirs.grad is not None and mine.grad is not None:
            np.testing.assert_allclose(mine.grad, theirs.grad.numpy(), rtol=1e-9, atol=1e-12)


def test_the_interface_of_grad(normal):
    x, y = (nn.Tensor(normal(i, 3), requires_grad=True) for i in range(2))
    (dx,) = nn.autograd.grad((x * y).sum(), x)
    np.testing.assert_array_equal(dx.data, y.data)
    assert x.grad is None
    z = x * 2
    assert nn.autograd.grad(z.sum(), (x, y), allow_unused=True)[1] is None
    with pytest.raises(RuntimeError, match="do not depend on input 0"):
        nn.autograd.grad((x * 2).sum(), y)
    with pytest.raises(RuntimeError, match="freed"):
        nn.autograd.grad((q := (x * y).sum()), x) and nn.autograd.grad(q, x)
    w = x * y
    d_w, d_x = nn.autograd.grad((w * w).sum(), (w, x), retain_graph=True)
    np.testing.assert_allclose(d_w.data, 2 * w.data)
    np.testing.assert_allclose(d_x.data, 2 * w.data * y.data)
    (both,) = nn.autograd.grad((w, x), x, (np.ones(3), nn.Tensor(np.full(3, 2.0))))
    np.testing.assert_allclose(both.data, y.data + 2)
    x.grad = None
    (x**3).sum().backward(create_graph=True)
    x.grad.sum().backward()  # adds the second derivative to the first
    np.testing.assert_allclose(np.asarray(x.grad), 3 * x.data**2 + 6 * x.data)


@pytest.mark.parametrize("name", ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad"])
def test_recorded_gradients_are_clipped_and_applied(normal, name):
    oracle = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1)).double()
    net, x = nn.from_torch(oracle), normal(0, 5, 3)
    mine = getattr(nn.optim, name)(net.parameters(), lr=0.01, weight_decay=0.1)
    theirs = getattr(torch.optim, name)(oracle.parameters(), lr=0.01, weight_decay=0.1)
    (net(x) ** 2).mean().backward(create_graph=True)
    loss = (oracle(t(x)) ** 2).mean()
    for p, grad in zip(oracle.parameters(), torch.autograd.grad(loss, list(oracle.parameters())), strict=True):
        p.grad = grad
    nn.utils.clip_grad_norm_(net.parameters(), 0.1)
    torch.nn.utils.clip_grad_norm_(oracle.parameters(), 0.1)
    mine.step()
    theirs.step()
    for a, b in zip(net.parameters(), oracle.parameters(), strict=True):
        np.testing.assert_allclose(a.data, b.detach().numpy(), rtol=1e-9, atol=1e-12)


def test_each_leaf_has_its_own_recorded_gradient():
    x, y = (nn.Tensor([1.0, 2.0], requires_grad=True) for _ in range(2))
    (x + y).sum().backward(create_graph=True)
    nn.utils.clip_grad_value_([x], 0.5)
    assert (x.grad.tolist(), y.grad.tolist()) == ([0.5, 0.5], [1.0, 1.0])
