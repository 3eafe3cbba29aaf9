"""The exercises of TP8-HFTrain/5_gpu: references equal PyTorch, tplib.gpu, or a clock whose answer is known."""

import statistics
from collections import namedtuple
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pack_sequence

import tplib.gpu
from tplib.exercises.tp8.gpu import EXERCISES, mixed_precision_step, pick_device, timed, to_device
from tplib.exercises.tp8.gpu.observers import LAUNCH, PretendedDevice
from tplib.graders import Exercise
from tplib.graders.judge import judge

META = torch.device("meta")


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_judging_leaves_the_notebooks_generator_alone(exercise: Exercise) -> None:
    before = torch.get_rng_state()
    judge(exercise, exercise.reference)
    assert torch.equal(before, torch.get_rng_state())


@given(
    st.dictionaries(st.sampled_from(["cuda", "mps", "xpu"]), st.integers(0, 3)),
    st.sampled_from(["cuda", "mps", "xpu"]),
    st.none() | st.integers(0, 3),
)
def test_a_device_that_is_asked_for_is_given_exactly_if_it_is_there(
    counts: dict[str, int], kind: str, number: int | None
) -> None:
    asked = kind if number is None else f"{kind}:{number}"
    if (number or 0) in range(counts.get(kind, 0)):
        assert pick_device.reference(counts, asked) == torch.device(kind, number or 0)
    else:
        with pytest.raises(ValueError, match=asked):
            pick_device.reference(counts, asked)


