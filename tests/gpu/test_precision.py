"""Steps in mixed precision against steps written out in NumPy or in plain PyTorch."""

import copy
import math

import numpy as np
import pytest
import torch

from tplib.gpu import MixedPrecision

PRECISIONS = ["fp32", "bf16", "fp16"]


def parts(seed: int = 0) -> tuple[torch.nn.Module, torch.optim.Optimizer, torch.Tensor, torch.Tensor]:
    torch.manual_seed(seed)
    model = torch.nn.Linear(4, 1)
    return model, torch.optim.SGD(model.parameters(), lr=0.1), torch.randn(8, 4), torch.randn(8, 1)


def loss_of(model: torch.nn.Module, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return (model(x).float() - y).square().mean()


@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize("max_norm", [None, 0.01, 1e6])
def test_a_step_is_that_of_the_formula(dtype: str, max_norm: float | None) -> None:
    model, optimizer, x, y = parts()
    weight, bias = model.weight.detach().numpy().copy(), model.bias.detach().numpy().copy()
    precision = MixedPrecision("cpu", dtype, max_norm=max_norm, initial_scale=256)
    with precision.autocast():
        loss = loss_of(model, x, y)
    report = precision.step(loss, optimizer)

    error = x.numpy() @ weight.T + bias - y.numpy()  # (8, 1)
    dw, db = 2 * error.T @ x.numpy() / 8, 2 * error.mean(0)
    norm = math.sqrt((dw**2).sum() + (db**2).sum())
    factor = 1 if max_norm is None else min(1, max_norm / norm)
    rough = {"fp32": 1e-5, "bf16": 0.05, "fp16": 0.01}[dtype]
    assert report.taken
    assert report.norm == pytest.approx(norm, rel=rough)
    assert report.clipped == (factor < 1)
    step = -0.1 * factor * np.concatenate([dw[0], db])
    moved = np.concatenate([(model.weight.detach().numpy() - weight)[0], model.bias.detach().numpy() - bias])
    assert np.abs(moved - step).max() <= rough * np.abs(step).max() + 1e-6
    assert all(p.grad is None for p in model.parameters())


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_the_forward_pass_is_in_that_type(dtype: str) -> None:
    model, _, x, _ = parts()
    with MixedPrecision("cpu", dtype).autocast():
        assert model(x).dtype is {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}[dtype]
    assert model.weight.dtype is torch.float32


@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_bad_gradient_changes_nothing_and_is_told(dtype: str, bad: float) -> None:
    model, _, x, y = parts()
    optimizer = torch.optim.Adam(model.parameters())
    precision = MixedPrecision("cpu", dtype, max_norm=1.0)
    before = copy.deepcopy(model.state_dict())
    report = precision.step(loss_of(model, x, y) * bad, optimizer)
    assert (report.taken, report.clipped) == (False, False)
    assert not math.isfinite(report.norm)
    assert "skipped" in str(report)
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())
    assert not optimizer.state
    after = precision.step(loss_of(model, x, y), optimizer)
    assert after.taken, "the bad gradient is gone"
    assert (precision.taken, precision.skipped) == (1, 1)


def test_the_scale_falls_until_the_gradient_fits() -> None:
    """The largest number of fp16 is 65504: a gradient of 8 times a scale of 65536 overflows, of 4096 it does not."""
    weight = torch.nn.Parameter(torch.zeros(1, 1))
    optimizer = torch.optim.SGD([weight], lr=1.0)
    precision = MixedPrecision("cpu", "fp16", initial_scale=2.0**16)
    scales = []
    for _ in range(20):
        with precision.autocast():
            loss = (torch.full((1, 1), 8.0) @ weight).sum()
        report = precision.step(loss, optimizer)
        if report.taken:
            break
        scales.append(report.scale)
    assert scales == [2.0**15, 2.0**14, 2.0**13, 2.0**12]
    assert precision.skipped == 4
    assert weight.item() == -8.0


