"""Modules carried over to PyTorch and back give the same outputs and gradients, and keep every bit."""

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import from_torch, to_torch
from tplib.nn.torch_bridge import ARGUMENTS

B, T, D = 4, 5, 6
IMAGES, SIGNALS, ROWS = (B, 4, 8, 7), (B, 4, 9), (B, D)
T_ = torch.nn
CASES = [
    (lambda: T_.Linear(D, 3), [ROWS]),
    (lambda: T_.Linear(D, 3, bias=False).double(), [ROWS]),
    (lambda: T_.Flatten(0, 1), [IMAGES]),
    (lambda: T_.Dropout(0.3).eval(), [ROWS]),
    (lambda: T_.ReLU(inplace=False), [ROWS]),
    (lambda: T_.Sigmoid(), [ROWS]),
    (lambda: T_.Tanh(), [ROWS]),
    (lambda: T_.Hardtanh(-0.5, 0.25), [ROWS]),
    (lambda: T_.LeakyReLU(0.2), [ROWS]),
    (lambda: T_.ELU(0.5), [ROWS]),
    (lambda: T_.GELU("tanh"), [ROWS]),
    (lambda: T_.Softplus(2.0, 1.0), [ROWS]),
    (lambda: T_.SiLU(), [ROWS]),
    (lambda: T_.Identity(), [ROWS]),
    (lambda: T_.L1Loss(), [ROWS, ROWS]),
    (lambda: T_.SmoothL1Loss(reduction="sum", beta=0.5), [ROWS, ROWS]),
    (lambda: T_.HuberLoss(delta=0.5), [ROWS, ROWS]),
    (lambda: T_.ConvTranspose1d(4, 6, 3, 2, 1, 1, 2), [SIGNALS]),
    (lambda: T_.ConvTranspose2d(4, 3, (3, 2), dilation=2, bias=False), [IMAGES]),
    (lambda: T_.Conv2d(4, 3, 3, padding=(1, 2), padding_mode="reflect"), [IMAGES]),
    (lambda: T_.Conv1d(4, 3, 3, padding="same", padding_mode="circular"), [SIGNALS]),
    (lambda: T_.MaxPool1d(3, return_indices=True), [SIGNALS]),
    (lambda: T_.MaxUnpool1d(2), [SIGNALS, "signal places"]),
    (lambda: T_.MaxUnpool2d((2, 3), 3), [IMAGES, "image places"]),
    (lambda: T_.AdaptiveMaxPool2d(3, return_indices=True), [IMAGES]),
    (lambda: T_.GroupNorm(2, 4, eps=0.1), [IMAGES]),
    (lambda: T_.LSTM(D, 4, proj_size=2), [(T, B, D)]),
    (lambda: T_.Softmax(dim=1), [ROWS]),
    (lambda: T_.LogSoftmax(dim=0), [ROWS]),
    (lambda: T_.MSELoss(reduction="sum"), [ROWS, ROWS]),
    (lambda: T_.BCELoss(weight=torch.rand(D)), ["p", "p"]),
    (lambda: T_.BCEWithLogitsLoss(pos_weight=torch.rand(D)), [ROWS, "p"]),
    (lambda: T_.NLLLoss(torch.rand(D), ignore_index=1), [ROWS, "classes"]),
    (lambda: T_.CrossEntropyLoss(torch.rand(D), label_smoothing=0.1, reduction="none"), [ROWS, "classes"]),
    (lambda: T_.MultiMarginLoss(2, 0.5), [ROWS, "classes"]),
    (lambda: T_.GaussianNLLLoss(full=True, eps=0.01), [ROWS, ROWS, "p"]),
    (lambda: T_.KLDivLoss(reduction="batchmean", log_target=True), [ROWS, ROWS]),
    (lambda: T_.Conv1d(4, 6, 3, stride=2, padding=1, dilation=2, groups=2), [SIGNALS]),
    (lambda: T_.Conv2d(4, 3, (3, 5), padding="same", bias=False), [IMAGES]),
    (lambda: T_.MaxPool1d(3, 2, 1, 2, ceil_mode=True), [SIGNALS]),
    (lambda: T_.MaxPool2d((2, 3), padding=1), [IMAGES]),
    (lambda: T_.AvgPool1d(3, 2, 1, True, False), [SIGNALS]),
    (lambda: T_.AvgPool2d(2, divisor_override=3), [IMAGES]),
    (lambda: T_.LPPool1d(2, 3, stride=2), ["positive signals"]),
    (lambda: T_.LPPool2d(2, (2, 3), (1, 2), ceil_mode=True), ["positive images"]),
    (lambda: T_.AdaptiveAvgPool1d(3), [SIGNALS]),
    (lambda: T_.AdaptiveAvgPool2d((3, None)), [IMAGES]),
    (lambda: T_.AdaptiveMaxPool1d(3), [SIGNALS]),
    (lambda: T_.AdaptiveMaxPool2d(2), [IMAGES]),
    (lambda: T_.BatchNorm1d(D, eps=0.01, momentum=0.5), [ROWS]),
    (lambda: T_.BatchNorm2d(4, affine=False).eval(), [IMAGES]),
    (lambda: T_.BatchNorm1d(D, track_running_stats=False), [ROWS]),
    (lambda: T_.LayerNorm((4, 9), eps=0.1, bias=False), [SIGNALS]),
    (lambda: T_.RNN(D, 3, 2, nonlinearity="relu", bidirectional=True), [(T, B, D)]),
    (lambda: T_.LSTM(D, 3, batch_first=True, bias=False), [(B, T, D)]),
    (lambda: T_.GRU(D, 3, 2, dropout=0.5).eval(), [(T, B, D)]),
    (lambda: T_.RNNCell(D, 3, nonlinearity="relu"), [ROWS]),
    (lambda: T_.LSTMCell(D, 3, bias=False), [ROWS]),
    (lambda: T_.GRUCell(D, 3), [ROWS]),
    (lambda: T_.Embedding(D, 3, padding_idx=2), ["classes"]),
    (lambda: T_.EmbeddingBag(D, 3, mode="sum", padding_idx=0), ["bags"]),
    (lambda: T_.MultiheadAttention(D, 2, kdim=4, vdim=4, batch_first=True), [(B, T, D), (B, 3, 4), (B, 3, 4)]),
    (lambda: T_.MultiheadAttention(D, 3, bias=False, add_zero_attn=True), [(T, B, D)] * 3),
    (lambda: T_.TransformerEncoderLayer(D, 2, 7, dropout=0.1, activation="gelu", bias=False).eval(), [(T, B, D)]),
    (lambda: T_.TransformerDecoderLayer(D, 2, 7, 0.0, norm_first=True, batch_first=True), [(B, T, D), (B, 3, D)]),
    (
        lambda: T_.TransformerEncoder(
            T_.TransformerEncoderLayer(D, 2, 7, 0.0), 2, T_.LayerNorm(D), enable_nested_tensor=False
        ),
        [(T, B, D)],
    ),
    (lambda: T_.TransformerDecoder(T_.TransformerDecoderLayer(D, 2, 7, 0.0), 2), [(T, B, D), (3, B, D)]),
    (lambda: T_.Sequential(T_.Linear(D, 4), T_.Sequential(T_.Tanh(), T_.Dropout(0.2).eval())), [ROWS]),
]


