"""A CUDA device for the tests that need one."""

import pytest
import torch

from tplib.gpu import choose_device


@pytest.fixture
def cuda(monkeypatch: pytest.MonkeyPatch) -> torch.device:
    monkeypatch.delenv("TPLIB_DEVICE", raising=False)
    choice = choose_device()
    if choice.device.type != "cuda":
        pytest.skip(f"needs a CUDA device: {choice.reason}")
    return choice.device