def test_small_gradients_survive_by_the_scale_only() -> None:
    """The smallest number of fp16 is about 6e-8."""
    moved = {}
    for scale in (1.0, 2.0**16):
        weight = torch.nn.Parameter(torch.ones(1, 1))
        optimizer = torch.optim.SGD([weight], lr=1.0)
        precision = MixedPrecision("cpu", "fp16", initial_scale=scale)
        with precision.autocast():
            hidden = torch.ones(1, 1) @ weight  # in fp16, and so is its gradient
        report = precision.step((hidden.float() * 1e-8).sum(), optimizer)
        moved[scale] = report.norm
    assert moved[1.0] == 0
    assert moved[2.0**16] == pytest.approx(1e-8, rel=0.01)


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_accumulated_batches_are_clipped_once(dtype: str) -> None:
    whole, optimizer, x, y = parts()
    halves, other, _, _ = parts()
    one, two = (MixedPrecision("cpu", dtype, max_norm=0.5) for _ in range(2))
    expected = one.step(loss_of(whole, x, y), optimizer)
    for part in (slice(0, 4), slice(4, 8)):
        two.backward(loss_of(halves, x[part], y[part]) / 2)
    report = two.update(other)
    assert report.norm == pytest.approx(expected.norm, rel=1e-5)
    torch.testing.assert_close(halves.weight, whole.weight)


@pytest.mark.parametrize("dtype", ["bf16", "fp16"])
def test_backward_inside_autocast_is_refused(dtype: str) -> None:
    model, optimizer, x, y = parts()
    precision = MixedPrecision("cpu", dtype)
    with precision.autocast(), pytest.raises(RuntimeError, match="after the block"):
        precision.step(loss_of(model, x, y), optimizer)


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_an_optimiser_of_other_parameters(dtype: str) -> None:
    model, _, x, y = parts()
    _, wrong, _, _ = parts()
    with pytest.raises(RuntimeError, match="no parameter of the optimiser has a gradient"):
        MixedPrecision("cpu", dtype).step(loss_of(model, x, y), wrong)


def test_a_model_that_was_halved() -> None:
    model = torch.nn.Linear(4, 1).half()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with pytest.raises(TypeError, match=r"no model\.half"):
        MixedPrecision("cpu", "fp16").step(model(torch.ones(2, 4).half()).float().sum(), optimizer)


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_a_loss_that_is_never_finite_ends_with_a_sentence(dtype: str) -> None:
    model, optimizer, x, y = parts()
    precision = MixedPrecision("cpu", dtype, patience=3)
    for _ in range(2):
        precision.step(loss_of(model, x, y) * math.nan, optimizer)
    precision.step(loss_of(model, x, y), optimizer)
    for _ in range(2):
        precision.step(loss_of(model, x, y) * math.nan, optimizer)
    with pytest.raises(FloatingPointError, match="3 steps in a row"):
        precision.step(loss_of(model, x, y) * math.nan, optimizer)


@pytest.mark.parametrize("wanted", ["half", "float16x", torch.float64, None, 16])
def test_unknown_precision(wanted) -> None:
    with pytest.raises(ValueError, match="expected 'auto', 'fp32', 'bf16', 'fp16'"):
        MixedPrecision("cpu", wanted)


def test_arguments() -> None:
    assert MixedPrecision("cpu").dtype is torch.float32
    assert MixedPrecision("cpu", torch.bfloat16).dtype is torch.bfloat16
    for bad in (0, -1.0, math.nan):
        with pytest.raises(ValueError, match="max_norm above 0"):
            MixedPrecision("cpu", max_norm=bad)


def test_a_checkpoint_keeps_scale_and_counts() -> None:
    model, optimizer, x, y = parts()
    precision = MixedPrecision("cpu", "fp16", initial_scale=1024)
    precision.step(loss_of(model, x, y) * math.inf, optimizer)
    restored = MixedPrecision("cpu", "fp16")
    restored.load_state_dict(precision.state_dict())
    assert (restored.scale, restored.skipped, restored.taken) == (512.0, 1, 0)
    with pytest.raises(ValueError, match="another precision"):
        MixedPrecision("cpu", "bf16").load_state_dict(precision.state_dict())


@pytest.mark.parametrize("dtype", ["auto", *PRECISIONS])
def test_cuda(cuda: torch.device, dtype: str) -> None:
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(16, 64), torch.nn.Tanh(), torch.nn.Linear(64, 1)).to(cuda)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    x = torch.randn(256, 16, device=cuda)
    y = x.sum(1, keepdim=True).tanh()
    precision = MixedPrecision(cuda, dtype, max_norm=1.0)
    losses = []
    for _ in range(150):
        with precision.autocast():
            loss = loss_of(model, x, y)
        precision.step(loss, optimizer)
        losses.append(loss.item())
    assert losses[-1] < 0.1 * losses[0]
    assert precision.taken + precision.skipped == 150
    with precision.autocast():
        short = model(x).dtype
    assert short is precision.dtype
    assert precision.step(loss_of(model, x, y) * math.nan, optimizer).taken is False
