"""tplib.gpu.parallel: two processes give the loss curve of one, and all of them the curve of a plain loop."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from tplib.gpu import parallel


def launched(command: list[str], output: Path) -> list[float]:
    """The losses that a launched training writes; it gets no GPU, and two minutes."""
    environment = {**os.environ, "TPLIB_DEVICE": "cpu", "OMP_NUM_THREADS": "1"}
    options = ["-m", "tplib.gpu.parallel", "--epochs", "2", "--output", str(output)]
    done = subprocess.run([*command, *options], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert f"{output.stem} processes" in done.stdout
    losses: list[float] = json.loads(output.read_text())
    return losses


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="torchrun needs a store that PyTorch lacks on Windows")
def test_two_processes_give_the_loss_curve_of_one(tmp_path: Path) -> None:
    one = launched([sys.executable], tmp_path / "1.json")
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    two = launched(torchrun, tmp_path / "2.json")
    assert len(one) == 2 * (1797 // 64)
    np.testing.assert_allclose(two, one, rtol=0, atol=1e-5)
    assert one[-1] < 0.5 * one[0]


def test_one_process_trains_as_a_plain_loop_does(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RANK", "WORLD_SIZE", "LOCAL_RANK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TPLIB_DEVICE", "cpu")
    with torch.random.fork_rng(devices=[]):
        found = parallel.train(epochs=1, batch=256, seed=3)
        torch.manual_seed(3)
        model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
    images = parallel.digits()
    order = torch.randperm(1797, generator=torch.Generator().manual_seed(3)).tolist()  # the sampler's, of epoch 0
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    expected = []
    for start in range(0, 1797 - 256 + 1, 256):
        x, y = (torch.stack(part) for part in zip(*(images[i] for i in order[start : start + 256]), strict=True))
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        expected.append(loss.item())
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)


def test_a_batch_that_cannot_be_shared_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "3")
    with pytest.raises(ValueError, match="a batch that 3 processes can share, got 64"):
        parallel.train()


def test_the_command_says_what_came_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TPLIB_DEVICE", "cpu")
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    with torch.random.fork_rng(devices=[]):
        parallel.main(["--epochs", "1", "--batch", "599", "--output", str(tmp_path / "losses.json")])
    assert "1 processes, 3 steps: loss 2." in capsys.readouterr().out
    assert len(json.loads((tmp_path / "losses.json").read_text())) == 3
