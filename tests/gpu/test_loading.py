"""Loading ahead: the same batches in the same order, whatever the device."""

from contextlib import nullcontext

import pytest
import torch
from torch.utils.data import DataLoader, TensorDataset

from tplib.gpu import PrefetchLoader, loading


def batches(number: int = 5) -> list[dict[str, torch.Tensor]]:
    return [{"x": torch.full((4, 3), float(i)), "y": torch.arange(4) + i} for i in range(number)]


@pytest.mark.parametrize("ahead", [1, 3, 10])
@pytest.mark.parametrize("number", [0, 1, 5])
def test_all_batches_each_epoch(number: int, ahead: int) -> None:
    loader = PrefetchLoader(batches(number), "cpu", ahead=ahead)
    assert len(loader) == number
    for _ in range(2):
        assert [batch["x"][0, 0].item() for batch in loader] == list(range(number))


def test_on_a_second_device() -> None:
    assert [batch["x"].device.type for batch in PrefetchLoader(batches(3), "meta")] == ["meta"] * 3


def test_a_data_loader() -> None:
    loader = PrefetchLoader(DataLoader(TensorDataset(torch.arange(10)), batch_size=4), "cpu")
    assert len(loader) == 3
    assert torch.cat([x for (x,) in loader]).tolist() == list(range(10))


def test_an_iterator_would_end_after_an_epoch() -> None:
    with pytest.raises(TypeError, match="ends after one pass"):
        PrefetchLoader(iter(batches()), "cpu")


def test_arguments() -> None:
    with pytest.raises(ValueError, match="at least 1 batch ahead"):
        PrefetchLoader([], "cpu", ahead=0)

    class Endless:
        def __iter__(self):
            return iter(batches())

    with pytest.raises(TypeError, match="Endless does not know its length"):
        len(PrefetchLoader(Endless(), "cpu"))


class Failing:
    def __iter__(self):
        yield from batches(2)
        raise OSError("the disk is gone")


def test_an_error_comes_at_its_turn() -> None:
    seen = []
    with pytest.raises(OSError, match="disk"):  # noqa: PT012
        for batch in PrefetchLoader(Failing(), "cpu"):
            seen.append(batch)
    assert len(seen) == 2


class Stream:
    """Stands for a CUDA stream, and writes down what it is asked."""

    def __init__(self, log: list[str]) -> None:
        self.log, self.copies = log, 0

    def record_event(self) -> int:
        self.copies += 1
        return self.copies

    def wait_event(self, event: int) -> None:
        self.log.append(f"wait for copy {event}")


@pytest.mark.parametrize("ahead", [1, 2, 10])
def test_copies_go_ahead_of_the_work(monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
    log: list[str] = []
    monkeypatch.setattr(torch.cuda, "Stream", lambda device: Stream(log))
    monkeypatch.setattr(torch.cuda, "stream", lambda stream: nullcontext())
    monkeypatch.setattr(torch.cuda, "current_stream", lambda device: Stream(log))
    monkeypatch.setattr(loading, "best_device", torch.device)
    monkeypatch.setattr(loading, "to_device", lambda batch, device: log.append(f"copy {batch}") or batch)

    class Three:
        def __iter__(self):
            yield from (1, 2, 3)
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="disk"):  # noqa: PT012
        for batch in PrefetchLoader(Three(), "cuda:0", ahead=ahead):
            log.append(f"work {batch}")
    for number in (1, 2, 3):
        place = log.index(f"work {number}")
        assert log.index(f"wait for copy {number}") == place - 1
        copied = [line for line in log[:place] if line.startswith("copy")]
        assert copied == [f"copy {n}" for n in range(1, min(3, number + ahead) + 1)]
    assert log[-1] == "work 3", "an error comes after the batches before it"


@pytest.mark.parametrize("ahead", [1, 2, 10])
def test_cuda(cuda: torch.device, ahead: int) -> None:
    loader = PrefetchLoader(batches(7), cuda, ahead=ahead)
    for _ in range(2):
        got = list(loader)
        assert [batch["x"].device for batch in got] == [cuda] * 7
        for mine, true in zip(got, batches(7), strict=True):
            torch.testing.assert_close({name: t.cpu() for name, t in mine.items()}, true)
    seen = []
    with pytest.raises(OSError, match="disk"):  # noqa: PT012
        for batch in PrefetchLoader(Failing(), cuda, ahead=ahead):
            seen.append(batch)
    assert len(seen) == 2
    for batch in loader:  # left early
        assert batch["y"].device == cuda
        break


def test_cuda_large_batches_arrive_whole(cuda: torch.device) -> None:
    """Copies of 64 MiB while the GPU is busy: a step that reads too early, or memory used again, gives a wrong sum."""
    source = [torch.full((2**24,), float(i)) for i in range(12)]
    busy = torch.rand(2048, 2048, device=cuda)
    sums = []
    for batch in PrefetchLoader(source, cuda, ahead=2):
        for _ in range(5):
            busy = torch.tanh(busy @ busy)
        sums.append(batch.double().sum())
        del batch
    assert [s.item() for s in sums] == [2**24 * i for i in range(12)]