@pytest.mark.parametrize("present", [["cuda", "mps", "xpu"], ["mps", "xpu"], ["xpu"], []])
def test_the_best_device_is_that_of_tplib_gpu(present: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TPLIB_DEVICE", raising=False)
    monkeypatch.delenv("LOCAL_RANK", raising=False)
    monkeypatch.setattr(tplib.gpu.devices, "problem", lambda device: "" if device.type in present else "it has none")
    monkeypatch.setattr(tplib.gpu.devices, "device_count", lambda kind: int(kind in present))
    for kind in ("cuda", "xpu"):
        monkeypatch.setattr(getattr(torch, kind), "current_device", lambda: 0)
    assert pick_device.reference(dict.fromkeys(present, 1)) == tplib.gpu.best_device()


def _leaves(batch: Any) -> list[Any]:
    if isinstance(batch, dict):
        return [leaf for value in batch.values() for leaf in _leaves(value)]
    if isinstance(batch, list | tuple):
        return [leaf for value in batch for leaf in _leaves(value)]
    return [batch]


TENSORS = st.builds(
    lambda n, whole: torch.ones(n, dtype=torch.int64 if whole else None), st.integers(0, 3), st.booleans()
)
BATCHES = st.recursive(
    TENSORS | st.none() | st.text(max_size=2) | st.integers(0, 9),
    lambda part: (
        st.lists(part, max_size=3)
        | st.lists(part, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=2), part, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=50, deadline=None)
@given(BATCHES)
def test_to_device_moves_what_pytorchs_own_tree_map_moves(batch: Any) -> None:
    tree = torch.utils._pytree
    expected = tree.tree_map(lambda leaf: leaf.to(META) if isinstance(leaf, torch.Tensor) else leaf, batch)
    found = to_device.reference(batch, META)
    assert tree.tree_structure(found) == tree.tree_structure(expected)
    for ours, theirs, old in zip(_leaves(found), _leaves(expected), _leaves(batch), strict=True):
        if isinstance(old, torch.Tensor):
            assert (ours.device, ours.dtype, ours.shape) == (META, theirs.dtype, theirs.shape)
            assert old.device.type == "cpu"
        else:
            assert ours is old


def test_named_tuples_and_packed_sequences_stay_what_they_are() -> None:
    pair = namedtuple("pair", "x y")(torch.ones(2), ["a"])
    found = to_device.reference(pair, META)
    assert type(found) is type(pair)
    assert found.x.device == META
    packed = to_device.reference(pack_sequence([torch.ones(2), torch.ones(1)]), META)
    assert isinstance(packed, PackedSequence)
    assert packed.data.device == META
    assert packed.batch_sizes.device.type == "cpu"


@pytest.mark.parametrize(("repeats", "warmup"), [(1, 0), (4, 2), (5, 1)])
def test_timed_finds_the_median_of_known_durations(repeats: int, warmup: int) -> None:
    durations = np.random.default_rng(0).uniform(1, 2, warmup + repeats).tolist()
    gpu = PretendedDevice(durations, pending=7.0)
    found = timed.reference(gpu.work, gpu.synchronize, gpu.clock, repeats, warmup)
    assert found == pytest.approx(statistics.median(durations[warmup:]) + LAUNCH)
    assert gpu.calls == repeats + warmup


def test_a_clock_that_does_not_wait_sees_the_launch_only() -> None:
    gpu = PretendedDevice([5.0], pending=0.0)
    start = gpu.clock()
    gpu.work()
    assert gpu.clock() - start == pytest.approx(LAUNCH)
    gpu.synchronize()
    assert gpu.clock() - start == pytest.approx(5.0 + LAUNCH)


@pytest.mark.parametrize("scale", [None, 1024.0])
def test_the_step_is_that_of_plain_training_when_floats_are_not_short(scale: float | None) -> None:
    generator = torch.Generator().manual_seed(0)
    x, y = torch.randn(5, 3, generator=generator), torch.randint(2, (5,), generator=generator)
    W, b = torch.randn(2, 3, generator=generator), torch.randn(2, generator=generator)

    def model() -> nn.Module:
        linear = nn.Linear(3, 2).double()
        linear.load_state_dict({"weight": W.double(), "bias": b.double()})
        return linear

    ours, theirs = model(), model()
    ours_optimizer = torch.optim.SGD(ours.parameters(), lr=0.5)
    scaler = None if scale is None else torch.amp.GradScaler("cpu", init_scale=scale)
    loss_fn = F.cross_entropy
    # Autocast leaves float64 alone, so that the step equals the analytic one to its last digits.
    loss = mixed_precision_step.reference(
        ours, x.double(), y, ours_optimizer, loss_fn, torch.bfloat16, scaler, max_norm=0.25
    )
    expected = loss_fn(theirs(x.double()), y)
    expected.backward()
    norm = sum((p.grad**2).sum() for p in theirs.parameters()) ** 0.5  # type: ignore[operator]
    assert norm > 0.25
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        step = 0.5 * other.grad * (0.25 / (norm + 1e-6))  # PyTorch adds 1e-6 to the norm
        np.testing.assert_allclose(mine.detach().numpy(), (other - step).detach().numpy(), rtol=0, atol=1e-8)
    assert loss == pytest.approx(expected.item(), abs=1e-8)


@pytest.mark.parametrize("dtype", ["bf16", "fp16"])
def test_the_step_is_that_of_tplib_gpu(dtype: str) -> None:
    generator = torch.Generator().manual_seed(1)
    x, y = torch.randn(6, 4, generator=generator), torch.randint(3, (6,), generator=generator)
    start = nn.Linear(4, 3).state_dict()
    models = []
    for ours in (True, False):
        model = nn.Linear(4, 3)
        model.load_state_dict(start)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        precision = tplib.gpu.MixedPrecision("cpu", dtype, max_norm=0.25, initial_scale=1024.0)
        for _ in range(3):
            if ours:
                mixed_precision_step.reference(
                    model, x, y, optimizer, F.cross_entropy, precision.dtype, precision.scaler, 0.25
                )
            else:
                with precision.autocast():
                    loss = F.cross_entropy(model(x), y)
                precision.step(loss, optimizer)
        models.append(model)
    for a, b in zip(*(model.parameters() for model in models), strict=True):
        assert torch.equal(a, b)
    assert not torch.equal(models[0].weight, start["weight"])
