"""Seeds, and random numbers in the workers of a loader."""

import os
import random

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, Dataset, Subset

from tplib.gpu import reproducible, seed_everything, seed_worker


def draws() -> tuple[float, float, float]:
    return random.random(), float(np.random.rand()), float(torch.rand(1))  # noqa: NPY002


def test_one_seed_for_all() -> None:
    with reproducible(0, deterministic=False):
        seed_everything(7)
        ours = draws()
        assert ours == (
            random.Random(7).random(),
            np.random.RandomState(7).rand(),
            float(torch.rand(1, generator=torch.Generator().manual_seed(7))),
        )
        assert seed_everything(7).initial_seed() == 7
        assert draws() == ours


@pytest.mark.parametrize("seed", [-1, 2**32, 1.0, "1", None, True])
def test_no_seed(seed) -> None:
    with pytest.raises(ValueError, match="expected a whole number from 0"):
        seed_everything(seed)


def test_afterwards_all_is_as_it_was() -> None:
    with reproducible(1):
        before = torch.get_rng_state(), random.getstate(), torch.are_deterministic_algorithms_enabled()
        expected = draws()
        torch.set_rng_state(before[0])
        random.setstate(before[1])
    with reproducible(1), pytest.raises(KeyError):  # noqa: PT012
        with reproducible(5):
            draws()
        assert draws() == expected, "the inner block left no trace"
        raise KeyError
    assert not torch.are_deterministic_algorithms_enabled()


def test_deterministic_algorithms_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUBLAS_WORKSPACE_CONFIG", raising=False)
    cudnn = torch.backends.cudnn
    before = cudnn.deterministic, cudnn.benchmark
    with reproducible(0):
        assert torch.are_deterministic_algorithms_enabled()
        assert (cudnn.deterministic, cudnn.benchmark) == (True, False)
        assert os.environ["CUBLAS_WORKSPACE_CONFIG"] == ":4096:8"
        with pytest.raises(RuntimeError, match="deterministic"):  # put_ has no deterministic algorithm
            torch.zeros(3).put_(torch.tensor([0, 0]), torch.ones(2), accumulate=False)
    assert not torch.are_deterministic_algorithms_enabled()
    assert (cudnn.deterministic, cudnn.benchmark) == before
    assert "CUBLAS_WORKSPACE_CONFIG" not in os.environ


def test_a_setting_that_is_there_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUBLAS_WORKSPACE_CONFIG", ":16:8")
    with reproducible(0):
        assert os.environ["CUBLAS_WORKSPACE_CONFIG"] == ":16:8"
    assert os.environ["CUBLAS_WORKSPACE_CONFIG"] == ":16:8"


class Noisy(Dataset):
    """Each item is noise, from the generators that people use in a dataset."""

    def __init__(self) -> None:
        self.rng, self.other = np.random.default_rng(0), np.random.default_rng(0)
        self.python, self.old, self.torch = random.Random(0), np.random.RandomState(0), torch.Generator().manual_seed(0)

    def __len__(self) -> int:
        return 4

    def __getitem__(self, index: int) -> list[float]:
        return [
            self.rng.random(),
            self.other.random(),
            self.python.random(),
            float(self.old.rand()),
            float(torch.rand(1, generator=self.torch)),
            random.random(),
            float(np.random.rand()),  # noqa: NPY002
            float(torch.rand(1)),
        ]


def noise(dataset: Dataset, seed: int, init=seed_worker) -> list[list[list[float]]]:
    """Two epochs by two workers, an item each time."""
    with reproducible(seed, deterministic=False) as generator:
        loader = DataLoader(
            dataset, None, num_workers=2, worker_init_fn=init, generator=generator, multiprocessing_context="fork"
        )
        return [list(loader), list(loader)]


pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the trap is that of forked workers")
@pytest.mark.parametrize("wrap", [lambda d: d, lambda d: Subset(d, range(4))], ids=["dataset", "subset"])
def test_workers_draw_different_numbers_that_repeat(wrap) -> None:
    first, again, other = noise(wrap(Noisy()), 1), noise(wrap(Noisy()), 1), noise(wrap(Noisy()), 2)
    assert first == again
    assert first != other
    numbers = [number for epoch in first for item in epoch for number in item]
    assert len(numbers) == len(set(numbers)) == 64, "no two workers, epochs or generators draw the same"
    plain = [number for epoch in noise(Noisy(), 1, None) for item in epoch for number in item]
    assert len(set(plain)) < 64, "without it they do"


def test_cuda(cuda: torch.device) -> None:
    with reproducible(3, deterministic=False):
        first = torch.rand(4, device=cuda)
        state = torch.cuda.get_rng_state(cuda)
        with reproducible(3, deterministic=False):
            again = torch.rand(4, device=cuda)
        assert torch.equal(first, again)
        assert torch.equal(torch.cuda.get_rng_state(cuda), state)