def arguments(shapes, dtype):
    rng = np.random.default_rng(0)
    kinds = {
        "p": lambda: rng.random(ROWS).astype(dtype),
        "classes": lambda: rng.integers(0, D, B),
        "bags": lambda: rng.integers(0, D, (B, T)),
        "signal places": lambda: np.tile(np.arange(9), (B, 4, 1)),
        "image places": lambda: np.tile(np.arange(56).reshape(8, 7), (B, 4, 1, 1)),
        "positive signals": lambda: rng.random(SIGNALS).astype(dtype),
        "positive images": lambda: rng.random(IMAGES).astype(dtype),
    }
    return [kinds[s]() if isinstance(s, str) else rng.normal(size=s).astype(dtype) for s in shapes]


def first(output):
    return output[0] if isinstance(output, tuple) else output


def randomised(module):
    """With no parameter or running mean at its start, where a forgotten copy would not show."""
    with torch.no_grad():
        for p in module.parameters():
            p.add_(0.1 * torch.randn_like(p))
        for name, buffer in module.named_buffers():
            if "running" in name:
                buffer.copy_(0.5 + torch.rand_like(buffer))
    return module


@pytest.mark.filterwarnings("ignore:LSTM with projections is not supported:UserWarning")
@pytest.mark.parametrize(("make", "shapes"), CASES, ids=lambda case: type(case()).__name__ if callable(case) else "")
def test_there_and_back(make, shapes):
    torch.manual_seed(0)
    theirs = randomised(make())
    ours = from_torch(theirs)
    again = to_torch(ours)
    assert type(again) is type(theirs)
    assert repr(again) == repr(theirs)
    assert {k: (v.dtype, v.tolist()) for k, v in again.state_dict().items()} == {
        k: (v.dtype, v.tolist()) for k, v in theirs.state_dict().items()
    }
    dtype = next((p.dtype for p in ours.parameters()), np.dtype(np.float32))
    inputs = arguments(shapes, dtype)
    a, b, c = (
        first(ours(*inputs)),
        first(theirs(*map(torch.tensor, inputs))),
        first(again(*map(torch.tensor, inputs))),
    )
    tolerance = {"rtol": 1e-4, "atol": 1e-5}
    np.testing.assert_allclose(a.data, b.detach().numpy(), **tolerance)
    np.testing.assert_array_equal(c.detach().numpy(), b.detach().numpy())
    if a.requires_grad:
        cotangent = np.random.default_rng(1).normal(size=a.shape).astype(dtype)
        a.backward(cotangent)
        b.backward(torch.tensor(cotangent))
        gradients = dict(theirs.named_parameters())
        for name, p in ours.named_parameters():
            expected = gradients[name].grad
            assert (p.grad is None) == (expected is None)
            if expected is not None:
                np.testing.assert_allclose(np.asarray(p.grad), expected.numpy(), err_msg=name, **tolerance)


def test_every_class_of_the_table_is_tested():
    def names(module):
        return {type(part).__name__ for part in module.modules()}

    assert {kind.__name__ for kind in ARGUMENTS} <= set().union(*(names(make()) for make, _ in CASES))


def test_every_module_of_both_libraries_is_in_the_table():
    modules = [v for v in vars(nn).values() if isinstance(v, type) and issubclass(v, nn.Module)]
    both = {m for m in modules if hasattr(torch.nn, m.__name__)}
    assert both - {nn.Module, nn.Sequential, nn.ModuleList, nn.ModuleDict} == set(ARGUMENTS)


def test_modes_frozen_parts_and_shared_modules():
    shared = T_.Linear(3, 3)
    theirs = T_.Sequential(shared, T_.Dropout(0.5), shared).train()
    theirs[1].eval()
    shared.bias.requires_grad_(False)
    ours = from_torch(theirs)
    assert ours[0] is ours[2]
    assert (ours.training, ours[0].training, ours[1].training) == (True, True, False)
    assert (ours[0].weight.requires_grad, ours[0].bias.requires_grad) == (True, False)
    again = to_torch(ours)
    assert again[0] is again[2]
    assert (again.training, again[1].training) == (True, False)
    assert (again[0].weight.requires_grad, again[0].bias.requires_grad) == (True, False)


def test_copies_are_independent_and_named_parts_keep_their_names():
    theirs = T_.Sequential()
    theirs.add_module("first", T_.Linear(2, 2))
    ours = from_torch(theirs)
    with nn.no_grad():
        ours[0].weight.zero_()
    assert theirs.first.weight.any()
    back = to_torch(ours)
    assert list(back.state_dict()) == ["first.weight", "first.bias"]
    with torch.no_grad():
        back.first.bias.zero_()
    assert ours[0].bias.data.any()


def test_half_precision_becomes_single():
    assert from_torch(T_.Linear(2, 2).bfloat16()).weight.dtype == np.float32


def test_a_carried_network_trains():
    theirs = T_.Sequential(T_.LSTM(3, 4, batch_first=True), T_.Linear(4, 2))
    ours = from_torch(theirs[0])
    back = to_torch(ours)
    out, _ = back(torch.randn(2, 5, 3))
    optimizer = torch.optim.SGD(back.parameters(), lr=1.0)
    before = [p.clone() for p in back.parameters()]
    out.sum().backward()
    optimizer.step()
    assert all(not torch.equal(a, b) for a, b in zip(before, back.parameters(), strict=True))


def test_what_has_no_counterpart():
    class Own(T_.Linear):
        pass

    with pytest.raises(TypeError, match="Own does not exist in both libraries; write the class in the other one"):
        from_torch(T_.Sequential(Own(2, 2)))
    with pytest.raises(TypeError, match="Bilinear does not exist in both"):
        from_torch(T_.Bilinear(2, 2, 2))
    with pytest.raises(TypeError, match="Maxout does not exist in both"):
        to_torch(nn.Maxout(2))
    hooked = nn.Linear(2, 2)
    hooked.register_forward_hook(lambda *_: None)
    with pytest.raises(ValueError, match="has had hooks"):
        to_torch(nn.Sequential(hooked))
    with pytest.raises(ValueError, match=r"TransformerEncoderLayer: activation .* has no counterpart"):
        from_torch(T_.TransformerEncoderLayer(4, 2, activation=torch.tanh))
